"""System calls that a child may not make: it starts no process and becomes no other program; a thread of its own it may start.

A limit on the number of processes counts threads as well, and does not hold root. Some parsers (of HEIC pictures) start a thread whatever
they are asked. Linux, seccomp(2) in filter mode: a small program in BPF looks at each call, and the kernel runs it.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass

# linux/prctl.h, linux/seccomp.h, linux/filter.h, linux/bpf_common.h
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Places in struct seccomp_data: number of the call, architecture, low half of its first argument on a little-endian machine.
_NUMBER, _ARCHITECTURE, _FIRST = 0, 4, 16
# linux/sched.h
_CLONE_THREAD = 0x00010000
# Calls of the 32-bit kind on a 64-bit kernel begin there (asm/unistd.h); no other machine has so many.
_OTHER_KIND = 0x40000000


@dataclass(frozen=True, slots=True)
class _Machine:
    """Numbers of calls on one kind of machine (linux/audit.h, asm/unistd.h)."""

    architecture: int
    clone: int
    forbidden: tuple[int, ...]
    clone3: int = 435


_MACHINES = {
    "x86_64": _Machine(0xC000003E, clone=56, forbidden=(57, 58, 59, 322)),  # fork, vfork, execve, execveat
    "aarch64": _Machine(0xC00000B7, clone=220, forbidden=(221, 281)),  # execve, execveat
}
_machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _instructions(machine: _Machine) -> bytes:
    """The filter. Jumps count the instructions to leave out, when what is asked is true and when it is not."""
    allow = len(machine.forbidden) + 6
    refuse, unknown, look = allow + 1, allow + 2, allow + 3
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, refuse - 2, machine.architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, refuse - 4, 0, _OTHER_KIND),
        # Its flags lie in memory, out of reach: who meets a kernel without it uses the older one.
        (_EQUAL, unknown - 5, 0, machine.clone3),
        (_EQUAL, look - 6, 0, machine.clone),
        *((_EQUAL, refuse - 7 - place, 0, number) for place, number in enumerate(machine.forbidden)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL | errno.EPERM),
        (_RETURN, 0, 0, _FAIL | errno.ENOSYS),
        (_LOAD, 0, 0, _FIRST),
        (_HAS_BIT, 0, 1, _CLONE_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL | errno.EPERM),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


# Made before the fork: a child that has given everything up prepares nothing.
_content = _instructions(_machine) if _machine is not None else b""
_program = _Program(len(_content) // 8, _content)


def forbid_processes(libc: ctypes.CDLL | None) -> bool:
    """Start no process from now on, in this process and its threads, for good; False where the system has no such filter.

    The process has given up new privileges before (prctl PR_SET_NO_NEW_PRIVS).
    """
    if libc is None or not _content:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_program), 0, 0) == 0)

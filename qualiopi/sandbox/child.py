"""The life of one child: give up what it does not need, read the file, say what was seen, end. It is forked by the server."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from django.utils import translation

from qualiopi.sandbox import wire
from qualiopi.sandbox.seccomp import forbid_processes
from qualiopi.sandbox.wire import BROKEN, OUT_OF_MEMORY

_FILE, _ANSWERS = 3, 4
_MOST_OPEN = 64
_LONGEST_FAILURE = 4_000
# linux/prctl.h
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
# Loaded before the fork: a child that has given everything up loads nothing.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def live(job: dict[str, Any], *, file: int, answers: int, server: int) -> NoReturn:
    """Do the job and end the process. `file` and `answers` are descriptors; `server` is the process that forked us.

    Ends with 0 once everything is said, OUT_OF_MEMORY or BROKEN otherwise; or by a signal.
    """
    status = BROKEN
    try:
        _give_up_ground(file, answers, server)
        with os.fdopen(_ANSWERS, "wb", buffering=256 * 1024) as pipe:
            status = _speak(job, pipe)
    finally:
        os._exit(status)


def _give_up_ground(file: int, answers: int, server: int) -> None:
    """Of the server's descriptors and signals nothing stays, but the file and where to answer."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    # First out of the way of the numbers that the others are about to take.
    kept = [fcntl.fcntl(each, fcntl.F_DUPFD, _ANSWERS + 1) for each in (null, null, null, file, answers)]
    for place, each in enumerate(kept):
        os.dup2(each, place)
    os.closerange(_ANSWERS + 1, max(4096, *kept) + 1)
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != server:
        os._exit(BROKEN)


def _limit(limits: dict[str, Any]) -> None:
    """Memory and processor as asked; no file written, no process started, no image of the memory left behind.

    The number of processes bounds threads too: who is allowed threads is held by the filter alone, where there is one.
    """
    filtered = forbid_processes(_libc)
    bounds = {
        resource.RLIMIT_AS: _size_now() + limits["memory"],
        resource.RLIMIT_CPU: limits["processor"],
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _MOST_OPEN,
        resource.RLIMIT_CORE: 0,
    }
    if not (filtered and limits["threads"]):
        bounds[resource.RLIMIT_NPROC] = 0
    for bound, most in bounds.items():
        hard = resource.getrlimit(bound)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            # The processor's first bound says so by a signal of its own, the second one kills.
            resource.setrlimit(bound, (most, most + 1 if bound == resource.RLIMIT_CPU else most))


def _size_now() -> int:
    """Bytes of address space that this process has already; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _speak(job: dict[str, Any], pipe: Any) -> int:
    try:
        _limit(job["limits"])
        module, _colon, name = job["parser"].partition(":")
        function = getattr(import_module(module), name)
        with translation.override(job["language"]):
            for message in function(Path(f"/dev/fd/{_FILE}"), **job["arguments"]):
                pipe.write(wire.piece(wire.MESSAGE, wire.encode(message)))
                pipe.flush()
        pipe.write(wire.piece(wire.END))
        pipe.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException as error:  # a panic of the workbook reader is no Exception
        pipe.write(wire.piece(wire.FAILURE, _told(error)))
        pipe.flush()
        return BROKEN
    return 0


def _told(error: BaseException) -> bytes:
    """Which error, and where."""
    trace, places = error.__traceback__, []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__}: {error} ({' '.join(places[-6:])})"[:_LONGEST_FAILURE].encode(errors="replace")

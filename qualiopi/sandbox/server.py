"""`python -m qualiopi.sandbox.server DESCRIPTOR CONFIGURATION`: has the parsers loaded, and forks a child for each file it is sent.

It has one thread and knows no secret: neither the settings nor the environment of the product. It ends when the process that
started it does, and its children with it.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from qualiopi.sandbox.child import live

DESCRIPTORS = 3


@dataclass(frozen=True, slots=True)
class _Running:
    """A child, and the socket that tells its end; our client closes the other side when it wants no more of it."""

    pid: int
    fate: socket.socket


class Server:
    """Waits for jobs, for the end of children and for clients that go away."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.selector = selectors.DefaultSelector()
        self.running: dict[int, _Running] = {}
        self.wake, wake_end = socket.socketpair()
        self.wake.setblocking(False)
        wake_end.setblocking(False)
        self._wake_end = wake_end
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_end.fileno(), warn_on_full_buffer=False)
        self.selector.register(control, selectors.EVENT_READ)
        self.selector.register(self.wake, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until nobody can send us anything more."""
        while True:
            for key, _events in self.selector.select():
                if key.fileobj is self.control:
                    if not self._take():
                        self._end_all()
                        return
                elif key.fileobj is self.wake:
                    with suppress(BlockingIOError):
                        self.wake.recv(4096)
                    self._reap()
                else:
                    self._abandoned(key.data)

    def _take(self) -> bool:
        """Fork a child for the next job; False when the client is gone."""
        try:
            header, descriptors, _flags, _address = socket.recv_fds(self.control, 4, DESCRIPTORS)
            content = b""
            while header and len(content) < (length := int.from_bytes(header)):
                more = self.control.recv(length - len(content))
                if not more:
                    return False
                content += more
        except ConnectionError:
            return False
        if len(descriptors) != DESCRIPTORS:
            return False
        file, answers, fate = descriptors
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            live(json.loads(content), file=file, answers=answers, server=server)
        os.close(file)
        os.close(answers)
        child = _Running(pid, socket.socket(fileno=fate))
        self.running[pid] = child
        self.selector.register(child.fate, selectors.EVENT_READ, child)
        return True

    def _abandoned(self, child: _Running) -> None:
        """Nobody waits for this one any more."""
        if child.pid not in self.running:
            return
        self.selector.unregister(child.fate)
        _kill(child.pid)

    def _reap(self) -> None:
        """Tell the end of each child that ended; what it may have started ends with it."""
        for child in list(self.running.values()):
            ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                continue
            _kill(child.pid)
            os.waitpid(child.pid, 0)
            del self.running[child.pid]
            with suppress(KeyError):
                self.selector.unregister(child.fate)
            with suppress(OSError):
                child.fate.send(json.dumps({"signal": ended.si_code != os.CLD_EXITED, "status": ended.si_status}).encode())
            child.fate.close()

    def _end_all(self) -> None:
        for child in self.running.values():
            _kill(child.pid)


def _kill(pid: int) -> None:
    """End a child and all of its group. Its number is its own until we have waited for it."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _load(configuration: dict[str, Any]) -> None:
    """The parsers, and the sentences in the languages of the product; nothing else of its settings."""
    import django
    from django.conf import settings
    from django.utils import translation

    settings.configure(USE_I18N=True, **configuration["settings"])
    django.setup(set_prefix=False)
    for language in configuration["languages"]:
        with translation.override(language):
            translation.gettext("Oui")
    for module in configuration["parsers"]:
        import_module(module)


def main(descriptor: str, configuration: str) -> None:
    """Serve the client at the other end of this descriptor."""
    control = socket.socket(fileno=int(descriptor))
    _load(json.loads(configuration))
    # Children share the pages of what is loaded as long as nobody writes in them; they are too short-lived for the collector.
    gc.collect()
    gc.disable()
    gc.freeze()
    Server(control).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The side that wants a file read: it sends the file to the server, listens to the child, and says how it ended."""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import translation

from qualiopi.sandbox import wire
from qualiopi.sandbox.limits import Cause, Died, Limits

logger = logging.getLogger("temoin.sandbox")
CHUNK = 1024 * 1024
# What the server may know of our environment: where Python and its libraries are, in which language, nothing else.
_TOLD = ("PATH", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "TZ")
# How long the end of a child may take to be told, and the server to stop, in seconds.
_TELLING = 5.0


class _Gone(Exception):
    """The server ended before it could tell anything."""


class _Server:
    """The server of this process, started when the first file comes."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.turns = threading.BoundedSemaphore(settings.PARSERS_AT_ONCE)
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None

    def submit(self, job: bytes, descriptors: list[int]) -> None:
        """Send a job. Raises _Gone when the server does not take it."""
        with self.lock:
            try:
                control = self._started()
                socket.send_fds(control, [len(job).to_bytes(4)], descriptors)
                control.sendall(job)
            except OSError as error:
                self._stop()
                raise _Gone from error

    def _started(self) -> socket.socket:
        if self.process is not None and self.control is not None and self.process.poll() is None:
            return self.control
        self._stop()
        mine, theirs = socket.socketpair()
        with theirs:
            configuration = {
                "parsers": settings.PARSERS,
                "languages": [code for code, _name in settings.LANGUAGES],
                "settings": {
                    "LANGUAGE_CODE": settings.LANGUAGE_CODE,
                    "LOCALE_PATHS": [str(path) for path in settings.LOCALE_PATHS],
                },
            }
            self.process = subprocess.Popen(  # noqa: S603 (our own program, and arguments of our own)
                [sys.executable, "-m", "qualiopi.sandbox.server", str(theirs.fileno()), json.dumps(configuration)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                env={name: os.environ[name] for name in _TOLD if name in os.environ},
                pass_fds=[theirs.fileno()],
                # Ctrl-C is for us: the server ends when we do.
                start_new_session=True,
            )
        self.control = mine
        return mine

    def _stop(self) -> None:
        """Let the server end: it does once nobody can send it anything."""
        if self.control is not None:
            self.control.close()
        if self.process is not None:
            try:
                self.process.wait(_TELLING)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = self.control = None

    def mourn(self) -> None:
        """Wait until the end of a server that is ending is known here."""
        with self.lock, suppress(subprocess.TimeoutExpired):
            if self.process is not None:
                self.process.wait(_TELLING)

    def stop(self) -> None:
        """The same, when the process ends."""
        with self.lock:
            self._stop()

    def forget(self) -> None:
        """In a process forked from ours: the server stays our parent's, whose end it must still notice."""
        if self.control is not None:
            self.control.close()
        if self.process is not None:
            # Not our child: nothing to wait for, nothing to warn about.
            self.process.returncode = 0


_server: _Server | None = None
_server_lock = threading.Lock()


def _the_server() -> _Server:
    global _server
    with _server_lock:
        if _server is None:
            _server = _Server()
            atexit.register(_server.stop)
        return _server


def _after_fork() -> None:
    global _server, _server_lock
    if _server is not None:
        atexit.unregister(_server.stop)
        _server.forget()
    _server, _server_lock = None, threading.Lock()


os.register_at_fork(after_in_child=_after_fork)


def run(parser: str, file: BinaryIO, *, arguments: Mapping[str, Any], limits: Limits) -> Generator[Any, None, None]:
    """What the function `parser` (« module:function ») yields when a child calls it with the path of this file and these arguments.

    Sentences come in the language that is active here. Raises Died when the child breaks a limit, crashes or fails, or when too many
    files are being read already. A caller that stops listening ends the child.
    """
    server = _the_server()
    if not server.turns.acquire(timeout=limits.clock):
        raise Died(Cause.BUSY)
    try:
        job = {"parser": parser, "arguments": dict(arguments), "limits": asdict(limits)}
        job["language"] = translation.get_language() or settings.LANGUAGE_CODE
        with _descriptor(file) as descriptor:
            try:
                yield from _ask(server, wire.encode(job), descriptor, limits)
            except _Gone:
                # Somebody ended it while it had nothing to do: another one is started, once.
                server.mourn()
                yield from _ask_again(server, wire.encode(job), descriptor, limits)
    except Died as died:
        logger.warning("A file made its reader %s end: %s", parser, died)
        raise
    finally:
        server.turns.release()


def _ask_again(server: _Server, job: bytes, descriptor: int, limits: Limits) -> Iterator[Any]:
    try:
        yield from _ask(server, job, descriptor, limits)
    except _Gone as error:
        raise Died(Cause.CRASH, "the server of the readers does not stand") from error


@contextmanager
def _descriptor(file: BinaryIO) -> Iterator[int]:
    """The descriptor of an open file; of a copy without a name when the file lies in our memory."""
    try:
        descriptor = file.fileno()
    except (OSError, AttributeError):
        with _nameless() as copy:
            while chunk := file.read(CHUNK):
                copy.write(chunk)
            copy.flush()
            yield copy.fileno()
    else:
        yield descriptor


def _nameless() -> Any:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("temoin-upload"), "w+b")
    return tempfile.TemporaryFile()


def _ask(server: _Server, job: bytes, descriptor: int, limits: Limits) -> Iterator[Any]:
    answers, answers_end = os.pipe()
    try:
        mine, theirs = socket.socketpair()
        with mine:
            try:
                with theirs:
                    server.submit(job, [descriptor, answers_end, theirs.fileno()])
            finally:
                os.close(answers_end)
            yield from _listen(answers, mine, limits)
    finally:
        os.close(answers)


def _listen(answers: int, fate: socket.socket, limits: Limits) -> Iterator[Any]:
    """The messages of a child until its last word. Closing `fate`, as our caller does, ends the child wherever it stands."""
    deadline = time.monotonic() + limits.clock
    poll = select.poll()
    poll.register(answers, select.POLLIN)
    pieces = wire.Pieces()
    heard, failure = 0, ""
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Died(Cause.TIME, f"{limits.clock:g} s on the clock")
        if not poll.poll(left * 1000):
            continue
        more = os.read(answers, CHUNK)
        if not more:
            raise _cause(fate, heard, failure)
        heard += len(more)
        if heard > limits.output:
            raise Died(Cause.OUTPUT, f"more than {limits.output} bytes")
        for letter, content in pieces.feed(more):
            if letter == wire.END:
                return
            if letter == wire.FAILURE:
                failure = repr(content.decode(errors="replace"))
                continue
            try:
                message = wire.decode(content)
            except wire.Malformed as error:
                raise Died(Cause.CRASH, f"not what we write: {error}") from error
            yield message


def _cause(fate: socket.socket, heard: int, failure: str) -> Died | _Gone:
    """Why the child went away without its last word, as the server tells."""
    fate.settimeout(_TELLING)
    told = b""
    with suppress(OSError):
        told = fate.recv(1024)
    if not told:
        return Died(Cause.CRASH, "nobody told how") if heard else _Gone()
    end = json.loads(told)
    if not end["signal"]:
        if end["status"] == wire.OUT_OF_MEMORY:
            return Died(Cause.MEMORY, "no memory left")
        return Died(Cause.CRASH, failure or f"ended with {end['status']}")
    name = signal.Signals(end["status"]).name
    if end["status"] == signal.SIGXCPU:
        return Died(Cause.TIME, name)
    # Parsers written in Rust and C++ abort when they get no memory; the system kills who takes what there is not.
    if end["status"] in (signal.SIGABRT, signal.SIGKILL):
        return Died(Cause.MEMORY, name)
    return Died(Cause.CRASH, name)

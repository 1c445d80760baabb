"""Receiving a large file when the disk has no room left: the form gets a file that says so, instead of a failure of the whole page."""

from __future__ import annotations

import errno
import logging
from contextlib import suppress
from typing import Any, NoReturn

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from qualiopi.files.errors import NoRoom

logger = logging.getLogger("temoin.files")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class _Nothing:
    """What stands for the content of a file that could not be received: whoever wants it is refused with a sentence."""

    def __init__(self, why: OSError) -> None:
        self.why = why

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise NoRoom from self.why

    read = seek = tell = fileno = readline = __iter__ = _refuse

    def close(self) -> None:
        """Nothing to close."""


class TemporaryUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file; once the disk is full, gives a file without content that refuses to be read."""

    full: OSError | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        self.full = None
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._note(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it."""
        if self.full is not None:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._note(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The whole file, or what says that there is none."""
        if self.full is None:
            try:
                return super().file_complete(file_size)
            except OSError as error:
                # What was still in memory goes to the disk when one returns to the beginning.
                self._note(error)
        if self.full is None:
            return None
        return UploadedFile(_Nothing(self.full), self.file_name, self.content_type, file_size, self.charset)  # type: ignore[arg-type]

    def _note(self, error: OSError) -> None:
        if error.errno not in FULL:
            raise error
        logger.error("An upload could not be received: %s", error)
        self.full = error
        if hasattr(self, "file"):
            # What is still in memory cannot go to the disk either; its place there is given back.
            with suppress(OSError):
                self.file.close()

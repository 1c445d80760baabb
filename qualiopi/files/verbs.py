"""Keeping files and giving them back: the only way in and out of MEDIA_ROOT."""

from __future__ import annotations

import hashlib
import logging
import os
import uuid
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.errors import AlteredFile, NoRoom, Reason, RefusedFile
from qualiopi.files.inspection import look_into
from qualiopi.files.kinds import EVERY_KIND, Kind
from qualiopi.files.models import StoredFile
from qualiopi.files.names import clean_name, extension_of

if TYPE_CHECKING:
    from qualiopi.organisations.models import Organisation

logger = logging.getLogger("temoin.files")
CHUNK = 256 * 1024
_written: ContextVar[list[Path] | None] = ContextVar("files_written", default=None)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Take away the files written inside, when what is inside fails. Put the transaction inside it, around the rows alone.

    A file is looked into before any row is locked: writing and reading 25 MB would make everybody else wait.
    """
    outer = _written.get()
    mine: list[Path] = []
    token = _written.set(mine)
    try:
        yield
    except BaseException:
        for path in mine:
            path.unlink(missing_ok=True)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer.extend(mine)


def receive(
    *, organisation: Organisation, upload: File[Any], actor: User | None, allowed: frozenset[Kind] = EVERY_KIND
) -> StoredFile:
    """Write an upload under MEDIA_ROOT/<organisation>/<uuid> and return its row, not saved yet, with its SHA-256 and CRC-32.

    To be called inside `all_or_nothing`; the caller saves the row in its transaction. The content decides of the type, whatever
    the name says. Raises RefusedFile (a French sentence saying what to do) for a file that is empty, larger than
    UPLOAD_MAX_BYTES, of another kind than `allowed`, damaged, locked or able to act by itself; NoRoom for one that the disk cannot
    take. `actor` is None for commands.
    """
    ahead: _Ahead | None = getattr(upload, "ahead", None)
    if ahead is None:
        return _receive(organisation, upload, actor, allowed)
    if (ahead.organisation, ahead.allowed) != (organisation, allowed):
        raise RuntimeError("A file was looked into ahead for another organisation, or for other kinds.")
    if isinstance(ahead.found, RefusedFile):
        raise ahead.found
    ahead.taken = True
    _note(Path(settings.MEDIA_ROOT) / ahead.found.path)
    return ahead.found


@dataclass
class _Ahead:
    """What `receive` will answer for an upload, and whether it was asked."""

    organisation: Organisation
    allowed: frozenset[Kind]
    found: StoredFile | RefusedFile
    taken: bool = False


@contextmanager
def received_ahead(
    uploads: Iterable[File[Any]], *, organisation: Organisation, actor: User | None, allowed: frozenset[Kind] = EVERY_KIND
) -> Iterator[None]:
    """Write uploads and look into them now, before rows are locked: inside, `receive` gives each without reading it again.

    To be called inside `all_or_nothing`. A refusal is raised by `receive`; what nobody received is taken away at the end.
    """
    uploads = list(uploads)
    for upload in uploads:
        try:
            with all_or_nothing():
                found: StoredFile | RefusedFile = _receive(organisation, upload, actor, allowed)
        except RefusedFile as refusal:
            found = refusal
        upload.ahead = _Ahead(organisation, allowed, found)  # type: ignore[attr-defined]
    yield
    for upload in uploads:
        ahead: _Ahead = upload.ahead  # type: ignore[attr-defined]
        if not ahead.taken and isinstance(ahead.found, StoredFile):
            forget_received(ahead.found)


def _receive(organisation: Organisation, upload: File[Any], actor: User | None, allowed: frozenset[Kind]) -> StoredFile:
    relative = f"{organisation.pk}/{uuid.uuid4()}"
    path = Path(settings.MEDIA_ROOT) / relative
    _note(path)
    try:
        size, sha256, crc32 = _write(upload, path)
    except OSError as error:
        # No room, a disk that can only be read, a folder that is not ours: nobody who sends a file can do anything about it.
        logger.exception("A file could not be written")
        raise NoRoom from error
    name = clean_name(upload.name or "")
    seen = look_into(path, name=name, allowed=allowed)
    if not extension_of(name):
        name += seen.kind.extensions[0]
    return StoredFile(
        organisation=organisation,
        name=name,
        path=relative,
        size=size,
        sha256=sha256,
        crc32=crc32,
        media_type=seen.kind.media_type,
        active=seen.active,
        created_by=actor,
    )


def forget_received(stored: StoredFile) -> None:
    """Take away a file that was received and that no row will name: something else is kept in its place."""
    (Path(settings.MEDIA_ROOT) / stored.path).unlink(missing_ok=True)


def store(
    *, organisation: Organisation, upload: File[Any], actor: User | None, allowed: frozenset[Kind] = EVERY_KIND
) -> StoredFile:
    """`receive` a file and save its row at once. On refusal nothing is left, neither row nor file.

    The caller's verb writes the journal: it knows what the file is for.
    """
    with all_or_nothing():
        stored = receive(organisation=organisation, upload=upload, actor=actor, allowed=allowed)
        stored.save()
    return stored


def _note(path: Path) -> None:
    written = _written.get()
    if written is None:
        raise RuntimeError("A file is written inside all_or_nothing.")
    written.append(path)


def _write(upload: File[Any], path: Path) -> tuple[int, str, int]:
    """Copy the upload piece by piece; returns its size in bytes, SHA-256 and CRC-32."""
    digest, crc32, size = hashlib.sha256(), 0, 0
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with path.open("xb") as target:
        for piece in upload.chunks(CHUNK):
            size += len(piece)
            if size > settings.UPLOAD_MAX_BYTES:
                raise RefusedFile(
                    _(
                        "Ce fichier dépasse %(limit)s Mo. Allégez-le (photos réduites, PDF compressé) ou déposez-le en plusieurs parties."
                    )
                    % {"limit": settings.UPLOAD_MAX_BYTES // (1024 * 1024)},
                    Reason.LARGE,
                )
            digest.update(piece)
            crc32 = zlib.crc32(piece, crc32)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    if size == 0:
        raise RefusedFile(_("Ce fichier est vide : vérifiez-le, puis déposez-le de nouveau."))
    path.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
    return size, digest.hexdigest(), crc32


def discard(*, stored: StoredFile) -> None:
    """Delete a file that was never used; its bytes go once the transaction holds. Raises ProtectedError when something uses it.

    The caller's verb writes the journal.
    """
    path = Path(settings.MEDIA_ROOT) / stored.path
    with transaction.atomic():
        stored.delete()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def open_checked(stored: StoredFile) -> BinaryIO:
    """The file, open at its beginning, once its size and SHA-256 are those of the day it was filed. The caller closes it.

    Raises AlteredFile when they are not, or when the file is gone: altered bytes are never given for the original.
    """
    path = Path(settings.MEDIA_ROOT) / stored.path
    try:
        # Never through a link: somebody else's file would be read under this name.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError as error:
        raise AlteredFile(stored, missing=True) from error
    except OSError as error:
        raise AlteredFile(stored) from error
    file = os.fdopen(descriptor, "rb")
    digest = hashlib.sha256()
    while piece := file.read(CHUNK):
        digest.update(piece)
    if file.tell() != stored.size or digest.hexdigest() != stored.sha256:
        file.close()
        raise AlteredFile(stored)
    file.seek(0)
    return file


def verify(stored: StoredFile) -> bool:
    """Whether the bytes on disk are those that were filed."""
    try:
        open_checked(stored).close()
    except AlteredFile:
        return False
    return True

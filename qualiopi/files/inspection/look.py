"""What is this file? The first bytes say the family, a real parser of that family decides."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import puremagic
from django.utils.translation import gettext as _

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import office, parsers, refusals, text
from qualiopi.files.kinds import Kind
from qualiopi.files.names import extension_of

HEAD = 4096
_ARCHIVES = {".rar", ".7z", ".cb7", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst", ".lz4", ".cab", ".ace", ".arj", ".iso", ".z"}
_ARCHIVE_NAMES = _ARCHIVES | {".zip", ".zipx", ".jar", ".war", ".apk", ".epub"}
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file turned out to be. `active`: it holds something that a reader could run (scripts of a PDF)."""

    kind: Kind
    active: bool = False


def look_into(path: Path, *, name: str, allowed: frozenset[Kind]) -> Seen:
    """Tell the kind of the file at `path`, called `name`; raise RefusedFile with what to do when it can't be kept."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    extension = extension_of(name)
    seen = _recognise(path, head, extension)
    if seen.kind not in allowed:
        raise RefusedFile(
            _("Ce fichier %(kind)s n’est pas accepté ici. Types acceptés : %(accepted)s.")
            % {"kind": seen.kind.label, "accepted": ", ".join(sorted(kind.label for kind in allowed))}
        )
    if extension and extension not in seen.kind.extensions:
        raise RefusedFile(
            _(
                "Ce fichier se termine par « %(extension)s » mais contient un fichier %(kind)s : vérifiez que c’est le bon, "
                "donnez-lui la terminaison « %(usual)s », puis déposez-le."
            )
            % {"extension": extension, "kind": seen.kind.label, "usual": seen.kind.extensions[0]}
        )
    return seen


def _recognise(path: Path, head: bytes, extension: str) -> Seen:
    if head.startswith(_ZIP):
        return Seen(office.open_document(path))
    if head.startswith(_EMPTY_ZIP):
        raise refusals.archive()
    if head.startswith(b"%PDF-"):
        _refuse_hidden_archive(path)
        return Seen(kinds.PDF, active=parsers.read_pdf(path))
    if head.startswith(_OLE):
        return Seen(parsers.read_old_workbook(path))
    guesses = _guesses(head)
    if guesses & parsers.PICTURE_SUFFIXES:
        _refuse_hidden_archive(path)
        return Seen(parsers.read_picture(path))
    if guesses & _ARCHIVES or extension in _ARCHIVE_NAMES:
        raise refusals.archive()
    return Seen(text.read_text(path, extension))


def _guesses(head: bytes) -> set[str]:
    try:
        return {found.extension.lower() for found in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()


def _refuse_hidden_archive(path: Path) -> None:
    """A picture or a PDF that is an archive as well, to a reader that starts from the end of the file."""
    try:
        with zipfile.ZipFile(path) as archive:
            hidden = bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return
    if hidden:
        raise RefusedFile(
            _(
                "Ce fichier cache une archive derrière son contenu. Enregistrez-le de nouveau depuis votre logiciel, puis déposez-le."
            )
        )

"""What is this file? The first bytes say the family, a real parser of that family decides. Loaded in a child process alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import puremagic
from django.utils.translation import gettext as _

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import mails, office, parsers, pictures, refusals, text
from qualiopi.files.kinds import Kind
from qualiopi.files.names import extension_of

HEAD = 4096
# Servers write theirs above those of who wrote.
HEADERS = 64 * 1024
_ARCHIVES = {".rar", ".7z", ".cb7", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst", ".lz4", ".cab", ".ace", ".arj", ".iso", ".z"}
_ARCHIVE_NAMES = _ARCHIVES | {".zip", ".zipx", ".jar", ".war", ".apk", ".epub"}
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def look(path: Path, *, name: str, allowed: list[str]) -> Iterator[dict[str, Any]]:
    """One message: the media type of the file and whether it is active, or the sentence that refuses it. `allowed`: media types."""
    try:
        kind, active = _look(path, extension_of(name), frozenset(kind for kind in kinds.EVERY_KIND if kind.media_type in allowed))
    except RefusedFile as refused:
        yield {"refused": str(refused), "reason": refused.reason}
    else:
        yield {"kind": kind.media_type, "active": active}


def _look(path: Path, extension: str, allowed: frozenset[Kind]) -> tuple[Kind, bool]:
    with path.open("rb") as file:
        head = file.read(HEAD)
    kind, active = _recognise(path, head, extension, allowed)
    if kind not in allowed:
        raise _not_here(kind, allowed)
    if extension and extension not in kind.extensions:
        raise RefusedFile(
            _(
                "Ce fichier se termine par « %(extension)s » mais contient un fichier %(kind)s : vérifiez que c’est le bon, "
                "donnez-lui la terminaison « %(usual)s », puis déposez-le."
            )
            % {"extension": extension, "kind": kind.label, "usual": kind.extensions[0]}
        )
    return kind, active


def _recognise(path: Path, head: bytes, extension: str, allowed: frozenset[Kind]) -> tuple[Kind, bool]:
    """The kind, and whether it is active. A family of which nothing is allowed is refused without a parser."""
    if head.startswith(_ZIP):
        _check_family(office.KINDS, extension, allowed, otherwise=refusals.archive)
        return office.open_document(path), False
    if head.startswith(_EMPTY_ZIP):
        raise refusals.archive()
    if head.startswith(b"%PDF-"):
        _check_family(frozenset({kinds.PDF}), ".pdf", allowed)
        _refuse_hidden_archive(path)
        return kinds.PDF, parsers.read_pdf(path)
    if head.startswith(_OLE):
        return _recognise_outlook(path, extension, allowed), False
    if kinds.says_heif(head):
        _check_family(frozenset({kinds.HEIC}), ".heic", allowed)
        _refuse_hidden_archive(path)
        return pictures.read_picture(path), False
    guesses = _guesses(head)
    drawn = pictures.kinds_of(guesses)
    if drawn:
        _check_family(drawn, min(kind.extensions[0] for kind in drawn), allowed)
        _refuse_hidden_archive(path)
        return pictures.read_picture(path), False
    if guesses & _ARCHIVES or extension in _ARCHIVE_NAMES:
        raise refusals.archive()
    return _recognise_written(path, extension, allowed), False


def _recognise_written(path: Path, extension: str, allowed: frozenset[Kind]) -> Kind:
    """A message, or a text; what is written as a message and called a text is a text."""
    named = extension in kinds.EML.extensions
    if named or not extension:
        with path.open("rb") as file:
            headers = file.read(HEADERS)
        if mails.begins_as_mail(headers):
            _check_family(frozenset({kinds.EML}), ".eml", allowed)
            return mails.open_mail(path, kinds.EML)
    if named:
        raise refusals.no_mail()
    return text.read_text(path, extension)


def _recognise_outlook(path: Path, extension: str, allowed: frozenset[Kind]) -> Kind:
    """A message of Outlook, or a workbook as Excel wrote it before 2007: they lie in the same container."""
    _check_family(frozenset({kinds.XLS, kinds.MSG}), extension, allowed, otherwise=refusals.old)
    if mails.is_outlook(path):
        _check_family(frozenset({kinds.MSG}), ".msg", allowed)
        return mails.open_mail(path, kinds.MSG)
    if extension in kinds.MSG.extensions:
        raise refusals.no_mail()
    return parsers.read_old_workbook(path)


def _check_family(
    family: frozenset[Kind], extension: str, allowed: frozenset[Kind], *, otherwise: Any = refusals.damaged
) -> None:
    """Refuse a family of which nothing is allowed, by the kind that its extension says; by `otherwise` when it says none."""
    if family & allowed:
        return
    said = next((kind for kind in family if extension in kind.extensions), None)
    raise otherwise() if said is None else _not_here(said, allowed)


def _not_here(kind: Kind, allowed: frozenset[Kind]) -> RefusedFile:
    return RefusedFile(
        _("Ce fichier %(kind)s n’est pas accepté ici. Types acceptés : %(accepted)s.")
        % {"kind": kind.label, "accepted": ", ".join(sorted(kind.label for kind in allowed))}
    )


def _guesses(head: bytes) -> set[str]:
    try:
        return {found.extension.lower() for found in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
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

"""PDF and old workbooks, each opened by a real parser. Loaded in a child process alone."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import refusals
from qualiopi.files.kinds import Kind

MOST_OBJECTS = 500_000
# A PDF of two megabytes may ask for gigabytes when its compressed parts are read.
_MOST_UNPACKED = 64 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=_MOST_UNPACKED,
    png_max_memory=_MOST_UNPACKED,
    run_length_max_memory=_MOST_UNPACKED,
    tiff_max_memory=_MOST_UNPACKED,
    dct_max_memory=_MOST_UNPACKED,
    doc_max_warnings=1_000,
)
_ACTING = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/GoToE", "/GoToR"})
_VBA = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"), "_VBA_PROJECT_CUR".encode("utf-16-le"))
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read_pdf(path: Path) -> bool:
    """Whether this PDF holds something that acts (scripts, programs to launch, attached files); raises RefusedFile."""
    try:
        with pikepdf.open(path) as document:
            if len(document.pages) == 0:
                raise refusals.damaged()
            return _acts(document)
    except pikepdf.PasswordError as error:
        raise refusals.locked() from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        if isinstance(error, RefusedFile):
            raise
        raise refusals.damaged() from error


def _acts(document: pikepdf.Pdf) -> bool:
    for number, thing in enumerate(document.objects):
        if number > MOST_OBJECTS:
            raise refusals.too_heavy()
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and _acts_here(thing, depth=0):
            return True
    return False


def _acts_here(thing: pikepdf.Object, depth: int) -> bool:
    """Looks at a dictionary and those written inside it; what it refers to comes up by itself among the objects."""
    if "/JS" in thing or "/EmbeddedFiles" in thing or "/XFA" in thing or "/RichMediaContent" in thing:
        return True
    if str(thing.get("/S", "")) in _ACTING:
        return True
    if depth == 4:
        return False
    inside = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
    return any(
        isinstance(value, pikepdf.Dictionary) and not value.is_indirect and _acts_here(value, depth + 1)
        for value in inside.values()
    )


def read_old_workbook(path: Path) -> Kind:
    """XLS; raises RefusedFile for the other documents of that container, macros and passwords."""
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        raise refusals.locked()
    if any(mark in content for mark in _VBA):
        raise refusals.macros()
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            if workbook.sheet_names:
                return kinds.XLS
    except PasswordError as error:
        raise refusals.locked() from error
    except (CalamineError, OSError, ValueError) as error:
        raise refusals.old() from error
    raise refusals.damaged()

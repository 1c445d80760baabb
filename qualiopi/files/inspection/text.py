"""Plain text and CSV: readable to the last character, and nothing that a browser or a shell would run."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import gettext as _

from qualiopi.files import kinds
from qualiopi.files.errors import Reason, RefusedFile
from qualiopi.files.kinds import Kind

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What DOS wrote after the last letter of a file.
_END_OF_FILE = "\x1a"
_START = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_MARKUP = re.compile(
    r"\s*(<\?|<!--|<!doctype|<(html|head|body|script|svg|iframe|object|embed|meta|style|img|a|form|math|link)\b)", re.IGNORECASE
)
_SCRIPT = re.compile(r"\s*(#!|@echo\b)", re.IGNORECASE)


def read_text(path: Path, extension: str) -> Kind:
    """TEXT or CSV; raises RefusedFile for what is no text, or is a page, a drawing or a program written as text."""
    content = decode(path.read_bytes())
    if _CONTROL.search(content):
        raise RefusedFile(
            _(
                "Nous ne reconnaissons pas ce fichier. Déposez un PDF, une image, un document Word, Excel ou LibreOffice, "
                "un message ou un texte."
            ),
            Reason.UNKNOWN,
        )
    if _MARKUP.match(content):
        raise RefusedFile(
            _("Les pages web et les dessins SVG ne sont pas acceptés : imprimez la page en PDF, puis déposez ce PDF."),
            Reason.PAGE,
        )
    if _SCRIPT.match(content) or not _is_text_extension(extension):
        raise RefusedFile(
            _("Les programmes et les scripts ne sont pas acceptés. Pour un texte, enregistrez-le en « .txt », « .csv » ou PDF."),
            Reason.PROGRAM,
        )
    return kinds.CSV if extension in kinds.CSV.extensions else kinds.TEXT


def _is_text_extension(extension: str) -> bool:
    return not extension or extension in kinds.CSV.extensions or extension in kinds.TEXT.extensions


def decode(content: bytes) -> str:
    """The characters of UTF-8, UTF-16, or of the Western Windows page; else of the Macintosh's, which has a letter for every byte.

    Accented letters may come out as others: what is looked for is written with plain ones. What DOS wrote at the end is left out.
    """
    for encoding in _encodings(content):
        try:
            return content.decode(encoding).rstrip(_END_OF_FILE)
        except UnicodeDecodeError:
            continue
    return content.decode("mac_roman").rstrip(_END_OF_FILE)


def _encodings(content: bytes) -> list[str]:
    marked = [encoding for mark, encoding in _BOMS if content.startswith(mark)]
    start = content[:_START]
    if not marked and b"\x00" in start:
        # UTF-16 without its mark: Latin text has a zero in every other byte.
        even, odd = start[::2].count(0), start[1::2].count(0)
        marked = [] if even and odd else ["utf-16-be" if even else "utf-16-le"]
    return marked or ["utf-8", "cp1252"]

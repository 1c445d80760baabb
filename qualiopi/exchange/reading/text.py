"""Reading delimited text: its characters, its separator, its records. Loaded in a child process alone."""

import csv
import io
import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import clevercsv
from django.utils.translation import gettext as _

from . import refusals
from .encodings import EIGHT_BIT, SAMPLE_SIZE, guess
from .limits import ReadLimits
from .repair import Repairs, decode_eight_bit, mend_text
from .tables import Note, RawRow, UnreadableFile

# Order matters: the semicolon of French Excel wins a tie.
SEPARATORS = (";", ",", "\t", "|")
SEPARATOR_NAMES = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
# What DOS wrote after the last letter of a file.
END_OF_FILE = "\x1a"
_PAGE = re.compile(r"\s*<(?:!doctype|\?xml|html|head|meta|table|body|!--)", re.IGNORECASE)
# A record of our own after the last one: it comes inside another when a quote is still open.
_LAST = "\x1ftemoin-end\x1f"


def decode(content: bytes) -> tuple[str, str, list[Note]]:
    """Text of the file, the name of its encoding as people say it, and what was repaired or doubtful. Raises ``UnreadableFile``.

    Lines of the notes are those of a text editor.
    """
    encoding = guess(content)
    if content.startswith(b"%PDF-") or (b"\x00" in content and not encoding.codec.startswith("utf-16")):
        raise refusals.not_a_table()
    name, notes = encoding.name, list[Note]()
    if encoding.codec in EIGHT_BIT:
        text, name, notes = decode_eight_bit(content, encoding)
    else:
        try:
            text = content.decode(encoding.codec)
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                _("Ce fichier n’est pas un texte lisible. Enregistrez-le depuis votre tableur au format « CSV UTF-8 ».")
            ) from error
    text = text.removeprefix("\ufeff").rstrip(END_OF_FILE)
    if _PAGE.match(text):
        raise refusals.web_page()
    if "\x00" in text:
        raise refusals.null_character(text.count("\n", 0, text.index("\x00")) + 1)
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise UnreadableFile(
            _(
                "Des lettres de ce fichier sont déjà perdues (« \ufffd », ligne %(line)s). "
                "Exportez-le de nouveau au format « CSV UTF-8 »."
            )
            % {"line": line}
        )
    repairs = Repairs()
    text = mend_text(text, repairs)
    return text, name, [*notes, *repairs.notes()]


def guess_separator(text: str) -> str:
    """The separator with which the lines agree best on a number of columns; the semicolon wins a tie."""
    sample = text[:SAMPLE_SIZE]
    scores = {separator: _agreement(sample, separator) for separator in SEPARATORS}
    ranked = sorted(SEPARATORS, key=lambda separator: -scores[separator])
    first, second = ranked[0], ranked[1]
    if scores[second] == 0 or scores[second] * 2 < scores[first] or scores[first] == scores[second]:
        return first
    # Two readings are close: let the consistency measure of clevercsv decide between them.
    dialect = clevercsv.detect.Detector().detect(sample[:8_000], delimiters=[first, second])
    return dialect.delimiter if dialect is not None and dialect.delimiter in (first, second) else first


def _agreement(sample: str, separator: str) -> int:
    try:
        widths = [
            len([cell for cell in record if cell.strip()]) and len(record)
            for record, _unused in zip(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), range(60), strict=False)
        ]
    except csv.Error:
        return 0
    counts = Counter(width for width in widths if width > 1)
    return max(((width - 1) * number for width, number in counts.items()), default=0)


class Records:
    """The records of a text, with the row number a spreadsheet would show. Raises ``UnreadableFile`` past the limits."""

    def __init__(self, text: str, separator: str, limits: ReadLimits) -> None:
        self.separator = separator
        self.limits = limits
        # Of each record, its last line in a text editor.
        self._ends: list[int] = []
        # The lines of the record that is being read.
        self._lines: list[str] = []
        self.rows: tuple[RawRow, ...] = tuple(self._read(text))

    def renumbered(self, note: Note) -> Note:
        """A note whose lines were those of a text editor."""
        rows = dict.fromkeys(bisect_left(self._ends, line) + 1 for line in note.lines)
        return replace(note, lines=tuple(rows))

    def _read(self, text: str) -> Iterator[RawRow]:
        reader = csv.reader(self._remembered(chain(io.StringIO(text, newline=""), (_LAST,))), delimiter=self.separator)
        line = cells = 0
        while True:
            self._lines.clear()
            try:
                record = next(reader)
            except csv.Error as error:
                raise UnreadableFile(
                    _(
                        "La lecture s’arrête à la ligne %(line)s : un guillemet ouvert n’est pas refermé, "
                        "ou une cellule est trop longue. Corrigez cette ligne puis déposez le fichier de nouveau."
                    )
                    % {"line": line + 1}
                ) from error
            if record == [_LAST]:
                return
            line += 1
            if len(self._lines) > 1:
                self._check_quotes(record, line)
            self._ends.append(reader.line_num)
            if len(record) > self.limits.columns:
                raise refusals.too_many_columns(self.limits)
            cells += len(record)
            if line > self.limits.rows or cells > self.limits.cells:
                raise refusals.too_many_rows(self.limits)
            yield line, tuple(record)

    def _remembered(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self._lines.append(line)
            yield line

    def _check_quotes(self, record: list[str], line: int) -> None:
        """Refuse a record of several lines of which a quote was never closed: it swallows others, to the end or to the next quote."""
        if record and record[-1].endswith(_LAST):
            raise refusals.open_quote(line)
        try:
            deque(csv.reader(self._lines, delimiter=self.separator, strict=True), maxlen=0)
        except csv.Error as error:
            raise refusals.open_quote(line) from error
        for cell in record:
            # Whole records inside one cell: the quote that opens it was closed by another one, much later.
            inside = {part.count(self.separator) for part in cell.splitlines()[1:-1]}
            if len(cell.splitlines()) > 3 and inside == {len(record) - 1} and len(record) > 2:
                raise refusals.open_quote(line)

"""Reading delimited text: which encoding, which separator, which records. Loaded in a child process alone."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

import clevercsv
from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from . import refusals
from .limits import ReadLimits
from .tables import RawRow, UnreadableFile

# Order matters: the semicolon of French Excel wins a tie.
SEPARATORS = (";", ",", "\t", "|")
SEPARATOR_NAMES = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
EIGHT_BIT_NAMES = {"cp1252": "Windows", "mac_roman": "Macintosh", "cp850": "DOS"}
SAMPLE_SIZE = 64 * 1024


def decode(content: bytes) -> tuple[str, str]:
    """Text of the file and the name of its encoding, as people say it. Raises ``UnreadableFile``."""
    codec, name = _guess_encoding(content)
    if b"\x00" in content and not codec.startswith("utf-16"):
        raise refusals.not_a_table()
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            _("Ce fichier n’est pas un texte lisible. Enregistrez-le depuis votre tableur au format « CSV UTF-8 ».")
        ) from error
    text = text.removeprefix("\ufeff")
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
    return text, name


def _guess_encoding(content: bytes) -> tuple[str, str]:
    for mark, codec, name in BOMS:
        if content.startswith(mark):
            return codec, name
    start = content[:SAMPLE_SIZE]
    if b"\x00" in start:
        # UTF-16 without its mark: Latin text has a zero in every other byte.
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) > len(start) // 5 and min(even, odd) * 10 <= max(even, odd):
            return ("utf-16-be", "UTF-16") if even > odd else ("utf-16-le", "UTF-16")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_eight_bit(start)
    return "utf-8", "UTF-8"


def _guess_eight_bit(start: bytes) -> tuple[str, str]:
    best = from_bytes(start, cp_isolation=list(EIGHT_BIT_NAMES)).best()
    codec = best.encoding if best is not None and best.encoding in EIGHT_BIT_NAMES else "cp1252"
    return codec, EIGHT_BIT_NAMES[codec]


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
            for record, _unused in zip(csv.reader(io.StringIO(sample), delimiter=separator), range(60), strict=False)
        ]
    except csv.Error:
        return 0
    counts = Counter(width for width in widths if width > 1)
    return max(((width - 1) * number for width, number in counts.items()), default=0)


def read_records(text: str, separator: str, limits: ReadLimits) -> Iterator[RawRow]:
    """Records with the row number a spreadsheet would show. Raises ``UnreadableFile`` past the limits."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 0
    cells = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFile(
                _(
                    "La lecture s’arrête à la ligne %(line)s : un guillemet ouvert n’est pas refermé, "
                    "ou une cellule est trop longue. Corrigez cette ligne puis déposez le fichier de nouveau."
                )
                % {"line": line + 1}
            ) from error
        line += 1
        if len(record) > limits.columns:
            raise refusals.too_many_columns(limits)
        cells += len(record)
        if line > limits.rows or cells > limits.cells:
            raise refusals.too_many_rows(limits)
        yield line, tuple(record)

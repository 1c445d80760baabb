"""Text that lost its letters on the way: given back when that is certain, refused with its line otherwise. Loaded in a child alone.

Two encodings in one file, letters encoded twice (« LefÃ¨vre »), entities of a web page (« Lef&egrave;vre »).
"""

from __future__ import annotations

import html
import io
import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ftfy import fix_encoding

from . import refusals
from .encodings import EIGHT_BIT, Encoding, guess_eight_bit
from .tables import MOST_LINES, MOST_WORDS, Note, NoteKind

# What letters of UTF-8 look like when they were read as Windows, Macintosh or DOS.
_TWICE = re.compile(
    "[ÂÃ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â[€\x80][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¬]|Å[\x92\x93’“]|ï¿½|√[^\\s\\d]|├."
)
# Two letters that ftfy leaves alone: « ÃŽle-de-France », « Å’uvre » (findings/ftfy-leaves-ile-de-france.sh).
_LEFT = {"ÃŽ": "Î", "Ã\x8e": "Î", "Å’": "Œ", "Å\x92": "Œ"}
_LEFT_ALONE = re.compile("|".join(_LEFT))
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d{0,2});")
# Entities that would add or close cells are left as they are.
_OF_THE_TABLE = frozenset(';,|"\t\r\n')
_SUSPECT = re.compile(f"{_TWICE.pattern}|{_ENTITY.pattern}")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_HIGH = re.compile(rb"[\x80-\xff]")
_WORDS = re.compile(r"[^\s;,|\"]+")


class Repairs:
    """What was repaired so far: lines and words, by kind."""

    def __init__(self) -> None:
        self._twice: dict[str, None] = {}
        self._entities: dict[str, None] = {}
        self._lines: dict[str, dict[int, None]] = {"twice": {}, "entities": {}}

    def mend(self, text: str, line: int) -> str:
        """The same text with its letters; raises ``UnreadableFile`` naming the line when they can't be given back."""
        if _ENTITY.search(text):
            decoded = _unescape(_unescape(text))
            if decoded != text:
                self._note("entities", self._entities, decoded, text, line)
                text = decoded
        if _TWICE.search(text):
            fixed = _LEFT_ALONE.sub(lambda found: _LEFT[found[0]], fix_encoding(text))
            if "\ufffd" in fixed or _TWICE.search(fixed):
                raise refusals.lost_letters(_word_of(_TWICE, text), line)
            if fixed != text:
                self._note("twice", self._twice, fixed, text, line)
                text = fixed
        return text

    def _note(self, kind: str, words: dict[str, None], fixed: str, spoilt: str, line: int) -> None:
        self._lines[kind][line] = None
        before = set(_WORDS.findall(spoilt))
        words.update(dict.fromkeys(word for word in _WORDS.findall(fixed) if word not in before))

    def notes(self) -> list[Note]:
        """What to tell."""
        notes = []
        for kind, words, sentence in (
            ("twice", self._twice, _("Des lettres accentuées avaient été encodées deux fois : nous les avons rétablies.")),
            (
                "entities",
                self._entities,
                _("Des lettres étaient écrites comme dans une page web (« &eacute; ») : nous les avons rétablies."),
            ),
        ):
            if lines := self._lines[kind]:
                notes.append(Note(NoteKind.REPAIRED, sentence, tuple(lines)[:MOST_LINES], tuple(words)[:MOST_WORDS]))
        return notes


def suspect(text: str) -> bool:
    """Whether a text may need to be mended."""
    return _SUSPECT.search(text) is not None


def mend_text(text: str, repairs: Repairs) -> str:
    """A whole text, mended line by line; lines from 1, as a text editor numbers them."""
    if not suspect(text):
        return text
    lines = io.StringIO(text, newline="")
    return "".join(repairs.mend(line, number) if suspect(line) else line for number, line in enumerate(lines, 1))


def _unescape(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        read = html.unescape(found[0])
        kept = read in _OF_THE_TABLE or not (read.isprintable() or read == "\xa0")
        return found[0] if kept else read

    return _ENTITY.sub(letter, text)


def _word_of(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    start = found.start() if found else 0
    return next((word[0] for word in _WORDS.finditer(text) if word.start() <= start < word.end()), text[start : start + 20])


def decode_eight_bit(content: bytes, encoding: Encoding) -> tuple[str, str, list[Note]]:
    """Text, name and notes of bytes that are not Unicode as a whole; each line that is Unicode by itself is read so.

    Raises ``UnreadableFile`` with the line of what can't be read.
    """
    lines = content.splitlines(keepends=True)
    unicode_lines = _unicode_lines(content, lines)
    notes: list[Note] = []
    if unicode_lines:
        others = [number for number, line in enumerate(lines, 1) if number not in unicode_lines and _HIGH.search(line)]
        encoding = guess_eight_bit(b"".join(lines[number - 1] for number in others))
        if not encoding.likely:
            raise refusals.unreadable_letters(others[0])
        minority = others if len(others) <= len(unicode_lines) else sorted(unicode_lines)
        names = (EIGHT_BIT[encoding.codec], "UTF-8") if minority is others else ("UTF-8", EIGHT_BIT[encoding.codec])
    read = _read_lines(lines, unicode_lines, encoding.codec)
    name = encoding.name
    if unicode_lines:
        name = names[1]
        words = [word for number in minority for word in _WORDS.findall(read[number - 1]) if not word.isascii()]
        sentence = ngettext(
            "Une ligne n’est pas écrite comme les autres (%(odd)s au lieu de %(usual)s) : nous l’avons lue à sa façon.",
            "%(number)s lignes ne sont pas écrites comme les autres (%(odd)s au lieu de %(usual)s) : nous les avons lues à leur façon.",
            len(minority),
        ) % {"odd": names[0], "usual": names[1], "number": len(minority)}
        notes.append(Note(NoteKind.REPAIRED, sentence, tuple(minority[:MOST_LINES]), tuple(dict.fromkeys(words))[:MOST_WORDS]))
    if encoding.doubtful:
        notes.append(Note(NoteKind.DOUBT, _doubt(encoding), (), encoding.doubtful))
    return "".join(read), name, notes


def _doubt(encoding: Encoding) -> str:
    rival, word = encoding.otherwise
    if not rival:
        return _(
            "Les lettres accentuées de ce fichier ne donnent du français dans aucun encodage connu : il est lu comme %(name)s l’écrirait. "
            "Vérifiez ces mots, ou enregistrez votre fichier au format « CSV UTF-8 », puis déposez-le de nouveau."
        ) % {"name": encoding.name}
    return _(
        "Les lettres accentuées ont été lues comme %(name)s les écrit, sans certitude (%(rival)s donnerait « %(word)s »). "
        "Si ces mots sont faux, enregistrez votre fichier au format « CSV UTF-8 », puis déposez-le de nouveau."
    ) % {"name": encoding.name, "rival": rival, "word": word}


def _read_lines(lines: list[bytes], unicode_lines: frozenset[int], codec: str) -> list[str]:
    read = []
    for number, line in enumerate(lines, 1):
        try:
            read.append(line.decode("utf-8" if number in unicode_lines else codec))
        except UnicodeDecodeError as error:
            raise refusals.unreadable_letters(number) from error
    return read


def _unicode_lines(content: bytes, lines: list[bytes]) -> frozenset[int]:
    """Numbers of the lines, from 1, that are UTF-8 and hold letters that only UTF-8 writes so."""
    if not _MULTIBYTE.search(content):
        return frozenset()
    return frozenset(number for number, line in enumerate(lines, 1) if _MULTIBYTE.search(line) and _is_unicode(line))


def _is_unicode(line: bytes) -> bool:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # « É\xa0 » of Windows is a letter of no Western language in UTF-8.
    return all(char < "\u0180" or "\u2000" <= char <= "\u20bf" for char in text)

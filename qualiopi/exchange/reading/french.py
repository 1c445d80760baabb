"""How French a letter is where it stands: what choosing among the readings of a byte rests on. Loaded in a child process alone.

A place is five characters: the one judged, in the middle, and two on each side. Points are about powers of ten: 0 for what is neither
likely nor strange, `IMPOSSIBLE` for what no French text holds.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

IMPOSSIBLE = -8.0
WRONG_PLACE = -4.0
WRONG_CASE = -5.0
# « LEFèVRE »: some programs leave accented letters small when they write names in capitals.
SMALL_AMONG_CAPITALS = -2.0
NEVER, ALWAYS = -2.0, 1.0


class Letter(NamedTuple):
    """How frequent a letter is in French (5 + log10 of its share), then the letters often and sometimes before it, often and sometimes
    after it; `_` is the end of a word. Often: 2 % of its places and more; sometimes: 0.05 % and more.
    """

    frequency: float
    often_before: str
    sometimes_before: str
    often_after: str
    sometimes_after: str


# Counted on the French list of wordfreq 3.1.1, each word as often as it is written (docs/adr/0120).
LETTERS = {
    "é": Letter(3.9, "_rtdnsmlpgivhuc", "fbyxaejoz", "_terscpgldnvm", "afbqjouhi"),
    "à": Letter(3.3, "_lj", "c", "_", ""),
    "è": Letter(3.1, "rilmtpcdhg", "nsf_voubyz", "rsmtcgnvl", "dqb_"),
    "ê": Letter(2.9, "_mrtpu", "fvnbgchol", "tmcv", "nlqp"),
    "ç": Letter(2.7, "_naer", "pil", "aou", "_"),
    "ô": Letter(2.3, "trchpl", "n_vmdae", "tlmpn", "_ds"),
    "â": Letter(2.1, "_rbhlegptmc", "fnsdia", "tcgmln", "bq_spir"),
    "î": Letter(2.1, "ao_d", "bngup", "tnlc", "m_"),
    "ù": Letter(2.1, "o", "", "_", ""),
    "û": Letter(2.0, "osdr", "fmeblqp", "tr_l", "cnmse"),
    "œ": Letter(1.7, "_csnv", "hbmf", "ui", "tdscnl_"),
    "ï": Letter(1.5, "aoue", "_", "sdn_qtcelvaf", "brwkmgoup"),
    "ë": Letter(1.2, "oau", "it_l", "l_nt", "srvmfd"),
    "ü": Letter(0.4, "gmfardjb_tlhz", "okswnyp", "rlnsehbc_t", "digmykvapzfj"),
}
# Letters of the names of our neighbours: they are met, wherever they stand.
NEIGHBOURS = dict.fromkeys("áíóúñäöã", 0.3) | dict.fromkeys("ßšžåøòìõæÿ", -0.5)
_ELISION = frozenset("lLdDnNsScCjJmMtTuU")


def likelihood(place: str) -> float:
    """Points of the middle one of five characters; an ASCII one tells nothing."""
    before, char, after = place[1], place[2], place[3]
    if char.isascii():
        return 0.0
    small = char.lower()
    if small in LETTERS or small in NEIGHBOURS:
        return _letter(place, small)
    mark = _MARKS.get(char)
    return mark(place[0], before, after) if mark else IMPOSSIBLE


def _letter(place: str, small: str) -> float:
    earlier, before, char, after, later = tuple(place)
    if before.isdigit() or after.isdigit():
        return WRONG_PLACE
    follows, leads = before.isalpha(), after.isalpha()
    if not follows and not leads:
        return LETTERS["à"].frequency if small == "à" else WRONG_PLACE
    points = _case(earlier, before, char, after)
    if small in NEIGHBOURS:
        return points + NEIGHBOURS[small]
    letter = LETTERS[small]
    points += letter.frequency
    points += _beside(_plain(before), letter.often_before, letter.sometimes_before)
    points += _beside(_plain(after), letter.often_after, letter.sometimes_after)
    if small == "è" and leads and later.isalpha() and _plain(after) not in "aeiouy" and _plain(later) in "aiou":
        # « è » opens no syllable: « Bènard » and « Pèrin » are no names.
        points += NEVER
    return points


def _case(earlier: str, before: str, char: str, after: str) -> float:
    if char.isupper():
        if before.islower():
            return WRONG_CASE
        return NEVER if before.isupper() and after.islower() else 0.0
    among = (before.isupper() and (earlier.isupper() or after.isupper())) or (not before.isalpha() and after.isupper())
    return SMALL_AMONG_CAPITALS if among else 0.0


def _plain(char: str) -> str:
    """The letter without its accent; `_` for what is none."""
    plain = unicodedata.normalize("NFD", char)[:1].lower()
    return plain if plain.isascii() and plain.isalpha() else "_"


def _beside(plain: str, often: str, sometimes: str) -> float:
    return ALWAYS if plain in often else 0.0 if plain in sometimes else NEVER


def _apostrophe(_earlier: str, before: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        return 4.0 if before in _ELISION else 2.0
    return 0.5 if before.isalpha() else NEVER


def _opening(_earlier: str, before: str, after: str) -> float:
    return 2.5 if not before.isalnum() and (after.isalnum() or after in " \xa0\u202f") else WRONG_PLACE


def _closing(_earlier: str, before: str, after: str) -> float:
    return 2.5 if not after.isalnum() and (before.isalnum() or before in " \xa0\u202f.!?%)") else WRONG_PLACE


def _ellipsis(_earlier: str, _before: str, after: str) -> float:
    return NEVER if after.isalpha() else 2.0


def _dash(_earlier: str, before: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        return -3.0
    return 0.0 if before.isalpha() or after.isalpha() else 2.0


def _currency(earlier: str, before: str, after: str) -> float:
    if before.isdigit() or after.isdigit() or (before in " \xa0\u202f" and earlier.isdigit()):
        return 4.0
    return WRONG_PLACE if before.isalpha() or after.isalpha() else 1.0


def _degree(_earlier: str, before: str, _after: str) -> float:
    return 3.0 if before in "nN" or before.isdigit() else -3.0


def _exponent(_earlier: str, before: str, after: str) -> float:
    return 1.0 if (before == "m" or before.isdigit()) and not after.isalpha() else WRONG_PLACE


def _blank(_earlier: str, before: str, after: str) -> float:
    return 0.5 if before.isalpha() and after.isalpha() else 3.0


def _between(_earlier: str, before: str, after: str) -> float:
    return 1.0 if before.isalpha() and after.isalpha() else WRONG_PLACE


def _apart(_earlier: str, before: str, after: str) -> float:
    return 0.5 if not before.isalpha() and not after.isalpha() else WRONG_PLACE


def _fraction(_earlier: str, before: str, after: str) -> float:
    return 0.5 if not before.isalpha() and not after.isalnum() else WRONG_PLACE


def _sign(_earlier: str, _before: str, after: str) -> float:
    return 0.0 if not after.isalpha() else WRONG_PLACE


_MARKS = (
    {"’": _apostrophe, "…": _ellipsis, "€": _currency, "£": _currency, "°": _degree, "·": _between}
    | dict.fromkeys("«“‘", _opening)
    | dict.fromkeys("»”", _closing)
    | dict.fromkeys("–—", _dash)
    | dict.fromkeys("²³", _exponent)
    | dict.fromkeys("\xa0\u202f", _blank)
    | dict.fromkeys("•×±÷§µ", _apart)
    | dict.fromkeys("½¼¾", _fraction)
    | dict.fromkeys("®©™", _sign)
)

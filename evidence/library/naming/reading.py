"""The type that the name of a file says, by the words of the field: right, or none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote

from evidence.library.naming.words import MAILS, MAY_BE_MAIL, RULES, UNFINISHED, Rule, singular
from qualiopi.files.names import extension_of
from qualiopi.text import comparison_key

# « ConventionSignee », « CV2026 » are several words; figures are none.
_PARTS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]?[a-zß-öø-ÿœ]+|[A-ZÀ-ÖØ-ÞŒ]+(?![a-zß-öø-ÿœ])|[^\W\d_]")
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class TypeRead:
    """A type of the standard and the words of the name that say it, as they are written; both "" when nothing is certain."""

    type: str = ""
    said: str = ""


def read_type(file_name: str) -> TypeRead:
    """The type that the name of a file says. Nothing when it says two, what is none, or a paper that is not finished."""
    words = _words(file_name)
    if UNFINISHED & words.keys():
        return TypeRead()
    found = [(rule, needed) for rule in RULES if (needed := rule.found_in(words.keys())) is not None]
    # What takes more of the name knows better: « attestation URSSAF » is no attestation of ours.
    best = [(rule, needed) for rule, needed in found if not any(needed < other for _rule, other in found)]
    types = {rule.type for rule, _needed in best}
    if len(types) != 1 or not all(types) or not _fits(best[0][0], file_name):
        return TypeRead()
    told = frozenset().union(*(needed for _rule, needed in best))
    return TypeRead(best[0][0].type, _quoted(_spelt(file_name), [part for word, part in words.items() if word in told]))


def _quoted(name: str, parts: list[re.Match[str]]) -> str:
    """The part of the name that holds these words, as it is written; the words alone where it would be long."""
    whole = name[parts[0].start() : parts[-1].end()]
    return whole if len(whole) <= _LONGEST_QUOTE else " … ".join(part[0] for part in parts)


def _fits(rule: Rule, file_name: str) -> bool:
    """A message tells of an agreement and is none."""
    return extension_of(file_name) not in MAILS or rule.type in MAY_BE_MAIL


def _spelt(file_name: str) -> str:
    """The name without its extension, as people read it: letters and their accents joined, spaces where a browser wrote « %20 »."""
    return unicodedata.normalize("NFC", unquote(PurePath(file_name).stem))


def _words(file_name: str) -> dict[str, re.Match[str]]:
    """The words of the name, in order, singular and without accents, each with where it is written."""
    words: dict[str, re.Match[str]] = {}
    for part in _PARTS.finditer(_spelt(file_name)):
        for key in comparison_key(part[0]).split():
            words.setdefault(singular(key), part)
    return words

"""Words chosen from a short list: states, modalities, marks in words. What a word becomes is said once for the column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from ..words import clean
from .model import LEFT_OUT, Cells, Context, Judge, Judgement, Word

T = TypeVar("T")
# Lines named in a sentence.
NAMED = 5
# A cell of more words is no state, and known phrases are no longer than that.
MOST_WORDS = 12
# A word that turns over what stands beside it: « pas confirmée » is not confirmed.
TURNS = frozenset({"non", "pas", "sans", "jamais", "ni", "not", "ex", "avant", "si", "sauf"})


def recognise(
    key: str,
    known: Mapping[str, T],
    weak: frozenset[Any] = frozenset(),
    both: Mapping[frozenset[Any], T] | None = None,
) -> tuple[T | None, bool]:
    """What a folded word means, and whether it is exactly one of ours.

    Else the known words it holds decide, when they agree: « terminee le 12 01 » is finished. ``weak`` values give way to others (somebody
    finished, then left: « termine avec abandon »); ``both`` tells what several together mean (on site and remote: mixed).
    """
    if key in known:
        return known[key], True
    words = key.split()
    if len(words) > MOST_WORDS or TURNS.intersection(words):
        return None, False
    values = {known[phrase] for phrase in _phrases(words, known)}
    if len(values) > 1 and both and frozenset(values) in both:
        return both[frozenset(values)], True
    if len(values) > 1:
        values -= weak
    return (values.pop(), False) if len(values) == 1 else (None, False)


def _phrases(words: Sequence[str], known: Mapping[str, Any]) -> Iterable[str]:
    """The known phrases among the words, the longest first, none inside another."""
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            phrase = " ".join(words[start:end])
            # One letter alone means nothing inside a sentence.
            if phrase in known and (len(phrase) > 1 or len(words) == 1):
                yield phrase
                start = end
                break
        else:
            start += 1


def judge_words(
    known: Mapping[str, T],
    choices: Callable[[], Sequence[tuple[str, str]]],
    *,
    weak: frozenset[Any] = frozenset(),
    both: Mapping[frozenset[Any], T] | None = None,
) -> Judge:
    """The judge of a column of such words. ``known``: comparison key -> value; ``choices``: what one may choose (key of a value, label),
    the key being the value as a text. A word nobody knows stops the import until somebody says what it becomes, or leaves it out.
    """

    def judge(cells: Cells, context: Context) -> Judgement:
        offered = tuple(choices())
        by_key = {str(value): value for value in (*known.values(), *(both or {}).values())}
        meaning: dict[str, T | None] = {}
        told: list[Word] = []
        sure = True
        for key, text, lines in distinct(cells):
            value, exact = recognise(key, known, weak, both)
            becomes = "" if value is None else str(value)
            chosen = context.words.get(key, "")
            if chosen == LEFT_OUT or chosen in by_key:
                becomes, exact = chosen, True
            meaning[key] = by_key.get(becomes)
            if not exact or key in context.words:
                told.append(Word(text, key, becomes, lines))
                sure = sure and exact
        labels = dict(offered)
        guessed = [word for word in told if word.becomes and word.key not in context.words]
        sentence = ", ".join(
            _("« %(word)s » est lu « %(label)s »") % {"word": word.text, "label": labels.get(word.becomes, word.becomes)}
            for word in guessed[:NAMED]
        )
        return Judgement(
            parse=_reader(meaning),
            sentence=f"{sentence}." if sentence else "",
            doubtful=not sure,
            lines=tuple(line for word in guessed for line in word.lines),
            words=tuple(told),
            choices=offered,
        )

    return judge


def distinct(cells: Cells) -> list[tuple[str, str, tuple[int, ...]]]:
    """The different words of a column: comparison key, first spelling, lines. What says nothing is left out."""
    spelling: dict[Any, str] = {}
    first: dict[str, str] = {}
    lines: dict[str, list[int]] = {}
    for line, value in zip(cells.lines, cells.values, strict=True):
        if value is None or value == "":
            continue
        key = spelling.get(value)
        if key is None:
            text = clean(value)
            key = spelling[value] = comparison_key(text)
            if key:
                first.setdefault(key, text)
                lines.setdefault(key, [])
        if key:
            lines[key].append(line)
    return [(key, text, tuple(lines[key])) for key, text in first.items()]


def _reader(meaning: Mapping[str, T | None]) -> Callable[[Any], T | None]:
    seen: dict[Any, T | None] = {}

    def parse(value: Any) -> T | None:
        if value is None or value == "":
            return None
        if value not in seen:
            seen[value] = meaning.get(comparison_key(clean(value)))
        return seen[value]

    return parse


def lines_named(lines: Sequence[int]) -> str:
    """« ligne 3 », « lignes 3, 5 et 9 », « lignes 3, 5, 9, 12, 14 et 20 autres »."""
    if len(lines) == 1:
        return _("ligne %(line)s") % {"line": lines[0]}
    shown = [str(line) for line in lines[:NAMED]]
    if len(lines) > NAMED:
        return _("lignes %(lines)s et %(more)s autres") % {"lines": ", ".join(shown), "more": len(lines) - NAMED}
    return _("lignes %(lines)s et %(last)s") % {"lines": ", ".join(shown[:-1]), "last": shown[-1]}


def unknown_sentence(word: Word) -> str:
    """What stops the import for a word nobody knows."""
    return _("« %(word)s » (%(lines)s) n’est pas reconnu : dites ce que ce mot devient, à l’étape des colonnes.") % {
        "word": word.text,
        "lines": lines_named(word.lines),
    }

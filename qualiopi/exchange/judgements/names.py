"""Names of a column: which part is the family name, and which names need a look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from qualiopi.text import comparison_key

from ..values.people import (
    birth_name_apart,
    family_words,
    is_particle,
    name_case,
    names_come_last_first,
    parse_person,
    people_named,
    split_people,
)
from ..words import clean
from .model import Cells, Context, Judgement, Reading, in_force

LAST_FIRST, FIRST_LAST = "last_first", "first_last"
# Names shown with their parts.
SHOWN = 3


class FullName(NamedTuple):
    """A person's names apart."""

    first_name: str
    last_name: str
    birth_name: str = ""


def read_full_name(value: object, *, last_first: bool) -> FullName:
    """First, last and birth name of one text."""
    text, birth_name = birth_name_apart(value)
    return FullName(*parse_person(text, last_first=last_first), birth_name)


def judge_names(cells: Cells, context: Context) -> Judgement:
    """The judge of a column that holds first and last name together."""
    named = [(line, text) for line, value in zip(cells.lines, cells.values, strict=True) if (text := clean(value))]
    open_order = [(line, text) for line, text in named if _order_matters(text)]
    proposed, sure = _proposed(cells.heading, [text for _line, text in named])
    odd = [(line, text) for line, text in named if _needs_a_look(text)]
    readings: tuple[Reading, ...] = ()
    chosen = proposed
    sentences = []
    if open_order:
        text = open_order[0][1]
        readings = tuple(Reading(key, _label(key, text)) for key in (LAST_FIRST, FIRST_LAST))
        chosen = in_force(context, readings, proposed)
        if not sure and context.chosen != chosen:
            sentences.append(_("rien ne dit si le nom est avant le prénom : %(name)s.") % {"name": _parts(text, chosen)})
    if odd:
        shown = " ; ".join(_parts(text, chosen) for _line, text in odd[:SHOWN])
        sentences.append(_("vérifiez ces noms : %(names)s.") % {"names": shown})
    return Judgement(
        parse=_reader(chosen),
        chosen=chosen if readings else "",
        readings=readings,
        sentence=" ".join(sentences),
        doubtful=bool(sentences),
        lines=tuple(line for line, _text in odd) if odd else tuple(line for line, _text in open_order if sentences),
    )


def judge_people(cells: Cells, context: Context) -> Judgement:
    """The judge of a column that names several people in a cell: one order for all of them; a cell gives the list of its people."""
    named = [(line, part) for line, value in zip(cells.lines, cells.values, strict=True) for part in people_named(value)]
    open_order = [(line, text) for line, text in named if _order_matters(text)]
    proposed, sure = _proposed(cells.heading, [text for _line, text in named])
    # A heading such as « Nom du formateur » says nothing of the order.
    sure = sure and bool(len(open_order) < len(named))
    if not open_order:
        return Judgement(parse=lambda value: split_people(value, last_first=proposed == LAST_FIRST))
    proposed = proposed if sure else FIRST_LAST
    text = open_order[0][1]
    readings = tuple(Reading(key, _label(key, text)) for key in (LAST_FIRST, FIRST_LAST))
    chosen = in_force(context, readings, proposed)
    doubtful = not sure and context.chosen != chosen
    return Judgement(
        parse=lambda value: split_people(value, last_first=chosen == LAST_FIRST),
        chosen=chosen,
        readings=readings,
        sentence=_("rien ne dit si le nom est avant le prénom : %(name)s.") % {"name": _parts(text, chosen)} if doubtful else "",
        doubtful=doubtful,
        lines=tuple(line for line, _text in open_order) if doubtful else (),
    )


def judge_last_names(cells: Cells, context: Context) -> Judgement:
    """The judge of a column of family names: a birth name goes apart, and is told."""
    born = [
        (line, text, name)
        for line, value in zip(cells.lines, cells.values, strict=True)
        if isinstance(value, str) and ("né" in value.lower() or "nee" in value.lower())
        for text, name in [birth_name_apart(value)]
        if name
    ]
    if not born:
        return Judgement(parse=lambda value: FullName("", name_case(value)))
    shown = " ; ".join(
        _("nom %(name)s, nom de naissance %(birth)s") % {"name": name_case(text), "birth": name}
        for _line, text, name in born[:SHOWN]
    )
    return Judgement(
        parse=lambda value: FullName("", *_usual_and_birth(value)),
        sentence=_("le nom de naissance est gardé à part : %(names)s.") % {"names": shown},
        doubtful=True,
        lines=tuple(line for line, *_names in born),
    )


def _usual_and_birth(value: object) -> tuple[str, str]:
    text, birth_name = birth_name_apart(value)
    return name_case(text), birth_name


def _proposed(heading: str, names: list[str]) -> tuple[str, bool]:
    """The order, and whether something in the column or in its heading says so."""
    if names_come_last_first(names):
        return LAST_FIRST, True
    if names_come_last_first(" ".join(reversed(name.split())) for name in names if "," not in name):
        return FIRST_LAST, True
    key = comparison_key(heading)
    if key.startswith("nom"):
        return LAST_FIRST, "prenom" in key
    return FIRST_LAST, key.startswith("prenom")


def _order_matters(text: str) -> bool:
    """Whether only the order tells the family name: no capitals, no comma, two words at least."""
    name, _birth = birth_name_apart(text)
    words = name.split()
    family = family_words(words)
    return len(words) > 1 and "," not in name and (all(family) or not any(family))


def _needs_a_look(text: str) -> bool:
    """A birth name, brackets, a particle, or three words and more that nothing parts."""
    name, birth_name = birth_name_apart(text)
    words = name.split()
    return bool(
        birth_name
        or "(" in text
        or any(
            is_particle(word) or is_particle(word.partition("'")[0]) for word in words if len(words) > 1 and not word.isdigit()
        )
        or (len(words) > 2 and _order_matters(text))
    )


def _label(key: str, text: str) -> str:
    order = _("nom, puis prénom") if key == LAST_FIRST else _("prénom, puis nom")
    return f"{order} : {_parts(text, key)}"


def _parts(text: str, key: str) -> str:
    name = read_full_name(text, last_first=key == LAST_FIRST)
    parts = [_("nom %(name)s") % {"name": name.last_name}]
    if name.first_name:
        parts.append(_("prénom %(name)s") % {"name": name.first_name})
    if name.birth_name:
        parts.append(_("nom de naissance %(name)s") % {"name": name.birth_name})
    return f"« {text} » {', '.join(parts)}"


def _reader(order: str) -> Callable[[Any], FullName | None]:
    def parse(value: Any) -> FullName | None:
        return read_full_name(value, last_first=order == LAST_FIRST) if clean(value) else None

    return parse

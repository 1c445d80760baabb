"""Pages that may be of one person, the likeliest first, each with what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qualiopi.folding import sought
from qualiopi.text import comparison_key, person_key
from trainings.people.models import Trainee, Trainer

MOST_TWINS = 10
MOST_FOUND = 20
# Looked at before the likeliest are kept: an address that a whole company shares brings many.
MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who may be the same person, and the reasons to think so."""

    person: Any
    reasons: list[str]


def likely_twins(person: Trainee | Trainer) -> list[Twin]:
    """At most ten pages of the organisation that share the name, the address, the phone or the birth date with this one. One query."""
    wanted = Q(name_key=person.name_key) | Q(last_name__iexact=person.last_name)
    if person.email:
        wanted |= Q(email__iexact=person.email)
    if person.phone:
        wanted |= Q(phone=person.phone)
    if isinstance(person, Trainee):
        wanted |= Q(birth_name__iexact=person.last_name)
        if person.birth_date:
            wanted |= Q(birth_date=person.birth_date)
        if person.birth_name:
            wanted |= Q(last_name__iexact=person.birth_name)
    rows = type(person).objects.for_organisation(person.organisation).filter(wanted).exclude(pk=person.pk)
    weighed = [(reasons_for(person, other), other) for other in rows.order_by("last_name", "first_name", "pk")[:MOST_LOOKED_AT]]
    likely = sorted((each for each in weighed if each[0]), key=lambda each: -sum(weight for weight, _words in each[0]))
    return [Twin(other, [words for _weight, words in reasons]) for reasons, other in likely[:MOST_TWINS]]


def others_named(person: Trainee | Trainer, search: str) -> list[Any]:
    """The pages that a search finds beside this one, by name, twenty at most. One query."""
    if not search.strip():
        return []
    rows = type(person).objects.for_organisation(person.organisation).exclude(pk=person.pk)
    return list(sought(rows, search, "found_by").order_by("last_name", "first_name", "pk")[:MOST_FOUND])


def reasons_for(person: Any, other: Any) -> list[tuple[int, str]]:
    """What speaks for two pages being one person's, each with its weight; empty when nothing does."""
    found = []
    shared = set(person.name_key.split()) & set(other.name_key.split())
    if person.name_key == other.name_key:
        found.append((4, _("même nom")))
    elif _by_birth_name(person, other):
        found.append((3, _("même nom de naissance")))
    elif _initial(person) and _initial(person) == _initial(other) and _last(person) == _last(other):
        found.append((1, _("même nom de famille, même initiale")))
    if person.email and person.email.lower() == other.email.lower():
        found.append((3 if shared else 1, _("même adresse e-mail")))
    if person.phone and person.phone == other.phone:
        found.append((2 if shared else 1, _("même téléphone")))
    born = getattr(person, "birth_date", None)
    # Two people of one company are often born on one day.
    if born and born == getattr(other, "birth_date", None) and (shared or found):
        found.append((3, _("même date de naissance")))
    return found


def _by_birth_name(person: Any, other: Any) -> bool:
    """One bears the name that the other bore at birth, with the same first name."""
    return any(
        getattr(one, "birth_name", "") and person_key(one.first_name, one.birth_name) == two.name_key
        for one, two in ((person, other), (other, person))
    )


def _initial(person: Any) -> str:
    return comparison_key(person.first_name)[:1]


def _last(person: Any) -> str:
    return comparison_key(person.last_name)

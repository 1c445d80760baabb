"""Whether a line of a file speaks of somebody we already know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from trainings.people.models import Trainee

# Values asked for in one query: the databases bound the number of parameters.
SLICE = 5_000


class Ambiguous(Exception):
    """Several people fit, and nothing tells which."""


class TraineeIndex:
    """The trainees of an organisation that a file may mean, found by address or by name in few queries."""

    def __init__(self, organisation: Any, *, emails: set[str], names: set[str]) -> None:
        self.by_email: dict[str, list[Trainee]] = defaultdict(list)
        self.by_name: dict[str, list[Trainee]] = defaultdict(list)
        rows = Trainee.objects.for_organisation(organisation)
        found: dict[Any, Trainee] = {}
        for some in _slices(emails):
            found.update({trainee.pk: trainee for trainee in rows.filter(email__in=some)})
        for some in _slices(names):
            found.update({trainee.pk: found.get(trainee.pk, trainee) for trainee in rows.filter(name_key__in=some)})
        for trainee in found.values():
            self.add(trainee)

    def add(self, trainee: Trainee) -> None:
        """Make this person findable by the lines that follow."""
        if trainee.email:
            self.by_email[trainee.email.lower()].append(trainee)
        self.by_name[trainee.name_key].append(trainee)

    def find(self, *, email: str, name_key: str, birth_date: date | None) -> Trainee | None:
        """The person this line means, or None for somebody new. Raises ``Ambiguous``.

        The same name with the same address or the same birth date is one person. An address alone never makes one:
        companies share theirs. A name alone does when nothing contradicts it and only one person bears it.
        """
        namesakes = self.by_name[name_key]
        for person in namesakes:
            if email and person.email.lower() == email:
                return person
        for person in namesakes:
            if birth_date and person.birth_date == birth_date:
                return person
        possible = [person for person in namesakes if not (email and person.email) and not (birth_date and person.birth_date)]
        if len(possible) > 1:
            raise Ambiguous
        return possible[0] if possible else None

    def sharing(self, email: str, name_key: str) -> Trainee | None:
        """Somebody else with this address."""
        return next((person for person in self.by_email[email] if person.name_key != name_key), None)


def _slices(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(value for value in values if value)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]

"""Whether a line of a file speaks of somebody we already know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from qualiopi.exchange.outcome import as_json
from trainings.people.models import FormerIdentity, Trainee

# Values asked for in one query: the databases bound the number of parameters.
SLICE = 5_000


class Ambiguous(Exception):
    """Several people fit, and nothing tells which."""


class TraineeIndex:
    """The trainees of an organisation that a file may mean, found by address or by name in few queries.

    Somebody whose page was merged with another is found by what each of the two said (`FormerIdentity`).
    """

    def __init__(self, organisation: Any, *, emails: set[str], names: set[str]) -> None:
        self.by_email: dict[str, list[Trainee]] = defaultdict(list)
        self.by_name: dict[str, list[Trainee]] = defaultdict(list)
        self.formerly: dict[Any, list[FormerIdentity]] = defaultdict(list)
        rows = Trainee.objects.for_organisation(organisation)
        found: dict[Any, Trainee] = {}
        for some in _slices(emails):
            found.update({trainee.pk: trainee for trainee in rows.filter(email__in=some)})
        for some in _slices(names):
            found.update({trainee.pk: found.get(trainee.pk, trainee) for trainee in rows.filter(name_key__in=some)})
        # Merged pages are few: all of them, rather than two more queries for each slice.
        merged = FormerIdentity.objects.for_organisation(organisation).filter(trainee__isnull=False).select_related("trainee")
        for identity in merged:
            found.setdefault(identity.trainee_id, cast(Trainee, identity.trainee))
            self.formerly[identity.trainee_id].append(identity)
        for trainee in found.values():
            self.add(trainee)

    def add(self, trainee: Trainee) -> None:
        """Make this person findable by the lines that follow."""
        for email in self._emails(trainee):
            self.by_email[email].append(trainee)
        for name in self._names(trainee):
            self.by_name[name].append(trainee)

    def find(self, *, email: str, name_key: str, birth_date: date | None) -> Trainee | None:
        """The person this line means, or None for somebody new. Raises ``Ambiguous``.

        The same name with the same address or the same birth date is one person. An address alone never makes one:
        companies share theirs. A name alone does when nothing contradicts it and only one person bears it.
        """
        namesakes = self.by_name[name_key]
        for person in namesakes:
            if email and email in self._emails(person):
                return person
        for person in namesakes:
            if birth_date and birth_date in self._birth_dates(person):
                return person
        possible = [
            person
            for person in namesakes
            if not (email and self._emails(person)) and not (birth_date and self._birth_dates(person))
        ]
        if len(possible) > 1:
            raise Ambiguous
        return possible[0] if possible else None

    def sharing(self, email: str, name_key: str) -> Trainee | None:
        """Somebody else with this address."""
        return next((person for person in self.by_email[email] if name_key not in self._names(person)), None)

    def said_formerly(self, trainee: Any, name: str, value: object) -> bool:
        """Whether a page merged with this one said this of a field, and another value was chosen since."""
        formerly = self.formerly.get(trainee.pk)
        if not formerly or getattr(trainee, name) == value:
            return False
        told = as_json(value)
        return any(identity.said.get(name) == told for identity in formerly)

    def _names(self, trainee: Trainee) -> set[str]:
        return {trainee.name_key, *(identity.name_key for identity in self.formerly.get(trainee.pk, ()))}

    def _emails(self, trainee: Trainee) -> set[str]:
        return {trainee.email.lower(), *(identity.email for identity in self.formerly.get(trainee.pk, ()))} - {""}

    def _birth_dates(self, trainee: Trainee) -> set[date]:
        said = {trainee.birth_date, *(identity.birth_date for identity in self.formerly.get(trainee.pk, ()))}
        return {day for day in said if day is not None}


def _slices(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(value for value in values if value)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]

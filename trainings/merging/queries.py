"""What merging two pages of one person would do: fields that differ, what moves, what prevents it. The page shows it, the verb does it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from qualiopi.relations import relations_to
from trainings.documents.models import Reservation
from trainings.merging.lines import FieldLine, lines_of
from trainings.merging.relations import APART, RULES, SEALED, One, Rule, Settled
from trainings.merging.sentences import Obstacle, closed_session, number_waits, other_way, sealed_twice, twice
from trainings.people.models import Trainee, Trainer
from trainings.sessions.models import Enrolment, SessionState

Person = Trainee | Trainer


@dataclass(frozen=True, slots=True)
class Pair:
    """Two enrolments in one session: that of the page kept, that of the page that goes, and which of the two rows stays."""

    kept: Enrolment
    gone: Enrolment
    stays: Enrolment
    lines: list[FieldLine]

    @property
    def leaves(self) -> Enrolment:
        """The row that goes; what it holds is taken over by the other."""
        return self.gone if self.stays is self.kept else self.kept


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that merging would do. `lines`: fields of the two pages; `moves`: rows that change hands, by kind."""

    kept: Any
    gone: Any
    lines: list[FieldLine]
    pairs: list[Pair]
    moves: list[tuple[type[Model], int]]
    obstacles: list[Obstacle]

    @property
    def every_line(self) -> list[FieldLine]:
        """Fields of the pages, then of each session where both are enrolled."""
        return [*self.lines, *(line for pair in self.pairs for line in pair.lines)]

    @property
    def to_choose(self) -> list[FieldLine]:
        """The lines on which somebody has to decide."""
        return [line for line in self.every_line if line.differs]

    @property
    def seen(self) -> str:
        """A fingerprint of what there is to choose from: what is sent back with the choices, that nobody changed in between."""
        told = [[line.key, line.kept, line.gone] for line in self.every_line]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def plan_of(kept: Person, gone: Person) -> Plan:
    """Read what merging `gone` into `kept` would do. The number of queries depends on the sessions they share, on nothing else."""
    pairs, obstacles = _pairs(kept, gone) if isinstance(kept, Trainee) and isinstance(gone, Trainee) else ([], [])
    obstacles += _obstacles(kept, gone, of="")
    for pair in pairs:
        obstacles += _obstacles(pair.stays, pair.leaves, of=str(pair.kept.session))
    return Plan(kept, gone, lines_of(kept, gone), pairs, _moves(gone), obstacles)


def settled(stays: Model, leaves: Model) -> Iterator[tuple[Any, QuerySet[Any], list[tuple[Any, Any, Settled]]]]:
    """For each foreign key of who leaves: the relation, the rows that move, and those that meet a row of who stays, settled."""
    for key, relation in relations_to(type(leaves)).items():
        rule = RULES[type(leaves)][key]
        if rule in (SEALED, APART):
            continue
        yield relation, *_meetings(relation, rule, stays, leaves)


def _meetings(relation: Any, rule: Rule, stays: Model, leaves: Model) -> tuple[QuerySet[Any], list[tuple[Any, Any, Settled]]]:
    rows = relation.related_model._default_manager
    going = rows.filter(**{relation.field.name: leaves}).order_by("pk")
    if not isinstance(rule, One):
        return going, []
    here = {_key(row, rule): row for row in rows.filter(rule.when, **{relation.field.name: stays})}
    met = [row for row in going.filter(rule.when) if _key(row, rule) in here] if here else []
    meetings = [(here[_key(row, rule)], row, rule.settle(here[_key(row, rule)], row)) for row in met]
    return going.exclude(pk__in=[row.pk for row in met]), meetings


def _key(row: Any, rule: One) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in rule.key)


def _pairs(kept: Trainee, gone: Trainee) -> tuple[list[Pair], list[Obstacle]]:
    """The sessions where both are enrolled, and those of them that can't be made one."""
    rows = (
        Enrolment.objects.filter(trainee__in=[kept, gone])
        .select_related("session", "company")
        .order_by("session__reference", "pk")
    )
    by_session: dict[UUID, dict[UUID, Enrolment]] = {}
    for enrolment in rows:
        by_session.setdefault(enrolment.session_id, {})[enrolment.trainee_id] = enrolment
    shared = [(found[kept.pk], found[gone.pk]) for found in by_session.values() if len(found) == 2]
    both = [each for pair in shared for each in pair]
    signed = set(Enrolment.objects.filter(pk__in=[each.pk for each in both], marks__isnull=False).values_list("pk", flat=True))
    waiting = set(Reservation.objects.filter(target__in=[each.pk for each in both]).values_list("target", flat=True))
    pairs, obstacles = [], []
    for here, there in shared:
        session = here.session
        stays = there if there.pk in signed and here.pk not in signed else here
        if here.pk in signed and there.pk in signed:
            obstacles.append(sealed_twice(session))
        if session.state == SessionState.CLOSED:
            obstacles.append(closed_session(session))
        if waiting & {here.pk, there.pk}:
            obstacles.append(number_waits(session))
        pairs.append(Pair(here, there, stays, lines_of(here, there, prefix=f"{session.pk}:", of=str(session))))
    return pairs, obstacles


def _obstacles(stays: Any, leaves: Any, *, of: str) -> list[Obstacle]:
    found = [
        twice(relation.related_model, RULES[type(leaves)][_name(relation)], of=of)
        for relation, _rows, meetings in settled(stays, leaves)
        if any(each.refused for _here, _there, each in meetings)
    ]
    if isinstance(leaves, Trainer) and leaves.marks.exists():
        found.append(other_way(leaves, both=stays.marks.exists()))
    return found


def _name(relation: Any) -> str:
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def _moves(gone: Person) -> list[tuple[type[Model], int]]:
    """What the page that goes leaves to the other, by kind: its own rows, then those of its enrolments."""
    found = [(relation.related_model, _count(relation, [gone])) for relation in relations_to(type(gone)).values()]
    if isinstance(gone, Trainee):
        enrolments = Enrolment.objects.filter(trainee=gone).order_by()
        found += [(relation.related_model, _count(relation, enrolments)) for relation in relations_to(Enrolment).values()]
    return [(model, count) for model, count in found if count]


def _count(relation: Any, rows: Iterable[Any]) -> int:
    count: int = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": rows}).count()
    return count

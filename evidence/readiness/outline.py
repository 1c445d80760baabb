"""Of the facts that were looked at, those that pages show beside statuses: names, days, who leads. Plain rows, short enough to keep."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from evidence.engine.facts import Facts


class SessionHead(NamedTuple):
    """A dated session: what is said of it."""

    id: str
    reference: str
    course_id: str
    first_day: date
    last_day: date | None
    trainer_ids: tuple[str, ...]


class TrainerHead(NamedTuple):
    """A trainer, and the first day they led, over all times."""

    id: str
    name: str
    first_session_on: date | None


class Lapsing(NamedTuple):
    """A document that counts until a day."""

    id: str
    title: str
    valid_until: date


class Outline(NamedTuple):
    """Sessions in time order; the title of each course."""

    sessions: tuple[SessionHead, ...]
    titles: dict[str, str]
    trainers: tuple[TrainerHead, ...]
    lapsing: tuple[Lapsing, ...]


def outline_of(facts: Facts) -> Outline:
    """What is shown of these facts."""
    return Outline(
        sessions=tuple(
            SessionHead(each.id, each.reference, each.course_id, each.first_day, each.last_day, each.trainer_ids)
            for each in facts.sessions
        ),
        titles={course.id: course.title for course in facts.courses},
        trainers=tuple(TrainerHead(each.id, each.name, each.first_session_on) for each in facts.trainers),
        lapsing=tuple(Lapsing(each.id, each.title, each.valid_until) for each in facts.documents if each.valid_until is not None),
    )

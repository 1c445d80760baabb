"""What decides about trainers and subcontractors, without clock or database: the caller gives the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from qualiopi.identity import compact
from qualiopi.text import comparison_key
from trainings.people.models import RecordKind, TrainerStatus

# Own practice: long enough to renew a qualification before it lapses.
NOTICE = timedelta(days=60)
# What a course requires may be shown by a qualification in force, or by a diploma, which does not lapse.
QUALIFYING = frozenset({RecordKind.QUALIFICATION.value, RecordKind.DIPLOMA.value})


class Dated(Protocol):
    """What is looked at in a line of a trainer's file."""

    @property
    def kind(self) -> str: ...
    @property
    def title_key(self) -> str: ...
    @property
    def dated_on(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def dropped(self) -> bool: ...
    @property
    def checked_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def covers(self) -> Sequence[str]: ...


Record = TypeVar("Record", bound=Dated)


def counts(record: Dated) -> bool:
    """Whether a line proves anything: not withdrawn, and looked at by somebody when the trainer sent it."""
    return record.withdrawn_at is None and (not record.dropped or record.checked_at is not None)


def holds_on(record: Dated, day: date) -> bool:
    """Whether a line that counts was valid that day. Without a date it always was; without an end it still is."""
    return (record.dated_on is None or record.dated_on <= day) and (record.valid_until is None or day <= record.valid_until)


def valid_on(records: Iterable[Record], day: date) -> list[Record]:
    """The lines that count and were valid that day: what expires later was valid then, what is renewed since was not."""
    return [record for record in records if counts(record) and holds_on(record, day)]


def answers(record: Dated, required: str) -> bool:
    """Whether a line is of the kind a course requires: every word of the requirement is in its title, whatever accents and capitals, or
    somebody said that its title covers it."""
    key = comparison_key(required)
    if not key or record.kind not in QUALIFYING:
        return False
    return set(key.split()) <= set(record.title_key.split()) or any(comparison_key(each) == key for each in record.covers)


def qualified_on(records: Iterable[Dated], required: str, days: Iterable[date]) -> bool:
    """Whether each of these days is covered by a line of the required kind; always, when nothing is required.

    No day at all: nobody can say that the requirement is met.
    """
    if not comparison_key(required):
        return True
    fitting = [record for record in records if counts(record) and answers(record, required)]
    taught = list(days)
    return bool(taught) and all(any(holds_on(record, day) for record in fitting) for day in taught)


def days_taught(half_days: Iterable[tuple[date, object]], trainer: object, *, first: date, last: date, today: date) -> list[date]:
    """The days of a session that a trainer taught up to today, in order: those of the half-days they lead, or that nobody in particular
    leads; every day of a session that has none. Gaps, and days to come, are not among them."""
    led = list(half_days)
    if not led:
        whole = (min(last, today) - first).days
        return [first + timedelta(days=place) for place in range(whole + 1)]
    return sorted({day for day, leader in led if leader in (None, trainer) and day <= today})


class Standing(StrEnum):
    """What a trainer really is for the organisation, whatever was ticked."""

    UNKNOWN = "unknown"
    OWN = "own"  # salaried, or head of the organisation
    CARRIED = "carried"  # answers to the organisation: a commitment and a yearly check, no subcontract
    SUBCONTRACTOR = "subcontractor"  # invoices with a number of their own: a contract and a yearly review
    OUR_NUMBER = "our_number"  # the number typed is the organisation's own


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The standing, and whether what was typed says something else."""

    standing: Standing
    contradicts: bool = False
    number_missing: bool = False


def read_status(*, status: str, activity_number: str, own_number: str) -> StatusReading:
    """Read a trainer's status with the number typed beside it (regulation on portage and cooperatives, indicator 27).

    A trainer carried by the cooperative is not a subcontractor; one who teaches under an activity number of their own is.
    `own_number` is the organisation's.
    """
    number = compact(activity_number)
    if number and number == compact(own_number):
        return StatusReading(Standing.OUR_NUMBER, contradicts=True)
    if number:
        return StatusReading(Standing.SUBCONTRACTOR, contradicts=status != TrainerStatus.SUBCONTRACTOR)
    if status == TrainerStatus.SUBCONTRACTOR:
        return StatusReading(Standing.SUBCONTRACTOR, number_missing=True)
    if status == TrainerStatus.CARRIED:
        return StatusReading(Standing.CARRIED)
    return StatusReading(Standing.OWN if status == TrainerStatus.EMPLOYEE else Standing.UNKNOWN)


class Hole(StrEnum):
    """What a trainer's file lacks."""

    CV = "cv"
    CV_OLD = "cv_old"
    DIPLOMA = "diploma"
    QUALIFICATION = "qualification"
    TRAINING = "training"
    INTERVIEW = "interview"
    CHARTER = "charter"


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of the month when it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("Every month has twenty-eight days.")


def holes_of(
    records: Iterable[Dated], *, standing: Standing, today: date, required: Collection[str] = (), newcomer: bool = False
) -> list[tuple[Hole, str]]:
    """What is missing from a file today: the hole, and the qualification it names when it is one.

    `required`: what the courses this person teaches ask for. `newcomer`: first session less than six months ago, whose continuing
    training is not asked for yet. Figures are those of the standard's data: a CV is re-read every 36 months (indicator 21),
    training dates from less than 24 (indicator 22), an interview or an observation from less than 12.
    """
    held = [record for record in records if counts(record)]

    def latest(kind: RecordKind) -> date | None:
        return max((record.dated_on for record in held if record.kind == kind and record.dated_on), default=None)

    def has(kind: RecordKind) -> bool:
        return any(record.kind == kind and holds_on(record, today) for record in held)

    def recent(kind: RecordKind, months: int) -> bool:
        last = latest(kind)
        return last is not None and last >= months_before(today, months)

    found: list[tuple[Hole, str]] = []
    if not has(RecordKind.CV):
        found.append((Hole.CV, ""))
    elif not recent(RecordKind.CV, 36):
        found.append((Hole.CV_OLD, ""))
    if not has(RecordKind.DIPLOMA):
        found.append((Hole.DIPLOMA, ""))
    found += [(Hole.QUALIFICATION, name) for name in required if not qualified_on(held, name, [today])]
    if standing is not Standing.SUBCONTRACTOR and not newcomer and not recent(RecordKind.TRAINING, 24):
        found.append((Hole.TRAINING, ""))
    if not recent(RecordKind.INTERVIEW, 12):
        found.append((Hole.INTERVIEW, ""))
    if standing is Standing.CARRIED and not has(RecordKind.CHARTER):
        found.append((Hole.CHARTER, ""))
    return found


def expiring(records: Iterable[Record], *, today: date) -> list[Record]:
    """The lines in force that end within sixty days, the first to end first; a later one of the same title makes the earlier silent."""
    held = valid_on(records, today)
    soon = [record for record in held if record.valid_until is not None and record.valid_until - today <= NOTICE]
    return sorted(
        (record for record in soon if not _renewed(record, held)), key=lambda record: (record.valid_until, record.title_key)
    )


def _renewed(record: Dated, held: Iterable[Dated]) -> bool:
    return any(
        other is not record
        and (other.kind, other.title_key) == (record.kind, record.title_key)
        and (other.valid_until is None or (record.valid_until is not None and other.valid_until > record.valid_until))
        for other in held
    )

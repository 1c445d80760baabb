"""A trainer's file, read once for whoever shows it: the page, the personal link, the message that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trainings.people.models import Trainer, TrainerRecord
from trainings.people.queries import Unqualified, first_session_on, records_of, required_of, unqualified_sessions
from trainings.people.rules import Standing, expiring, holes_of, months_before, read_status
from trainings.people.wording import Missing, Section, StatusWords, answer_of, missing_of, sections_of, words_of_status

# Own practice: an audit looks at three years at most.
LOOKED_AT_MONTHS = 36
NEWCOMER = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class TrainerFile:
    """What a file holds, lacks and is about to lose on a day."""

    answer: str
    missing: list[Missing]
    ending: list[TrainerRecord]
    waiting: list[TrainerRecord]
    sections: list[Section]
    unqualified: list[Unqualified]
    required: list[str]
    standing: Standing
    status: StatusWords

    @property
    def refused(self) -> list[TrainerRecord]:
        """What was sent and refused, unless something of the same kind has been sent or kept since."""
        lines = [line.record for section in self.sections for line in section.lines]
        found = []
        for record in lines:
            if record.dropped and record.checked_at is None and record.withdrawn_at is not None:
                since = (other for other in lines if other.kind == record.kind and other.withdrawn_at is None)
                if not any(other.created_at > record.withdrawn_at for other in since):
                    found.append(record)
        return found

    @property
    def asked_of_trainer(self) -> list[Missing]:
        """What the trainer can send by themselves."""
        return [each for each in self.missing if each.by_trainer]


def file_of(trainer: Trainer, *, today: date) -> TrainerFile:
    """Read a file; five queries, whatever it holds."""
    records = records_of(trainer)
    required = required_of(trainer, today=today)
    reading = read_status(
        status=trainer.status, activity_number=trainer.activity_number, own_number=trainer.organisation.activity_number
    )
    first = first_session_on(trainer)
    newcomer = first is None or today - first < NEWCOMER
    missing = missing_of(holes_of(records, standing=reading.standing, today=today, required=required, newcomer=newcomer))
    ending = expiring(records, today=today)
    waiting = [record for record in records if record.dropped and record.checked_at is None and record.withdrawn_at is None]
    return TrainerFile(
        answer=answer_of(missing, ending, len(waiting)),
        missing=missing,
        ending=ending,
        waiting=waiting,
        sections=sections_of(records, today=today),
        unqualified=unqualified_sessions(
            trainer.organisation, from_day=months_before(today, LOOKED_AT_MONTHS), to_day=today, trainer=trainer
        ),
        required=required,
        standing=reading.standing,
        status=words_of_status(reading),
    )

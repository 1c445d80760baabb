"""Reminding everyone who owes something, at most once a week each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from evidence.debts.emails import reminder_message
from evidence.debts.models import Reminder
from evidence.debts.queries import Person, owed_in, people_owing
from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.mail import Departure, Outbox
from qualiopi.organisations.models import Organisation
from trainings.people.links import current_token
from trainings.people.verbs import trainer_link

# A message takes a moment to leave, and there may be hundreds: people mend things meanwhile.
HANDFUL = 25


@dataclass
class ReminderReport:
    """Who was written to, who was less than a week ago, who has no address, which addresses refused."""

    sent: list[str] = field(default_factory=list)
    too_recent: list[str] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def remind_everyone(*, organisation: Organisation, site: str, actor: User | None, today: date) -> ReminderReport:
    """Write to each person who owes something: one message each, listing all of it with links.

    What is owed is read again here, and again every `HANDFUL` people: what was mended since the page was shown, or while the others
    were written to, is in no message. Nobody is written to twice in a week, nor twice at once (the row is claimed before the message
    leaves, and given back when it did not). A trainer who has to send a piece, or who has no account, gets their personal link.
    Writes the journal.
    """
    report = ReminderReport()
    seen: set[str] = set()
    with Outbox() as outbox:
        while handful := _still_owing(organisation, today=today, seen=seen):
            for person in handful:
                seen.add(person.key)
                _remind(person, report, organisation=organisation, site=site.rstrip("/"), actor=actor, today=today, by=outbox)
            if len(handful) < HANDFUL:
                break
    if report.sent or report.failed:
        with transaction.atomic():
            details = {"sent": len(report.sent), "failed": len(report.failed)}
            record(verb="debts.reminded", actor=actor, organisation_id=organisation.pk, target=organisation, details=details)
    return report


def _still_owing(organisation: Organisation, *, today: date, seen: set[str]) -> list[Person]:
    """The next ones who owe something now, the one who has owed longest first."""
    people = people_owing(organisation, owed_in(organisation, today=today))
    return [person for person in people if person.key not in seen][:HANDFUL]


def _remind(
    person: Person,
    report: ReminderReport,
    *,
    organisation: Organisation,
    site: str,
    actor: User | None,
    today: date,
    by: Outbox,
) -> None:
    """Write to one person, or say in the report why not."""
    if not person.email:
        report.without_address.append(person.name)
        return
    row = _claim(person, organisation=organisation, actor=actor, today=today)
    if row is None:
        report.too_recent.append(person.name)
        return
    message = reminder_message(organisation=organisation, person=person, site=site, token=_token_for(person, actor))
    if by.send(message) is Departure.LEFT:
        report.sent.append(person.name)
    else:
        row.delete()
        report.failed.append(person.email)


def _claim(person: Person, *, organisation: Organisation, actor: User | None, today: date) -> Reminder | None:
    """The row that says that they are written to today; None when they were this week, or are at this very moment."""
    if not person.may_be_reminded(today):
        return None
    row = Reminder(
        organisation=organisation,
        trainer=person.trainer,
        user=person.user,
        email=person.email,
        owed=len(person.owed),
        sent_on=today,
        sent_by=actor,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _token_for(person: Person, actor: User | None) -> str:
    """The personal link of a trainer who has to send a piece, or who has no account; made, or made to last, when it is needed."""
    trainer = person.trainer
    if trainer is None or (trainer.user_id is not None and not any(each.of_file for each in person.owed)):
        return ""
    return current_token(trainer_link(trainer=trainer, actor=actor)) or ""

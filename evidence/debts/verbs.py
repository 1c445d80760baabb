"""Reminding everyone who owes something, at most once a week each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException

from django.db import IntegrityError, transaction

from evidence.debts.emails import reminder_message
from evidence.debts.models import Reminder
from evidence.debts.queries import Person, owed_in, people_owing
from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from trainings.people.links import current_token
from trainings.people.verbs import trainer_link


@dataclass
class ReminderReport:
    """Who was written to, who was less than a week ago, who has no address, which addresses refused."""

    sent: list[str] = field(default_factory=list)
    too_recent: list[str] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def remind_everyone(*, organisation: Organisation, site: str, actor: User | None, today: date) -> ReminderReport:
    """Write to each person who owes something: one message each, listing all of it with links.

    What is owed is read again here, so that what was mended since the page was shown is in no message. Nobody is written to twice
    in a week, nor twice at once (the row is claimed before the message leaves, and given back when it did not). A trainer who has to
    send a piece, or who has no account, gets their personal link. Writes the journal.
    """
    report = ReminderReport()
    site = site.rstrip("/")
    for person in people_owing(organisation, owed_in(organisation, today=today)):
        if not person.email:
            report.without_address.append(person.name)
        elif not person.may_be_reminded(today):
            report.too_recent.append(person.name)
        else:
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
                report.too_recent.append(person.name)
                continue
            try:
                token = _token_for(person, actor)
                reminder_message(organisation=organisation, person=person, site=site, token=token).send()
            except (SMTPException, OSError):
                row.delete()
                report.failed.append(person.email)
            else:
                report.sent.append(person.name)
    if report.sent or report.failed:
        with transaction.atomic():
            details = {"sent": len(report.sent), "failed": len(report.failed)}
            record(verb="debts.reminded", actor=actor, organisation_id=organisation.pk, target=organisation, details=details)
    return report


def _token_for(person: Person, actor: User | None) -> str:
    """The personal link of a trainer who has to send a piece, or who has no account; made, or made to last, when it is needed."""
    trainer = person.trainer
    if trainer is None or (trainer.user_id is not None and not any(each.of_file for each in person.owed)):
        return ""
    return current_token(trainer_link(trainer=trainer, actor=actor)) or ""

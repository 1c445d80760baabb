"""Reminding everyone who owes something, at most once a week each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from evidence.debts.emails import DebtReminder
from evidence.debts.queries import Person, owed_in, people_owing
from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.post.reports import MailReport
from qualiopi.post.rounds import send_all

# A message takes a moment to leave, and there may be hundreds: people mend things meanwhile.
HANDFUL = 25


def remind_everyone(
    *, organisation: Organisation, site: str, actor: User | None, today: date, trainers: frozenset[str] | None = None
) -> MailReport:
    """Write to each person who owes something: one message each, listing all of it with links. `trainers`: to these alone.

    What is owed is read again here, and again every `HANDFUL` people: what was mended since the page was shown, or while the others
    were written to, is in no message. Nobody is written to twice in a week, nor twice at once (the row is claimed before the message
    leaves, and given back when it did not). A trainer who has to send a piece, or who has no account, gets their personal link.
    Writes the journal.
    """
    report = MailReport()
    send_all(_due(organisation, site=site, actor=actor, today=today, trainers=trainers), report=report)
    if report.sent or report.failed:
        with transaction.atomic():
            details = {"sent": report.sent, "failed": len(report.failed)}
            record(verb="debts.reminded", actor=actor, organisation_id=organisation.pk, target=organisation, details=details)
    return report


def _due(
    organisation: Organisation, *, site: str, actor: User | None, today: date, trainers: frozenset[str] | None
) -> Iterator[DebtReminder]:
    seen: set[str] = set()
    while handful := _still_owing(organisation, today=today, seen=seen, trainers=trainers):
        for person in handful:
            seen.add(person.key)
            yield DebtReminder(organisation=organisation, person=person, site=site, today=today, actor=actor)
        if len(handful) < HANDFUL:
            break


def _still_owing(organisation: Organisation, *, today: date, seen: set[str], trainers: frozenset[str] | None) -> list[Person]:
    """The next ones who owe something now, the one who has owed longest first."""
    people = people_owing(organisation, owed_in(organisation, today=today))
    if trainers is not None:
        people = [person for person in people if person.trainer is not None and str(person.trainer.pk) in trainers]
    return [person for person in people if person.key not in seen][:HANDFUL]

"""Who owes what, and what is owed gathered by session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from evidence.debts.models import Reminder
from evidence.debts.queries.line import Owed, as_said, oldest_first
from qualiopi.accounts.models import User
from qualiopi.optouts.queries import as_compared, refusing
from qualiopi.organisations.models import Organisation
from trainings.people.models import Trainer

# One reminder a week at most: own practice.
BETWEEN_REMINDERS = timedelta(days=7)


@dataclass(frozen=True)
class Pile:
    """What is owed of one session, or of one person's file, since a day."""

    label: str
    session: str
    since: date
    found: list[Owed]

    @cached_property
    def owed(self) -> list[Owed]:
        """Each thing, the oldest first."""
        return sorted(self.found, key=as_said)

    @property
    def lines(self) -> list[tuple[Owed, str]]:
        """Each thing owed, when nobody has to be named beside it."""
        return [(each, "") for each in self.owed]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who owes something, the oldest first. `reminded_on`: their last reminder, if there is one.

    A trainer who has an account is one person, whichever of the two a line names.
    """

    key: str
    name: str
    email: str
    owed: tuple[Owed, ...]
    reminded_on: date | None
    trainer: Trainer | None = None
    user: User | None = None
    # They want no reminder any more.
    declined: bool = False

    def may_be_reminded(self, today: date) -> bool:
        """Whether a message can leave today: an address that was not refused, and nothing this week."""
        return (
            bool(self.email) and not self.declined and (self.reminded_on is None or today - self.reminded_on >= BETWEEN_REMINDERS)
        )

    @property
    def again_on(self) -> date | None:
        """The first day on which they may be reminded again."""
        return self.reminded_on + BETWEEN_REMINDERS if self.reminded_on else None


def piles_of(owed: Iterable[Owed]) -> list[Pile]:
    """Gather by session, the one that has waited longest first; what is of no session is gathered by label."""
    piles: dict[tuple[str, str], list[Owed]] = {}
    for each in owed:
        piles.setdefault((each.session, "" if each.session else each.label), []).append(each)
    found = [
        Pile(lines[0].label, session, min(each.since for each in lines), lines) for (session, _label), lines in piles.items()
    ]
    return sorted(found, key=lambda pile: (pile.since, pile.label))


def trainers_reminded(organisation: Organisation, trainers: Iterable[str]) -> dict[str, Person]:
    """Trainer -> whom one writes to, and when one last did, whatever they owe; three queries."""
    last, refused = _last_reminders(organisation), refusing(organisation)
    found = Trainer.objects.for_organisation(organisation).filter(pk__in=list(trainers)).select_related("user")
    return {str(trainer.pk): _of_trainer(trainer, [], last, refused) for trainer in found}


def people_owing(organisation: Organisation, owed: list[Owed]) -> list[Person]:
    """Who owes what, the one who has owed longest first; four queries. `owed`: the oldest first."""
    by_trainer: defaultdict[str, list[Owed]] = defaultdict(list)
    by_user: defaultdict[str, list[Owed]] = defaultdict(list)
    for each in owed:
        for identifier in each.trainers:
            by_trainer[identifier].append(each)
        if each.user:
            by_user[each.user].append(each)
    last, refused = _last_reminders(organisation), refusing(organisation)
    either = Q(pk__in=list(by_trainer)) | Q(user__in=list(by_user))
    trainers = Trainer.objects.for_organisation(organisation).filter(either)
    found = []
    for trainer in trainers.select_related("user", "link"):
        lines = by_trainer[str(trainer.pk)]
        if also := by_user.pop(str(trainer.user_id), None):
            # Somebody who leads a session and owes a step of it is written to once.
            lines = sorted(dict.fromkeys([*lines, *also]), key=oldest_first)
        if lines:
            found.append(_of_trainer(trainer, lines, last, refused))
    for user in User.objects.filter(pk__in=by_user, is_active=True):
        days = [last.get(key) for key in (user.pk, user.email.casefold())]
        found.append(_person(f"u-{user.pk}", str(user), user.email, by_user[str(user.pk)], days, refused, user=user))
    return sorted(found, key=lambda person: (person.owed[0].since, person.name))


def _of_trainer(trainer: Trainer, lines: list[Owed], last: Mapping[UUID | str | None, date], refused: frozenset[str]) -> Person:
    email = trainer.email or (trainer.user.email if trainer.user else "")
    days = [last.get(key) for key in (trainer.pk, trainer.user_id, email.casefold())]
    return _person(f"t-{trainer.pk}", str(trainer), email, lines, days, refused, trainer=trainer)


def _person(
    key: str,
    name: str,
    email: str,
    lines: list[Owed],
    days: list[date | None],
    refused: frozenset[str],
    *,
    trainer: Trainer | None = None,
    user: User | None = None,
) -> Person:
    owed = tuple(lines)
    reminded_on, declined = max((day for day in days if day), default=None), as_compared(email) in refused
    return Person(key, name, email, owed, reminded_on, trainer, user, declined)


def _last_reminders(organisation: Organisation) -> dict[UUID | str | None, date]:
    """Trainer, account or address -> the day of the last message."""
    last: dict[UUID | str | None, date] = {}
    rows = Reminder.objects.for_organisation(organisation).order_by("sent_on")
    for trainer, user, email, sent in rows.values_list("trainer_id", "user_id", "email", "sent_on"):
        for key in (trainer, user, email.casefold()):
            if key:
                last[key] = sent
    return last

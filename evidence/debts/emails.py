"""The reminder: everything one person owes, with where to do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy, ngettext_lazy

from evidence.debts.models import Reminder
from evidence.debts.queries import Owed, Person, piles_of
from qualiopi.accounts.models import User
from qualiopi.optouts.emails import Refusable
from qualiopi.organisations.models import Organisation
from qualiopi.post.outbox import Departure
from qualiopi.post.reports import Words
from trainings.people.links import current_token
from trainings.people.verbs import trainer_link

WORDS = Words(
    left=ngettext_lazy("%(n)s personne est relancée.", "%(n)s personnes sont relancées.", "n"),
    nobody=gettext_lazy("Personne n’est à relancer : rien n’est dû, ou chacun l’a été cette semaine."),
)


@dataclass(kw_only=True)
class DebtReminder(Refusable):
    """To one person, in French; obsolete when they were reminded this week, or are being at this very moment.

    It is claimed by the row that says so, which the base takes once a day, and removed when the message did not leave. A trainer who
    has to send a piece, or who has no account, gets their personal link: made, or made to last, when the message is written.
    """

    template = "debts/email/reminder.html"
    organisation: Organisation
    person: Person
    site: str
    today: date
    actor: User | None
    _reminder: Reminder | None = None

    @property
    def to(self) -> str:
        return self.person.email

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def sender(self) -> Organisation:
        return self.organisation

    def claim(self, now: datetime) -> bool:
        if not self.person.may_be_reminded(self.today):
            return False
        reminder = Reminder(
            organisation=self.organisation,
            trainer=self.person.trainer,
            user=self.person.user,
            email=self.person.email,
            owed=len(self.person.owed),
            sent_on=self.today,
            sent_by=self.actor,
        )
        try:
            with transaction.atomic():
                reminder.save(force_insert=True)
        except IntegrityError:
            return False
        self._reminder = reminder
        return True

    def give_back(self, departure: Departure | None) -> None:
        if self._reminder is not None:
            self._reminder.delete()

    @property
    def key(self) -> str:
        return f"{self.organisation.pk} {self.person.key} {self.today}"

    def words(self) -> dict[str, Any]:
        person, trainer = self.person, self.person.trainer
        has_account = person.user is not None or (trainer is not None and trainer.user_id is not None)
        token = self._token(has_account=has_account)
        drop = self.address("drop:start", token) if token else ""
        site = self.site.rstrip("/")

        def address(each: Owed) -> str:
            # A trainer has no page of their file: their personal link takes its pieces.
            if each.of_file and trainer is not None and drop:
                return drop
            if has_account:
                return site + each.url
            # Without an account no page takes it: a word to the organisation does.
            contact = self.organisation.contact_email
            return f"mailto:{contact}?{urlencode({'subject': each.what[:120]}, quote_via=quote)}" if contact else drop

        return {
            "person": person,
            "count": len(person.owed),
            "piles": [(pile, [(each, address(each)) for each in pile.owed]) for pile in piles_of(person.owed)],
            "page": self.address("debts:mine", self.organisation.slug) if trainer is not None and has_account else "",
            "drop": "" if has_account else drop,
        }

    def _token(self, *, has_account: bool) -> str:
        """The personal link of a trainer who has to send a piece, or who has no account; empty for the others."""
        trainer = self.person.trainer
        if trainer is None or (has_account and not any(each.of_file for each in self.person.owed)):
            return ""
        return current_token(trainer_link(trainer=trainer, actor=self.actor)) or ""

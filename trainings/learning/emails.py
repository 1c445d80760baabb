"""The message that carries the personal link of what is asked before the start."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy, ngettext_lazy

from qualiopi.optouts.emails import Refusable
from qualiopi.organisations.models import Organisation
from qualiopi.post.messages import Stamped
from qualiopi.post.reports import Words
from trainings.learning.models import Intake
from trainings.learning.queries.intake import NOTHING_TO_ASK
from trainings.sessions.models import Enrolment, EnrolmentLink, EnrolmentState, Session
from trainings.sessions.verbs import GivenLink

WORDS = Words(
    left=ngettext_lazy("%(n)s lien envoyé.", "%(n)s liens envoyés.", "n"),
    nobody=gettext_lazy("Tout le monde a déjà répondu."),
    failed=gettext_lazy("Message refusé pour %(addresses)s."),
    refused_advice="",
)


@dataclass(kw_only=True)
class IntakeLink(Refusable, Stamped):
    """The invitation, or its reminder, in French with a few words in English; obsolete when the person left or answered all of `kinds`,
    or when nothing is asked any more before this session."""

    template = "learning/email/intake.html"
    session: Session
    given: GivenLink
    kinds: Collection[str]
    site: str
    reminder: bool = field(init=False)

    @property
    def row(self) -> EnrolmentLink:
        return self.given.link

    @property
    def stamp(self) -> str:
        return "reminded_at" if self.reminder else "sent_at"

    @property
    def edition(self) -> int:
        return self.row.number

    def __post_init__(self) -> None:
        """A reminder when the person was written to before."""
        self.reminder = self.row.sent_at is not None

    @property
    def refusable(self) -> bool:
        """What is asked once before a course is due; reminders are not."""
        return self.reminder

    def due(self) -> QuerySet[EnrolmentLink]:
        unanswered = (Q(~Exists(Intake.objects.filter(enrolment=OuterRef("pk"), kind=kind))) for kind in self.kinds)
        people = Enrolment.objects.filter(reduce(or_, unanswered), state=EnrolmentState.ENROLLED)
        people = people.exclude(session__state__in=NOTHING_TO_ASK).order_by()
        due: QuerySet[EnrolmentLink] = super().due().filter(enrolment__in=people.values("pk"))
        return due

    @property
    def to(self) -> str:
        return self.row.enrolment.trainee.email

    @property
    def name(self) -> str:
        return str(self.row.enrolment.trainee)

    @property
    def sender(self) -> Organisation:
        return self.session.organisation

    def words(self) -> dict[str, Any]:
        return {
            "person": self.row.enrolment.trainee,
            "course": self.session.course.title,
            "session": self.session,
            "link": self.address("intake:start", self.given.token),
            "last_day": self.row.expires_on,
            "reminder": self.reminder,
        }

"""The message that carries a personal link to sign with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, ngettext_lazy

from qualiopi.organisations.models import Organisation
from qualiopi.post.messages import Stamped
from qualiopi.post.reports import Words
from trainings.sessions.models import Enrolment, EnrolmentLink, EnrolmentState, Session
from trainings.sessions.verbs import GivenLink
from trainings.states import OVER

WORDS = Words(
    left=ngettext_lazy("Un lien est parti.", "%(n)s liens sont partis.", "n"),
    nobody=gettext_lazy("Personne à qui écrire : chacun a déjà son lien."),
    address_advice=gettext_lazy("Faites signer sur votre appareil, ou par le QR code."),
)


@dataclass(kw_only=True)
class SigningLink(Stamped):
    """To one person enrolled, in French with a few words in English; obsolete when they left, or when the session takes no more
    signatures."""

    template = "attendance/email/link.html"
    stamp = "sent_at"
    session: Session
    given: GivenLink
    site: str

    @property
    def row(self) -> EnrolmentLink:
        return self.given.link

    @property
    def edition(self) -> int:
        return self.row.number

    def due(self) -> QuerySet[EnrolmentLink]:
        people = Enrolment.objects.filter(state=EnrolmentState.ENROLLED).exclude(session__state__in=OVER)
        due: QuerySet[EnrolmentLink] = super().due().filter(enrolment__in=people.order_by().values("pk"))
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
        trainee = self.row.enrolment.trainee
        return {
            "person": trainee.first_name or trainee.last_name,
            "course": self.session.course.title,
            "session": self.session,
            "link": self.address("sign:start", self.given.token),
            "last_day": self.row.expires_on,
        }

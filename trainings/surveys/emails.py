"""The messages of the surveys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from qualiopi.optouts.emails import Refusable
from qualiopi.organisations.models import Organisation
from qualiopi.post.messages import Stamped
from qualiopi.post.reports import Words
from trainings.surveys.links import invitation_token
from trainings.surveys.models import Campaign, Invitation
from trainings.surveys.queries import REACHABLE, Recipient
from trainings.surveys.questionnaire import shipped

WORDS = Words(nobody=gettext_lazy("Aucun message à envoyer : chacun a reçu le sien, ou il n’y a personne à interroger."))


@dataclass(kw_only=True)
class SurveyLink(Refusable, Stamped):
    """The invitation, or its reminder, in French with a few words in English; obsolete once the link served, the survey closed, or the
    person withdrew."""

    invitation: Invitation
    campaign: Campaign
    person: Recipient
    site: str
    reminder: bool = False

    @property
    def template(self) -> str:  # type: ignore[override]
        return f"surveys/email/{self.campaign.questionnaire}.html"

    @property
    def row(self) -> Invitation:
        return self.invitation

    @property
    def stamp(self) -> str:
        return "reminded_at" if self.reminder else "sent_at"

    @property
    def edition(self) -> str:
        return ""

    def due(self) -> QuerySet[Invitation]:
        reachable = Invitation.objects.filter(REACHABLE, pk=self.invitation.pk, campaign__closed_on__isnull=True)
        due: QuerySet[Invitation] = super().due().filter(answered=False, pk__in=reachable.order_by().values("pk"))
        return due

    @property
    def to(self) -> str:
        return self.person.address

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def sender(self) -> Organisation:
        return self.campaign.organisation

    def words(self) -> dict[str, Any]:
        questionnaire = shipped()[self.campaign.questionnaire]
        return {
            "person": self.person.greeting,
            "party": self.person.name,
            "course": self.campaign.session.course.title,
            "link": self.address("survey:start", invitation_token(self.invitation.pk)),
            "last_day": self.invitation.expires_on,
            "minutes": questionnaire.minutes,
            "pages": len(questionnaire.pages),
            "minimum": questionnaire.minimum,
            "reminder": self.reminder,
        }

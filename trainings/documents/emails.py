"""The message that carries the link of a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.organisations.models import Organisation
from qualiopi.post.messages import Stamped
from qualiopi.post.outbox import Departure
from qualiopi.post.reports import Words
from trainings.documents.links import sending_token
from trainings.documents.models import Issued, Sending
from trainings.documents.wording import facts_of

WORDS = Words(
    nobody=gettext_lazy("Tout est déjà parti."),
    address_advice=gettext_lazy("Ajoutez-la, puis envoyez de nouveau."),
)


@dataclass(kw_only=True)
class DocumentLink(Stamped):
    """In French with a few words in English; obsolete once the document is cancelled. What does not leave says why on its row."""

    template = "documents/email/document.html"
    stamp = "sent_at"
    sending: Sending
    site: str

    @property
    def row(self) -> Sending:
        return self.sending

    @property
    def edition(self) -> str:
        return ""

    def due(self) -> QuerySet[Sending]:
        documents = Issued.objects.filter(pk=self.sending.document_id, cancelled_at__isnull=True)
        due: QuerySet[Sending] = super().due().filter(document__in=documents.order_by().values("pk"))
        return due

    def claim(self, now: datetime) -> bool:
        claimed = super().claim(now)
        if not claimed:
            self._keep_problem(_("Le document a été annulé avant que le message ne parte."))
        return claimed

    def give_back(self, departure: Departure | None) -> None:
        super().give_back(departure)
        if departure is Departure.UNREACHABLE:
            self._keep_problem(_("Le serveur de messagerie ne répond pas : envoyez de nouveau dans un moment."))
        else:
            self._keep_problem(_("Le message n’est pas parti : l’adresse ou le serveur de messagerie l’a refusé."))

    def _keep_problem(self, sentence: str) -> None:
        Sending.objects.filter(pk=self.sending.pk).update(problem=sentence)

    @property
    def to(self) -> str:
        return self.sending.email

    @property
    def name(self) -> str:
        return str(self.sending.trainee or self.sending.email)

    @property
    def sender(self) -> Organisation:
        return self.sending.organisation

    def words(self) -> dict[str, Any]:
        sending, issued = self.sending, self.sending.document
        return {
            "person": sending.trainee.first_name if sending.trainee else "",
            "kind": str(issued.get_kind_display()),
            "number": issued.number,
            "course": issued.session.course.title,
            "session": issued.session,
            "link": self.address("received:document", sending_token(sending.pk)),
            "last_day": sending.expires_on,
            "to_sign": facts_of(issued.kind).signed,
        }

"""The message that carries the links of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.organisations.models import Organisation
from qualiopi.post.messages import Message
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
class DocumentLinks(Message):
    """All that leaves at one moment to one person, of one session: a link each, in French with a few words in English.

    Each sending is claimed for itself: a document that was cancelled meanwhile, or that somebody else is sending, is not in the message;
    without any, it is obsolete. What does not leave says why on its row.
    """

    template = "documents/email/documents.html"
    sendings: Sequence[Sending]
    site: str

    def __post_init__(self) -> None:
        """Until it is claimed, all of them."""
        self._leaving = list(self.sendings)

    def _due(self) -> QuerySet[Sending]:
        """Those that make sense. No join: a database where another sending has just changed a row would not look at it again."""
        documents = Issued.objects.filter(pk__in=[each.document_id for each in self.sendings], cancelled_at__isnull=True)
        due: QuerySet[Sending] = Sending.objects.filter(
            pk__in=[each.pk for each in self.sendings], sent_at__isnull=True, document__in=documents.order_by().values("pk")
        )
        return due

    def claim(self, now: datetime) -> bool:
        """Stamp the rows of what leaves, in the base and in hand."""
        with transaction.atomic():
            free = set(self._due().select_for_update().order_by("pk").values_list("pk", flat=True))
            Sending.objects.filter(pk__in=free).update(sent_at=now, problem="")
        self._leaving = [each for each in self.sendings if each.pk in free]
        for sending in self._leaving:
            sending.sent_at = now
        if len(free) < len(self.sendings):
            cancelled = Sending.objects.filter(document__cancelled_at__isnull=False, sent_at__isnull=True)
            self._keep_problem(cancelled, self.sendings, _("Le document a été annulé avant que le message ne parte."))
        return bool(self._leaving)

    def give_back(self, departure: Departure | None) -> None:
        refused = _("Le message n’est pas parti : l’adresse ou le serveur de messagerie l’a refusé.")
        problem = {
            Departure.UNREACHABLE: _("Le serveur de messagerie ne répond pas : envoyez de nouveau dans un moment."),
            Departure.PRINTED: _("Aucun serveur de messagerie n’est réglé : rien n’est parti. Donnez le document vous-même."),
        }.get(departure or Departure.REFUSED, refused)
        self._keep_problem(Sending.objects.all(), self._leaving, problem)
        for sending in self._leaving:
            sending.sent_at = None

    def _keep_problem(self, rows: QuerySet[Sending], sendings: Sequence[Sending], sentence: str) -> None:
        rows.filter(pk__in=[each.pk for each in sendings]).update(sent_at=None, problem=sentence)

    @property
    def to(self) -> str:
        return self.sendings[0].email

    @property
    def name(self) -> str:
        return str(self.sendings[0].trainee or self.sendings[0].email)

    @property
    def sender(self) -> Organisation:
        return self.sendings[0].organisation

    @property
    def key(self) -> str:
        return " ".join(sorted(str(each.pk) for each in self._leaving))

    def words(self) -> dict[str, Any]:
        first, number = self._leaving[0], len(self._leaving)
        session = first.document.session
        given = {"n": number, "organisation": self.sender.name, "kind": first.document.get_kind_display()}
        return {
            "subject": ngettext("Votre %(kind)s", "Vos %(n)s documents", number) % given,
            "person": first.trainee.first_name if first.trainee else "",
            "sent": ngettext(
                "%(organisation)s vous envoie ce document", "%(organisation)s vous envoie ces %(n)s documents", number
            )
            % given,
            "course": session.course.title,
            "session": session,
            "papers": [self._paper(each) for each in self._leaving],
            "last_day": min(each.expires_on for each in self._leaving),
            "lasts": ngettext("Ce lien vous est personnel", "Ces liens vous sont personnels", number),
            "english": self._in_english(number),
        }

    def _paper(self, sending: Sending) -> dict[str, Any]:
        issued = sending.document
        with translation.override("en"):
            in_english = str(issued.get_kind_display())
        return {
            "kind": str(issued.get_kind_display()),
            "in_english": in_english,
            "number": issued.number,
            "link": self.address("received:document", sending_token(sending.pk)),
            "to_sign": facts_of(issued.kind).signed,
        }

    def _in_english(self, number: int) -> str:
        if number == 1:
            return "here is a document about your course, to open or download."
        return f"here are {number} documents about your course, to open or download."

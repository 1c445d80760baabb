"""Messages to trainers about their file, and to the organisation about their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from qualiopi.organisations.models import Organisation
from qualiopi.post.messages import Stamped
from trainings.people.links import current_token
from trainings.people.models import TrainerLink


@dataclass(kw_only=True)
class FileLink(Stamped):
    """To a trainer: the link by which they send documents, with what is `missing`."""

    template = "people/email/trainer_link.html"
    stamp = "sent_at"
    link: TrainerLink
    missing: list[str]
    site: str

    @property
    def row(self) -> TrainerLink:
        return self.link

    @property
    def edition(self) -> int:
        return self.link.number

    @property
    def to(self) -> str:
        return self.link.trainer.email

    @property
    def name(self) -> str:
        return str(self.link.trainer)

    @property
    def sender(self) -> Organisation:
        return self.link.organisation

    def words(self) -> dict[str, Any]:
        return {
            "person": self.link.trainer.first_name,
            "link": self.address("drop:start", current_token(self.link) or ""),
            "missing": self.missing,
            "last_day": self.link.expires_on,
        }


@dataclass(kw_only=True)
class NewLinkAsked(Stamped):
    """To the organisation: a trainer's link has expired and they would like another."""

    template = "people/email/link_asked.html"
    stamp = "asked_at"
    link: TrainerLink
    site: str

    @property
    def row(self) -> TrainerLink:
        return self.link

    @property
    def edition(self) -> date:
        return self.link.expires_on

    @property
    def to(self) -> str:
        return self.link.organisation.contact_email

    @property
    def name(self) -> str:
        return self.link.organisation.name

    @property
    def sender(self) -> Organisation:
        return self.link.organisation

    @property
    def reply_to(self) -> str:
        return self.link.trainer.email

    def words(self) -> dict[str, Any]:
        trainer = self.link.trainer
        return {"trainer": trainer, "page": self.address("people:trainer", self.link.organisation.slug, trainer.pk)}

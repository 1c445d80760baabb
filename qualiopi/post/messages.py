"""Kinds of messages: each is a class, in the `emails.py` of its room, that owns its words, whom it goes to and when it is obsolete."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import nullcontext
from datetime import datetime
from typing import Any, ClassVar, Protocol, Self
from uuid import uuid4

from django.db.models import Model, QuerySet
from django.urls import reverse

from qualiopi.post.outbox import Departure, Letter
from qualiopi.post.writing import write
from qualiopi.zones import on_days_of


class Sender(Protocol):
    """In whose name a message is written: an organisation, as far as this room knows one."""

    @property
    def name(self) -> str: ...

    @property
    def contact_email(self) -> str: ...

    @property
    def time_zone(self) -> str: ...


class Message(ABC):
    """One message to one person.

    `template` extends `post/email/letter.html`; it is given the `words`, and the name and address of the `sender`.
    `site` is where the product is reached ("https://temoin.example"), with or without a slash at its end.
    """

    template: ClassVar[str]
    site: str

    @property
    @abstractmethod
    def to(self) -> str:
        """The address it goes to; empty when none is known."""

    @property
    @abstractmethod
    def name(self) -> str:
        """How a list calls whom it goes to."""

    @property
    @abstractmethod
    def key(self) -> str:
        """What tells this message from all others of its kind; the same when it did not leave and is sent again."""

    @abstractmethod
    def words(self) -> dict[str, Any]:
        """What the template is given."""

    @property
    def language(self) -> str:
        """The language it is written in."""
        return "fr"

    @property
    def sender(self) -> Sender | None:
        """In whose name it is written; None for the product itself."""
        return None

    @property
    def reply_to(self) -> str:
        """Where an answer goes; empty for nowhere."""
        return self.sender.contact_email if self.sender else ""

    @property
    def declined(self) -> bool:
        """Whether who it is for wants no message of this kind any more."""
        return False

    @property
    def way_out(self) -> str:
        """The full address of the page where who it is for refuses messages of this kind; empty when it is due anyway."""
        return ""

    def address(self, view: str, *arguments: object) -> str:
        """The full address of one of our pages."""
        return self.site.rstrip("/") + reverse(view, args=arguments)

    def letter(self) -> Letter:
        """The message in words."""
        way_out, sender = self.way_out, self.sender
        # Days and hours of a message are those of who writes it, whoever sends it and when.
        with on_days_of(sender) if sender is not None else nullcontext():
            words = self.words() | {"way_out": way_out}
            if sender is not None:
                words |= {"organisation_name": sender.name, "contact_email": sender.contact_email}
            written = write(self.template, words, language=self.language)
        return Letter(
            written=written,
            to=self.to,
            sender=sender.name if sender is not None else "",
            reply_to=self.reply_to,
            way_out=way_out,
            key=f"{type(self).__qualname__} {self.key}",
        )

    def claim(self, now: datetime) -> bool:
        """Take the message before it is written; False when it is obsolete, or when somebody else has it."""
        return True

    def give_back(self, departure: Departure | None) -> None:  # noqa: B027  (what claims nothing gives nothing back)
        """It did not leave (None: something broke while it was written): undo the claim."""


class Stamped(Message):
    """A message whose row keeps, in the column `stamp`, when it left.

    It is claimed by one conditional update of that column: of two who send at once, one finds it taken. What does not leave puts the
    former moment back.
    """

    _former: datetime | None = None

    @property
    @abstractmethod
    def row(self) -> Model:
        """The row of the message."""

    @property
    @abstractmethod
    def stamp(self) -> str:
        """Its column of moments."""

    @property
    @abstractmethod
    def edition(self) -> object:
        """What changes in the row when its moments are cleared: the number of its link, say; "" where they never are."""

    @property
    def key(self) -> str:
        """The row, its edition, and when the message before this one left."""
        return f"{self.row.pk} {self.edition} {self.stamp} {self._former}"

    def due(self) -> QuerySet[Any]:
        """The row, while the message makes sense: none when it is obsolete.

        Filter on columns of the row itself or with `…__in`: a join would not be looked at again by a database where another
        sending has just changed the row.
        """
        return type(self.row)._base_manager.filter(pk=self.row.pk)

    def claim(self, now: datetime) -> bool:
        """Stamp the row, in the base and in hand, unless it is obsolete or was stamped since it was read."""
        self._former = getattr(self.row, self.stamp)
        claimed = bool(self.due().filter(**{self.stamp: self._former}).update(**{self.stamp: now}))
        if claimed:
            setattr(self.row, self.stamp, now)
        return claimed

    def give_back(self, departure: Departure | None) -> None:
        """Put the former moment back."""
        type(self.row)._base_manager.filter(pk=self.row.pk).update(**{self.stamp: self._former})
        setattr(self.row, self.stamp, self._former)


class Deferred(Message):
    """A message that the worker writes and sends, from words that a queue can hold (see `send_later`)."""

    # Drawn by lot once for all its tries: the queue keeps it.
    _key: str = ""

    @property
    def key(self) -> str:
        """By lot, the same at each try."""
        self._key = self._key or uuid4().hex
        return self._key

    def known_as(self, key: str) -> Self:
        """The message with the key of its tries before; nothing else tells that they are of one message."""
        self._key = key
        return self

    @classmethod
    @abstractmethod
    def made_from(cls, **arguments: str) -> Self | None:
        """The message; None when there is nobody to write to, or nothing to say any more."""

"""What messages that may be refused share: a link that refuses them, and silence once they are."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property

from qualiopi.optouts.links import choice_token
from qualiopi.optouts.models import MailChoice
from qualiopi.optouts.verbs import choice_of
from qualiopi.organisations.models import Organisation
from qualiopi.post.messages import Message


class Refusable(Message):
    """A survey or a reminder, in the name of an organisation. What is due anyway (a convocation, a contract) is of no such kind."""

    @property
    @abstractmethod
    def sender(self) -> Organisation:
        """The organisation that writes."""

    @property
    def refusable(self) -> bool:
        """Whether this very message may be refused: a kind may be due the first time."""
        return True

    @cached_property
    def _choice(self) -> MailChoice:
        return choice_of(organisation_id=self.sender.pk, email=self.to)

    @property
    def declined(self) -> bool:
        return self.refusable and self._choice.refused_at is not None

    @property
    def way_out(self) -> str:
        return self.address("mail_choice:choice", choice_token(self._choice.pk)) if self.refusable else ""

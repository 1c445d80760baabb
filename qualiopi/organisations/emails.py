"""The invitation: real mail, in the person's language, with the link by which they choose a password."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.conf import settings

from qualiopi.accounts.emails import password_link
from qualiopi.accounts.models import User
from qualiopi.organisations.models import Member, NetworkMember, Organisation
from qualiopi.post.messages import Deferred


@dataclass(kw_only=True)
class WayIn(Deferred):
    """Tell a person that they may enter. `site` ends with a slash; `inviter`: None when nobody in particular invites."""

    inviter: User | None
    site: str

    @property
    @abstractmethod
    def user(self) -> User:
        """Who is invited."""

    @property
    @abstractmethod
    def sign_in(self) -> str:
        """Where somebody who has a password enters."""

    @abstractmethod
    def arguments(self) -> dict[str, str]:
        """What `made_from` makes the same message of."""

    @property
    def to(self) -> str:
        return self.user.email

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def language(self) -> str:
        return self.user.language

    @cached_property
    def password_link(self) -> str:
        """Where who has no password yet chooses one; empty for the others. Made once: a second later another one would be made."""
        return "" if self.user.has_usable_password() else password_link(self.user, site=self.site)

    @property
    def link(self) -> str:
        """The one address that this person opens."""
        return self.password_link or self.sign_in

    def words(self) -> dict[str, Any]:
        return {
            "person": self.user,
            "inviter": self.inviter,
            "sign_in": self.sign_in,
            "password_link": self.password_link,
            "forgotten": self.address("account_reset_password"),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
            "product_name": settings.PRODUCT_NAME,
        }

    def _from_whom(self) -> dict[str, str]:
        return {"inviter": str(self.inviter.pk) if self.inviter else "", "site": self.site}


@dataclass(kw_only=True)
class Invitation(WayIn):
    """To a member of an organisation: as what, and until when; obsolete once their access has ended."""

    template = "organisations/email/invitation.html"
    member: Member

    @classmethod
    def made_from(cls, **arguments: str) -> Self | None:
        """`member` and `inviter`: their keys, the second one empty when nobody in particular invites; `site`."""
        member = Member._base_manager.select_related("user", "organisation").filter(pk=arguments["member"]).first()
        if member is None or not member.is_open():
            return None
        return cls(member=member, inviter=_inviter(arguments["inviter"]), site=arguments["site"])

    def arguments(self) -> dict[str, str]:
        return {"member": str(self.member.pk), **self._from_whom()}

    @property
    def user(self) -> User:
        return self.member.user

    @property
    def sign_in(self) -> str:
        return self.address("organisations:enter", self.member.organisation.slug)

    @property
    def sender(self) -> Organisation:
        return self.member.organisation

    def words(self) -> dict[str, Any]:
        return super().words() | {"member": self.member}


@dataclass(kw_only=True)
class HeadInvitation(WayIn):
    """To a head of network; obsolete once they head it no more."""

    template = "organisations/email/head_invitation.html"
    head: NetworkMember

    @classmethod
    def made_from(cls, **arguments: str) -> Self | None:
        """`head` and `inviter`: their keys, the second one empty when nobody in particular invites; `site`."""
        head = NetworkMember.objects.select_related("user", "network").filter(pk=arguments["head"]).first()
        return cls(head=head, inviter=_inviter(arguments["inviter"]), site=arguments["site"]) if head else None

    def arguments(self) -> dict[str, str]:
        return {"head": str(self.head.pk), **self._from_whom()}

    @property
    def user(self) -> User:
        return self.head.user

    @property
    def sign_in(self) -> str:
        return self.address("network:index", self.head.network.slug)

    def words(self) -> dict[str, Any]:
        return super().words() | {"network": self.head.network}


def _inviter(key: str) -> User | None:
    return User.objects.filter(pk=UUID(key)).first() if key else None

"""The invitation: real mail, in the person's language, with the link by which they choose a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings

from qualiopi.accounts.emails import password_link
from qualiopi.accounts.models import User
from qualiopi.organisations.models import Member
from qualiopi.post.messages import Deferred


@dataclass(kw_only=True)
class Invitation(Deferred):
    """Tell a person that they may enter, as what and until when; obsolete once their access has ended. `site` ends with a slash."""

    template = "organisations/email/invitation.txt"
    member: Member
    inviter: User | None
    site: str

    @classmethod
    def made_from(cls, **arguments: str) -> Self | None:
        """`member` and `inviter`: their keys, the second one empty when nobody in particular invites; `site`."""
        member = Member._base_manager.select_related("user", "organisation").filter(pk=arguments["member"]).first()
        if member is None or not member.is_open():
            return None
        inviter = User.objects.filter(pk=arguments["inviter"]).first() if arguments["inviter"] else None
        return cls(member=member, inviter=inviter, site=arguments["site"])

    def arguments(self) -> dict[str, str]:
        """What `made_from` makes the same message of."""
        return {"member": str(self.member.pk), "inviter": str(self.inviter.pk) if self.inviter else "", "site": self.site}

    @property
    def to(self) -> str:
        return self.member.user.email

    @property
    def name(self) -> str:
        return str(self.member.user)

    @property
    def language(self) -> str:
        return self.member.user.language

    def words(self) -> dict[str, Any]:
        user = self.member.user
        return {
            "member": self.member,
            "inviter": self.inviter,
            "sign_in": self.address("organisations:enter", self.member.organisation.slug),
            "password_link": "" if user.has_usable_password() else password_link(user, site=self.site),
            "forgotten": self.address("account_reset_password"),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
            "product_name": settings.PRODUCT_NAME,
        }

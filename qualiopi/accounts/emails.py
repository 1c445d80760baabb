"""What the owner of an account is written: how to choose another password, and that somebody tries theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.accounts.verbs import TOLD_FROM
from qualiopi.post.messages import Deferred


def password_link(user: User, *, site: str) -> str:
    """The address where this person, and nobody else, chooses a password. It serves once, for PASSWORD_RESET_TIMEOUT seconds."""
    arguments = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return urljoin(site, reverse("account_reset_password_from_key", kwargs=arguments))


def owner_of(address: str) -> User | None:
    """The open account of an address as somebody typed it. What is written goes to the address of the account."""
    user: User | None = User.objects.filter(email__iexact=address.strip(), is_active=True).first()
    return user


@dataclass(kw_only=True)
class PasswordReset(Deferred):
    """To the account of the address that was typed, if there is one; in the language of its owner. `site` ends with a slash."""

    template = "account/email/password_reset.html"
    user: User
    site: str

    @classmethod
    def made_from(cls, **arguments: str) -> Self | None:
        """`address`: as it was typed; `site`. The worker looks for the account: the page that asked cannot tell whether there is one."""
        user = owner_of(arguments["address"])
        return cls(user=user, site=arguments["site"]) if user else None

    @property
    def to(self) -> str:
        return self.user.email

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def language(self) -> str:
        return self.user.language

    def words(self) -> dict[str, Any]:
        return {"product_name": settings.PRODUCT_NAME, "link": password_link(self.user, site=self.site)}


@dataclass(kw_only=True)
class TriesNotice(Deferred):
    """To the owner of an account that somebody tries to open, once per burst; `at`: the moment of the last try."""

    template = "account/email/tries.html"
    user: User
    at: datetime
    site: str

    @classmethod
    def made_from(cls, **arguments: str) -> Self | None:
        """`address`: as it was typed; `at`: in ISO form. The worker looks for the account, as for a forgotten password."""
        user = owner_of(arguments["address"])
        at = datetime.fromisoformat(arguments["at"])
        return cls(user=user, at=at, site=settings.SITE_URL) if user else None

    @property
    def to(self) -> str:
        return self.user.email

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def language(self) -> str:
        return self.user.language

    def words(self) -> dict[str, Any]:
        return {
            "at": self.at,
            # An account belongs to nobody's time zone: the hour is told with its own.
            "city": timezone.get_default_timezone_name().rpartition("/")[2],
            "count": TOLD_FROM,
            "password_address": self.address("account_reset_password"),
            "product_name": settings.PRODUCT_NAME,
        }

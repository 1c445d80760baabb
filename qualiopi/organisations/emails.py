"""The invitation: real mail, in the person's language, with the link by which they choose a password."""

from __future__ import annotations

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from qualiopi.accounts.models import User
from qualiopi.organisations.models import Member


def password_link(user: User, *, site: str) -> str:
    """The address where this person, and nobody else, chooses a password. It serves once, for PASSWORD_RESET_TIMEOUT seconds."""
    arguments = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return urljoin(site, reverse("account_reset_password_from_key", kwargs=arguments))


def send_invitation(*, member: Member, inviter: User | None, site: str) -> None:
    """Tell a person that they may enter, as what and until when. `site`: the product's address, ending with a slash."""
    user = member.user
    context = {
        "member": member,
        "inviter": inviter,
        "sign_in": urljoin(site, reverse("organisations:enter", args=[member.organisation.slug])),
        "password_link": "" if user.has_usable_password() else password_link(user, site=site),
        "forgotten": urljoin(site, reverse("account_reset_password")),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        "product_name": settings.PRODUCT_NAME,
    }
    with translation.override(user.language):
        subject = " ".join(render_to_string("organisations/email/invitation_subject.txt", context).split())
        body = render_to_string("organisations/email/invitation.txt", context)
    EmailMessage(subject=subject, body=body, to=[user.email]).send()

"""What the owner of an account is told by e-mail."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from qualiopi.accounts.models import User
from qualiopi.mail import Outbox


def warn_of_tries(user: User, *, at: datetime, count: int) -> None:
    """Tell somebody that their account was tried `count` times in vain, the last time at that moment."""
    context = {
        "user": user,
        "at": at,
        "count": count,
        "password_address": urljoin(f"{settings.SITE_URL}/", reverse("account_reset_password")),
        "product_name": settings.PRODUCT_NAME,
    }
    with translation.override(user.language):
        subject = " ".join(render_to_string("account/email/tries_subject.txt", context).split())
        body = render_to_string("account/email/tries_message.txt", context)
    with Outbox() as outbox:
        outbox.send(EmailMessage(subject=subject, body=body, to=[user.email]))

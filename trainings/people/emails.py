"""Messages to trainers about their file, and to the organisation about their links."""

from __future__ import annotations

from datetime import date

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from trainings.people.models import Trainer, TrainerLink


def link_message(*, link: TrainerLink, token: str, site: str, missing: list[str], last_day: date) -> EmailMessage:
    """The link by which a trainer sends documents, with what is missing; not sent. `site` has no slash at its end."""
    organisation = link.organisation
    context = {
        "person": link.trainer.first_name,
        "organisation_name": organisation.name,
        "contact_email": organisation.contact_email,
        "link": site.rstrip("/") + reverse("drop:start", args=[token]),
        "missing": missing,
        "last_day": last_day,
    }
    return _message("people/email/trainer_link.txt", context, to=link.trainer.email, reply_to=organisation.contact_email)


def asked_message(*, trainer: Trainer, site: str) -> EmailMessage:
    """Tell the organisation that a trainer's link has expired and that they would like another; not sent."""
    organisation = trainer.organisation
    context = {
        "trainer": trainer,
        "organisation_name": organisation.name,
        "page": site.rstrip("/") + reverse("people:trainer", args=[organisation.slug, trainer.pk]),
    }
    return _message("people/email/link_asked.txt", context, to=organisation.contact_email, reply_to=trainer.email)


def _message(template: str, context: dict[str, object], *, to: str, reply_to: str) -> EmailMessage:
    """The first line of the text is the subject."""
    with translation.override("fr"):
        text = render_to_string(template, context)
    subject, _separator, body = text.strip().partition("\n")
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[to], reply_to=[reply_to] if reply_to else None)

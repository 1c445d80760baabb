"""The message that carries a personal link to sign with."""

from __future__ import annotations

from datetime import date

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from trainings.sessions.models import Enrolment, Session


def link_message(*, session: Session, enrolment: Enrolment, token: str, site: str, last_day: date) -> EmailMessage:
    """In French, with a few words in English; not sent. The first line of the text is the subject."""
    organisation = session.organisation
    with translation.override("fr"):
        text = render_to_string(
            "attendance/email/link.txt",
            {
                "person": enrolment.trainee.first_name or enrolment.trainee.last_name,
                "course": session.course.title,
                "session": session,
                "organisation_name": organisation.name,
                "contact_email": organisation.contact_email,
                "link": site.rstrip("/") + reverse("sign:start", args=[token]),
                "last_day": last_day,
            },
        )
    subject, _separator, body = text.strip().partition("\n")
    reply_to = [organisation.contact_email] if organisation.contact_email else None
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[enrolment.trainee.email], reply_to=reply_to)

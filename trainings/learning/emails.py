"""The message that carries the personal link of what is asked before the start."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from trainings.sessions.models import EnrolmentLink, Session


def intake_message(*, session: Session, link: EnrolmentLink, token: str, site: str, reminder: bool) -> EmailMessage:
    """The invitation, or its reminder, in French with a few words in English; not sent. The first line of the text is the subject."""
    organisation, trainee = session.organisation, link.enrolment.trainee
    with translation.override("fr"):
        text = render_to_string(
            "learning/email/intake.txt",
            {
                "person": trainee,
                "course": session.course.title,
                "session": session,
                "organisation_name": organisation.name,
                "contact_email": organisation.contact_email,
                "link": site.rstrip("/") + reverse("intake:start", args=[token]),
                "last_day": link.expires_on,
                "reminder": reminder,
            },
        )
    subject, _separator, body = text.strip().partition("\n")
    reply_to = [organisation.contact_email] if organisation.contact_email else None
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[trainee.email], reply_to=reply_to)

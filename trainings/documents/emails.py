"""The message that carries the link of a document."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from trainings.documents.links import sending_token
from trainings.documents.models import Sending
from trainings.documents.wording import facts_of


def document_message(sending: Sending) -> EmailMessage:
    """The message, in French with a few words in English; not sent. The first line of the text is the subject."""
    issued, organisation = sending.document, sending.organisation
    with translation.override("fr"):
        text = render_to_string(
            "documents/email/document.txt",
            {
                "person": sending.trainee.first_name if sending.trainee else "",
                "kind": str(issued.get_kind_display()),
                "number": issued.number,
                "course": issued.session.course.title,
                "session": issued.session,
                "organisation_name": organisation.name,
                "contact_email": organisation.contact_email,
                "link": settings.SITE_URL + reverse("received:document", args=[sending_token(sending.pk)]),
                "last_day": sending.expires_on,
                "to_sign": facts_of(issued.kind).signed,
            },
        )
    subject, _separator, body = text.strip().partition("\n")
    reply_to = [organisation.contact_email] if organisation.contact_email else None
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[sending.email], reply_to=reply_to)

"""The reminder: everything one person owes, with where to do it."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from evidence.debts.queries import Person
from qualiopi.organisations.models import Organisation
from trainings.people.links import current_token


def reminder_message(*, organisation: Organisation, person: Person, site: str) -> EmailMessage:
    """One message, in French; not sent. `site` has no slash at its end. The first line of the text is the subject."""
    link = getattr(person.trainer, "link", None) if person.trainer else None
    token = current_token(link) if link and link.expires_on >= timezone.localdate() else None
    # A trainer has no page of their file: their personal link takes the pieces.
    drop = site + reverse("drop:start", args=[token]) if token else ""
    lines = [
        (
            each,
            drop if each.of_file and person.trainer else "" if person.trainer and not person.trainer.user_id else site + each.url,
        )
        for each in person.owed
    ]
    context = {
        "person": person,
        "lines": lines,
        "organisation_name": organisation.name,
        "contact_email": organisation.contact_email,
        "page": site + reverse("debts:mine", args=[organisation.slug]) if person.trainer and person.trainer.user_id else "",
    }
    with translation.override("fr"):
        text = render_to_string("debts/email/reminder.txt", context)
    subject, _separator, body = text.strip().partition("\n")
    reply_to = [organisation.contact_email] if organisation.contact_email else None
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[person.email], reply_to=reply_to)

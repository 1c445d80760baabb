"""The messages of the surveys."""

from __future__ import annotations

from datetime import date

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from trainings.surveys.models import Campaign
from trainings.surveys.queries import Recipient
from trainings.surveys.questionnaire import shipped


def survey_message(
    *, campaign: Campaign, person: Recipient, token: str, site: str, last_day: date, reminder: bool
) -> EmailMessage:
    """The invitation, or its reminder, in French with a few words in English; not sent. The first line of the text is the subject."""
    link = site.rstrip("/") + reverse("survey:start", args=[token])
    organisation = campaign.organisation
    questionnaire = shipped()[campaign.questionnaire]
    with translation.override("fr"):
        text = render_to_string(
            f"surveys/email/{questionnaire.key}.txt",
            {
                "person": person.greeting,
                "party": person.name,
                "course": campaign.session.course.title,
                "organisation_name": organisation.name,
                "contact_email": organisation.contact_email,
                "link": link,
                "last_day": last_day,
                "minutes": questionnaire.minutes,
                "pages": len(questionnaire.pages),
                "minimum": questionnaire.minimum,
                "reminder": reminder,
            },
        )
    subject, _separator, body = text.strip().partition("\n")
    reply_to = [organisation.contact_email] if organisation.contact_email else None
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[person.address], reply_to=reply_to)

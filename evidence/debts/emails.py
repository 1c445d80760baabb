"""The reminder: everything one person owes, with where to do it."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from evidence.debts.queries import Owed, Person, piles_of
from qualiopi.organisations.models import Organisation


def reminder_message(*, organisation: Organisation, person: Person, site: str, token: str) -> EmailMessage:
    """One message, in French; not sent. `site` has no slash at its end; `token`: of the trainer's personal link, or empty.

    The first line of the text is the subject.
    """
    drop = site + reverse("drop:start", args=[token]) if token else ""
    has_account = person.user is not None or (person.trainer is not None and person.trainer.user_id is not None)
    is_trainer = person.trainer is not None

    def address(each: Owed) -> str:
        # A trainer has no page of their file: their personal link takes its pieces.
        if each.of_file and is_trainer:
            return drop
        return site + each.url if has_account else ""

    context = {
        "person": person,
        "count": len(person.owed),
        "piles": [(pile, [(each, address(each)) for each in pile.owed]) for pile in piles_of(person.owed)],
        "organisation_name": organisation.name,
        "contact_email": organisation.contact_email,
        "page": site + reverse("debts:mine", args=[organisation.slug]) if is_trainer and has_account else "",
        "drop": "" if has_account else drop,
    }
    with translation.override("fr"):
        text = render_to_string("debts/email/reminder.txt", context)
    subject, _separator, body = text.strip().partition("\n")
    reply_to = [organisation.contact_email] if organisation.contact_email else None
    return EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[person.email], reply_to=reply_to)

"""Finding sessions by what people call them."""

from __future__ import annotations

from django.db.models import Q

from qualiopi.folding import holding, saying
from qualiopi.organisations.models import Organisation
from trainings.sessions.models import Enrolment, SessionTrainer

OWN = holding("found_by", "course__found_by")


def sessions_saying(organisation: Organisation, text: str) -> Q:
    """Condition on sessions of this organisation: reference, place, client, course, trainers and companies say each word of this text."""
    led = SessionTrainer.objects.filter(trainer__organisation=organisation).order_by()
    sent = Enrolment.objects.for_organisation(organisation).order_by()

    def held(word: str) -> Q:
        trainers, companies = holding("trainer__name_key")(word), holding("company__name_key")(word)
        return OWN(word) | Q(pk__in=led.filter(trainers).values("session")) | Q(pk__in=sent.filter(companies).values("session"))

    return saying(text, held)

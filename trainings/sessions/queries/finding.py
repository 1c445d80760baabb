"""Finding sessions by what people call them."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from qualiopi.folding import holding, saying
from qualiopi.organisations.models import Organisation
from trainings.catalogue.models import Course
from trainings.people.models import Company, Trainer
from trainings.sessions.models import Enrolment, SessionTrainer


def sessions_named(organisation: Organisation, text: str) -> Q:
    """Condition on sessions of this organisation: reference, place, client and course say each word of this text."""
    return saying(text, _own_words(organisation))


def sessions_saying(organisation: Organisation, text: str) -> Q:
    """The same, in which trainers and companies may say some of the words.

    Each table is read by itself, once for each word: joined, the lines of enrolment would be read too.
    """
    trainers, companies = Trainer.objects.for_organisation(organisation), Company.objects.for_organisation(organisation)
    own = _own_words(organisation)

    def held(word: str) -> Q:
        named = holding("name_key")(word)
        led = SessionTrainer.objects.filter(trainer__in=trainers.filter(named).order_by().values("pk")).order_by()
        sent = Enrolment.objects.filter(company__in=companies.filter(named).order_by().values("pk")).order_by()
        return own(word) | Q(pk__in=led.values("session")) | Q(pk__in=sent.values("session"))

    return saying(text, held)


def _own_words(organisation: Organisation) -> Callable[[str], Q]:
    courses = Course.objects.for_organisation(organisation).order_by()

    def held(word: str) -> Q:
        told = holding("found_by")(word)
        return told | Q(course__in=courses.filter(told).values("pk"))

    return held

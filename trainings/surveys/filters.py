"""Filters of the list of surveys; they live in the URL."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.filters import DayFilter, OneOfFilter, OneRowFilter, WordsFilter
from trainings.people.models import Company, Funder, Trainer
from trainings.sessions.filters import LedByFilter
from trainings.sessions.models import Enrolment, Funding, Session
from trainings.sessions.queries import sessions_saying

ANSWERS = [("none", _("aucune réponse")), ("few", _("trop peu pour être montrées")), ("enough", _("assez pour être lues"))]


class SurveyFilter(django_filters.FilterSet):
    """Search, trainer, who sent or paid for people, how many answered, last day of the session."""

    q = WordsFilter(method="search")
    trainer = LedByFilter()
    company = OneRowFilter(Company, method="sent_by", label=_("Entreprise"), empty_label=_("Toutes"))
    funder = OneRowFilter(Funder, method="paid_by", label=_("Financeur"), empty_label=_("Tous"))
    answers = OneOfFilter(choices=ANSWERS, method="with_answers", label=_("Réponses"), empty_label=_("Peu importe"))
    since = DayFilter(field_name="last_day", lookup_expr="gte", label=_("Terminée depuis le"))
    up_to = DayFilter(field_name="last_day", lookup_expr="lte", label=_("Jusqu’au"))

    class Meta:
        model = Session
        fields: list[str] = []

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        for name, model in (("trainer", Trainer), ("company", Company), ("funder", Funder)):
            self.filters[name].queryset = model.objects.for_organisation(organisation)

    def search(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """Reference, course, place, trainer or company."""
        return sessions.filter(sessions_saying(self.organisation, value))

    def sent_by(self, sessions: QuerySet[Session], name: str, value: Company) -> QuerySet[Session]:
        """Sessions to which this company sent somebody."""
        return sessions.filter(pk__in=Enrolment.objects.filter(company=value).values("session"))

    def paid_by(self, sessions: QuerySet[Session], name: str, value: Funder) -> QuerySet[Session]:
        """Sessions of somebody for whom this funder pays."""
        return sessions.filter(pk__in=Funding.objects.filter(funder=value).values("enrolment__session"))

    def with_answers(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """By number of answers."""
        minimum = settings.SURVEY_MINIMUM_ANSWERS
        bounds = {"none": Q(answers=0), "few": Q(answers__gt=0, answers__lt=minimum), "enough": Q(answers__gte=minimum)}
        return sessions.filter(bounds[value])

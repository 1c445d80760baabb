"""Filters of the list of sessions; they live in the URL."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.filters import DayFilter, OneOfFilter, OneRowFilter, WordsFilter
from trainings.people.models import Trainer
from trainings.sessions.models import Modality, Session, SessionState, SessionTrainer
from trainings.sessions.queries import forgotten, sessions_saying

FORGOTTEN = "forgotten"


class LedByFilter(OneRowFilter):
    """Sessions that a trainer leads."""

    def __init__(self) -> None:
        super().__init__(Trainer, label=_("Formateur"), empty_label=_("Tous"))

    def filter(self, qs: QuerySet[Session], value: Trainer | None) -> QuerySet[Session]:
        """Those of this trainer, or all."""
        return qs.filter(Exists(SessionTrainer.objects.filter(session=OuterRef("pk"), trainer=value))) if value else qs


class SessionFilter(django_filters.FilterSet):
    """Search, trainer, state, modality and dates."""

    q = WordsFilter(method="search", placeholder=_("formation, lieu, entreprise"))
    trainer = LedByFilter()
    state = OneOfFilter(
        choices=[*SessionState.choices, (FORGOTTEN, _("dates passées, ni commencée ni annulée"))],
        method="in_state",
        label=_("État"),
        empty_label=_("Tous"),
    )
    modality = OneOfFilter(
        choices=[*Modality.choices, ("unknown", _("à préciser"))],
        method="with_modality",
        label=_("Modalité"),
        empty_label=_("Toutes"),
    )
    since = DayFilter(field_name="ends_on", lookup_expr="gte", label=_("Depuis le"))
    up_to = DayFilter(field_name="starts_on", lookup_expr="lte", label=_("Jusqu’au"))

    class Meta:
        model = Session
        fields = ["q", "trainer", "state", "modality", "since", "up_to"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.filters["trainer"].queryset = Trainer.objects.for_organisation(organisation)

    def search(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """Reference, course, place, trainer or company."""
        return sessions.filter(sessions_saying(self.organisation, value))

    def in_state(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """Those in a state, or those that nobody started or cancelled although their dates have passed."""
        return forgotten(sessions, today=timezone.localdate()) if value == FORGOTTEN else sessions.filter(state=value)

    def with_modality(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """« à préciser » finds the sessions that say nothing."""
        return sessions.filter(modality="" if value == "unknown" else value)

"""Filters of the list of sessions; they live in the URL."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.text import search_words
from qualiopi.web.filters import DayFilter, OneOfFilter, OneRowFilter, WordsFilter
from trainings.people.models import Trainer
from trainings.sessions.models import Modality, Session, SessionState, SessionTrainer


class LedByFilter(OneRowFilter):
    """Sessions that a trainer leads."""

    def __init__(self) -> None:
        super().__init__(Trainer, label=_("Formateur"), empty_label=_("Tous"))

    def filter(self, qs: QuerySet[Session], value: Trainer | None) -> QuerySet[Session]:
        """Those of this trainer, or all."""
        return qs.filter(Exists(SessionTrainer.objects.filter(session=OuterRef("pk"), trainer=value))) if value else qs


class SessionFilter(django_filters.FilterSet):
    """Search, trainer, state, modality and dates."""

    q = WordsFilter(method="search")
    trainer = LedByFilter()
    state = OneOfFilter(choices=SessionState.choices, label=_("État"), empty_label=_("Tous"))
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
        self.filters["trainer"].queryset = Trainer.objects.for_organisation(organisation)

    def search(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """Reference, course, place or trainer; accents and case don't matter for titles and names."""
        words = search_words(value)
        found = Q(reference__icontains=value) | Q(place__icontains=value) | Q(run_for__icontains=value)
        if words:
            # Names are kept with their words in alphabetical order: each word is looked for by itself.
            titled, named = Q(), Q()
            for word in words:
                titled &= Q(course__title_key__contains=word)
                named &= Q(trainer__name_key__contains=word)
            found |= titled | Q(Exists(SessionTrainer.objects.filter(named, session=OuterRef("pk"))))
        return sessions.filter(found)

    def with_modality(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """« à préciser » finds the sessions that say nothing."""
        return sessions.filter(modality="" if value == "unknown" else value)

"""Filters of the list of sessions; they live in the URL."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.text import search_words
from qualiopi.web.forms import DayInput
from trainings.people.models import Trainer
from trainings.sessions.models import Modality, Session, SessionState, SessionTrainer


class SessionFilter(django_filters.FilterSet):
    """Search, trainer, state, modality and dates."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Chercher"),
        widget=forms.TextInput(attrs={"class": "form-control form-control-s", "type": "search"}),
    )
    trainer = django_filters.ModelChoiceFilter(
        queryset=Trainer.objects.none(),
        method="led_by",
        label=_("Formateur"),
        empty_label=_("Tous"),
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )
    state = django_filters.ChoiceFilter(
        choices=SessionState.choices,
        label=_("État"),
        empty_label=_("Tous"),
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )
    modality = django_filters.ChoiceFilter(
        choices=[*Modality.choices, ("unknown", _("à préciser"))],
        method="with_modality",
        label=_("Modalité"),
        empty_label=_("Toutes"),
        widget=forms.Select(attrs={"class": "form-select form-control-s"}),
    )
    since = django_filters.DateFilter(
        field_name="ends_on",
        lookup_expr="gte",
        label=_("Depuis le"),
        widget=DayInput(attrs={"class": "form-control form-control-s"}),
    )
    up_to = django_filters.DateFilter(
        field_name="starts_on",
        lookup_expr="lte",
        label=_("Jusqu’au"),
        widget=DayInput(attrs={"class": "form-control form-control-s"}),
    )

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

    def led_by(self, sessions: QuerySet[Session], name: str, trainer: Trainer) -> QuerySet[Session]:
        """Sessions this trainer leads."""
        return sessions.filter(Exists(SessionTrainer.objects.filter(session=OuterRef("pk"), trainer=trainer)))

    def with_modality(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """« à préciser » finds the sessions that say nothing."""
        return sessions.filter(modality="" if value == "unknown" else value)

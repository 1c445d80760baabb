"""Filters of the list of pieces; they live in the URL."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evidence.library.models import Document, ReviewState
from evidence.library.needs import Need
from evidence.library.queries import about, speaking_of
from qualiopi.organisations.models import Organisation
from qualiopi.standard.book import expectations
from qualiopi.standard.model import Grid
from qualiopi.web.filters import OneOfFilter, WordsFilter

VALIDITY = [
    ("expiring", _("expire avant l’audit")),
    ("expired", _("expirée")),
    ("unlimited", _("sans limite")),
]
STATES = [
    ("settled", _("rien à reprendre")),
    ("to_file", _("à déposer")),
    ("to_review", _("à relire")),
    ("accepted", _("retenue")),
    ("refused", _("refusée")),
    ("withdrawn", _("retirée")),
]


class DocumentFilter(django_filters.FilterSet):
    """Words, indicator, type, validity, state, and what the piece speaks of (`subject`, from the other pages' links)."""

    q = WordsFilter(method="by_words", placeholder=_("titre, personne, session"))
    indicator = OneOfFilter(method="by_indicator", label=_("Reliée à l’indicateur"), empty_label=_("Tous"))
    type = OneOfFilter(label=_("Type"), empty_label=_("Tous"))
    validity = OneOfFilter(choices=VALIDITY, method="by_validity", label=_("Validité"), empty_label=_("Toutes"))
    state = OneOfFilter(choices=STATES, method="by_state", label=_("État"), empty_label=_("Tous"))
    subject = django_filters.UUIDFilter(method="by_subject", label=_("Concerne"), widget=forms.HiddenInput())

    class Meta:
        model = Document
        fields = ["q", "indicator", "type", "validity", "state", "subject"]

    def __init__(self, *args: Any, organisation: Organisation, grid: Grid, today: date, audit_date: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.today, self.audit_date = organisation, today, audit_date
        self.filters["indicator"].extra["choices"] = [
            ("none", _("aucun encore")),
            *((str(each.number), f"{each.number} {each.label}") for each in grid.indicators),
        ]
        types = sorted(expectations().document_types.items(), key=lambda pair: pair[1])
        self.filters["type"].extra["choices"] = types

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Withdrawn pieces are shown only to who asks for them."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") == "withdrawn" else found.filter(withdrawn_at__isnull=True)

    def by_words(self, documents: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Title, file, session, course or person."""
        return documents.filter(speaking_of(self.organisation, value))

    def by_indicator(self, documents: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One number, or those that have none."""
        if value == "none":
            return documents.filter(has_indicator=False)
        return documents.filter(indicator_links__indicator=int(value))

    def by_validity(self, documents: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The day of the audit itself is still covered."""
        if value == "expiring":
            return documents.filter(valid_until__gte=self.today, valid_until__lt=self.audit_date)
        if value == "expired":
            return documents.filter(valid_until__lt=self.today)
        return documents.filter(has_file=True, valid_until__isnull=True)

    def by_state(self, documents: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """In need of nothing, announced, to review, kept, refused, withdrawn. Of pieces with their need (`needs.with_needs`)."""
        if value == "settled":
            return documents.filter(need=Need.NOTHING)
        if value == "to_file":
            return documents.filter(has_file=False)
        if value == "to_review":
            return documents.filter(has_file=True, review_state=ReviewState.NOT_REVIEWED)
        if value == "withdrawn":
            return documents.filter(withdrawn_at__isnull=False)
        return documents.filter(review_state=value)

    def by_subject(self, documents: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Pieces linked to one session, course, trainer or subcontractor."""
        return documents.filter(about(value))

"""Fields of the filters above a list: small ones, whose values live in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayInput

CONTROL = {"class": "form-control form-control-s"}
SELECT = {"class": "form-select form-control-s"}


class WordsFilter(django_filters.CharFilter):
    """What somebody looks for, in words; `placeholder`: what one may write."""

    def __init__(self, *, method: str, placeholder: Any = None) -> None:
        attrs = {**CONTROL, "type": "search"} | ({"placeholder": placeholder} if placeholder else {})
        super().__init__(method=method, label=_("Chercher"), widget=forms.TextInput(attrs=attrs))


class OneOfFilter(django_filters.ChoiceFilter):
    """One of some choices, or all of them: `empty_label` says « Tous » or « Toutes »."""

    def __init__(self, *, label: Any, empty_label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, empty_label=empty_label, widget=forms.Select(attrs=SELECT), **kwargs)


class OneRowFilter(django_filters.ModelChoiceFilter):
    """One row of an organisation; the list says which organisation, and until then there is none to choose."""

    def __init__(self, model: type[Model], *, label: Any, empty_label: Any, **kwargs: Any) -> None:
        nothing = model._default_manager.none()
        widget = forms.Select(attrs=SELECT)
        super().__init__(queryset=nothing, label=label, empty_label=empty_label, widget=widget, **kwargs)


class DayFilter(django_filters.DateFilter):
    """A day from which, or until which, rows are shown."""

    def __init__(self, *, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, widget=DayInput(attrs=CONTROL), **kwargs)

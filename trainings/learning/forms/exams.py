"""Examinations: days for everybody at once, then one line a person; the period of published rates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayField, DayInput
from qualiopi.web.seen import Remembers
from trainings.learning.verbs import ExamLine, ExamOutcome, check_line


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False, widget=DayInput(attrs={"class": "form-control"}))


class ExamDatesForm(forms.Form):
    """Days given to every candidate who has none."""

    informed_on = _day(_("Informés du déroulement le"))
    registered_on = _day(_("Inscrits à l’examen le"))
    exam_on = _day(_("Examen du"))

    def clean(self) -> dict[str, Any]:
        """At least one day is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Indiquez au moins une date."))
        return cleaned


class ExamLineForm(Remembers, forms.Form):
    """One candidate: two people may fill the same list."""

    informed_on = _day(_("Informé le"))
    registered_on = _day(_("Inscrit le"))
    exam_on = _day(_("Examen du"))
    outcome = forms.ChoiceField(
        label=_("Suite"),
        required=False,
        choices=ExamOutcome.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = forms.CharField(
        label=_("Motif, ou vers qui"),
        required=False,
        max_length=250,
        # Something to show, or the stylesheet could not tell an empty field from a filled one.
        widget=forms.TextInput(attrs={"class": "form-control", "placeholder": " "}),
    )

    def clean(self) -> dict[str, Any]:
        """What the verb would refuse is told beside its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            check_line(ExamLine(**cleaned), today=timezone.localdate())
        return cleaned

    def line(self) -> ExamLine:
        """What is known now; once valid."""
        return ExamLine(**self.cleaned_data)


class PeriodForm(forms.Form):
    """Over which period rates are computed."""

    from_day = DayField(label=_("Du"), widget=DayInput(attrs={"class": "form-control"}))
    to_day = DayField(label=_("Au"), widget=DayInput(attrs={"class": "form-control"}))

"""What one types beside the results: the evaluation they come from, and its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.files.kinds import accept_attribute
from qualiopi.web.forms import DayField, DayInput
from trainings.learning.models import Evaluation, Moment
from trainings.sessions.models import Session


class SourceForm(forms.Form):
    """Where results come from: an evaluation of the session at this moment, and the day they were seen."""

    evaluation = forms.ModelChoiceField(
        label=_("D’après l’évaluation"),
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label=_("sans évaluation nommée"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    dated_on = DayField(label=_("Constaté le"), widget=DayInput(attrs={"class": "form-control"}))

    def __init__(self, *args: Any, session: Session, moment: str, today: date, **kwargs: Any) -> None:
        evaluations = Evaluation.objects.filter(session=session, moment=moment)
        latest = evaluations.order_by("held_on", "created_at").last()
        usual = session.starts_on if moment == Moment.ENTRY else session.ends_on
        day = latest.held_on if latest else min(usual or today, today)
        super().__init__(*args, **({"initial": {"evaluation": latest, "dated_on": day}} | kwargs))
        self.fields["evaluation"].queryset = evaluations


class EvaluationForm(forms.Form):
    """How people were evaluated."""

    title = forms.CharField(
        label=_("Évaluation"),
        max_length=200,
        help_text=_("Par exemple : questionnaire final, mise en situation, grille d’observation."),
    )
    moment = forms.ChoiceField(label=_("Moment"), choices=Moment.choices)
    held_on = DayField(label=_("Faite le"))
    file = forms.FileField(
        label=_("Fichier"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": accept_attribute()}),
        help_text=_("Le sujet, la grille ou les copies, en un seul fichier."),
    )

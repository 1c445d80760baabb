"""What one types beside the results: the evaluation they come from, and its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from qualiopi.files.kinds import accept_attribute
from qualiopi.web.forms import DayField, DayInput
from qualiopi.web.seen import Remembers
from trainings.learning.models import Acquired, Evaluation, Moment
from trainings.sessions.models import Session

Key = tuple[UUID, int]


class LevelsForm(Remembers, forms.Form):
    """The level of each of these people for each of these objectives. `noted`: by enrolment and objective, "" for nothing."""

    def __init__(self, data: Any, *, noted: Mapping[Key, str]) -> None:
        self.keys = {f"r-{person.hex}-{objective}": (person, objective) for person, objective in noted}
        super().__init__(data, initial={name: noted[key] for name, key in self.keys.items()})
        for name in self.keys:
            self.fields[name] = forms.ChoiceField(
                label=_("Résultat"),
                choices=[("", _("Pas noté")), *Acquired.choices],
                required=False,
                error_messages={"invalid_choice": _("Choisissez l’un des résultats proposés.")},
            )

    def of(self, person: UUID, objective: int) -> BoundField:
        """The choice for one person and one objective."""
        return self[f"r-{person.hex}-{objective}"]

    def levels(self) -> dict[Key, str]:
        """What was chosen; what was left as it was seen, and that somebody else noted meanwhile, is theirs."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items() if name in self.data and name not in self.kept}


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

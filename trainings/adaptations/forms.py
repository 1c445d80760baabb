"""Forms of the restricted room."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.adaptations.models import MeasureKind, MeasureState, Wish

NO_DIAGNOSIS = _("Un besoin ou une mesure, jamais un diagnostic ni le nom d’une maladie.")


class RoomForm(forms.Form):
    """A form of this room, laid out by rows of fields."""

    rows: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*(Row(*(Column(name) for name in row)) for row in self.rows))


class AnswerForm(Remembers, RoomForm):
    """What a person answered by word of mouth or on paper."""

    wish = forms.ChoiceField(
        label=_("La personne a-t-elle besoin d’une adaptation ?"), choices=Wish.choices, widget=forms.RadioSelect
    )
    need = forms.CharField(
        label=_("Ce qui aiderait, dans ses mots"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_DIAGNOSIS,
    )
    answered_on = DayField(label=_("Répondu le"), initial=timezone.localdate)
    rows = (("wish",), ("need",), ("answered_on",))


class DecisionForm(Remembers, RoomForm):
    """What was decided with the person."""

    decision = forms.CharField(
        label=_("Ce qui a été décidé avec la personne"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une mesure, un partenaire appelé, une orientation, ou rien à changer. Jamais de diagnostic."),
    )
    decided_on = DayField(label=_("Décidé le"), initial=timezone.localdate)
    rows = (("decision",), ("decided_on",))


class MeasureForm(RoomForm):
    """One measure that follows from the decision."""

    kind = forms.ChoiceField(label=_("Porte sur"), choices=MeasureKind.choices)
    text = forms.CharField(
        label=_("Mesure à appliquer"),
        max_length=250,
        help_text=_("Ce que lit la personne qui anime : ce qu’il faut faire, sans dire pourquoi."),
    )
    planned_on = DayField(label=_("Prévue le"), initial=timezone.localdate)
    rows = (("kind", "planned_on"), ("text",))


class FollowForm(Remembers, RoomForm):
    """Where a measure stands."""

    state = forms.ChoiceField(label=_("Où elle en est"), choices=MeasureState.choices)
    state_on = DayField(label=_("Depuis le"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Abandonnée parce que"),
        max_length=250,
        required=False,
        help_text=_("Demandé seulement pour une mesure abandonnée."),
    )
    rows = (("state", "state_on"), ("reason",))

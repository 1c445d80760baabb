"""Forms of what is asked before the start."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.learning.asking import APART
from trainings.learning.models import IntakeDecision, IntakeKind, IntakeSource
from trainings.people.models import Company
from trainings.sessions.models import Session
from trainings.surveys.questionnaire import Kind, Question, Questionnaire

CHECKED = [("", _("Pas vérifiés")), ("true", _("Vérifiés, ils sont remplis")), ("false", _("Vérifiés, ils ne le sont pas"))]


def _helper(*rows: tuple[str, ...]) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*(Row(*(Column(name) for name in row)) for row in rows))
    return helper


class TypedForm(Remembers, forms.Form):
    """What somebody said in an interview or wrote on paper: what was not said stays empty."""

    source = forms.ChoiceField(
        label=_("Par quelle voie"),
        choices=[choice for choice in IntakeSource.choices if choice[0] != IntakeSource.LINK],
    )
    answered_on = DayField(label=_("Répondu le"), initial=timezone.localdate)

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [question for question in questionnaire.questions if question.key not in APART]
        for question in self.questions:
            self.fields[question.key] = self._field(question)
        self.helper = _helper(("source", "answered_on"), *((question.key,) for question in self.questions))

    def _field(self, question: Question) -> forms.Field:
        said: dict[str, Any] = {"label": str(question.label), "required": False, "help_text": str(question.hint or "")}
        if question.kind is Kind.TEXT:
            return forms.CharField(**said, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
        return forms.ChoiceField(**said, choices=[("", _("Sans réponse")), *question.options])

    def answers(self) -> dict[str, Any]:
        """What was said, without what stayed empty."""
        return {question.key: self.cleaned_data[question.key] for question in self.questions if self.cleaned_data[question.key]}


class ConclusionForm(Remembers, forms.Form):
    """What is drawn from one person's answers."""

    decision = forms.ChoiceField(label=_("Ce que vous décidez"), choices=IntakeDecision.choices, widget=forms.RadioSelect)
    conclusion = forms.CharField(
        label=_("En quelques mots"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Ce que vous adaptez, ou vers quoi vous orientez la personne. Facultatif quand rien ne change."),
    )
    concluded_on = DayField(label=_("Conclu le"), initial=timezone.localdate)
    prerequisites_met = forms.TypedChoiceField(
        label=_("Prérequis"),
        choices=CHECKED,
        required=False,
        coerce=lambda v: {"true": True, "false": False}.get(v),
        empty_value=None,
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != IntakeKind.POSITIONING:
            del self.fields["prerequisites_met"]
        second = [name for name in ("prerequisites_met", "concluded_on") if name in self.fields]
        self.helper = _helper(("decision",), ("conclusion",), tuple(second))


class SessionNeedForm(forms.Form):
    """The need of a company or of the group."""

    company = forms.ModelChoiceField(
        label=_("De qui"), queryset=Company.objects.none(), required=False, empty_label=_("Du groupe entier")
    )
    recorded_on = DayField(label=_("Recueilli le"), initial=timezone.localdate)
    need = forms.CharField(label=_("Besoin exprimé"), widget=forms.Textarea(attrs={"rows": 3}))
    conclusion = forms.CharField(
        label=_("Ce que cela change"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("« Rien à adapter » est une réponse."),
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = Company.objects.for_organisation(session.organisation).filter(enrolments__session=session)
        self.fields["company"].queryset = companies.distinct().order_by("name", "pk")
        self.helper = _helper(("company", "recorded_on"), ("need",), ("conclusion",))

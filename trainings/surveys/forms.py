"""One page of a survey, and the fast form for papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.web.forms import DayField, DayInput
from trainings.surveys.answers import read
from trainings.surveys.questionnaire import Kind, Question, Questionnaire

ROWS_AT_ONCE = 12


@dataclass
class AskedQuestion:
    """A question as the page shows it: what was typed is kept whatever it is worth."""

    question: Question
    value: str = ""
    error: str = ""

    @property
    def kind(self) -> str:
        """How it is answered."""
        return self.question.kind.value

    @property
    def free(self) -> bool:
        """Whether it is answered in one's own words."""
        return self.question.kind is Kind.TEXT

    @property
    def eleven(self) -> bool:
        """Whether it is answered on a row of eleven figures, from 0 to 10."""
        return self.question.kind is Kind.RECOMMENDATION

    @property
    def options(self) -> list[dict[str, Any]]:
        """Choices, with the one in force."""
        return [
            {
                "value": value,
                "words": words,
                "checked": value == self.value,
                "dots": int(value) if self.question.kind is Kind.SCALE else 0,
            }
            for value, words in self.question.options
        ]

    @property
    def described_by(self) -> str:
        """Ids of the hint and of the error, for the screen reader."""
        ids = [f"{self.question.key}-aide"] if self.question.hint else []
        return " ".join([*ids, f"{self.question.key}-erreur"] if self.error else ids)


class SurveyPage:
    """The questions of one page, filled with what is known, and checked when asked."""

    def __init__(self, questions: list[Question], given: Mapping[str, str]) -> None:
        self.asked = [AskedQuestion(question, given.get(question.key, "")) for question in questions]

    @property
    def can_pass(self) -> bool:
        """Whether the page may be passed over."""
        return not any(asked.question.required for asked in self.asked)

    @property
    def values(self) -> dict[str, str]:
        """What is typed, by question."""
        return {asked.question.key: asked.value for asked in self.asked}

    def is_valid(self) -> bool:
        """Check each answer; the errors go beside their question. An optional free text alone may stay empty."""
        for asked in self.asked:
            try:
                empty = read(asked.question, asked.value) is None
            except ValidationError as error:
                asked.error = error.messages[0]
                continue
            if empty and asked.question.kind is not Kind.TEXT:
                asked.error = (
                    _("Choisissez une réponse pour continuer.")
                    if asked.question.required
                    else _("Choisissez une réponse, ou passez la question.")
                )
            elif empty and asked.question.required:
                asked.error = _("Écrivez quelques mots pour continuer.")
        return not self.errors

    @property
    def errors(self) -> list[AskedQuestion]:
        """The questions to look at again."""
        return [asked for asked in self.asked if asked.error]


class PaperDayForm(forms.Form):
    """The day written on a pile of papers."""

    answered_on = DayField(
        label=gettext_lazy("Jour des réponses"),
        required=False,
        widget=DayInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("Laissez vide si les papiers n’en portent pas."),
    )


class PaperForm(forms.Form):
    """One paper: a line of short fields, typed with the keyboard alone."""

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questionnaire.questions:
            self.fields[question.key] = self._field(question)

    def _field(self, question: Question) -> forms.Field:
        label, quiet = str(question.label), {"class": "form-control", "autocomplete": "off"}
        if question.kind is Kind.TEXT:
            return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs=quiet))
        if question.kind in (Kind.SCALE, Kind.RECOMMENDATION):
            low, high = (1, 5) if question.kind is Kind.SCALE else (0, 10)
            widget = forms.NumberInput(attrs={**quiet, "inputmode": "numeric"})
            return forms.IntegerField(label=label, required=False, min_value=low, max_value=high, widget=widget)
        choices = [("", _("Sans réponse")), *question.options]
        return forms.ChoiceField(
            label=label, required=False, choices=choices, widget=forms.Select(attrs={"class": "form-select"})
        )

    def given(self) -> dict[str, Any]:
        """What the paper says, without the empty fields."""
        cleaned = getattr(self, "cleaned_data", {})
        return {key: value for key, value in cleaned.items() if value not in (None, "")}

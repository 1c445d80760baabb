"""What somebody chose on the page that closes a session."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.closing.plan import Choices, Plan
from trainings.adaptations.models import Wish
from trainings.attendance.models import MarkKind
from trainings.learning.models import Acquired

# What one says of somebody who will not sign.
ABSENCES = ((MarkKind.ABSENT.value, _("Était absent")), (MarkKind.EXCUSED.value, _("Absent, excusé")))
# What one notes of a person who was not asked; a yes is told on its own page, with the need.
WISHES = ((Wish.NO.value, _("rien à adapter")), (Wish.NOT_SAID.value, _("ne souhaite pas répondre")))
LEVELS = ((Acquired.YES.value, _("acquis")), (Acquired.PROGRESS.value, _("en partie")), (Acquired.NO.value, _("pas encore")))


def _tick() -> forms.CheckboxInput:
    return forms.CheckboxInput(attrs={"class": "form-check-input"})


class ClosingForm(forms.Form):
    """The fields of one plan: what is done now, and what will not have happened, each with its reason."""

    def __init__(self, plan: Plan, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        self.plan = plan
        # What somebody else noted, or gave up, since this page was shown.
        self.overtaken = False
        for doing in plan.doing:
            self.fields[doing.value] = forms.BooleanField(required=False, initial=True, widget=_tick())
        for person, objective in plan.results:
            self.fields[result_name(person.pk, objective.pk)] = forms.ChoiceField(
                choices=LEVELS, required=False, widget=forms.RadioSelect
            )
        for person in plan.to_ask:
            self.fields[wish_name(person.pk)] = forms.ChoiceField(choices=WISHES, required=False, widget=forms.RadioSelect)
        for half_day, person in plan.unsaid:
            self._given_up(absence_name(half_day.pk, person.pk), kinds=ABSENCES)
        for step in plan.steps:
            self._given_up(step_name(step.pk))
        self.overtaken = any(
            value and name.startswith(("result-", "wish-", "absent-", "step-")) and name not in self.fields
            for name, value in (data or {}).items()
            if not name.endswith(("-kind", "-why"))
        )

    def _given_up(self, name: str, kinds: tuple[tuple[str, object], ...] = ()) -> None:
        self.fields[name] = forms.BooleanField(required=False, widget=_tick())
        if kinds:
            self.fields[f"{name}-kind"] = forms.ChoiceField(
                choices=kinds, required=False, widget=forms.Select(attrs={"class": "form-select"})
            )
        self.fields[f"{name}-why"] = forms.CharField(
            max_length=200, required=False, widget=forms.TextInput(attrs={"class": "form-control"})
        )

    def clean(self) -> dict[str, object]:
        """What is given up says why."""
        given = dict(super().clean() or self.cleaned_data)
        for name in given:
            if given.get(name) is True and f"{name}-why" in self.fields and not given.get(f"{name}-why"):
                self.add_error(f"{name}-why", _("Dites pourquoi : l’auditeur le lira."))
        return given

    def choices(self) -> Choices:
        """What was chosen; the form is valid. A level or an answer that is given is noted, ticked or not."""
        given, plan = self.cleaned_data, self.plan
        levels = {
            (person.pk, objective.pk): given[name]
            for person, objective in plan.results
            if given[name := result_name(person.pk, objective.pk)]
        }
        wishes = {person.pk: given[name] for person in plan.to_ask if given[name := wish_name(person.pk)]}
        absent = {
            (half_day.pk, person.pk): (given[f"{name}-kind"] or MarkKind.ABSENT.value, given[f"{name}-why"])
            for half_day, person in plan.unsaid
            if given[name := absence_name(half_day.pk, person.pk)]
        }
        skipped = {step.pk: given[f"{name}-why"] for step in plan.steps if given[name := step_name(step.pk)]}
        doing = {each for each in plan.doing if given[each.value]}
        return Choices(frozenset(doing), levels, wishes, absent, skipped)


def result_name(person: UUID, objective: int) -> str:
    """The field of one person's level on one objective."""
    return f"result-{person}-{objective}"


def wish_name(person: UUID) -> str:
    """The field of what one person answered."""
    return f"wish-{person}"


def absence_name(half_day: UUID, person: UUID) -> str:
    """The field that says that somebody will not sign a half-day."""
    return f"absent-{half_day}-{person}"


def step_name(step: UUID) -> str:
    """The field that says that a step will not be done."""
    return f"step-{step}"

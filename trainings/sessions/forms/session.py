"""Form of a session."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.catalogue.models import Course, Programme
from trainings.people.models import Trainer
from trainings.sessions.models import Session
from trainings.sessions.queries import said_by

UNKNOWN_YES_NO = [("", _("Je ne sais pas encore")), ("true", _("Oui")), ("false", _("Non"))]
_DATES, _HOURS = ("starts_on", "ends_on"), ("duration_hours",)


class SessionForm(Remembers, forms.ModelForm):
    """A session: what is known today; the rest can wait and shows up as « à préciser ». Its half-days and state have other pages."""

    trainers = forms.ModelMultipleChoiceField(
        queryset=Trainer.objects.none(),
        required=False,
        label=_("Formateurs"),
        widget=forms.CheckboxSelectMultiple,
    )
    work_study = forms.TypedChoiceField(
        label=_("En alternance ?"),
        choices=UNKNOWN_YES_NO,
        required=False,
        coerce=lambda v: {"true": True, "false": False}.get(v),
        empty_value=None,
    )
    workplace_periods = forms.TypedChoiceField(
        label=_("Avec une période en entreprise ?"),
        choices=UNKNOWN_YES_NO,
        required=False,
        coerce=lambda v: {"true": True, "false": False}.get(v),
        empty_value=None,
    )

    class Meta:
        model = Session
        fields = [
            "reference",
            "course",
            "programme",
            "starts_on",
            "ends_on",
            "duration_hours",
            "modality",
            "kind",
            "place",
            "platform",
            "work_study",
            "workplace_periods",
            "expected_trainees",
            "price",
        ]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {
            "platform": _("Pour une session à distance ou mixte : nom de l’outil, ou lien de connexion."),
            "programme": _("La version en vigueur quand la session est créée ; elle ne suit pas les suivantes."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The organisation is part of the rules that the model checks (a reference is used once in each).
        self.instance.organisation = organisation
        self.fields["course"].queryset = Course.objects.for_organisation(organisation)
        versions = Programme.objects.for_organisation(organisation).filter(in_force_from__isnull=False)
        self.fields["programme"].queryset = versions.filter(course=self.instance.course_id).select_related("course")
        self.fields["trainers"].queryset = Trainer.objects.for_organisation(organisation)
        self.initial["trainers"] = list(self.instance.trainers.values_list("pk", flat=True))
        for name in ("work_study", "workplace_periods"):
            self.initial[name] = {True: "true", False: "false"}.get(getattr(self.instance, name), "")
        said = said_by(self.instance)
        # What the half-days say too is changed there: here it would part from them.
        from_half_days = (*(_DATES if said.dates_agree else ()), *(_HOURS if said.hours_agree else ()))
        own = [name for name in (*_DATES, *_HOURS) if name not in from_half_days]
        for name in from_half_days:
            del self.fields[name]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("La session"),
                Row(Column("course"), Column("programme")),
                "reference",
                *((Row(*(Column(name) for name in own)),) if own else ()),
                "trainers",
            ),
            Fieldset(_("Où et comment"), Row(Column("modality"), Column("kind")), "place", "platform"),
            Fieldset(
                _("Pour qui"),
                Row(Column("work_study"), Column("workplace_periods")),
                Row(Column("expected_trainees"), Column("price")),
            ),
        )

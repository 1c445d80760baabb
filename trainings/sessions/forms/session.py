"""Form of a session."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField
from trainings.catalogue.models import Course
from trainings.people.models import Subcontractor, Trainer
from trainings.sessions.models import Session

UNKNOWN_YES_NO = [("", _("Je ne sais pas encore")), ("true", _("Oui")), ("false", _("Non"))]


class SessionForm(forms.ModelForm):
    """A session: what is known today; the rest can wait and shows up as « à préciser »."""

    trainers = forms.ModelMultipleChoiceField(
        queryset=Trainer.objects.none(),
        required=False,
        label=_("Formateurs"),
        help_text=_("Plusieurs choix possibles : gardez la touche Ctrl ou Cmd enfoncée."),
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
            "starts_on",
            "ends_on",
            "duration_hours",
            "modality",
            "kind",
            "state",
            "place",
            "platform",
            "work_study",
            "workplace_periods",
            "given_to",
            "run_for",
            "expected_trainees",
            "price",
        ]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {
            "platform": _("Pour une session à distance ou mixte : nom de l’outil, ou lien de connexion."),
            "given_to": _("Un formateur porté par la coopérative n’est pas un sous-traitant."),
            "run_for": _("Nom de l’organisme qui vous confie la session, s’il y en a un."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The organisation is part of the rules that the model checks (a reference is used once in each).
        self.instance.organisation = organisation
        self.fields["course"].queryset = Course.objects.for_organisation(organisation)
        self.fields["trainers"].queryset = Trainer.objects.for_organisation(organisation)
        self.fields["given_to"].queryset = Subcontractor.objects.for_organisation(organisation)
        if self.instance.pk and not self.instance._state.adding:
            self.initial["trainers"] = list(self.instance.trainers.values_list("pk", flat=True))
        for name in ("work_study", "workplace_periods"):
            self.initial[name] = {True: "true", False: "false"}.get(getattr(self.instance, name), "")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("La session"),
                "course",
                Row(Column("reference"), Column("state")),
                Row(Column("starts_on"), Column("ends_on"), Column("duration_hours")),
                "trainers",
            ),
            Fieldset(_("Où et comment"), Row(Column("modality"), Column("kind")), "place", "platform"),
            Fieldset(
                _("Pour qui, avec qui"),
                Row(Column("work_study"), Column("workplace_periods")),
                Row(Column("given_to"), Column("run_for")),
                Row(Column("expected_trainees"), Column("price")),
            ),
        )

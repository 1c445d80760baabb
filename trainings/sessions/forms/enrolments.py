"""Forms about who is enrolled."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField
from trainings.people.models import Company, Funder
from trainings.sessions.models import EnrolmentState


class EnrolmentForm(forms.Form):
    """One more trainee in a session; a list goes through the import."""

    first_name = forms.CharField(label=_("Prénom"), max_length=100)
    last_name = forms.CharField(label=_("Nom"), max_length=100)
    email = forms.EmailField(label=_("Adresse e-mail"), required=False, help_text=_("Pour envoyer l’enquête et les documents."))
    company = forms.ModelChoiceField(label=_("Entreprise"), queryset=Company.objects.none(), required=False)
    funder = forms.ModelChoiceField(label=_("Financeur"), queryset=Funder.objects.none(), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = Company.objects.for_organisation(organisation)
        self.fields["funder"].queryset = Funder.objects.for_organisation(organisation)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("first_name"), Column("last_name")), "email", Row(Column("company"), Column("funder"))
        )


class EndEnrolmentForm(forms.Form):
    """Somebody left."""

    state = forms.ChoiceField(label=_("Ce qui s’est passé"), choices=[c for c in EnrolmentState.choices if c[0] != "enrolled"])
    ended_on = DayField(label=_("Date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

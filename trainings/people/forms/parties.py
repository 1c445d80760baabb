"""What is known of a company or a funder: how to write to it, and what a contract says of it."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.web.identity import SiretField
from qualiopi.web.seen import Remembers
from trainings.people.models import Company, Funder


class CompanyForm(Remembers, forms.ModelForm):
    """The employer of trainees, or a client."""

    class Meta:
        model = Company
        fields = ["email", "representative", "siret", "address"]
        field_classes = {"siret": SiretField}
        help_texts = {
            "siret": _("14 chiffres, dit par la convention."),
            "email": _("Là partent la convention et la demande d’avis."),
            "representative": _("Qui signe, et en quelle qualité : « Rozenn Inventée, gérante »."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("email"), Column("representative")), Row(Column("siret"), Column("address")))


class FunderForm(Remembers, forms.ModelForm):
    """Who pays, other than the trainee or the company."""

    class Meta:
        model = Funder
        fields = ["email", "kind"]
        help_texts = {
            "email": _("Là part la demande d’avis."),
            "kind": _("Dans les mots du bilan pédagogique et financier."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("email"), Column("kind")))

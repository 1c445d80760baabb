"""What is known of a company or a funder: how to write to it, and what a contract says of it."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qualiopi.web.seen import Remembers
from trainings.people.models import Company, Funder
from trainings.people.rules import digits_of, luhn


class CompanyForm(Remembers, forms.ModelForm):
    """The employer of trainees, or a client."""

    # As people copy it, with its spaces.
    siret = forms.CharField(label=_("SIRET"), max_length=30, required=False, help_text=_("14 chiffres, dit par la convention."))

    class Meta:
        model = Company
        fields = ["email", "representative", "siret", "address"]
        help_texts = {
            "email": _("Là partent la convention et la demande d’avis."),
            "representative": _("Qui signe, et en quelle qualité : « Rozenn Inventée, gérante »."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("email"), Column("representative")), Row(Column("siret"), Column("address")))

    def clean_siret(self) -> str:
        """Fourteen digits whose last one agrees with the others, spaces taken out."""
        number = digits_of(self.cleaned_data["siret"])
        if number and not (len(number) == 14 and luhn(number)):
            raise ValidationError(_("Un SIRET a 14 chiffres, dont le dernier vérifie les autres : recopiez-le en entier."))
        return number


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

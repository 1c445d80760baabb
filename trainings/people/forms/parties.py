"""What is known of a company or a funder: how to write to it, and what a contract says of it."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.text import comparison_key
from qualiopi.web.identity import SiretField
from qualiopi.web.seen import Remembers
from trainings.people.funders import funder_kind
from trainings.people.models import Company, Funder, FunderKind


class CompanyForm(Remembers, forms.ModelForm):
    """The employer of trainees, or a client."""

    class Meta:
        model = Company
        fields = ["name", "email", "representative", "siret", "address"]
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
        self.helper.layout = Layout(
            "name", Row(Column("email"), Column("representative")), Row(Column("siret"), Column("address"))
        )


class FunderForm(Remembers, forms.ModelForm):
    """Who pays, other than the trainee or the company."""

    class Meta:
        model = Funder
        fields = ["name", "email", "kind"]
        help_texts = {
            "email": _("Là part la demande d’avis."),
            "kind": _("Dans les mots du bilan pédagogique et financier."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("name", Row(Column("email"), Column("kind")))
        if self.instance._state.adding:
            self.fields["kind"] = forms.ChoiceField(
                label=self.fields["kind"].label,
                help_text=self.fields["kind"].help_text,
                choices=[("", _("d’après son nom")), *FunderKind.choices],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """A nature that is not chosen is the one that the name tells."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("kind") and "kind" not in self.errors:
            cleaned["kind"] = funder_kind(comparison_key(cleaned.get("name", "")))
        return cleaned

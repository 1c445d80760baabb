"""Subcontractors, their contracts and their reviews."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.files.kinds import accept_attribute
from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField
from qualiopi.web.identity import ActivityNumberField, SirenField
from qualiopi.web.seen import Remembers
from trainings.people.missions import Mission
from trainings.people.models import Subcontract, Subcontractor, SubcontractorReview


class SubcontractorForm(Remembers, forms.ModelForm):
    """Who they are, and by what certificate or exemption sessions paid by the CPF may be given to them."""

    empty_choices = {"exemption": _("Sans dispense")}

    class Meta:
        model = Subcontractor
        fields = [
            "name",
            "siren",
            "activity_number",
            "email",
            "address",
            "representative",
            "certificate_number",
            "certified_from",
            "certified_until",
            "exemption",
            "exemption_source",
        ]
        field_classes = {
            "siren": SirenField,
            "activity_number": ActivityNumberField,
            "certified_from": DayField,
            "certified_until": DayField,
        }
        help_texts = {
            "siren": _("9 chiffres."),
            "activity_number": _("11 chiffres. Un sous-traitant a toujours le sien."),
            "certified_until": _("Hors CPF, aucun certificat n’est exigé."),
            "exemption": _("Seulement pour des sessions payées par le CPF, quand il n’y a pas de certificat."),
            "exemption_source": _("Par exemple : attestation de chiffre d’affaires du 3 mars 2026."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("Qui"),
                "name",
                Row(Column("siren"), Column("activity_number")),
                Row(Column("email"), Column("representative")),
                "address",
            ),
            Fieldset(
                _("Certificat Qualiopi"),
                Row(Column("certificate_number"), Column("certified_from"), Column("certified_until")),
                Row(Column("exemption"), Column("exemption_source")),
            ),
        )


class SubcontractForm(Remembers, forms.ModelForm):
    """A contract: what it gives, and how it keeps to the standard."""

    missions = forms.MultipleChoiceField(
        label=_("Missions confiées"), choices=Mission.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    upload = forms.FileField(
        label=_("Contrat signé"),
        required=False,
        widget=forms.FileInput({"accept": accept_attribute()}),
        help_text=_("PDF de préférence."),
    )

    class Meta:
        model = Subcontract
        fields = [
            "reference",
            "signed_on",
            "valid_from",
            "valid_until",
            "missions",
            "content",
            "means",
            "follow_up",
            "price",
            "compliance_clause",
            "right_to_check",
            "cpf",
            "no_cascade",
            "declared_on",
        ]
        field_classes = {"signed_on": DayField, "valid_from": DayField, "valid_until": DayField, "declared_on": DayField}
        help_texts = {
            "compliance_clause": _("Demandée depuis le 1er novembre 2026 (indicateur 27)."),
            "declared_on": _("Seulement pour le CPF."),
        }

    def __init__(self, *args: Any, subcontractor: Subcontractor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation_id, self.instance.subcontractor = subcontractor.organisation_id, subcontractor
        for name in ("content", "means", "follow_up"):
            self.fields[name].widget.attrs["rows"] = 2
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("Le contrat"),
                Row(Column("reference"), Column("signed_on")),
                Row(Column("valid_from"), Column("valid_until")),
                "missions",
            ),
            Fieldset(_("Ce qu’il dit"), "content", "means", "follow_up", "price", "compliance_clause", "right_to_check"),
            Fieldset(_("Pour des actions payées par le CPF"), "cpf", "no_cascade", "declared_on"),
            "upload",
        )

    @property
    def fields_of_contract(self) -> dict[str, Any]:
        """What was typed, without the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "upload"}


class ReviewForm(forms.ModelForm):
    """A dated check, with its decision."""

    class Meta:
        model = SubcontractorReview
        fields = ["held_on", "identity_checked", "skills_checked", "results_read", "conclusion", "goes_on"]
        field_classes = {"held_on": DayField}

    def __init__(self, *args: Any, subcontractor: Subcontractor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation_id, self.instance.subcontractor = subcontractor.organisation_id, subcontractor
        self.fields["conclusion"].widget.attrs["rows"] = 3
        self.helper = FormHelper()
        self.helper.form_tag = False

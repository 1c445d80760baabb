"""The form of a course, and of its copy."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.catalogue.models import Course, Level

# As France compétences writes them: RNCP38575, RS6893.
CODE = re.compile(r"(RNCP|RS)([0-9]{1,6})")
# Nomenclature of specialities: three digits and, for most, a letter of function (326t).
SPECIALITY = re.compile(r"[0-9]{3}[a-z]?")


class CourseForm(Remembers, forms.ModelForm):
    """A course: what it is, and the certification it prepares for."""

    certifying = forms.TypedChoiceField(
        label=gettext_lazy("Prépare à une certification enregistrée (RNCP ou RS) ?"),
        choices=[
            ("", gettext_lazy("Je ne sais pas encore")),
            ("true", gettext_lazy("Oui")),
            ("false", gettext_lazy("Non")),
        ],
        required=False,
        coerce=lambda value: {"true": True, "false": False}.get(value),
        empty_value=None,
    )

    speciality = forms.CharField(
        label=gettext_lazy("Spécialité de formation (code NSF)"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("Par exemple 326t ; le bilan pédagogique et financier compte par spécialité."),
    )

    class Meta:
        model = Course
        fields = [
            "title",
            "code",
            "category",
            "duration_hours",
            "speciality",
            "certifying",
            "certification_code",
            "certification_title",
            "certification_level",
            "certifier",
            "registered_on",
            "registered_until",
            "required_qualification",
            "pedagogical_referent",
            "archived_on",
        ]
        field_classes = {"archived_on": DayField, "registered_on": DayField, "registered_until": DayField}
        help_texts = {
            "archived_on": gettext_lazy("Une formation retirée de la vente n’est plus regardée par les indicateurs 1 et 3."),
            "certification_code": gettext_lazy("Par exemple RNCP38575 ou RS6893."),
            "certification_title": gettext_lazy("Tel qu’il est écrit sur la fiche de France compétences."),
            "certification_level": gettext_lazy("Comme le bilan pédagogique et financier les regroupe."),
            "registered_on": gettext_lazy("Date de la décision d’enregistrement."),
            "required_qualification": gettext_lazy(
                "Ce que la loi ou le certificateur exige de la personne qui l’anime. Rien : laissez vide."
            ),
            "pedagogical_referent": gettext_lazy("La personne qui coordonne les intervenants (indicateur 19, texte de 2026)."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.initial["certifying"] = {True: "true", False: "false"}.get(self.instance.certifying, "")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("La formation"),
                "title",
                Row(Column("category"), Column("duration_hours"), Column("code"), Column("speciality")),
            ),
            Fieldset(
                _("La certification"),
                Row(Column("certifying"), Column("certification_code")),
                "certification_title",
                Row(Column("certifier"), Column("certification_level")),
                Row(Column("registered_on"), Column("registered_until")),
            ),
            Fieldset(_("Qui l’anime"), Row(Column("required_qualification"), Column("pedagogical_referent"))),
            Fieldset(_("Sur le marché"), "archived_on"),
        )

    def clean_certification_code(self) -> str:
        """RNCP or RS and its number, without spaces, in capitals."""
        code = re.sub(r"[\s.°\-]", "", self.cleaned_data["certification_code"]).upper().replace("RNCPN", "RNCP")
        if code and not CODE.fullmatch(code):
            raise ValidationError(_("Écrivez RNCP ou RS suivi du numéro de la fiche, par exemple RNCP38575."))
        return code

    def clean_speciality(self) -> str:
        """Three digits and perhaps a letter."""
        code = re.sub(r"\s", "", self.cleaned_data["speciality"]).lower()
        if code and not SPECIALITY.fullmatch(code):
            raise ValidationError(_("Un code de spécialité compte trois chiffres, suivis ou non d’une lettre : 326 ou 326t."))
        return code

    def clean(self) -> dict[str, Any]:
        """What is said of the certification holds together."""
        cleaned: dict[str, Any] = super().clean() or {}
        code, level = cleaned.get("certification_code") or "", cleaned.get("certification_level")
        if cleaned.get("certifying") is False and code:
            self.add_error(
                "certifying",
                _("Un code %(code)s est noté : répondez oui, ou effacez ce code.") % {"code": code},
            )
        if code and level and (code.startswith("RS") is not (level == Level.RS)):
            self.add_error(
                "certification_level",
                _("Ce niveau ne va pas avec le code %(code)s.") % {"code": code},
            )
        return cleaned


class DuplicateForm(forms.Form):
    """The title of a copy."""

    title = forms.CharField(label=gettext_lazy("Intitulé de la copie"), max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

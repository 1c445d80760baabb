"""Forms of the courses' pages."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.models import Organisation
from qualiopi.web.forms import DayField
from trainings.catalogue.models import Course


class CourseForm(forms.ModelForm):
    """A course: what it is, and whether it prepares for a certification."""

    certifying = forms.TypedChoiceField(
        label=_("Prépare à une certification enregistrée (RNCP ou RS) ?"),
        choices=[("", _("Je ne sais pas encore")), ("true", _("Oui")), ("false", _("Non"))],
        required=False,
        coerce=lambda value: {"true": True, "false": False}.get(value),
        empty_value=None,
    )

    class Meta:
        model = Course
        fields = ["title", "code", "category", "duration_hours", "certifying", "certification_code", "archived_on"]
        field_classes = {"archived_on": DayField}
        help_texts = {"archived_on": _("Une formation retirée de la vente n’est plus regardée par les indicateurs 1 et 3.")}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.initial["certifying"] = {True: "true", False: "false"}.get(self.instance.certifying, "")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "title",
            Row(Column("category"), Column("duration_hours"), Column("code")),
            Row(Column("certifying"), Column("certification_code")),
            "archived_on",
        )

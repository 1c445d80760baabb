"""The form of a right to prepare for a certification."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers
from trainings.catalogue.models import Accreditation, Course


class AccreditationForm(Remembers, forms.ModelForm):
    """By what right the course prepares for its certification, since when and until when."""

    upload = forms.FileField(
        label=gettext_lazy("Fichier"),
        required=False,
        help_text=gettext_lazy("PDF, image ou document de bureau : l’habilitation, la convention ou la décision."),
    )

    class Meta:
        model = Accreditation
        fields = ["kind", "reference", "valid_from", "valid_until"]
        field_classes = {"valid_from": DayField, "valid_until": DayField}
        help_texts = {
            "reference": gettext_lazy(
                "Numéro ou intitulé de l’habilitation ; si aucune n’est exigée, la source qui le dit (adresse de la fiche…)."
            ),
            "valid_until": gettext_lazy("Vide : sans terme annoncé."),
        }

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.course, self.instance.organisation = course, course.organisation
        if self.instance.file_id:
            self.fields["upload"].label = _("Remplacer le fichier")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("kind", "reference", Row(Column("valid_from"), Column("valid_until")), "upload")

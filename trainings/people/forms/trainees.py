"""What is known of a trainee."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayField
from qualiopi.web.identity import PhoneField, PostcodeField
from qualiopi.web.seen import Remembers
from trainings.people.models import Trainee


class TraineeForm(Remembers, forms.ModelForm):
    """Name and ways to reach somebody."""

    empty_choices = {"civility": _("Sans civilité")}

    birth_date = DayField(label=_("Date de naissance"), required=False)

    class Meta:
        model = Trainee
        fields = ["civility", "first_name", "last_name", "birth_name", "email", "phone", "birth_date", "postcode"]
        field_classes = {"phone": PhoneField, "postcode": PostcodeField}
        help_texts = {
            "email": _("Là partent ses liens, ses questionnaires et ses documents."),
            "birth_name": _("S’il diffère du nom d’usage."),
            "postcode": _("À l’étranger, avec le pays devant : B-1000, CH-1201, L-1009."),
            "birth_date": _("Demandée par certains certificateurs seulement."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("civility"), Column("first_name"), Column("last_name")),
            Row(Column("birth_name"), Column("birth_date")),
            Row(Column("email"), Column("phone"), Column("postcode")),
        )

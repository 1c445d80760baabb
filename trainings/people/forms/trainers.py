"""A trainer."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Organisation
from trainings.people.models import Subcontractor, Trainer


class TrainerForm(forms.ModelForm):
    """A trainer, and how they are bound to the organisation."""

    class Meta:
        model = Trainer
        fields = ["first_name", "last_name", "email", "status", "subcontractor", "user"]
        help_texts = {
            "status": _("Décide des indicateurs 22 et 27 : un formateur porté par la coopérative n’est pas un sous-traitant."),
            "user": _("Son compte, pour qu’il ou elle voie ses sessions et montre le QR code de l’enquête."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.fields["subcontractor"].queryset = Subcontractor.objects.for_organisation(organisation)
        self.fields["user"].queryset = User.objects.filter(memberships__organisation=organisation, memberships__role=Role.TRAINER)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("first_name"), Column("last_name")), "email", Row(Column("status"), Column("subcontractor")), "user"
        )

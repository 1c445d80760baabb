"""Forms of the packs' pages."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayField


class PackForm(forms.Form):
    """For which audit date the pack is made."""

    audit_date = DayField(label=_("Date d’audit"), help_text=_("Elle choisit la grille et les versions en vigueur ce jour-là."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

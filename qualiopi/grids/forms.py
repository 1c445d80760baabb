"""The profile asked of a visitor, and the date of the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qualiopi.organisations.forms import ProfileForm
from qualiopi.web.forms import DayField, DayInput


class ApplicabilityForm(ProfileForm):
    """What the visitor does, and when the audit is held: the grid follows."""

    audit_date = DayField(
        label=_("Date de l’audit"),
        required=False,
        widget=DayInput({"class": "form-control"}),
        help_text=_("La grille suit cette date : 32 indicateurs avant le 1er novembre 2026, 33 depuis."),
    )

    def remembers(self) -> bool:
        """Nothing is stored of a visitor."""
        return False

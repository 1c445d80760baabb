"""What every verb of the room checks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qualiopi.organisations.models import Organisation


def same_organisation(organisation: Organisation, *rows: Any) -> None:
    """Raise ValidationError when a row belongs to another organisation: a posted identifier proves nothing."""
    if any(row is not None and row.organisation_id != organisation.pk for row in rows):
        raise ValidationError(_("Cet élément n’existe pas dans votre organisme."))

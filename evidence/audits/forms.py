"""Planning a visit, and giving it another day."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qualiopi.web.forms import DayField
from qualiopi.web.seen import Remembers


class MoveForm(Remembers, forms.Form):
    """Another day for a visit to come."""

    held_on = DayField(label=_("Nouvelle date"))

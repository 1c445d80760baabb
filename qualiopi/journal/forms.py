"""Filters of the journal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qualiopi.accounts.models import User
from qualiopi.journal.models import EntryKind
from qualiopi.web.forms import DayInput


class JournalFilterForm(forms.Form):
    """What to look for; everything is optional."""

    kind = forms.ChoiceField(
        label=_("Nature"), choices=[("", _("modifications et lectures")), *EntryKind.choices], required=False
    )
    actor = forms.ModelChoiceField(
        label=_("Auteur"), queryset=User.objects.none(), required=False, empty_label=_("tout le monde")
    )
    since = forms.DateField(label=_("Depuis le"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Jusqu’au"), required=False, widget=DayInput())

    def __init__(self, *args: Any, actors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].queryset = actors  # type: ignore[attr-defined]
        for field in self.fields.values():
            css = "form-select form-control-s" if isinstance(field, forms.ChoiceField) else "form-control form-control-s"
            field.widget.attrs["class"] = css

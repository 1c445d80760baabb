"""What the pages of the register take."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from trainings.attendance.drawing import LONGEST
from trainings.attendance.models import MarkKind

LATE_REASONS = {
    "battery": _("Téléphone déchargé"),
    "left": _("J’ai dû partir vite"),
    "network": _("Le réseau était coupé"),
    "other": _("Autre motif"),
}


class SignatureForm(forms.Form):
    """A signature, wherever it is made: what the device drew, when it says that it was, why it is late."""

    once = forms.UUIDField()
    drawing = forms.CharField(required=False, max_length=LONGEST + 1)
    told_at = forms.CharField(required=False, max_length=40)
    why = forms.ChoiceField(required=False, choices=[("", ""), *LATE_REASONS.items()])
    reason = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=[(MarkKind.PRESENT, ""), (MarkKind.ABSENT, "")])

    def clean_told_at(self) -> datetime | None:
        """The hour of the device; None when it is not one."""
        try:
            moment = parse_datetime(self.cleaned_data["told_at"])
        except ValueError:
            return None
        return moment if moment is not None and timezone.is_aware(moment) else None

    def said(self) -> dict[str, Any]:
        """What the verb takes. The register is kept in French, in whatever language the page was read."""
        data = self.cleaned_data
        why = data["why"] if data["why"] != "other" else ""
        with translation.override("fr"):
            reason = str(LATE_REASONS[why]) if why else data["reason"]
        return {
            "once": data["once"],
            "drawing": data["drawing"] if data["kind"] != MarkKind.ABSENT else "",
            "told_at": data["told_at"],
            "reason": reason,
            "kind": data["kind"] or MarkKind.PRESENT,
        }


def blank() -> dict[str, Any]:
    """What a page starts from: the mark of this sending, and nothing typed."""
    return {"once": uuid.uuid4(), "why": "", "reason": "", "error": "", "ask_reason": False}


def typed(form: SignatureForm, error: str) -> dict[str, Any]:
    """What was typed, with what is wrong, for the page to show again. A mark that is not one is replaced."""
    given = form.cleaned_data.get("once") if hasattr(form, "cleaned_data") else None
    return {
        "once": given or uuid.uuid4(),
        "why": form.data.get("why", "") if form.data.get("why", "") in LATE_REASONS else "",
        "reason": form.data.get("reason", "")[:200],
        "error": error,
        "ask_reason": False,
    }

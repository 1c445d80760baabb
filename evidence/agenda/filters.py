"""Filters of the list: those of sessions, and where each stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from evidence.agenda.queries import Place
from evidence.agenda.wording import PLACES
from qualiopi.web.filters import OneOfFilter
from trainings.sessions.filters import SessionFilter

# Beside the search, these stand in sight; the others behind one fold.
IN_SIGHT = ("q", "trainer", "dossier")


class AgendaFilter(SessionFilter):
    """Search, trainer, dossier; modality, state and dates."""

    dossier = OneOfFilter(
        choices=[(place.value, words) for place, words in PLACES.items()],
        method="left_to_the_view",
        label=_("Dossier"),
        empty_label=_("Tous"),
    )

    def left_to_the_view(self, sessions: Any, name: str, value: str) -> Any:
        """Where a session stands is judged, not looked up."""
        return sessions

    @property
    def place(self) -> Place | None:
        """The only place that is asked for, if there is one."""
        value = self.form.cleaned_data.get("dossier") if self.form.is_valid() else ""
        return Place(value) if value else None

"""Filters of the sessions in the auditor's room: drafts are not there to be asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qualiopi.web.filters import OneOfFilter
from trainings.sessions.filters import SessionFilter
from trainings.states import SessionState


class RoomSessionFilter(SessionFilter):
    """Search, state, trainer, modality and dates."""

    state = OneOfFilter(
        choices=[choice for choice in SessionState.choices if choice[0] != SessionState.DRAFT],
        label=_("État"),
        empty_label=_("Tous"),
    )

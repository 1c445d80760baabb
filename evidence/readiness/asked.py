"""The indicator that an address names, on the date that it asks for."""

from __future__ import annotations

from django.http import Http404

from evidence.engine.result import IndicatorStatus
from evidence.readiness.forms import AuditDateForm
from evidence.readiness.keeping import board_asked
from evidence.readiness.queries import Board
from qualiopi.organisations.policy import TenantRequest


def indicator_asked(request: TenantRequest, number: int) -> tuple[Board, IndicatorStatus, str]:
    """The board of the date asked for, one of its indicators and the query string that keeps the date; 404 outside the grid."""
    asked = AuditDateForm(request.GET).chosen()
    found = board_asked(request.organisation, asked)
    try:
        return found, found.status(number), f"?date={asked:%Y-%m-%d}" if asked else ""
    except KeyError:
        raise Http404 from None

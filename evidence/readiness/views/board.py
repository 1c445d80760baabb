"""The board: every indicator on the audit date, by criterion."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.engine.result import IndicatorStatus
from evidence.readiness import wording
from evidence.readiness.finding import indicator_says
from evidence.readiness.forms import SCOPE_CHOICES, AuditDateForm, BoardForm
from evidence.readiness.keeping import board_asked
from evidence.readiness.queries import Board, audit_on
from evidence.readiness.tables import SCOPES, criterion_blocks, indicator_url
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.standard.grids import standard
from qualiopi.web.lists import chips_of
from qualiopi.web.parts import Option, StatusCount
from qualiopi.web.status import status_word


@requires(C.VIEW_READINESS)
def show(request: TenantRequest) -> HttpResponse:
    """The board, filtered by the address."""
    asked = AuditDateForm(request.GET)
    found = board_asked(request.organisation, asked.chosen())
    form = BoardForm(request.GET, grid=found.grid)
    form.full_clean()
    filters = form.cleaned_data
    query = f"?date={found.audit_date:%Y-%m-%d}" if asked.chosen() else ""
    context = {
        "board": found,
        "form": form,
        "date_shown": found.audit_date,
        "audit": audit_on(request.organisation, found.audit_date),
        "heading": wording.board_heading(found.asking, found.concerned),
        "answer": wording.board_answer(found.counts),
        "counts": _counts(request, found, filters.get("statut", "")),
        "chips": chips_of(request, _active(found, filters)),
        "tiles": [
            (
                criterion,
                [
                    (s.number, s.status, indicator_url(request.organisation.slug, s.number, query))
                    for s in found.of_criterion(criterion.number)
                ],
            )
            for criterion in found.grid.criteria
        ],
        "blocks": criterion_blocks(found, lambda status: _kept(found, status, filters), query),
        "grids": _grids(request, found),
        "provisional": any(status.provisional for status in found.statuses),
        "query": query,
        "can_build": request.access.allows(C.BUILD_PACK),
    }
    return render(request, "readiness/board.html", context)


def _kept(found: Board, status: IndicatorStatus, filters: dict[str, Any]) -> bool:
    indicator = found.indicator(status.number)
    if filters.get("statut") and status.status.value != filters["statut"]:
        return False
    if filters.get("critere") and indicator.criterion != filters["critere"]:
        return False
    if filters.get("portee") and not SCOPES[filters["portee"]](indicator):
        return False
    return indicator_says(indicator, filters.get("q") or "")


def _active(found: Board, filters: dict[str, Any]) -> list[tuple[str, str, str]]:
    shown = []
    if filters.get("statut"):
        shown.append(("statut", _("Statut"), status_word(filters["statut"])))
    if filters.get("critere"):
        shown.append(("critere", _("Critère"), str(filters["critere"])))
    if filters.get("portee"):
        shown.append(("portee", _("Portée"), str(dict(SCOPE_CHOICES)[filters["portee"]])))
    if filters.get("q"):
        shown.append(("q", _("Mot ou numéro"), filters["q"]))
    return shown


def _counts(request: HttpRequest, found: Board, current: str) -> list[StatusCount]:
    """The counts of the head, each a filter; zero stays visible."""

    def address(status: str) -> str:
        query = request.GET.copy()
        query.pop("statut", None)
        if status:
            query["statut"] = status
        return f"?{query.urlencode()}" if query else request.path

    word = ngettext("concerné sur %(total)s", "concernés sur %(total)s", found.concerned) % {"total": len(found.statuses)}
    return [
        StatusCount(status="", count=found.concerned, word=word, url=address(""), current=not current),
        *(
            StatusCount(
                status=status.value,
                count=count,
                word=status_word(status.value, count),
                url=address(status.value),
                current=current == status.value,
            )
            for status, count in found.counts.items()
        ),
    ]


def _grids(request: HttpRequest, found: Board) -> list[Option]:
    """The grid of that date, and the page where both stand side by side."""
    shown = []
    for grid in reversed(standard().grids):
        mine = grid.id == found.grid.id
        label = _("%(grid)s · %(count)s indicateurs") if mine else _("%(grid)s · %(count)s")
        url = request.get_full_path() if mine else reverse("grids:compare")
        shown.append(Option(label=label % {"grid": grid.id, "count": len(grid.indicators)}, url=url, current=mine))
    return shown

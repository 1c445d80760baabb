"""The auditor's room: the text first, what the organisation says of it, its pieces. Nothing can be changed from here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evidence.audits.cards import cards, chosen, marked
from evidence.audits.queries import (
    PlanLine,
    PlanSection,
    kept_facts,
    pieces_of_trainers,
    plan_of,
    ready_packs,
    session_counts,
    shown_documents,
    shown_sessions,
    shown_trainers,
)
from evidence.audits.reading import in_readers_language, note_reading
from evidence.dossiers.access import find_shown
from evidence.dossiers.queries import dossier_of
from evidence.readiness.queries import board, conclusions_on, standing_declarations
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.enums import Category, Role
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import audit_date_for, next_audit, profile_of
from qualiopi.standard.grids import grid_for
from qualiopi.standard.model import Grid

PER_PAGE = 50


@requires(C.AUDIT_ROOM)
@in_readers_language
def room(request: TenantRequest) -> HttpResponse:
    """The organisation, its scope, the packs to download and the way into the criteria."""
    note_reading(request, "room.opened")
    frame = _frame(request)
    context = {
        **frame,
        "packs": list(ready_packs(request.organisation)[:PER_PAGE]),
        "may_download": request.access.allows(C.DOWNLOAD_PACK),
        "categories": [Category(code).label for code in request.organisation.profile.categories],
    }
    return render(request, "audits/room.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def criterion(request: TenantRequest, criterion: int) -> HttpResponse:
    """The indicators of one criterion."""
    frame = _frame(request, criterion=criterion)
    section: PlanSection | None = next((one for one in frame["plan"] if one.criterion.number == criterion), None)
    if section is None:
        raise Http404
    note_reading(request, "room.criterion_read", criterion=criterion)
    return render(request, "audits/criterion.html", {**frame, "section": section})


@requires(C.AUDIT_ROOM)
@in_readers_language
def indicator(request: TenantRequest, number: int) -> HttpResponse:
    """One indicator: its text, what the organisation says, pieces and kept facts. `?piece=` shows one beside."""
    frame = _frame(request, number=number)
    grid: Grid = frame["grid"]
    if not grid.has(number):
        raise Http404
    organisation = request.organisation
    read = board(organisation=organisation, audit_date=frame["audit_date"])
    status = read.status(number)
    pieces = cards(shown_documents(organisation).filter(indicator_links__indicator=number))
    note_reading(request, "room.indicator_read", indicator=number)
    preview = chosen(pieces, request.GET.get("piece", ""))
    conclusion = next(iter(conclusions_on(organisation, number)), None)
    context = {
        **frame,
        "shown": grid.indicator(number),
        "line": next(line for section in frame["plan"] for line in section.lines if line.indicator.number == number),
        "conclusion": conclusion,
        "older_grid": conclusion.grid if conclusion and conclusion.grid != grid.id else "",
        "declarations": [row for row in standing_declarations(organisation, number, []) if row.indicator == number],
        "pieces": marked(pieces, preview),
        "facts": kept_facts(status, read.facts),
        "preview": preview,
    }
    return render(request, "audits/indicator.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def sessions(request: TenantRequest) -> HttpResponse:
    """The sessions, each with its dossier; the auditor chooses the sample."""
    note_reading(request, "room.sessions_read")
    page = Paginator(shown_sessions(request.organisation), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "audits/sessions.html", {**_frame(request), "page": page})


@requires(C.AUDIT_ROOM)
@in_readers_language
def session(request: TenantRequest, session: UUID) -> HttpResponse:
    """The dossier of one session, the same as its managers read."""
    found = find_shown(request, session)
    note_reading(request, "room.session_read", session=found.reference)
    context = {**_frame(request), "session": found, "dossier": dossier_of(found), "addresses": True}
    return render(request, "audits/session.html", context)


@requires(C.AUDIT_ROOM)
@in_readers_language
def trainers(request: TenantRequest) -> HttpResponse:
    """Who leads the sessions, each with what proves their skills."""
    note_reading(request, "room.trainers_read")
    page = Paginator(shown_trainers(request.organisation), PER_PAGE).get_page(request.GET.get("page"))
    pieces = pieces_of_trainers(request.organisation, page)
    rows = [(trainer, cards(pieces[trainer.pk])) for trainer in page]
    preview = chosen([piece for _trainer, found in rows for piece in found], request.GET.get("piece", ""))
    rows = [(trainer, marked(found, preview)) for trainer, found in rows]
    return render(request, "audits/trainers.html", {**_frame(request), "page": page, "rows": rows, "preview": preview})


def section_shown(section: PlanSection, *, opened: int, here: int) -> tuple[PlanSection, bool, list[tuple[PlanLine, bool]]]:
    """A criterion of the plan, whether it is unfolded, and its indicators, each with whether it is the one being read."""
    lines = [(line, line.indicator.number == here) for line in section.lines]
    return section, section.criterion.number == opened, lines


def _frame(request: TenantRequest, *, criterion: int = 0, number: int = 0) -> dict[str, Any]:
    """What every page of the room shows around its own matter."""
    organisation = request.organisation
    today = timezone.localdate()
    day = audit_date_for(organisation, today=today)
    grid = grid_for(day)
    plan = plan_of(organisation, grid=grid, profile=profile_of(organisation.profile))
    opened = grid.indicator(number).criterion if number and grid.has(number) else criterion
    return {
        "access": request.access,
        "may_leave": request.access.role != Role.AUDITOR,
        "audit": next_audit(organisation, today=today),
        "audit_date": day,
        "grid": grid,
        "plan": plan,
        "sections": [section_shown(section, opened=opened, here=number) for section in plan],
        "trainers_count": shown_trainers(organisation).count(),
        "sessions_count": session_counts(shown_sessions(organisation), today=today),
        "preview": None,
        "language_query": f"?lang={request.GET['lang']}" if request.GET.get("lang") in ("fr", "en") else "",
    }

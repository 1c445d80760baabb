"""The page of one indicator: the answer, what to do now, one table of sessions, pieces; the rest is folded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.debts.queries import trainers_reminded
from evidence.debts.telling import remind_and_tell
from evidence.engine.result import ExpectationResult, IndicatorStatus, Status
from evidence.indicators.issuing import chosen, issue_in, lacking_in, people_lacking
from evidence.indicators.tables import Desk, Table, table_of
from evidence.indicators.wording import asked_for, first_of, issue_them, issue_title
from evidence.library.models import Version
from evidence.matrix.queries import matrix_of
from evidence.matrix.rows import Reach
from evidence.readiness import links, wording
from evidence.readiness.asides import declarations_told
from evidence.readiness.asked import indicator_asked
from evidence.readiness.blocks import change_of, expectation_blocks
from evidence.readiness.cards import shelves_of
from evidence.readiness.duties import told_duties, told_guide
from evidence.readiness.kept import kept_of
from evidence.readiness.links import Way
from evidence.readiness.models import Conclusion
from evidence.readiness.pieces import last_filed, refused_pieces
from evidence.readiness.queries import (
    Board,
    audit_on,
    conclusions_on,
    standing_declarations,
    standing_thresholds,
)
from evidence.readiness.tables import indicator_url, tags_of
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.standard.book import expectations
from qualiopi.standard.duties import duties_on
from qualiopi.standard.expectations import Person
from qualiopi.standard.grids import guides_for, standard
from qualiopi.web.dates import as_date, short_date
from qualiopi.web.parts import Evidence, Option, Point

PIECES = 3


@requires(C.VIEW_READINESS)
def page(request: TenantRequest, number: int) -> HttpResponse:
    """The page of an indicator."""
    found, status, query = indicator_asked(request, number)
    organisation, slug = request.organisation, request.organisation.slug
    text = found.indicator(number)
    conclusions = conclusions_on(organisation, number)
    keys = [result.expectation.key for result in status.expectations]
    refused = refused_pieces(organisation, number)
    table = _table(request, found, number)
    new_grid = found.grid.id != standard().grids[0].id
    acting = status.acting
    by_people = acting is not None and acting.missing and acting.expectation.mended_by is Person.TRAINER
    remind = table.everyone if table and by_people else None
    way, way_told = _way(found, status)
    context = {
        "board": found,
        "status": status,
        "answer": wording.indicator_answer(status),
        "text": text,
        "criterion": found.grid.criteria[text.criterion - 1],
        "tags": tags_of(text),
        "rules": expectations().rules_of(number),
        "guides": [told_guide(guide, found.audit_date) for guide in guides_for(found.audit_date)],
        "duties": told_duties(duties_on(number, found.audit_date)),
        "change": change_of(text.change) if new_grid else "",
        "grading": standard().grading,
        "surveillance": standard().surveillance,
        "is_new_entrant": bool(found.profile.new_entrant_categories),
        "date_shown": found.audit_date,
        "neighbours": _neighbours(found, number, slug, query),
        "next_told": wording.next_told(status),
        "remind": remind,
        "remind_url": reverse("indicators:remind", args=[slug, number]),
        "way": way,
        "way_told": way_told,
        "table": table,
        "to_issue": _to_issue(request, found, number),
        "expectations": expectation_blocks(found, status, new_grid=new_grid, query=query),
        "thresholds": standing_thresholds(organisation, keys),
        "declarations": declarations_told(standing_declarations(organisation, number)),
        "shelves": shelves_of(found, status, status.piece_ids[:PIECES]),
        "pieces_told": wording.pieces_told(status.pieces),
        "all_pieces": wording.all_pieces(len(status.piece_ids)) if len(status.piece_ids) > PIECES else "",
        "refused": wording.refused_pieces(refused),
        "refused_url": reverse("library:list", args=[slug], query={"indicator": number, "state": "refused"}),
        "kept": [kept for result in status.expectations if (kept := _kept_here(slug, result))],
        "conclusion": conclusions[0] if conclusions else None,
        "outdated": bool(conclusions) and conclusions[0].grid != found.grid.id,
        "points": _points(found, status, conclusions, last_filed(organisation, number, most=2), request),
        "query": query,
        "can_conclude": request.access.allows(C.CONCLUDE),
        "may_set_aside": request.access.allows(C.SET_ASIDE),
        "can_set_aside": request.access.allows(C.SET_ASIDE) and bool(status.may_set_aside),
        "can_file": request.access.allows(C.EDIT_EVIDENCE),
    }
    return render(request, "indicators/page.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def issue(request: TenantRequest, number: int) -> HttpResponse:
    """Certificates that lack, session by session, all ticked; POST asks for those that stay ticked, in the background."""
    found, _status, _query = indicator_asked(request, number)
    lacking = lacking_in(found, number)
    if request.method == "POST":
        sessions = chosen(lacking, request.POST.getlist("session"))
        series, certificates = issue_in(sessions, send_too="send" in request.POST, actor=request.user)
        messages.info(request, asked_for(series, certificates))
        return redirect("indicators:page", organisation=request.organisation.slug, number=number)
    context = {
        "text": found.indicator(number),
        "lacking": lacking,
        "answer": issue_title(sum(each.people for each in lacking), len(lacking)),
    }
    return render(request, "indicators/issue.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def remind(request: TenantRequest, number: int) -> HttpResponse:
    """Write to these trainers about all that they owe, and say to whom."""
    remind_and_tell(request, request.POST.getlist("formateur"))
    return redirect("indicators:page", organisation=request.organisation.slug, number=number)


def _table(request: TenantRequest, found: Board, number: int) -> Table | None:
    """Its sessions; whom one may write to is read where something lacks and one may write."""
    matrix = matrix_of(found, indicator=number)
    leading = {trainer for session in matrix.sessions if session.id in matrix.holes for trainer in session.trainer_ids}
    reach = Reach.nobody()
    if leading and request.access.allows(C.EDIT_SESSIONS):
        reach = Reach(trainers_reminded(request.organisation, leading), timezone.localdate())
    names = {trainer.id: trainer.name for trainer in found.outline.trainers}
    return table_of(matrix, Desk(request.organisation.slug, names, reach))


def _to_issue(request: TenantRequest, found: Board, number: int) -> str:
    """The words of the link that leads to issuing what lacks; "" where nothing does, or for who may not."""
    if not request.access.allows(C.EDIT_SESSIONS):
        return ""
    people = sum(people_lacking(found, number).values())
    return issue_them(people) if people else ""


def _way(found: Board, status: IndicatorStatus) -> tuple[Way | None, str]:
    """Where the next action starts, and with which of many holes: a button leads to the work, never to a list lower down."""
    way, acting = links.next_way(found, status), status.acting
    if way is None or acting is None or not way.url.startswith("#"):
        return way, ""
    first = acting.missing[0]
    told = first_of(len(acting.missing), first.label)
    return links.way_to_mend(found.organisation.slug, acting.expectation, first.kind, first.id), told


def _neighbours(found: Board, number: int, slug: str, query: str) -> tuple[Option | None, Option | None]:
    """The indicators before and after among those that concern the organisation."""
    concerned = [status.number for status in found.statuses if status.status is not Status.NOT_APPLICABLE]
    before = max((other for other in concerned if other < number), default=None)
    after = min((other for other in concerned if other > number), default=None)
    first, second = (
        None if other is None else Option(str(other), indicator_url(slug, other, query)) for other in (before, after)
    )
    return first, second


def _kept_here(slug: str, result: ExpectationResult) -> Evidence | None:
    """Facts that exist because the work was done, as a piece that needs no filing; None when they prove nothing yet."""
    kept = kept_of(result)
    if kept is None:
        return None
    return Evidence(title=f"{kept.count} {kept.words}", url=reverse("matrix:index", args=[slug]), kind="", detail=kept.how)


def _points(
    found: Board, status: IndicatorStatus, conclusions: list[Conclusion], versions: list[Version], request: TenantRequest
) -> list[Point]:
    """What happened, where we are, what is to come: at most eight points."""
    today = timezone.localdate()
    happened = [
        (as_date(row.created_at), _("Conclusion de %(person)s") % {"person": row.concluded_by}) for row in conclusions[:2]
    ]
    happened += [(as_date(row.created_at), _("Pièce déposée : %(title)s") % {"title": row.document.title}) for row in versions]
    planned = []
    if status.due_on is not None and status.next_action:
        planned.append((status.due_on, status.next_action))
    audit = audit_on(request.organisation, found.audit_date)
    visit = audit.get_kind_display().capitalize() if audit else _("Date d’audit choisie")
    (planned if found.audit_date >= today else happened).append((found.audit_date, visit))
    start = found.grid.start
    if start is not None:
        (planned if start > today else happened).append((start, _("Passage à la grille %(grid)s") % {"grid": found.grid.id}))
    here = status.leading.observed if status.leading and status.leading.observed else " ".join(status.reasons[:1])
    return [
        *(Point(when=short_date(day), what=what) for day, what in sorted(happened)[-5:]),
        Point(when=_("aujourd’hui"), what=here or status.expected, state="now"),
        *(Point(when=short_date(day), what=what, state="to_come") for day, what in sorted(planned)),
    ]

"""Sessions × expectations: what each session must show, before, during and after; and a word to who leads those that lack something."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.debts.queries import trainers_reminded
from evidence.debts.telling import remind_and_tell
from evidence.matrix import wording
from evidence.matrix.forms import MatrixForm
from evidence.matrix.queries import Matrix, Standing, groups_of, holes_by_column, matrix_of, owed_by_trainers
from evidence.matrix.rows import Reach, folds_of, sheets_of
from evidence.readiness.keeping import board_asked
from evidence.readiness.outline import SessionHead
from evidence.readiness.wording import BY_A_FILE
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.text import says
from qualiopi.web.lists import chips_of, page_of
from qualiopi.web.partials import render_page
from qualiopi.web.status import STATUS_ORDER

SESSIONS = 25  # a page


@requires(C.VIEW_READINESS)
def index(request: TenantRequest) -> HttpResponse:
    """The matrix by who leads, filtered by the address; only the page shown is worded. Without filters, what lacks nothing is folded."""
    today = timezone.localdate()
    form = MatrixForm(request.GET)
    form.full_clean()
    filters = form.cleaned_data
    found = board_asked(request.organisation, filters.get("date"))
    table = matrix_of(found)
    names = {trainer.id: trainer.name for trainer in found.outline.trainers}
    form.set_trainers(list(names.items()))
    active = _active(filters, names)
    kept = table.sessions
    if active:
        kept = tuple(session for session in kept if _kept(session, table, filters, found.observed_on))
    folds = [] if active else folds_of(request.organisation.slug, table, kept)
    folded = {session.id for fold in folds for session in fold.sessions}
    groups = groups_of(table, (session for session in kept if session.id not in folded), names)
    page = page_of(request, [(group, session) for group in groups for session in group.sessions], lines=SESSIONS)
    reach = Reach.nobody()
    if request.access.allows(C.EDIT_SESSIONS):
        leading = {trainer for group in groups for trainer in group.trainers}
        reach = Reach(trainers_reminded(request.organisation, leading) if leading else {}, today)
    with_holes = [session for session in table.sessions if session.id in table.holes]
    context = {
        "board": found,
        "form": form,
        "chips": chips_of(request, active),
        "moments": table.moments,
        "columns": [
            (column, {"count": count, "words": wording.under_a_head(count)}) for column, count in holes_by_column(table, kept)
        ],
        "width": len(table.columns) + 1,
        "page": page,
        "sheets": sheets_of(request.organisation.slug, table, page.object_list, names, reach),
        "folds": folds,
        "remind_url": reverse("matrix:remind", args=[request.organisation.slug]),
        "everyone": reach.button(table, groups, names),
        "heading": wording.heading(len(with_holes), len(table.sessions)),
        "answer": wording.answer(
            sum(map(len, table.holes.values())),
            by_trainers=owed_by_trainers(table, with_holes),
            trainers=len({trainer for session in with_holes for trainer in session.trainer_ids}),
        ),
        "all_told": wording.all_told(table) if not active else "",
        "date_shown": found.audit_date,
        "legend": STATUS_ORDER,
        "by_a_file": BY_A_FILE,
    }
    return render_page(request, "matrix/matrix.html", context, parts=("matrice",))


@requires(C.EDIT_SESSIONS, writes=True)
def remind(request: TenantRequest) -> HttpResponse:
    """Write to these trainers about all that they owe, and say to whom."""
    remind_and_tell(request, request.POST.getlist("formateur"))
    return redirect("matrix:index", organisation=request.organisation.slug)


def _kept(session: SessionHead, table: Matrix, filters: dict[str, Any], today: date) -> bool:
    if filters.get("dossier") and table.standings[session.id] is not Standing(filters["dossier"]):
        return False
    if filters.get("formateur") and filters["formateur"] not in session.trainer_ids:
        return False
    first, last = session.first_day, session.last_day or session.first_day
    if filters.get("du") and last < filters["du"]:
        return False
    if filters.get("au") and first > filters["au"]:
        return False
    match filters.get("etat"):
        case "avenir" if first <= today:
            return False
        case "encours" if not first <= today <= last:
            return False
        case "terminee" if last >= today:
            return False
    return says(f"{session.reference} {table.titles[session.course_id]}", filters.get("q") or "")


def _active(filters: dict[str, Any], trainers: dict[str, str]) -> list[tuple[str, str, str]]:
    states = {"avenir": _("à venir"), "encours": _("en cours"), "terminee": _("terminées")}
    dossiers = {value: str(label) for value, label in MatrixForm.DOSSIERS}
    shown = []
    if filters.get("q"):
        shown.append(("q", _("Session"), filters["q"]))
    if filters.get("etat"):
        shown.append(("etat", _("État"), states[filters["etat"]]))
    if filters.get("formateur"):
        shown.append(("formateur", _("Formateur"), trainers.get(filters["formateur"], _("inconnu"))))
    for name, label in (("du", _("Depuis le")), ("au", _("Jusqu’au"))):
        if filters.get(name):
            shown.append((name, label, f"{filters[name]:%d/%m/%Y}"))
    if filters.get("dossier"):
        shown.append(("dossier", _("Dossier"), dossiers[filters["dossier"]]))
    return shown

"""Sessions × expectations: what each session must show, before, during and after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from evidence.readiness import wording
from evidence.readiness.forms import MatrixForm
from evidence.readiness.keeping import board_asked
from evidence.readiness.matrix import Matrix, matrix_of, row_of
from evidence.readiness.outline import SessionHead
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.text import says
from qualiopi.web.lists import chips_of, page_of
from qualiopi.web.partials import render_page


@requires(C.VIEW_READINESS)
def show(request: TenantRequest) -> HttpResponse:
    """The matrix, filtered by the address; only the page shown is worded."""
    form = MatrixForm(request.GET)
    form.full_clean()
    filters = form.cleaned_data
    found = board_asked(request.organisation, filters.get("date"))
    table = matrix_of(found)
    form.set_trainers([(trainer.id, trainer.name) for trainer in found.outline.trainers])
    kept = [session for session in table.sessions if _kept(session, table, filters, found.observed_on)]
    if filters.get("ordre") != "dates":
        kept.sort(key=lambda session: session.id not in table.with_holes)
    page = page_of(request, kept)
    trainers = {trainer.id: trainer.name for trainer in found.outline.trainers}
    context = {
        "board": found,
        "form": form,
        "chips": chips_of(request, _active(filters, trainers)),
        "groups": table.groups,
        "columns": table.columns,
        "page": page,
        "rows": [row_of(request.organisation.slug, session, table, trainers) for session in page.object_list],
        "answer": wording.sessions_with_holes(len(table.with_holes), len(table.sessions)),
        "date_shown": found.audit_date,
    }
    return render_page(request, "readiness/matrix.html", context, parts=("matrice",))


def _kept(session: SessionHead, table: Matrix, filters: dict[str, Any], today: date) -> bool:
    if filters.get("trous") and session.id not in table.with_holes:
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
    if filters.get("trous"):
        shown.append(("trous", _("Dossiers"), _("avec un trou")))
    return shown

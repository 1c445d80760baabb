"""The pages of an import: send a file, say its columns, check every line, confirm, undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualiopi.exchange.export import export_response
from qualiopi.exchange.judging import READINGS, WORDS
from qualiopi.exchange.kinds import resource_class
from qualiopi.exchange.models import ImportKind, ImportRun, ImportState
from qualiopi.exchange.reading import Table, UnreadableFile
from qualiopi.files.errors import AlteredFile
from qualiopi.files.kinds import TABLES, accept_attribute
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.imports.forms import UploadForm, posted_corrections, posted_mapping, posted_readings, posted_words
from qualiopi.imports.queries import guesses_for, imported_before, judged, runs_of, table_of
from qualiopi.imports.tables import column_rows, lines_to_correct, problem_rows
from qualiopi.imports.undoing import undo
from qualiopi.imports.verbs import check, choose_sheet, confirm, correct_cells, map_columns, preview, send_file
from qualiopi.imports.wording import WORDINGS, counted
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from qualiopi.web.parts import Figure

PROBLEMS_SHOWN = 50
OPEN_STATES = (ImportState.UPLOADED, ImportState.CHECKED)


def _find(request: TenantRequest, pk: UUID) -> ImportRun:
    run: ImportRun | None = runs_of(request.organisation).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def _open(request: TenantRequest, pk: UUID) -> tuple[ImportRun, Table] | HttpResponseBase:
    """An import that still goes on, with its table; else the page that says where it stands."""
    run = _find(request, pk)
    if run.state not in OPEN_STATES:
        return redirect("imports:detail", request.organisation.slug, run.pk)
    try:
        return run, table_of(run)
    except (UnreadableFile, AlteredFile) as error:
        messages.error(request, str(error))
        return redirect("imports:upload", request.organisation.slug, run.kind)


@requires(C.IMPORT)
def run_list(request: TenantRequest) -> HttpResponseBase:
    """The four kinds of import, and the imports already made."""
    context = {"page": page_of(request, runs_of(request.organisation)), "kinds": list(WORDINGS.items())}
    return render(request, "imports/list.html", context)


@requires(C.IMPORT, writes=True)
def upload(request: TenantRequest, kind: str) -> HttpResponseBase:
    """Step 1: the file."""
    if kind not in ImportKind.values:
        raise Http404
    sentence = ""
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                run = send_file(
                    organisation=request.organisation,
                    kind=ImportKind(kind),
                    upload=form.cleaned_data["file"],
                    actor=request.user,
                )
            except UnreadableFile as error:
                sentence = error.sentence
            else:
                return redirect("imports:columns", request.organisation.slug, run.pk)
        else:
            sentence = str(form.errors["file"][0])
    context = {"kind": kind, "wording": WORDINGS[ImportKind(kind)], "sentence": sentence, "accept": accept_attribute(TABLES)}
    return render(request, "imports/upload.html", context)


@requires(C.IMPORT, writes=True)
def columns(request: TenantRequest, run: UUID) -> HttpResponseBase:
    """Step 2: what each column is."""
    found = _open(request, run)
    if isinstance(found, HttpResponseBase):
        return found
    row, table = found
    mapping = row.mapping
    if request.method == "POST":
        mapping = posted_mapping(request.POST, table)
        session = request.POST.get("session", "").strip()
        try:
            map_columns(
                run=row,
                mapping=mapping,
                options=_options(session, posted_readings(request.POST, table), posted_words(request.POST, table)),
                remember="remember" in request.POST,
                actor=request.user,
            )
            check(run=row, actor=request.user)
        except ImportRefusedError as error:
            messages.error(request, str(error))
        else:
            return redirect("imports:check", request.organisation.slug, row.pk)
    return render(request, "imports/columns.html", _columns_context(row, table, mapping))


def _options(session: str, readings: dict[str, str], words: dict[str, dict[str, str]]) -> dict[str, Any]:
    """What a run keeps of what was chosen besides its columns."""
    chosen = {"session": session, READINGS: readings, WORDS: words}
    return {name: value for name, value in chosen.items() if value}


def _columns_context(run: ImportRun, table: Table, mapping: dict[str, str]) -> dict[str, Any]:
    resource = resource_class(run.kind)
    declared = resource.columns()
    judgements, notes = judged(run, table, mapping)
    rows = column_rows(table, declared, guesses_for(run, table), mapping, judgements)
    recognised = sum(row.chosen != "" for row in rows)
    return {
        "run": run,
        "before": imported_before(run),
        "table": table,
        "notes": [*table.notes, *notes],
        "wording": WORDINGS[ImportKind(run.kind)],
        "rows": rows,
        "columns": declared,
        "recognised": recognised,
        "left": len(rows) - recognised,
        "doubtful": sum(row.doubt != "" for row in rows),
        "lines": len(table.rows),
        "takes_session": resource.takes_session,
        "session": run.options.get("session", ""),
        "sessions": resource.recent_sessions(run.organisation) if resource.takes_session else [],
    }


@requires(C.IMPORT, writes=True)
@require_POST
def sheet(request: TenantRequest, run: UUID) -> HttpResponseBase:
    """Read another sheet of the workbook."""
    row = _find(request, run)
    try:
        choose_sheet(run=row, sheet=request.POST.get("sheet", ""), actor=request.user)
    except (UnreadableFile, AlteredFile, ImportRefusedError) as error:
        messages.error(request, str(error))
    return redirect("imports:columns", request.organisation.slug, row.pk)


@requires(C.IMPORT, writes=True)
def check_lines(request: TenantRequest, run: UUID) -> HttpResponseBase:
    """Step 3: every problem, with a field for each blocking cell; posting checks again."""
    row = _find(request, run)
    if row.state == ImportState.UPLOADED:
        return redirect("imports:columns", request.organisation.slug, row.pk)
    if row.state != ImportState.CHECKED:
        return redirect("imports:detail", request.organisation.slug, row.pk)
    if request.method == "POST":
        corrections = posted_corrections(request.POST, row.summary["blocking"])
        try:
            correct_cells(run=row, corrections=corrections, actor=request.user)
            check(run=row, actor=request.user)
        except (UnreadableFile, AlteredFile, ImportRefusedError) as error:
            messages.error(request, str(error))
        return redirect("imports:check", request.organisation.slug, row.pk)
    return render(request, "imports/check.html", _check_context(request, row))


def _check_context(request: TenantRequest, run: ImportRun) -> dict[str, Any]:
    summary, wording = run.summary, WORDINGS[ImportKind(run.kind)]
    blocking = page_of(request, problem_rows(summary["blocking"]), lines=PROBLEMS_SHOWN)
    return {
        "run": run,
        "wording": wording,
        "summary": summary,
        "ready": max(summary["rows"] - summary["blocking_lines"], 0),
        "blocking": blocking,
        "notices": problem_rows(summary["notices"][:PROBLEMS_SHOWN]),
        "notes": summary.get("notes", []),
        "more": counted(summary["counts"]),
        "figures": [
            Figure(_("Nouvelles"), str(summary["created"]), detail=str(wording.created)),
            Figure(_("Mises à jour"), str(summary["updated"]), detail=str(wording.updated)),
            Figure(_("Inchangées"), str(summary["unchanged"]), detail=_("déjà là, à l’identique")),
            Figure(_("À corriger"), str(summary["blocking_cells"]), detail=_("cellules qui bloquent")),
        ],
    }


@requires(C.IMPORT, writes=True)
@require_POST
def confirm_run(request: TenantRequest, run: UUID) -> HttpResponseBase:
    """Step 4: everything is written, or nothing."""
    row = _find(request, run)
    try:
        outcome = confirm(run=row, actor=request.user)
    except (UnreadableFile, AlteredFile, ImportRefusedError) as error:
        messages.error(request, str(error))
        return redirect("imports:detail", request.organisation.slug, row.pk)
    if outcome.blocking:
        messages.error(request, _("Rien n’est enregistré : des cellules sont à corriger."))
        return redirect("imports:check", request.organisation.slug, row.pk)
    return redirect("imports:detail", request.organisation.slug, row.pk)


@requires(C.IMPORT)
def detail(request: TenantRequest, run: UUID) -> HttpResponseBase:
    """What an import did, and the button that undoes it."""
    row = _find(request, run)
    if row.state == ImportState.UPLOADED:
        return redirect("imports:columns", request.organisation.slug, row.pk)
    if row.state == ImportState.CHECKED:
        return redirect("imports:check", request.organisation.slug, row.pk)
    context = {
        "run": row,
        "summary": row.summary,
        "wording": WORDINGS[ImportKind(row.kind)],
        "more": counted(row.summary["counts"]),
        "notices": problem_rows(row.summary["notices"][:PROBLEMS_SHOWN]),
        "notes": row.summary.get("notes", []),
    }
    return render(request, "imports/detail.html", context)


@requires(C.IMPORT, writes=True)
@require_POST
def undo_run(request: TenantRequest, run: UUID) -> HttpResponseBase:
    """Take an import back."""
    row = _find(request, run)
    try:
        undo(run=row, actor=request.user)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("L’import est annulé : ce qu’il avait créé est retiré, ce qu’il avait changé est rétabli."))
    return redirect("imports:detail", request.organisation.slug, row.pk)


@requires(C.IMPORT)
def to_correct(request: TenantRequest, run: UUID) -> HttpResponseBase:
    """The lines that block, as a workbook with a column that says why."""
    found = _open(request, run)
    if isinstance(found, HttpResponseBase):
        return found
    row, table = found
    headings, rows = lines_to_correct(table, preview(run=row).blocking)
    return export_response("xlsx", "a-corriger", headings, rows)

"""The wording of the documents, and how they look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.editing import done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.partials import render_page
from qualiopi.web.reach import reachable
from trainings.documents import verbs
from trainings.documents.forms import StyleForm, TemplateForm
from trainings.documents.kinds_in_address import kind_of
from trainings.documents.models import DocumentKind, Style, Template
from trainings.documents.preview import preview_pdf
from trainings.documents.queries import current_wording, nobody_signs, style_of, versions_of, wordings_of
from trainings.documents.telling import setting_lines
from trainings.documents.wording import ListVariable, check, groups_of, missing_from_template, shipped_body, statements_of
from trainings.people.models import Company, Funder
from trainings.people.queries import unreachable_of
from trainings.sessions.models import Session

# The most recent ones are what somebody who adapts a wording has in mind.
SESSIONS = 30
# Of a refused text: how many lines are shown again, how much of each.
WRONG_LINES = 20
LONGEST_SHOWN = 160


@requires(C.EDIT_SETTINGS)
def templates(request: TenantRequest) -> HttpResponse:
    """Every kind with the version that serves, and how documents look."""
    wordings = wordings_of(request.organisation).items()
    rows = [(kind, number, missing_from_template(body, kind)) for kind, (number, body) in wordings]
    context = {"rows": rows, "unsigned_style": nobody_signs(style_of(request.organisation))}
    return render(request, "documents/templates.html", context)


@requires(C.VIEW_SETTINGS)
def settings(request: TenantRequest) -> HttpResponse:
    """What documents are made with, and what it lacks: a panel of the settings, a page of its own without JavaScript."""
    organisation = request.organisation
    lines = setting_lines(
        wordings_of(organisation),
        style_of(organisation),
        parties={model: unreachable_of(organisation, model) for model in (Company, Funder)},
        address=lambda name: reachable(request, name, organisation.slug),
    )
    return render_page(request, "documents/settings.html", {"lines": lines}, parts=("documents",))


@requires(C.EDIT_SETTINGS, writes=True)
def template(request: TenantRequest, kind: str) -> HttpResponse:
    """Read and change one wording. The button decides: save, preview as PDF, come back to the wording of the product."""
    named = kind_of(kind)
    organisation = request.organisation
    wish = request.POST.get("do", "save")
    if request.method == "POST" and wish == "restore":
        restored = verbs.restore_shipped(organisation=organisation, kind=named, actor=request.user)
        return _saved(request, named, restored)
    with editing(request, organisation) as edit:
        number, body = current_wording(organisation, named)
        form = TemplateForm(request.POST if request.method == "POST" else None, initial={"body": body})
        saved = None
        if wish != "preview":
            saved = edit.carry_out(form, lambda: (_save(request, named, form),))
    if saved:
        return _saved(request, named, saved[0])
    if wish == "preview" and form.is_valid() and (shown := _preview(request, named, form)) is not None:
        return shown
    typed = form.data.get("body", body) if form.is_bound else body
    # A text that cannot be read says nothing for sure: what is wrong is told alone, not every statement with it.
    readable = not check(typed, named)
    unsaid = missing_from_template(typed, named) if readable else []
    context: dict[str, Any] = {
        "kind": named,
        "number": number,
        "shipped": body == shipped_body(named),
        "groups": [
            (group, [(variable, isinstance(variable, ListVariable)) for variable in group.variables])
            for group in groups_of(named)
        ],
        "unsaid": unsaid,
        "statements": [(statement, statement not in unsaid) for statement in statements_of(named)] if readable else [],
        "wrong_lines": _wrong_lines(typed, named) if form.errors else [],
        "versions": versions_of(organisation, named)[:20],
        "sessions": Session.objects.for_organisation(organisation).select_related("course")[:SESSIONS],
        "chosen": request.POST.get("session", ""),
    }
    return form_page(request, "documents/template.html", form, **context)


def _wrong_lines(body: str, kind: DocumentKind) -> list[tuple[int, str]]:
    """The lines that have a problem, with their text: an editor of plain text does not number its lines."""
    lines = body.replace("\r\n", "\n").split("\n")
    wrong = sorted({problem.line for problem in check(body, kind)})
    return [(number, lines[number - 1].strip()[:LONGEST_SHOWN]) for number in wrong[:WRONG_LINES] if number <= len(lines)]


def _saved(request: TenantRequest, kind: DocumentKind, changed: Template | None) -> HttpResponse:
    """Back to the wording; saying whether it changed."""
    if changed is not None:
        messages.success(request, _("Le modèle est enregistré : il sert dès le prochain document."))
    else:
        messages.info(request, _("Le modèle n’a pas changé."))
    return redirect("documents:template", organisation=request.organisation.slug, kind=kind.value)


def _save(request: TenantRequest, kind: DocumentKind, form: TemplateForm) -> Template | None:
    body = form.cleaned_data["body"]
    return verbs.save_template(organisation=request.organisation, kind=kind, body=body, actor=request.user)


def _preview(request: TenantRequest, kind: DocumentKind, form: TemplateForm) -> HttpResponse | None:
    """The text as typed, as a PDF: for an invented person, or for a real session; None when it cannot be, with why."""
    problems = verbs.wording_problems(kind, form.cleaned_data["body"])
    for problem in problems:
        form.add_error("body", problem)
    if problems:
        return None
    content = preview_pdf(
        organisation=request.organisation,
        kind=kind,
        body=form.cleaned_data["body"],
        session=_asked_session(request),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="apercu-{kind.value}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked_session(request: TenantRequest) -> Session | None:
    try:
        asked = UUID(request.POST.get("session", ""))
    except ValueError:
        return None
    found: Session | None = (
        Session.objects.for_organisation(request.organisation)
        .select_related("course", "organisation", "programme", "given_to", "subcontract")
        .filter(pk=asked)
        .first()
    )
    return found


@requires(C.EDIT_SETTINGS, writes=True)
def style(request: TenantRequest) -> HttpResponse:
    """Logo, colour, signatory."""
    organisation = request.organisation
    with editing(request, organisation, kinds=verbs.LOGOS) as edit:
        current = style_of(organisation) or Style(organisation=organisation)
        form = StyleForm(request.POST or None, request.FILES or None, instance=current)

        def save() -> Style:
            said = form.cleaned_data
            return verbs.save_style(
                organisation=organisation,
                colour=said["colour"],
                signatory=said["signatory"],
                signatory_title=said["signatory_title"],
                logo=said["picture"],
                without_logo=said.get("without_logo", False),
                actor=request.user,
            )

        saved = edit.carry_out(form, save)
    if saved:
        sentence = _("L’apparence est enregistrée : elle sert dès le prochain document.")
        return done(request, sentence, "documents:templates")
    return form_page(request, "documents/style.html", form, style=current)

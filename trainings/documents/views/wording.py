"""The wording of the documents, and how they look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.files.errors import RefusedFile
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from trainings.documents import verbs
from trainings.documents.forms import StyleForm, TemplateForm
from trainings.documents.kinds_in_address import kind_of
from trainings.documents.models import DocumentKind, Style
from trainings.documents.preview import preview_pdf
from trainings.documents.queries import current_wording, style_of, versions_of
from trainings.documents.wording import ListVariable, check, groups_of, missing_from_template, shipped_body, statements_of
from trainings.sessions.models import Session

# The most recent ones are what somebody who adapts a wording has in mind.
SESSIONS = 30
# Of a refused text: how many lines are shown again, how much of each.
WRONG_LINES = 20
LONGEST_SHOWN = 160


@requires(C.EDIT_SETTINGS)
def templates(request: TenantRequest) -> HttpResponse:
    """Every kind with the version that serves, and how documents look."""
    rows = []
    for kind in DocumentKind:
        number, body = current_wording(request.organisation, kind)
        rows.append((kind, number, missing_from_template(body, kind)))
    return render(request, "documents/templates.html", {"rows": rows, "style": style_of(request.organisation)})


@requires(C.EDIT_SETTINGS, writes=True)
def template(request: TenantRequest, kind: str) -> HttpResponse:
    """Read and change one wording. The button decides: save, preview as PDF, come back to the wording of the product."""
    named = kind_of(kind)
    number, body = current_wording(request.organisation, named)
    form = TemplateForm(request.POST if request.method == "POST" else None, initial={"body": body})
    if request.method == "POST":
        wish = request.POST.get("do", "save")
        if wish == "restore":
            restored = verbs.restore_shipped(organisation=request.organisation, kind=named, actor=request.user)
            _tell_saved(request, restored is not None)
            return redirect("documents:template", organisation=request.organisation.slug, kind=named.value)
        if form.is_valid():
            if wish == "preview":
                shown = _preview(request, named, form)
                if shown is not None:
                    return shown
            elif _save(request, named, form):
                return redirect("documents:template", organisation=request.organisation.slug, kind=named.value)
    typed = form.data.get("body", body) if form.is_bound else body
    unsaid = missing_from_template(typed, named)
    context: dict[str, Any] = {
        "kind": named,
        "form": form,
        "number": number,
        "shipped": body == shipped_body(named),
        "groups": [
            (group, [(variable, isinstance(variable, ListVariable)) for variable in group.variables])
            for group in groups_of(named)
        ],
        "unsaid": unsaid,
        "statements": [(statement, statement not in unsaid) for statement in statements_of(named)],
        "wrong_lines": _wrong_lines(typed, named) if form.errors else [],
        "versions": versions_of(request.organisation, named)[:20],
        "sessions": Session.objects.for_organisation(request.organisation).select_related("course")[:SESSIONS],
        "chosen": request.POST.get("session", ""),
    }
    return render(request, "documents/template.html", context, status=422 if form.errors else 200)


def _wrong_lines(body: str, kind: DocumentKind) -> list[tuple[int, str]]:
    """The lines that have a problem, with their text: an editor of plain text does not number its lines."""
    lines = body.replace("\r\n", "\n").split("\n")
    wrong = sorted({problem.line for problem in check(body, kind)})
    return [(number, lines[number - 1].strip()[:LONGEST_SHOWN]) for number in wrong[:WRONG_LINES] if number <= len(lines)]


def _tell_saved(request: TenantRequest, changed: bool) -> None:
    if changed:
        messages.success(request, _("Le modèle est enregistré : il sert dès le prochain document."))
    else:
        messages.info(request, _("Le modèle n’a pas changé."))


def _save(request: TenantRequest, kind: DocumentKind, form: TemplateForm) -> bool:
    try:
        saved = verbs.save_template(
            organisation=request.organisation, kind=kind, body=form.cleaned_data["body"], actor=request.user
        )
    except ValidationError as error:
        take_errors(form, error)
        return False
    _tell_saved(request, saved is not None)
    return True


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
    current = style_of(request.organisation) or Style(organisation=request.organisation)
    form = StyleForm(request.POST or None, request.FILES or None, instance=current)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            verbs.save_style(
                organisation=request.organisation,
                colour=said["colour"],
                signatory=said["signatory"],
                signatory_title=said["signatory_title"],
                logo=said["picture"],
                without_logo=said.get("without_logo", False),
                actor=request.user,
            )
        except ValidationError as error:
            take_errors(form, error)
        except RefusedFile as refusal:
            form.add_error("picture", str(refusal))
        else:
            messages.success(request, _("L’apparence est enregistrée : elle sert dès le prochain document."))
            return redirect("documents:templates", organisation=request.organisation.slug)
    return render(request, "documents/style.html", {"form": form, "style": current}, status=422 if form.errors else 200)

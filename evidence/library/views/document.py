"""The page of one piece, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.library import verbs
from evidence.library.forms import DescribeForm, ReviewForm, VersionForm, WithdrawForm, indicator_choices
from evidence.library.models import Document, ReviewState
from evidence.library.pieces import piece_of, standing_words, subject_url
from evidence.library.proposals import content_label, propose, type_label
from evidence.library.queries import (
    covered_by,
    document_of,
    filed_twins,
    find_subjects,
    history_of,
    linked_subjects,
    subject_by_id,
    versions_of,
)
from evidence.library.telling import covered_line_words, shared_words
from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.files.kinds import accept_attribute, label_of
from qualiopi.files.responses import can_be_shown, is_framed
from qualiopi.journal.models import Entry, EntryKind
from qualiopi.journal.words import VERBS
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import audit_date_for
from qualiopi.standard.grids import grid_for
from qualiopi.standard.model import Grid
from qualiopi.web.dates import short_date
from qualiopi.web.parts import Point

HISTORY = 30


def find(request: TenantRequest, pk: UUID) -> Document:
    """The piece, or 404."""
    try:
        return document_of(request.organisation, pk)
    except Document.DoesNotExist:
        raise Http404 from None


def grid_of(request: TenantRequest) -> Grid:
    """The grid of the audit the organisation prepares for."""
    return grid_for(audit_date_for(request.organisation, today=timezone.localdate()))


@requires(C.VIEW_EVIDENCE)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Versions, preview, links, review and history of a piece."""
    return _page(request, find(request, pk))


def _page(request: TenantRequest, document: Document, *, status: int = 200, **forms: Any) -> HttpResponse:
    today = timezone.localdate()
    audit_date = audit_date_for(request.organisation, today=today)
    grid = grid_for(audit_date)
    versions = list(versions_of(document))
    current = versions[0] if versions else None
    linked = {link.indicator for link in document.indicator_links.all()}
    proposal = propose(document.type, grid)
    words = request.GET.get("q", "").strip()
    subjects = linked_subjects(document)
    changes = history_of(document)
    taken = {subject.row.pk for subject in subjects}
    twins = filed_twins(request.organisation, [current.file.sha256], but=document) if current else {}
    context: dict[str, Any] = {
        "document": document,
        "piece": piece_of(document, grid=grid, today=today, audit_date=audit_date, organisation_slug=request.organisation.slug),
        "type_label": type_label(document.type),
        "versions": [(version, label_of(version.file.media_type)) for version in versions],
        "current": current,
        "shown": current is not None and can_be_shown(current.file),
        "framed": current is not None and can_be_shown(current.file) and is_framed(current.file),
        "is_pdf": current is not None and current.file.media_type == "application/pdf",
        "checklist": [(content_label(key), current is not None and key in current.contents) for key in proposal.contents],
        "linked": indicator_choices(sorted(linked), grid),
        "proposed": indicator_choices([number for number in proposal.indicators if number not in linked], grid),
        "others": indicator_choices(
            [each.number for each in grid.indicators if each.number not in linked | set(proposal.indicators)], grid
        ),
        "subjects": [(subject, subject_url(subject, organisation_slug=request.organisation.slug)) for subject in subjects],
        "twins": [
            (shared_words(twin), reverse("library:detail", args=[request.organisation.slug, twin.document_id]))
            for twin in twins.values()
            if twin.document.withdrawn_at is None
        ],
        "covered": [(covered_line_words(row), row.pk) for row in (covered_by(current) if current else ())],
        "standing": standing_words(document, filed=current is not None),
        "words": words,
        "found": [subject for subject in find_subjects(request.organisation, words) if subject.row.pk not in taken]
        if words
        else [],
        "history": [
            Point(when=short_date(entry.at), what=_history_line(entry), detail=entry.actor_name)
            for entry in changes.filter(kind=EntryKind.CHANGE)[:HISTORY]
        ],
        "openings": changes.filter(kind=EntryKind.READING).count(),
        "review_form": _review_form(None, document),
        "withdraw_form": WithdrawForm(),
        "can_edit": request.access.allows(C.EDIT_EVIDENCE) and document.withdrawn_at is None,
        "can_conclude": request.access.allows(C.CONCLUDE) and document.withdrawn_at is None,
    }
    return render(request, "library/detail.html", context | forms, status=status)


def _history_line(entry: Entry) -> str:
    """What was done, and with what: « relie la pièce : indicateurs 9 et 12 »."""
    details = entry.details
    numbers = ", ".join(str(number) for number in details.get("indicators", []))
    told = [
        _("version %(number)s") % {"number": details["version"]} if "version" in details else "",
        _("indicateurs %(numbers)s") % {"numbers": numbers} if numbers else "",
        ", ".join(details.get("subjects", [])),
        details.get("comment", ""),
        details.get("reason", ""),
    ]
    said = str(VERBS.get(entry.verb, entry.verb))
    told = [part for part in told if part]
    return _("%(said)s : %(told)s") % {"said": said, "told": ", ".join(told)} if told else said


@requires(C.EDIT_EVIDENCE, writes=True)
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Change title, type, audience and note."""
    document = find(request, pk)
    with editing(request, document) as edit:
        form = DescribeForm(request.POST or None, instance=document)
        saved = edit.carry_out(form, lambda: verbs.describe(document=document, actor=request.user, **form.cleaned_data))
    if saved:
        return done(request, _("La pièce est modifiée."), "library:detail", pk=document.pk)
    return form_page(request, "library/edit.html", form, document=document)


@requires(C.EDIT_EVIDENCE, writes=True)
def new_version(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Add a version; the others stay."""
    document = find(request, pk)
    form = VersionForm(
        request.POST or None, request.FILES or None, document=document, grid=grid_of(request), accept=accept_attribute()
    )
    if version := carry_out(form, lambda: verbs.add_version(document=document, actor=request.user, **form.cleaned_data)):
        sentence = _("La version %(number)s est déposée.") % {"number": version.number}
        return done(request, sentence, "library:detail", pk=document.pk)
    return form_page(request, "library/version.html", form, document=document)


@requires(C.EDIT_EVIDENCE, writes=True)
def links(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """POST adds or takes back one link: `link` or `unlink` holds an indicator's number or a subject's identifier."""
    document = find(request, pk)
    if request.method == "POST":
        adding = "link" in request.POST
        try:
            said = _designated(request, request.POST.getlist("link" if adding else "unlink"))
            (verbs.link if adding else verbs.unlink)(document=document, actor=request.user, **said)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Les liens de la pièce sont à jour."))
    return redirect("library:detail", organisation=request.organisation.slug, pk=document.pk)


def _designated(request: TenantRequest, values: Iterable[str]) -> dict[str, list[Any]]:
    """Posted values as the arguments of `link` and `unlink`; raises Http404 for what is neither."""
    said: dict[str, list[Any]] = {}
    for value in values:
        if value.isascii() and value.isdigit() and len(value) < 3:
            said.setdefault("indicators", []).append(int(value))
            continue
        try:
            subject = subject_by_id(request.organisation, UUID(value))
        except ValueError:
            raise Http404 from None
        if subject is None:
            raise Http404
        said.setdefault(f"{subject.kind}s", []).append(subject.row)
    return said


@requires(C.CONCLUDE, writes=True)
def review(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """POST keeps or refuses a piece."""
    document = find(request, pk)
    with editing(request, document) as edit:
        form = _review_form(request.POST if request.method == "POST" else None, document)

        def decide() -> Document:
            accepted, comment = form.cleaned_data["decision"] == "accept", form.cleaned_data["comment"]
            return verbs.review(document=document, accepted=accepted, comment=comment, actor=request.user)

        reviewed = edit.carry_out(form, decide)
    if reviewed:
        refused = reviewed.review_state == ReviewState.REFUSED
        messages.success(
            request, _("La pièce est refusée : elle ne prouve plus rien.") if refused else _("La pièce est retenue.")
        )
    if form.errors:
        return _page(request, document, status=422, review_form=form)
    return redirect("library:detail", organisation=request.organisation.slug, pk=document.pk)


def _review_form(data: QueryDict | None, document: Document) -> ReviewForm:
    """What was decided of the piece, if anything, to be decided or changed."""
    decisions = {ReviewState.ACCEPTED: "accept", ReviewState.REFUSED: "refuse"}
    decided = decisions.get(ReviewState(document.review_state), "")
    return ReviewForm(data, initial={"decision": decided, "comment": document.review_comment} if decided else None)


@requires(C.EDIT_EVIDENCE, writes=True)
def withdraw(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """POST takes a piece out of what is shown."""
    document = find(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if carry_out(form, lambda: verbs.withdraw(document=document, reason=form.cleaned_data["reason"], actor=request.user)):
        messages.success(request, _("La pièce est retirée. Ses versions et son histoire restent."))
    if form.errors:
        return _page(request, document, status=422, withdraw_form=form)
    return redirect("library:detail", organisation=request.organisation.slug, pk=document.pk)

"""The list of pieces, and the pieces of one session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.library.acts import act_of
from evidence.library.filters import DocumentFilter
from evidence.library.models import Document
from evidence.library.needs import Need, by_need, needing, settled_by_criterion, tallies, with_needs
from evidence.library.pieces import folds_of, grouped, piece_of
from evidence.library.proposals import type_label
from evidence.library.queries import (
    about,
    deposits_of,
    documents_of,
    linked_subjects,
    subject_by_id,
    with_subjects,
)
from evidence.library.sentences import answer, so_many
from qualiopi.exchange.export import export_response
from qualiopi.files.kinds import accept_attribute
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import audit_date_for
from qualiopi.standard.grids import grid_for
from qualiopi.web.lists import active_filters, chips_of, page_of
from qualiopi.web.partials import render_page
from trainings.pieces import pieces_of_session
from trainings.sessions.models import Session

LINES = 25


@requires(C.VIEW_EVIDENCE)
def document_list(request: TenantRequest) -> HttpResponseBase:
    """What needs a hand, then what needs none, folded; with filters in the URL, all that meets them. The same list as CSV or XLSX
    with `?format=`."""
    organisation, today = request.organisation, timezone.localdate()
    audit_date = audit_date_for(organisation, today=today)
    grid = grid_for(audit_date)
    every = with_needs(documents_of(organisation), today=today, audit_date=audit_date)
    filterset = DocumentFilter(
        request.GET, queryset=every, organisation=organisation, grid=grid, today=today, audit_date=audit_date
    )
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        return export_response(
            request.GET["format"], "preuves", _headings(), _lines(with_subjects(filterset.qs.order_by("-created_at", "id")))
        )
    active = active_filters(filterset)
    counted = tallies(every)
    needs, waiting = by_need(counted), deposits_of(organisation).count()
    if active:
        found, shown = filterset.qs, tallies(filterset.qs)
    else:
        found, shown = needing(every), {key: count for key, count in counted.items() if key[0] < Need.NOTHING}
    page = page_of(request, found, lines=LINES, known=sum(shown.values()))
    pieces = [
        piece_of(document, grid=grid, today=today, audit_date=audit_date, organisation_slug=organisation.slug)
        for document in page.object_list
    ]
    criteria = [] if active else settled_by_criterion(every, grid)
    act = act_of(request.access, needs, waiting=waiting, first=pieces[0].document if pieces else None)
    list_url = reverse("library:list", args=[organisation.slug])
    context: dict[str, Any] = {
        "filterset": filterset,
        "page": page,
        "groups": grouped(pieces, shown, by_need(shown)),
        "folds": folds_of(criteria, grid=grid, list_url=list_url),
        "served_twice": sum(each.pieces for each in criteria) > needs[Need.NOTHING],
        "settled_told": so_many(needs[Need.NOTHING]),
        "chips": chips_of(request, [_named(request, each) for each in active]),
        "active": bool(active),
        "answer": answer(needs, waiting=waiting, audit=audit_date if audit_date > today else None),
        "act": act,
        "first_use": not active and not waiting and not counted,
        "accept": accept_attribute(),
        "largest": settings.UPLOAD_MAX_BYTES // 1024**2,
        "can_edit": request.access.allows(C.EDIT_EVIDENCE),
        "can_export": request.access.allows(C.EXPORT) and bool(counted),
        "can_import": request.access.allows(C.IMPORT),
    }
    return render(request, "library/list.html", context)


def _named(request: TenantRequest, active: tuple[str, str, str]) -> tuple[str, str, str]:
    """An identifier in a filter is shown by the name of what it identifies."""
    name, label, value = active
    if name != "subject":
        return active
    subject = subject_by_id(request.organisation, UUID(value))
    return name, label, subject.label if subject else "—"


@requires(C.VIEW_EVIDENCE)
def of_session(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The pieces linked to one session: a panel of its page, and a page of its own without JavaScript."""
    organisation, today = request.organisation, timezone.localdate()
    subject = subject_by_id(organisation, pk)
    if subject is None or not isinstance(subject.row, Session):
        raise Http404
    audit_date = audit_date_for(organisation, today=today)
    grid = grid_for(audit_date)
    documents = documents_of(organisation).filter(about(pk), withdrawn_at__isnull=True)
    page = page_of(request, documents)
    context = {
        "subject": subject,
        "page": page,
        "pieces": [
            piece_of(document, grid=grid, today=today, audit_date=audit_date, organisation_slug=organisation.slug)
            for document in page.object_list
        ],
        "kept": pieces_of_session(subject.row, until=today),
        "can_edit": request.access.allows(C.EDIT_EVIDENCE),
    }
    return render_page(request, "library/of_session.html", context, parts=("pieces",))


def _headings() -> list[str]:
    return [
        _("Intitulé"),
        _("Type"),
        _("Indicateurs"),
        _("Concerne"),
        _("Version"),
        _("Fichier"),
        _("Empreinte SHA-256"),
        _("Date de la pièce"),
        _("Valable jusqu’au"),
        _("Relecture"),
        _("Déposée par"),
        _("Déposée le"),
    ]


def _lines(documents: Any) -> Iterator[list[Any]]:
    for document in documents.iterator(chunk_size=500):
        yield _line(document)


def _line(document: Document) -> list[Any]:
    version = document.current_versions[0] if document.current_versions else None  # type: ignore[attr-defined]
    known = [
        document.title,
        type_label(document.type),
        ", ".join(str(link.indicator) for link in document.indicator_links.all()),
        ", ".join(subject.label for subject in linked_subjects(document)),
    ]
    if version is None:
        return [*known, None, _("à déposer"), "", None, None, document.get_review_state_display(), "", None]
    return [
        *known,
        version.number,
        version.file.name,
        version.file.sha256,
        version.effective_on,
        version.valid_until,
        document.get_review_state_display(),
        str(version.created_by or ""),
        timezone.localtime(version.created_at).replace(tzinfo=None),
    ]

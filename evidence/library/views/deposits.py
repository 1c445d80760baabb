"""Files that come in, several at once, then told what they are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.library import verbs
from evidence.library.forms import SAME, DepositForm, Preset
from evidence.library.models import Deposit, Document, Version
from evidence.library.proposals import title_from, type_label
from evidence.library.queries import (
    SUBJECT_FIELDS,
    deposits_of,
    filed_twins,
    find_subjects,
    kept_twins,
    likely_documents,
    subject_by_id,
)
from evidence.library.sentences import read_from_names, to_sort
from evidence.library.telling import Twin, filed_twin, kept_twin
from qualiopi.files.errors import RefusedFile
from qualiopi.files.kinds import accept_attribute, label_of
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import audit_date_for
from qualiopi.standard.book import expectations
from qualiopi.standard.grids import grid_for
from qualiopi.web.forms import take_errors
from qualiopi.web.lists import page_of
from trainings.pieces import Kept
from trainings.surveys.models import Audience

LINES = 20
CARRIED = ("type", "indicator", "audience", *SUBJECT_FIELDS)


@requires(C.EDIT_EVIDENCE, writes=True)
def upload(request: TenantRequest) -> HttpResponseBase:
    """GET shows the drop zone; POST keeps what can be kept and says what to do with the rest. What the address says of the
    files to come (type, indicator, audience, subject) is carried to where they are sorted."""
    carried = {name: request.GET[name] for name in CARRIED if name in request.GET}
    if request.method != "POST":
        context = {
            "accept": accept_attribute(),
            "largest": settings.UPLOAD_MAX_BYTES // 1024**2,
            "proposed": _proposed(_preset(request)),
        }
        return render(request, "library/upload.html", context)
    files = request.FILES.getlist("files")
    kept, waiting = 0, False
    for file in files:
        try:
            verbs.deposit(organisation=request.organisation, upload=file, actor=request.user)
        except verbs.AlreadyWaitingError as already:
            waiting = True
            messages.warning(request, _("« %(name)s » n’est pas gardé deux fois. %(why)s") % {"name": file.name, "why": already})
        except RefusedFile as refusal:
            messages.error(request, _("« %(name)s » n’est pas déposé. %(why)s") % {"name": file.name, "why": refusal})
        else:
            kept += 1
    if not files:
        messages.error(request, _("Choisissez au moins un fichier, puis déposez-le."))
    address = reverse("library:sort", args=[request.organisation.slug])
    if not kept:
        return redirect(address if waiting else reverse("library:list", args=[request.organisation.slug]))
    said = ngettext(
        "%(n)s fichier est bien arrivé : dites ce qu’il est.", "%(n)s fichiers sont bien arrivés : dites ce qu’ils sont.", kept
    )
    messages.success(request, said % {"n": kept})
    return redirect(f"{address}?{urlencode(carried)}" if carried else address)


def _proposed(preset: Preset) -> str:
    """What a file to come is said to be before one sorts it, in words; "" when nothing is known."""
    number = preset.indicator and _("indicateur %(number)s") % {"number": preset.indicator}
    return " · ".join(filter(None, (type_label(preset.type), (number or "").replace(" ", "\u00a0"), preset.concerns)))


def _preset(request: TenantRequest) -> Preset:
    """What the address says of the files to come; what it says wrongly is left out."""
    said = request.GET
    number = said.get("indicator", "")
    subject = None
    for kind in SUBJECT_FIELDS:
        try:
            subject = subject or subject_by_id(request.organisation, UUID(said.get(kind, "")))
        except ValueError:
            continue
    return Preset(
        type=said["type"] if said.get("type") in expectations().document_types else "",
        indicator=int(number) if number.isascii() and number.isdigit() and len(number) < 3 else None,
        audience=said["audience"] if said.get("audience") in Audience.values else "",
        concerns=subject.label if subject else "",
    )


@requires(C.EDIT_EVIDENCE, writes=True)
def sort(request: TenantRequest) -> HttpResponseBase:
    """What came in and waits, one line each: what its name says it is, and a form to say otherwise. One of them is filed (`only`), or
    all that is shown; what is refused files nothing."""
    page = page_of(request, deposits_of(request.organisation), lines=LINES)
    rows = _rows(request, list(page.object_list), bound=request.method == "POST")
    status = 200
    if request.method == "POST":
        only = request.POST.get("only")
        chosen = [row for row in rows if only in (None, str(row["deposit"].pk))]
        if request.POST.get("refresh") or any(not row["form"].proposed_for_this_type for row in chosen):
            for row in rows:
                row["form"] = row["form"].shown_again()
        elif not any(row["form"].errors for row in chosen) and _file_all(request, chosen):
            return redirect(request.get_full_path() if len(chosen) < page.paginator.count else _list_url(request))
        else:
            status = 422
    sure = sum(row["sure"] for row in rows)
    context = {
        "page": page,
        "rows": rows,
        "told": to_sort(page.paginator.count),
        "answer": read_from_names(len(rows), sure),
    }
    return render(request, "library/sort.html", context, status=status)


def _rows(request: TenantRequest, waiting: list[Deposit], *, bound: bool) -> list[dict[str, Any]]:
    organisation = request.organisation
    grid = grid_for(audit_date_for(organisation, today=timezone.localdate()))
    digests = [each.file.sha256 for each in waiting]
    filed, kept = filed_twins(organisation, digests), kept_twins(organisation, digests)
    titles = {each.pk: title_from(each.file.name) for each in waiting}
    known = likely_documents(organisation, titles.values())
    preset = _preset(request)
    rows = []
    for each in waiting:
        same = filed.get(each.file.sha256)
        form = DepositForm(
            data=request.POST if bound else None,
            deposit=each,
            organisation=organisation,
            grid=grid,
            known=known[titles[each.pk]],
            same=same.document if same and same.document.withdrawn_at is None else None,
            preset=preset,
            sort_url=request.get_full_path(),
            suggest_url=reverse("library:subjects", args=[organisation.slug]),
        )
        rows.append({"deposit": each, "kind": label_of(each.file.media_type), "form": form})
        rows[-1]["twin"] = twin = _twin(organisation, same, kept.get(each.file.sha256))
        rows[-1] |= _proposal(form, sure=twin is None)
    return rows


def _proposal(form: DepositForm, *, sure: bool) -> dict[str, Any]:
    """What the line of a file says: the type proposed and its indicators; whether that may be taken as it is, or the form stands open."""
    found, numbers = form.guessed, form.ticked
    sure = bool(sure and found and numbers and not form.offers_known)
    return {
        "proposed": type_label(found) or _("type à choisir"),
        "chips": numbers,
        "sure": sure,
        "open": not sure or (form.is_bound and form.has_changed()),
    }


def _list_url(request: TenantRequest) -> str:
    return reverse("library:list", args=[request.organisation.slug])


def _twin(organisation: Organisation, version: Version | None, piece: Kept | None) -> Twin | None:
    """Where the same bytes are already in this organisation, if they are."""
    if version is not None:
        return filed_twin(version, organisation_slug=organisation.slug)
    return kept_twin(piece, organisation_slug=organisation.slug) if piece is not None else None


def _file_all(request: TenantRequest, rows: list[dict[str, Any]]) -> bool:
    """File every row in one transaction; on a refusal say it beside the row, and change nothing."""
    try:
        with transaction.atomic():
            for row in rows:
                _file_one(request, row["form"])
    except ValidationError:
        return False
    said = ngettext("%(n)s pièce est rangée.", "%(n)s pièces sont rangées.", len(rows))
    messages.success(request, said % {"n": len(rows)})
    return True


def _file_one(request: TenantRequest, form: DepositForm) -> None:
    try:
        _file(request, form)
    except ValidationError as error:
        take_errors(form, error)
        raise


def _file(request: TenantRequest, form: DepositForm) -> None:
    said = form.cleaned_data
    dates = {"effective_on": said["effective_on"], "valid_until": said["valid_until"], "contents": said["contents"]}
    subjects: dict[str, Any] = {f"{form.subject.kind}s": [form.subject.row]} if form.subject else {}
    if said["target"] == SAME and form.same is not None:
        verbs.join_deposit(
            deposit=form.deposit, document=form.same, actor=request.user, indicators=said["indicators"], **subjects
        )
        return
    if said["target"]:
        known = Document.objects.for_organisation(request.organisation).get(pk=said["target"])
        verbs.add_version(document=known, upload=form.deposit.file, actor=request.user, **dates)
        verbs.link(document=known, actor=request.user, indicators=said["indicators"], **subjects)
        return
    verbs.file_document(
        organisation=request.organisation,
        upload=form.deposit.file,
        title=said["title"],
        type=said["type"],
        indicators=said["indicators"],
        audience=said["audience"],
        actor=request.user,
        **dates,
        **subjects,
    )


@requires(C.EDIT_EVIDENCE, writes=True)
def discard(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """Take a file away before it is filed."""
    waiting = deposits_of(request.organisation).filter(pk=pk).first()
    if waiting is None:
        raise Http404
    if request.method == "POST":
        verbs.discard_deposit(deposit=waiting, actor=request.user)
        messages.success(request, _("« %(name)s » est retiré, rien n’en est gardé.") % {"name": waiting.file.name})
    return redirect("library:sort", organisation=request.organisation.slug)


@requires(C.EDIT_EVIDENCE)
def subjects(request: TenantRequest) -> HttpResponse:
    """Suggestions for a « Concerne » field, as options; the field works without them."""
    words = next((request.GET[name] for name in request.GET if name.endswith("concerns")), "")
    return render(request, "library/_subjects.html", {"subjects": find_subjects(request.organisation, words)})

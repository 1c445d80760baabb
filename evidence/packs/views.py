"""Pages of the report and of the evidence packs."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.packs.forms import PackForm
from evidence.packs.models import Pack, PackState
from evidence.packs.queries import packs_of
from evidence.packs.ranges import UnsatisfiableRange, read_range
from evidence.packs.report import write_report
from evidence.packs.tasks import build_in_background
from evidence.packs.verbs import ask_for_pack, plan_of
from qualiopi.background.queries import alive_workers
from qualiopi.editing import carry_out, done, form_page
from qualiopi.files.sending import wire_to
from qualiopi.journal.verbs import record_reading
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.organisations.queries import audit_date_for
from qualiopi.web.lists import page_of
from qualiopi.web.partials import render_page


def audit_date_of(request: TenantRequest) -> date:
    """The audit date of the URL (`?date=2027-03-18`), the next audit's otherwise."""
    asked = PackForm({"audit_date": request.GET.get("date", "")})
    if asked.is_valid():
        day: date = asked.cleaned_data["audit_date"]
        return day
    return audit_date_for(request.organisation, today=timezone.localdate())


@requires(C.BUILD_PACK)
def report(request: TenantRequest) -> HttpResponse:
    """The audit report as PDF."""
    day = audit_date_of(request)
    content = write_report(organisation=request.organisation, audit_date=day)
    record_reading(
        verb="report.read", actor=request.user, organisation_id=request.organisation.pk, details={"audit_date": day.isoformat()}
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="rapport-{request.organisation.slug}-{day.isoformat()}.pdf"'
    return response


@requires(C.BUILD_PACK)
def pack_list(request: TenantRequest) -> HttpResponse:
    """Packs made so far, and the form for a new one."""
    form = PackForm(initial={"audit_date": audit_date_of(request)})
    return render(request, "packs/list.html", {"page": page_of(request, packs_of(request.organisation)), "form": form})


@requires(C.BUILD_PACK, writes=True)
def create(request: TenantRequest) -> HttpResponse:
    """Ask for a pack; it is made in the background."""
    form = PackForm(request.POST or None, initial={"audit_date": audit_date_of(request)})
    if pack := carry_out(form, lambda: ask_for_pack(organisation=request.organisation, actor=request.user, **form.cleaned_data)):
        build_in_background.enqueue(str(pack.pk))
        return done(request, _("Le dossier se prépare. Cette page suit l’avancement."), "packs:detail", pk=pack.pk)
    return form_page(request, "packs/create.html", form)


def find(request: TenantRequest, pk: UUID) -> Pack:
    """The pack, or 404."""
    try:
        pack: Pack = packs_of(request.organisation).get(pk=pk)
    except Pack.DoesNotExist:
        raise Http404 from None
    return pack


@requires(C.BUILD_PACK)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One pack: progress, then size, digest, what is missing and how to check it."""
    pack = find(request, pk)
    waiting = pack.state in (PackState.QUEUED, PackState.BUILDING)
    alive = alive_workers() if waiting else set()
    context = {
        "pack": pack,
        "waiting": waiting,
        "held_up": held_up(pack, alive=alive),
        "failed": pack.state == PackState.FAILED,
    }
    return render_page(request, "packs/detail.html", context, parts=("avancement",))


def held_up(pack: Pack, *, alive: Set[UUID]) -> str:
    """Why a pack that is asked for does not go on; "" when it does. `alive`: the workers that give signs of life."""
    if pack.state == PackState.BUILDING and pack.held_by not in alive:
        return _("La préparation s’est interrompue ; elle reprend d’elle-même là où elle en était. Vos pièces sont intactes.")
    if pack.state == PackState.QUEUED and not alive:
        return _("Rien ne prépare les dossiers en ce moment : celui-ci attend, et se préparera dès que le serveur s’y remettra.")
    return ""


@requires(C.DOWNLOAD_PACK)
def download(request: TenantRequest, pk: UUID) -> HttpResponseBase:
    """The archive: known length, resumable, streamed file by file; every opening is noted."""
    pack = find(request, pk)
    if pack.state != PackState.READY or pack.size is None:
        raise Http404
    name = f"preuves-{request.organisation.slug}-{pack.audit_date.isoformat()}.zip"
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": f'"{pack.sha256}"',
        "Content-Disposition": f'attachment; filename="{name}"',
        # Proxies must neither change nor hold back what the manifest vouches for.
        "Cache-Control": "private, no-transform",
        "X-Accel-Buffering": "no",
    }
    try:
        part = asked_part(request, pack)
    except UnsatisfiableRange:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{pack.size}"})
    start, end = part or (0, pack.size)
    # Each part is noted: who asked for everything but the first byte would otherwise leave no trace.
    record_reading(
        verb="pack.download",
        actor=request.user,
        organisation_id=request.organisation.pk,
        target=pack,
        details={"sha256": pack.sha256} | ({"from": start, "to": end} if part else {}),
    )
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{pack.size}"
    headers["Content-Length"] = str(end - start)
    body: Any = [] if request.method == "HEAD" else plan_of(pack).stream(start=start, end=end, wire=wire_to(request))
    return StreamingHttpResponse(body, status=206 if part else 200, content_type="application/zip", headers=headers)


def asked_part(request: HttpRequest, pack: Pack) -> tuple[int, int] | None:
    """The range of the request, ignored when it was asked for another state of the pack (`If-Range`)."""
    header = request.headers.get("Range", "")
    condition = request.headers.get("If-Range")
    if not header or (condition is not None and condition != f'"{pack.sha256}"'):
        return None
    return read_range(header, pack.size or 0)

"""The head of network's page: each organisation's indicators, next visit and expiries side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from evidence.engine.result import Status
from evidence.library.queries import Totals, totals
from evidence.readiness.queries import board
from qualiopi.organisations.cycle import Window, surveillance_window
from qualiopi.organisations.models import CertifierAudit, Network, Organisation
from qualiopi.organisations.policy import TenantRequest, signed_in
from qualiopi.organisations.queries import network_of, next_audit
from qualiopi.zones import today_of

SHOWN = (Status.INSUFFICIENT, Status.AT_RISK, Status.CANNOT_BE_JUDGED, Status.DEMONSTRABLE)


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation of the network."""

    organisation: Organisation
    audit: CertifierAudit | None
    audit_date: date
    concerned: int
    asking: int
    counts: tuple[tuple[str, int], ...]
    pieces: Totals
    window: Window | None


@signed_in()
def index(request: HttpRequest, network: str) -> HttpResponse:
    """Compare the organisations of a network one heads; 404 for anybody else, whether the network exists or not."""
    found = network_of(cast(TenantRequest, request).user, slug=network)
    if found is None:
        raise Http404
    rows = [_row(organisation, today_of(organisation)) for organisation in _organisations(found)]
    context = {
        "network": found,
        "rows": rows,
        "asking": sum(1 for row in rows if row.asking),
        "next_row": min((row for row in rows if row.audit), key=lambda row: row.audit_date, default=None),
        "statuses": [status.value for status in SHOWN],
    }
    return render(request, "home/network.html", context)


def _organisations(network: Network) -> list[Organisation]:
    return list(network.organisations.select_related("profile", "network").order_by("name"))


def _row(organisation: Organisation, today: date) -> Row:
    audit = next_audit(organisation, today=today)
    day = audit.held_on if audit else today
    read = board(organisation=organisation, audit_date=day, observed_on=today)
    return Row(
        organisation=organisation,
        audit=audit,
        audit_date=day,
        concerned=read.concerned,
        asking=read.asking,
        counts=tuple((status.value, read.counts[status]) for status in SHOWN),
        pieces=totals(organisation, today=today, audit_date=day),
        window=surveillance_window(organisation.certified_on) if organisation.certified_on else None,
    )

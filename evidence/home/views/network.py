"""The head of network's page: each organisation's indicators, next visit and expiries side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from evidence.engine.result import Status
from evidence.library.queries import Totals, totals_of
from evidence.readiness.keeping import summaries
from qualiopi.organisations.cycle import Window, surveillance_window
from qualiopi.organisations.models import CertifierAudit, Network, Organisation
from qualiopi.organisations.policy import TenantRequest, signed_in
from qualiopi.organisations.queries import network_of, next_audits
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
    rows = _rows(_organisations(found))
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


def _rows(organisations: list[Organisation]) -> list[Row]:
    """As many queries whatever the number of organisations, once their boards are kept."""
    told = summaries(organisations)
    todays = {organisation.pk: today_of(organisation) for organisation in organisations}
    audits = next_audits(todays)
    days = {key: audits[key].held_on if key in audits else today for key, today in todays.items()}
    pieces = totals_of({key: (today, days[key]) for key, today in todays.items()})
    return [
        Row(
            organisation=organisation,
            audit=audits.get(organisation.pk),
            audit_date=days[organisation.pk],
            concerned=told[organisation.pk].concerned,
            asking=told[organisation.pk].asking,
            counts=tuple((status.value, told[organisation.pk].counts[status]) for status in SHOWN),
            pieces=pieces[organisation.pk],
            window=surveillance_window(organisation.certified_on) if organisation.certified_on else None,
        )
        for organisation in organisations
    ]

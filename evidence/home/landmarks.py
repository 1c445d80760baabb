"""The days that come: visits of the certifier, the certificate, the ends of validity. Pure: `today` is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.readiness.outline import Lapsing
from qualiopi.organisations.cycle import certificate_end, surveillance_window
from qualiopi.organisations.enums import AuditKind
from qualiopi.organisations.models import CertifierAudit, Organisation
from qualiopi.web.dates import long_date

NEAR = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A day that matters; `near`: it comes within three weeks."""

    day: date
    what: str
    detail: str
    url: str
    near: bool


def landmarks(
    organisation: Organisation, planned: Iterable[CertifierAudit], lapsing: Iterable[Lapsing], *, today: date, limit: int
) -> list[Landmark]:
    """The next days that matter, nearest first."""
    audits_url = reverse("audits:index", args=[organisation.slug])
    planned = list(planned)
    audit_day = min((audit.held_on for audit in planned), default=None)
    found: list[tuple[date, str, str, str]] = [
        (audit.held_on, str(audit.get_kind_display()).capitalize(), audit.certifier, audits_url) for audit in planned
    ]
    if organisation.certified_on:
        window = surveillance_window(organisation.certified_on)
        found.append(
            (window.start, _("La fenêtre de surveillance s’ouvre"), _("jusqu’au %s") % long_date(window.end), audits_url)
        )
        found.append((window.end, _("La fenêtre de surveillance se ferme"), _("22 mois après le certificat"), audits_url))
        end = organisation.certified_until or certificate_end(organisation.certified_on)
        found.append((end, _("Le certificat prend fin"), _("le renouvellement se passe avant"), audits_url))
    found += [
        (
            document.valid_until,
            _("« %s » expire") % document.title,
            _("à renouveler avant l’audit") if audit_day and document.valid_until < audit_day else _("à renouveler"),
            reverse("library:detail", args=[organisation.slug, document.id]),
        )
        for document in lapsing
        if document.valid_until >= today
    ]
    to_come = sorted(entry for entry in found if entry[0] >= today)
    return [Landmark(day, what, detail, url, day - today <= NEAR) for day, what, detail, url in to_come[:limit]]


def months_since(start: date, day: date) -> float:
    """Months from one day to another, to place a point on a line."""
    return (day - start).days / 30.4375


def surveillance_planned(planned: Iterable[CertifierAudit]) -> CertifierAudit | None:
    """The surveillance audit to come, if its date is set."""
    return next((audit for audit in planned if audit.kind == AuditKind.SURVEILLANCE), None)

"""The certification cycle as points in time, from the certificate and the certifier's visits. Pure: `today` is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qualiopi.organisations.cycle import Window, certificate_end, surveillance_window
from qualiopi.organisations.enums import AuditKind
from qualiopi.organisations.models import CertifierAudit, Organisation


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of the cycle; `state`: "done", "now" (the next one) or "to_come"."""

    day: date
    what: str
    detail: str
    state: str


def window_of(organisation: Organisation) -> Window | None:
    """When the surveillance visit falls; None without a certificate."""
    return surveillance_window(organisation.certified_on) if organisation.certified_on else None


def moments(organisation: Organisation, audits: Iterable[CertifierAudit], *, today: date) -> list[Moment]:
    """Certificate, visits, window and end of the certificate, in order of time; the first that is not past is "now"."""
    found: list[tuple[date, str, str]] = [
        (audit.held_on, str(audit.get_kind_display()).capitalize(), ", ".join(audit.categories)) for audit in audits
    ]
    if organisation.certified_on:
        window = surveillance_window(organisation.certified_on)
        end = organisation.certified_until or certificate_end(organisation.certified_on)
        found += [
            (organisation.certified_on, _("Certificat obtenu"), organisation.certifier),
            (window.start, _("Surveillance possible"), _("14 mois après le certificat")),
            (window.end, _("Surveillance au plus tard"), _("22 mois après le certificat")),
            (end, _("Fin du certificat"), _("renouvellement avant cette date")),
        ]
    found.sort()
    ahead = next((day for day, _what, _detail in found if day >= today), None)
    return [
        Moment(day, what, detail, "done" if day < today else "now" if day == ahead else "to_come") for day, what, detail in found
    ]


def warning(organisation: Organisation, planned: Iterable[CertifierAudit], past: Iterable[CertifierAudit], *, today: date) -> str:
    """What the calendar asks for, as a French sentence; empty when nothing is amiss."""
    window = window_of(organisation)
    if window is None:
        return ""
    for audit in planned:
        if audit.kind == AuditKind.SURVEILLANCE and not window.start <= audit.held_on <= window.end:
            return _("L’audit de surveillance se tient entre le %(start)s et le %(end)s : cette date en sort.") % _days(window)
    seen = any(audit.kind == AuditKind.SURVEILLANCE and audit.held_on >= window.start for audit in past)
    expected = any(audit.kind == AuditKind.SURVEILLANCE for audit in planned)
    if not seen and not expected and window.state(today) == "now":
        return _("L’audit de surveillance se tient avant le %(end)s : convenez d’une date avec votre certificateur.") % _days(
            window
        )
    if not seen and not expected and window.state(today) == "done":
        return _(
            "L’audit de surveillance était à tenir avant le %(end)s. S’il a eu lieu, notez-le ; sinon, appelez votre certificateur."
        ) % _days(window)
    return ""


def _days(window: Window) -> dict[str, str]:
    return {"start": f"{window.start:%d/%m/%Y}", "end": f"{window.end:%d/%m/%Y}"}

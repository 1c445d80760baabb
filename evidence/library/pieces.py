"""How a piece is told in a list: what it is, who filed it, what it serves, until when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.library.models import Document, ReviewState, Version
from evidence.library.proposals import type_label
from evidence.library.queries import Linked
from qualiopi.files.kinds import label_of
from qualiopi.standard.model import Grid
from qualiopi.web.dates import before_or_after, long_date, short_date
from qualiopi.web.parts import Option


@dataclass(frozen=True, slots=True)
class Piece:
    """One line. `kind` is "PDF", "XLSX"…, or "" for a piece that is announced and not filed yet."""

    document: Document
    version: Version | None
    kind: str
    detail: str
    links: tuple[Option, ...]
    validity: str
    validity_detail: str
    alert: str  # a status whose colour and shape tell the urgency; "" for none


def piece_of(document: Document, *, grid: Grid, today: date, audit_date: date, organisation_slug: str) -> Piece:
    """The line of a document read by `queries.documents_of`. `today` and `audit_date`: days of the organisation."""
    version = document.current_versions[0] if document.current_versions else None  # type: ignore[attr-defined]
    validity, detail, alert = _validity(document, version, today, audit_date)
    return Piece(
        document=document,
        version=version,
        kind=label_of(version.file.media_type) if version else "",
        detail=_detail(document, version),
        links=tuple(
            Option(
                label=f"{link.indicator} {grid.indicator(link.indicator).label}"
                if grid.has(link.indicator)
                else str(link.indicator),
                url=reverse("readiness:indicator", args=[organisation_slug, link.indicator]),
            )
            for link in document.indicator_links.all()
        ),
        validity=validity,
        validity_detail=detail,
        alert=alert,
    )


def standing_words(document: Document, *, filed: bool) -> str:
    """Where a piece stands: withdrawn, announced, refused, kept or not read yet. `filed`: it has a file."""
    if document.withdrawn_at is not None:
        return _("Retirée le %(day)s par %(who)s : %(reason)s") % {
            "day": long_date(document.withdrawn_at),
            "who": document.withdrawn_by,
            "reason": document.withdrawal_reason,
        }
    if not filed:
        return _("Cette pièce est annoncée : son fichier reste à déposer.")
    if document.review_state == ReviewState.NOT_REVIEWED or document.reviewed_at is None:
        return _("Pas encore relue : elle met au mieux à risque, tant que personne ne l’a retenue.")
    said = {"day": long_date(document.reviewed_at), "who": document.reviewed_by, "reason": document.review_comment}
    if document.review_state == ReviewState.REFUSED:
        return _("Refusée le %(day)s par %(who)s : %(reason)s") % said
    return _("Retenue le %(day)s par %(who)s.") % said


def subject_url(subject: Linked, *, organisation_slug: str) -> str:
    """The page of what a piece speaks of; "" when it has none that everybody who files may open."""
    return reverse("dossiers:session", args=[organisation_slug, subject.row.pk]) if subject.kind == "session" else ""


def _detail(document: Document, version: Version | None) -> str:
    if version is None:
        return type_label(document.type) or _("annoncée dans votre grille de preuves")
    who = f"{version.created_by}, " if version.created_by else ""
    return _("version %(number)s · %(who)s%(when)s") % {
        "number": version.number,
        "who": who,
        "when": long_date(version.created_at),
    }


def _validity(document: Document, version: Version | None, today: date, audit_date: date) -> tuple[str, str, str]:
    """Sentence, detail and status of urgency."""
    if document.withdrawn_at is not None:
        return _("retirée le %(day)s") % {"day": short_date(document.withdrawn_at)}, "", ""
    if version is None:
        return _("à déposer"), "", "cannot_be_judged"
    if document.review_state == ReviewState.REFUSED:
        return _("refusée à la relecture"), "", "insufficient"
    if version.valid_until is None:
        return _("sans limite"), "", ""
    if version.valid_until < today:
        return _("expirée le %(day)s") % {"day": short_date(version.valid_until)}, "", "insufficient"
    if version.valid_until < audit_date:
        distance = before_or_after(version.valid_until, audit_date, _("l’audit"))
        return _("expire le %(day)s") % {"day": short_date(version.valid_until)}, distance, "at_risk"
    return _("jusqu’au %(day)s") % {"day": short_date(version.valid_until)}, "", ""

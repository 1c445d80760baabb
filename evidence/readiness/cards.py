"""The pieces of an indicator as cards, on the shelves where every page puts them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.engine.result import IndicatorStatus
from evidence.library.models import ReviewState, Version
from evidence.readiness.pieces import versions_listed
from evidence.readiness.queries import Board
from evidence.readiness.tables import indicator_url
from evidence.readiness.wording import SHELVES
from qualiopi.web.dates import before_or_after, long_date, short_date
from qualiopi.web.parts import Evidence, Option


def shelves_of(board: Board, status: IndicatorStatus, pieces: Sequence[str]) -> list[tuple[str, list[Evidence]]]:
    """These pieces of an indicator under the names of their shelves. Two queries."""
    slug = board.organisation.slug
    cards = {
        str(version.document_id): _card(slug, version, status.number, board.audit_date)
        for version in versions_listed(board.organisation, pieces)
    }
    found = [(str(SHELVES[shelf]), [cards[piece] for piece in ids if piece in cards]) for shelf, ids in status.pieces]
    return [(words, shown) for words, shown in found if shown]


def _card(slug: str, version: Version, number: int, audit_date: date) -> Evidence:
    document = version.document
    others = sorted(link.indicator for link in document.indicator_links.all() if link.indicator != number)
    detail = _("version %(number)s, déposée le %(date)s") % {"number": version.number, "date": long_date(version.created_at)}
    if version.created_by:
        detail = _("version %(number)s, déposée par %(person)s le %(date)s") % {
            "number": version.number,
            "person": version.created_by,
            "date": long_date(version.created_at),
        }
    if document.review_state == ReviewState.ACCEPTED and document.reviewed_by:
        detail = _("%(detail)s · relue par %(person)s") % {"detail": detail, "person": document.reviewed_by}
    if document.withdrawn_at is not None:
        detail = _("%(detail)s · retirée le %(day)s") % {"detail": detail, "day": long_date(document.withdrawn_at)}
    ends = version.valid_until
    short = ends is not None and ends < audit_date
    return Evidence(
        title=document.title,
        url=reverse("library:detail", args=[slug, document.pk]),
        kind=version.file.name.rpartition(".")[2].upper()[:4],
        detail=detail,
        links=[Option(_("aussi pour le %(number)s") % {"number": other}, indicator_url(slug, other)) for other in others],
        validity=""
        if ends is None
        else (_("expire le %(date)s") if short else _("valable jusqu’au %(date)s")) % {"date": short_date(ends)},
        validity_detail=before_or_after(ends, audit_date, _("l’audit")) if ends is not None and short else "",
        alert=short,
    )

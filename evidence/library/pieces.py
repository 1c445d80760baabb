"""How a piece is told in a list: what it is, who filed it, what it serves, until when it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.library import sentences
from evidence.library.models import Document, ReviewState, Version
from evidence.library.needs import Criterion, Need
from evidence.library.proposals import type_label
from evidence.library.queries import Linked
from qualiopi.files.kinds import label_of
from qualiopi.standard.model import Grid
from qualiopi.web.dates import as_date, before_or_after, long_date, short_date
from qualiopi.web.parts import Option


@dataclass(frozen=True, slots=True)
class Link:
    """An indicator that a piece serves."""

    number: int
    name: str
    url: str


# Indicators named on one line; how many more there are is said after them.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """One line. `kind` is "PDF", "XLSX"…, or "" for a piece that is announced and not filed yet; `filed_on` and `detail`: when and by
    whom; `links`: the number and the name of the first indicators, `more` how many others there are."""

    document: Document
    version: Version | None
    kind: str
    filed_on: str
    detail: str
    links: tuple[Link, ...]
    more: str
    validity: str
    validity_detail: str
    alert: str  # a status whose colour and shape tell the urgency; "" for none


def piece_of(document: Document, *, grid: Grid, today: date, audit_date: date, organisation_slug: str) -> Piece:
    """The line of a document read by `queries.documents_of`. `today` and `audit_date`: days of the organisation."""
    version = document.current_versions[0] if document.current_versions else None  # type: ignore[attr-defined]
    validity, detail, alert = _validity(document, version, today, audit_date)
    numbers = [link.indicator for link in document.indicator_links.all()]
    return Piece(
        document=document,
        version=version,
        kind=label_of(version.file.media_type) if version else "",
        filed_on=short_date(version.created_at) if version else "",
        detail=_detail(document, version),
        links=tuple(
            Link(
                number=number,
                name=grid.indicator(number).label if grid.has(number) else "",
                url=reverse("indicators:page", args=[organisation_slug, number]),
            )
            for number in numbers[:_MOST]
        ),
        more=f"+\u00a0{len(numbers) - _MOST}" if numbers[_MOST:] else "",
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
    who = str(version.created_by) if version.created_by else ""
    number = _("version %(number)s") % {"number": version.number} if version.number > 1 else ""
    return " · ".join(filter(None, (who, number)))


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


@dataclass(frozen=True, slots=True)
class Group:
    """The pieces of a page under one head, and how many there are under it in all."""

    key: str
    title: str
    told: str
    pieces: tuple[Piece, ...]


def grouped(pieces: Iterable[Piece], counted: Mapping[tuple[Need, date], int], totals: Mapping[Need, int]) -> list[Group]:
    """The lines of a page read by `needs.with_needs`: what each needs, then by month what needs nothing. `counted`: by need and month,
    `totals`: by need, of all the pages."""
    found = []
    for (need, month), lines in groupby(pieces, _head):
        count = totals[need] if month is None else counted.get((need, month), 0)
        title = str(sentences.HEADS[need]) if month is None else sentences.of_month(month)
        key = f"g{need.value}" if month is None else f"g{need.value}-{month:%Y-%m}"
        found.append(Group(key, title, sentences.so_many(count), tuple(lines)))
    return found


def _head(piece: Piece) -> tuple[Need, date | None]:
    need = Need(piece.document.need)  # type: ignore[attr-defined]
    if need is not Need.NOTHING:
        return need, None
    return need, as_date(piece.document.created_at).replace(day=1)


@dataclass(frozen=True, slots=True)
class Fold:
    """The pieces of one criterion that need nothing, folded: how many, then how many for each of its indicators."""

    title: str
    told: str
    lines: tuple[Option, ...]


def folds_of(criteria: Iterable[Criterion], *, grid: Grid, list_url: str) -> list[Fold]:
    """One fold for each criterion; its lines lead to the list of what serves one indicator."""
    return [
        Fold(
            title=sentences.criterion(each.number, each.title),
            told=sentences.so_many(each.pieces),
            lines=tuple(
                Option(
                    label=f"{number} {grid.indicator(number).label}",
                    url=f"{list_url}?indicator={number}&state=settled",
                    count=count,
                )
                for number, count in each.indicators
            ),
        )
        for each in criteria
    ]

"""The audit report: what is expected, what was seen, what is missing, as one PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import localize

from evidence.engine.dates import last_months
from evidence.engine.result import ExpectationResult, IndicatorStatus, MissingSubject, Outcome, Renewal, Status
from evidence.packs.one_page import OnePage, ToDo, fitted, to_measure
from evidence.packs.queries import PackPiece, Pieces, pieces_counted
from evidence.readiness.blocks import NEUTRAL
from evidence.readiness.export import counted_noun
from evidence.readiness.kept import kept_of
from evidence.readiness.models import Conclusion
from evidence.readiness.queries import Board, audit_on, board, last_conclusions
from evidence.readiness.wording import board_answer, board_heading, pieces_told
from qualiopi.organisations.enums import Category
from qualiopi.organisations.models import Organisation
from qualiopi.standard.model import Criterion, Indicator
from qualiopi.web import pdf
from qualiopi.web.charts import MapCriterion, indicator_map
from qualiopi.web.dates import long_date
from qualiopi.web.typography import capitalised
from trainings.surveys.queries import satisfaction_figures

# Long lists go to the workbook of the pack: a report that nobody can read proves nothing.
SHOWN = 8
# What changes no status is not worth a line of the report.
_SILENT = (Outcome.NOT_TRACKED, Outcome.PUT_OFF)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """An expectation: what was seen of it, drawn as a tally when its figures are worth it, with the places of its holes from 0."""

    result: ExpectationResult
    seen: str
    drawn: bool
    holes: tuple[int, ...]
    neutral: str  # why it has no status, in the words of its page; "" where it has one


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one indicator."""

    indicator: Indicator
    status: IndicatorStatus
    results: tuple[ResultLine, ...]
    missing: tuple[MissingSubject, ...]
    missing_more: int
    # What is good today and will have lapsed on the audit date.
    renewals: tuple[Renewal, ...]
    renewals_more: int
    # What is to be done, and before when.
    next: str
    # How many pieces it has, in the words of its page; the first ones, each under its name, with whether it lapses before the audit.
    told: str
    pieces: list[tuple[str, PackPiece, bool]]
    pieces_more: int
    # What the work left: type and number.
    left: list[tuple[str, int]]
    conclusion: Conclusion | None
    # Written for another grid than the one read.
    to_confirm: bool


def seen_of(result: ExpectationResult | None) -> str:
    """How much of an expectation was seen: of what it needs, else of all there is; "" when nothing is counted."""
    if result is None:
        return ""
    whole = result.d if result.needed is None else result.needed
    counted = result.needed is not None or result.d
    # Where holes go by session, people are named: both are counted on the same page.
    noun = f" {counted_noun(result)}" if result.of_people and result.expectation.wording else ""
    return f"{localize(result.n)} sur {localize(whole)}{noun}" if counted else ""


def line_of(result: ExpectationResult) -> ResultLine:
    """An expectation as the report shows it; a tally is drawn for a share of more than two."""
    holes = tuple(place for place, there in enumerate(result.tally) if not there)
    return ResultLine(
        result, seen_of(result), result.needed is None and result.d > 2, holes, str(NEUTRAL.get(result.outcome, ""))
    )


def report_html(*, read: Board, pieces: Pieces, digest: str = "", find: Callable[[str], Mapping[str, float]]) -> str:
    """The whole document as HTML, in French; "En une page" is one page, and says which indicators it leaves to their parts.

    `digest`: fingerprint of the state, printed on the cover and at the foot of each page. `find`: as `qualiopi.web.pdf.Writer.find`.
    """
    with translation.override("fr"):
        told = _context(read, pieces, digest)
        lines = told["one_page"].lines
        told["one_page"] = fitted(lines, find(one_page_html(told, to_measure(lines))))
        return render_to_string("packs/pdf/report.html", told)


def report_pdf(*, read: Board, pieces: Pieces, digest: str = "") -> bytes:
    """The same as PDF/UA-1."""
    with pdf.writer() as one:
        return one.write(report_html(read=read, pieces=pieces, digest=digest, find=one.find))


def one_page_html(told: Mapping[str, Any], page: OnePage) -> str:
    """The one page alone, as it stands in the report."""
    return render_to_string("packs/pdf/one_page.html", {**told, "one_page": page})


def _context(read: Board, pieces: Pieces, digest: str) -> dict[str, Any]:
    organisation = read.organisation
    conclusions = last_conclusions(organisation)
    return {
        "board": read,
        "organisation": organisation,
        "product_name": settings.PRODUCT_NAME,
        "digest": digest,
        "digest_groups": _in_fours(digest, 32),
        "foot": _foot(read.observed_on, digest),
        "heading": board_heading(read.asking, read.concerned),
        "answer": board_answer(read.counts),
        "counts": [(status.value, read.counts[status]) for status in Status],
        "map": indicator_map(_map(read)),
        "one_page": OnePage([_to_do(read.indicator(status.number), status) for status in read.asking_for]),
        "apart": [(read.indicator(status.number), status) for status in read.statuses if status.status is Status.NOT_APPLICABLE],
        "parts": [
            _part(read, status, pieces, conclusions.get(status.number))
            for status in read.statuses
            if status.status is not Status.NOT_APPLICABLE
        ],
        "audit": audit_on(organisation, read.audit_date),
        "categories": [Category(code).label for code in organisation.profile.categories],
        "figures": _figures(organisation, read.audit_date, read.observed_on),
        "sessions": len(read.outline.sessions),
        "trainers": len(read.outline.trainers),
        "courses": len(read.course_titles),
        "pieces": pieces.number,
    }


def _in_fours(digest: str, length: int) -> str:
    """The beginning of a fingerprint, in groups that one can read aloud."""
    return " ".join(digest[start : start + 4] for start in range(0, min(len(digest), length), 4))


def _foot(observed_on: date, digest: str) -> str:
    """What each page says at its foot: the day, and the beginning of the fingerprint when there is one."""
    told = f"État des preuves au {long_date(observed_on)}"
    return f"{told} · empreinte {_in_fours(digest, 16)}…" if digest else told


def write_report(*, organisation: Organisation, audit_date: date | None = None, observed_on: date | None = None) -> bytes:
    """The report as PDF/UA-1. Reads only."""
    # Started first, the process that writes is ready once all is read.
    with pdf.writer() as one:
        read = board(organisation=organisation, audit_date=audit_date, observed_on=observed_on)
        pieces = pieces_counted(read, shown=SHOWN)
        return one.write(report_html(read=read, pieces=pieces, find=one.find))


def _to_do(indicator: Indicator, status: IndicatorStatus) -> ToDo:
    return ToDo(
        number=status.number,
        title=f"{status.number}. {indicator.label}",
        status=status.status.value,
        seen=seen_of(status.leading),
        action=status.next_action,
        due_on=status.due_on,
    )


def _next_told(status: IndicatorStatus) -> str:
    """What is to be done for an indicator, and before when; "" when nothing is."""
    if not status.next_action:
        return ""
    return f"{status.next_action} À faire avant le {long_date(status.due_on)}." if status.due_on else status.next_action


def _map(read: Board) -> list[MapCriterion]:
    criteria: tuple[Criterion, ...] = read.grid.criteria
    return [
        MapCriterion(criterion.number, [(status.number, status.status.value) for status in read.of_criterion(criterion.number)])
        for criterion in criteria
    ]


def _part(read: Board, status: IndicatorStatus, pieces: Pieces, conclusion: Conclusion | None) -> Part:
    indicator = read.indicator(status.number)
    first = [pieces.by_id[piece] for piece in status.piece_ids[:SHOWN] if piece in pieces.by_id]
    return Part(
        indicator=indicator,
        status=status,
        results=tuple(line_of(result) for result in status.expectations if result.outcome not in _SILENT),
        missing=status.first_missing(SHOWN),
        missing_more=max(0, status.missing_count - SHOWN),
        renewals=status.renewals[:SHOWN],
        renewals_more=max(0, len(status.renewals) - SHOWN),
        next=_next_told(status) if status.number in {asking.number for asking in read.asking_for} else "",
        told=pieces_told(status.pieces),
        pieces=[
            (_piece_named(piece, status.number), piece, piece.valid_until is not None and piece.valid_until < read.audit_date)
            for piece in first
        ],
        pieces_more=len(status.piece_ids) - len(first),
        left=pieces.left_for(indicator.number),
        conclusion=conclusion,
        to_confirm=conclusion is not None and conclusion.grid != read.grid.id,
    )


def _piece_named(piece: PackPiece, number: int) -> str:
    """Its title; with what it speaks of, where it counts by that alone."""
    return piece.title if number in piece.indicators or not piece.about else f"{piece.title}, {piece.about}"


def facts_told(status: IndicatorStatus) -> list[str]:
    """What is recorded because the work was done, for one indicator: words and a number, never a rate."""
    told: dict[str, str] = {}
    for result in status.expectations:
        if kept := kept_of(result):
            told.setdefault(kept.words, f"{capitalised(kept.words)} : {kept.count}{f', {kept.files}' if kept.files else ''}")
    return list(told.values())


def _figures(organisation: Organisation, audit_date: date, observed_on: date) -> Any:
    """Opinions over the twelve months that end on the day the facts were read, or on the audit when it came before."""
    year = last_months(min(audit_date, observed_on), 12)
    return satisfaction_figures(organisation, start=year.start, end=year.end)

"""What the pages show of a board: plain values with their addresses, no rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.engine.result import ExpectationResult, IndicatorStatus, Status
from evidence.readiness import wording
from evidence.readiness.queries import Board
from qualiopi.standard.model import ChangeType, Criterion, Indicator

SCOPES: dict[str, Callable[[Indicator], bool]] = {
    "surveillance": lambda indicator: indicator.always_in_surveillance,
    "majeur": lambda indicator: indicator.major_only,
    "2026": lambda indicator: indicator.change.type is not ChangeType.NONE,
}


@dataclass(frozen=True, slots=True)
class Tally:
    """n of d with the places of what is missing."""

    seen: int
    expected: int
    places: tuple[int, ...]
    status: str

    @property
    def total(self) -> str:
        """The second half of "23 sur 25"."""
        return _("sur %(total)s") % {"total": self.expected}


@dataclass(frozen=True, slots=True)
class Tag:
    """Two or three words that set an indicator apart, and their class beside `etiq`."""

    words: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One indicator on the board."""

    number: int
    label: str
    url: str
    status: Status
    tally: Tally | None
    short: str
    observed: str
    tags: tuple[Tag, ...]
    next_action: str
    due_on: date | None
    renewals: str  # what will have lapsed on the audit date, in a sentence

    @property
    def marks_gaps(self) -> bool:
        """Whether to show where the missing ones stand: nothing is missing from what is demonstrable."""
        return self.status is not Status.DEMONSTRABLE


@dataclass(frozen=True, slots=True)
class Apart:
    """An indicator that does not concern the organisation, and why."""

    number: int
    label: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    """One criterion of the board: its lines, then what does not apply."""

    criterion: Criterion
    note: str
    lines: tuple[BoardLine, ...]
    apart: tuple[Apart, ...]
    apart_title: str


def tally_of(result: ExpectationResult | None) -> Tally | None:
    """The tally of an expectation; None when nothing could be counted."""
    if result is None:
        return None
    status = result.outcome.value if result.judged else Status.CANNOT_BE_JUDGED.value
    if result.needed is not None:
        return Tally(min(result.n, result.needed), result.needed, (), status)
    if not result.d:
        return None
    return Tally(result.n, result.d, tuple(place for place, seen in enumerate(result.tally) if not seen), status)


def tags_of(indicator: Indicator) -> tuple[Tag, ...]:
    """What sets an indicator apart, in two or three words."""
    found = []
    if indicator.change.type is ChangeType.SUBSTANCE:
        found.append(Tag(_("renforcé en 2026"), "etiq--2026"))
    elif indicator.change.type is ChangeType.NEW:
        found.append(Tag(_("nouveau en 2026"), "etiq--2026"))
    if indicator.major_only:
        found.append(Tag(_("toujours majeur si constaté")))
    return tuple(found)


def indicator_url(organisation: str, number: int, query: str = "") -> str:
    """The page of an indicator; `query` keeps the audit date."""
    return reverse("indicators:page", args=[organisation, number]) + query


def board_line(board: Board, status: IndicatorStatus, query: str) -> BoardLine:
    """One line of the board."""
    indicator = board.indicator(status.number)
    leading = status.leading
    return BoardLine(
        number=status.number,
        label=indicator.label,
        url=indicator_url(board.organisation.slug, status.number, query),
        status=status.status,
        tally=tally_of(leading),
        short=leading.short if leading else "",
        observed=status.observed or (status.reasons[0] if status.reasons else ""),
        tags=tags_of(indicator),
        next_action=wording.next_told(status),
        due_on=status.due_on,
        renewals=wording.renewals_told(status),
    )


def criterion_blocks(board: Board, keep: Callable[[IndicatorStatus], bool], query: str) -> list[CriterionBlock]:
    """The board by criterion, only with the indicators to keep; criteria left empty are out."""
    found = []
    for criterion in board.grid.criteria:
        statuses = [status for status in board.of_criterion(criterion.number) if keep(status)]
        if not statuses:
            continue
        shown = [status for status in statuses if status.status is not Status.NOT_APPLICABLE]
        apart = [status for status in statuses if status.status is Status.NOT_APPLICABLE]
        asking = sum(1 for status in shown if status.status is not Status.DEMONSTRABLE)
        found.append(
            CriterionBlock(
                criterion=criterion,
                note=wording.criterion_note(asking) if shown else "",
                lines=tuple(board_line(board, status, query) for status in shown),
                apart=tuple(
                    Apart(
                        number=status.number,
                        label=board.indicator(status.number).label,
                        url=indicator_url(board.organisation.slug, status.number, query),
                        reason=" ".join(status.reasons),
                    )
                    for status in apart
                ),
                apart_title=wording.not_concerned([status.number for status in apart]),
            )
        )
    return found

"""The sessions of a page, worded: one line each, one cell for each thing expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.debts.queries import Person
from evidence.engine.result import ExpectationResult, Mark, SubjectKind
from evidence.matrix import wording
from evidence.matrix.queries import Column, Group, Matrix, Standing, owed_by_trainers
from evidence.readiness import links
from evidence.readiness.expected import STATUS_OF, word_of
from evidence.readiness.outline import SessionHead
from qualiopi.web.dates import period, short_date

MOST_FOLDED = 5  # sessions named under a fold
MOST_AT_ONCE = 25  # people one button writes to; beyond, the page of what is owed does


@dataclass(frozen=True, slots=True)
class Cell:
    """One crossing. `status` is empty for what is to come; `figure`: how many are there, of how many, where some lack and things are
    counted. `url`: where a hole is mended; `label`: what that link is read as. `of_a_file`: a deposited file carries the proof."""

    status: str
    word: str = ""
    figure: str = ""
    url: str = ""
    label: str = ""
    name: str = ""  # what lacks, in a list of holes
    first: bool = False
    of_a_file: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One session of the matrix."""

    title: str
    reference: str
    days: str
    url: str
    standing: str  # in words
    cells: tuple[Cell, ...]

    @property
    def holes(self) -> list[Cell]:
        """What lacks."""
        return [cell for cell in self.cells if cell.url]


def row_of(organisation: str, session: SessionHead, matrix: Matrix) -> Row:
    """One session, worded."""
    crossings = zip(matrix.columns, matrix.results, strict=True)
    cells = tuple(_cell(organisation, session, result, column) for column, result in crossings)
    return replace(_line(organisation, session, matrix), cells=cells)


def _line(organisation: str, session: SessionHead, matrix: Matrix) -> Row:
    return Row(
        title=matrix.titles[session.course_id],
        reference=session.reference,
        days=period(session.first_day, session.last_day or session.first_day, short=True),
        url=reverse("dossiers:session", args=[organisation, session.id]),
        standing=wording.standing(matrix.standings[session.id]),
        cells=(),
    )


def _cell(organisation: str, session: SessionHead, result: ExpectationResult, column: Column) -> Cell:
    mark = result.mark_by_subject.get(session.id)
    if mark is None:
        return Cell("not_applicable", first=column.first)
    if mark is Mark.TO_COME:
        return Cell("", _("à venir"), first=column.first)
    if mark is not Mark.MISSING:
        of_a_file = result.by_a_file(session.id)
        return Cell(STATUS_OF[mark], word_of(result, session.id, mark), first=column.first, of_a_file=of_a_file)
    counts = result.counts.get(session.id)
    return Cell(
        "insufficient",
        _("manque"),
        figure=f"{counts[0]}/{counts[1]}" if counts else "",
        url=links.way_to_mend(organisation, result.expectation, SubjectKind.SESSION, session.id).url,
        label=f"{result.expectation.short_name}, {session.reference}",
        name=result.expectation.short_name,
        first=column.first,
    )


@dataclass(frozen=True, slots=True)
class Button:
    """Who is written to, and what the button says."""

    label: str
    trainers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom one may write to today about what their sessions lack."""

    people: Mapping[str, Person]
    today: date

    @classmethod
    def nobody(cls) -> Reach:
        """Of who may not write to anybody."""
        return cls({}, date.min)

    def button(self, matrix: Matrix, groups: Iterable[Group], names: Mapping[str, str]) -> Button | None:
        """To write to all who lead these and can fill a hole; None when there is nobody, or too many for one button."""
        owing = dict.fromkeys(
            trainer for group in groups if owed_by_trainers(matrix, group.sessions) for trainer in group.trainers
        )
        reached = tuple(
            trainer for trainer in owing if trainer in self.people and self.people[trainer].may_be_reminded(self.today)
        )
        if not 0 < len(reached) <= MOST_AT_ONCE:
            return None
        return Button(wording.remind_them(names[trainer] for trainer in reached), reached)

    def last(self, group: Group) -> str:
        """When one last wrote to who leads these; "" for never."""
        days = [self.people[trainer].reminded_on for trainer in group.trainers if trainer in self.people]
        last = max((day for day in days if day is not None), default=None)
        return _("relance du %(day)s") % {"day": short_date(last)} if last else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sessions of one group that stand on a page."""

    key: str
    name: str
    known: bool  # somebody leads them
    told: str
    button: Button | None
    reminded: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Sessions that lack nothing: how many, when, the first of them, and where all of them are."""

    sessions: tuple[SessionHead, ...]
    summary: str
    detail: str
    lines: tuple[Row, ...]
    url: str
    more: str


def sheets_of(
    organisation: str, matrix: Matrix, shown: Iterable[tuple[Group, SessionHead]], names: Mapping[str, str], reach: Reach
) -> list[Sheet]:
    """What stands on a page, by group."""
    sheets = []
    for group, pairs in groupby(shown, key=itemgetter(0)):
        button = reach.button(matrix, [group], names)
        sheets.append(
            Sheet(
                key=group.key,
                name=wording.led_by(group, names),
                known=bool(group.trainers),
                told=wording.of_group(group, matrix),
                button=button,
                reminded="" if button or not group.holes else reach.last(group),
                rows=tuple(row_of(organisation, session, matrix) for _group, session in pairs),
            )
        )
    return sheets


def folds_of(organisation: str, matrix: Matrix, sessions: Iterable[SessionHead]) -> list[Fold]:
    """What lacks nothing, and what nothing is expected of yet. `sessions`: the last ones first."""
    found: dict[Standing, list[SessionHead]] = {Standing.COMPLETE: [], Standing.TO_COME: []}
    for session in sessions:
        if (standing := matrix.standings[session.id]) in found:
            found[standing].append(session)
    return [_fold(organisation, matrix, standing, tuple(kept)) for standing, kept in found.items() if kept]


def _fold(organisation: str, matrix: Matrix, standing: Standing, sessions: tuple[SessionHead, ...]) -> Fold:
    to_come = standing is Standing.TO_COME
    # The last ones that were held, the first ones that will be.
    shown = sessions[::-1][:MOST_FOLDED] if to_come else sessions[:MOST_FOLDED]
    return Fold(
        sessions=sessions,
        summary=wording.folded_to_come(len(sessions)) if to_come else wording.folded_complete(len(sessions)),
        detail=wording.next_one(sessions) if to_come else wording.from_to(sessions[-1].first_day, sessions[0].first_day),
        lines=tuple(_line(organisation, session, matrix) for session in shown),
        url=reverse("matrix:index", args=[organisation], query={"dossier": standing.value}),
        more=wording.see_all(len(sessions)) if len(sessions) > MOST_FOLDED else "",
    )

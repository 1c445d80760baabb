"""Sessions on one side, what each must show on the other. Built from a board: no query of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.engine.result import PROVED, ExpectationResult, Mark, Subject, SubjectKind
from evidence.readiness import links, wording
from evidence.readiness.links import Way
from evidence.readiness.outline import SessionHead
from evidence.readiness.queries import Board
from qualiopi.standard.expectations import Timing
from qualiopi.web.dates import period

BEFORE, DURING, AFTER = gettext_lazy("Avant"), gettext_lazy("Pendant"), gettext_lazy("Après")
_MOMENTS = (BEFORE, DURING, AFTER)
_MOMENT_OF = {
    Timing.BEFORE_START: 0,
    Timing.BY_FIRST_DAY: 0,
    Timing.ON_SESSION_DAYS: 1,
    Timing.AFTER_START: 1,
    Timing.AFTER_END: 2,
    Timing.AFTER_EVENT: 2,
}
_STATUS_OF = {
    Mark.SATISFIED: "demonstrable",
    Mark.LATE: "at_risk",
    Mark.OLD: "at_risk",
    Mark.TO_READ: "at_risk",
    Mark.TO_CLARIFY: "cannot_be_judged",
}
_WORD_OF = {
    Mark.LATE: gettext_lazy("en retard"),
    Mark.OLD: gettext_lazy("ancien"),
    Mark.TO_READ: gettext_lazy("à relire"),
    Mark.TO_CLARIFY: gettext_lazy("à préciser"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One expectation about sessions."""

    key: str
    indicator: int
    label: str
    moment: int
    first: bool  # of its moment: a rule is drawn at its left


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns, the sessions they are about, and which of them have a hole."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, int], ...]  # moment, number of columns
    results: Mapping[str, ExpectationResult]
    sessions: tuple[SessionHead, ...]
    with_holes: frozenset[str]
    titles: Mapping[str, str]  # course -> its title


@dataclass(frozen=True, slots=True)
class Cell:
    """One crossing. `status` is empty for what is to come, or does not concern the session (then `word` is empty too)."""

    status: str
    word: str
    url: str
    label: str
    first: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One session of the matrix."""

    title: str
    reference: str
    detail: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """One thing a session's dossier must show."""

    indicator: int
    indicator_url: str
    expected: str
    moment: str
    status: str
    word: str
    sentence: str
    way: Way | None
    other: Way | None = None  # the document that would do as well
    how: str = ""  # proved by the work itself: nothing to file, and it stays up to date


def session_results(board: Board) -> list[ExpectationResult]:
    """What is asked of sessions and of the people in them, by moment then by indicator; nothing that is sensitive."""
    found = [
        result
        for status in board.statuses
        for result in status.expectations
        if result.expectation.of_a_session and not result.expectation.sensitive and result.shown and result.subjects
    ]
    return sorted(found, key=lambda result: (_moment(result), result.expectation.indicator))


def _moment(result: ExpectationResult) -> int:
    return _MOMENT_OF.get(result.expectation.timing.rule, 1)


def matrix_of(board: Board) -> Matrix:
    """The whole matrix, unworded; the last sessions first."""
    results = session_results(board)
    columns: list[Column] = []
    groups: list[tuple[str, int]] = []
    for result in results:
        key, moment = result.expectation.key, _moment(result)
        new = not columns or columns[-1].moment != moment
        columns.append(Column(key, result.expectation.indicator, result.expectation.short, moment, new))
        groups = [*groups, (str(_MOMENTS[moment]), 1)] if new else [*groups[:-1], (groups[-1][0], groups[-1][1] + 1)]
    concerned = {subject.id for result in results for subject in result.subjects}
    return Matrix(
        columns=tuple(columns),
        groups=tuple(groups),
        results={result.expectation.key: result for result in results},
        sessions=tuple(session for session in reversed(board.outline.sessions) if session.id in concerned),
        with_holes=frozenset(subject.id for result in results for subject in result.missing),
        titles=board.course_titles,
    )


def row_of(organisation: str, session: SessionHead, matrix: Matrix, trainers: Mapping[str, str]) -> Row:
    """One session, worded."""
    led_by = ", ".join(trainers[trainer] for trainer in session.trainer_ids)
    days = period(session.first_day, session.last_day or session.first_day)
    return Row(
        title=matrix.titles[session.course_id],
        reference=session.reference,
        detail=f"{days} · {led_by}" if led_by else days,
        url=reverse("sessions:detail", args=[organisation, session.id]),
        cells=tuple(_cell(organisation, session, matrix.results[column.key], column) for column in matrix.columns),
    )


def _cell(organisation: str, session: SessionHead, result: ExpectationResult, column: Column) -> Cell:
    mark = result.mark_by_subject.get(session.id)
    label = f"{column.label.replace(chr(0xAD), '')}, {session.reference}"
    if mark is None:
        return Cell("not_applicable", "", "", label, column.first)
    if mark is Mark.TO_COME:
        return Cell("", _("à venir"), "", label, column.first)
    if mark is Mark.MISSING:
        url = links.way_to_mend(organisation, result.expectation, SubjectKind.SESSION, session.id).url
        return Cell("insufficient", _("manque"), url, label, column.first)
    return Cell(_STATUS_OF[mark], _word(result, session.id, mark), "", label, column.first)


def _word(result: ExpectationResult, subject_id: str, mark: Mark) -> str:
    return wording.proved(str(_WORD_OF.get(mark, "")), by_a_file=result.by_a_file(subject_id))


def dossier_of(board: Board, session_id: str) -> list[ExpectedLine]:
    """What one session must show, in the order of time; what does not concern it is left out, what is sensitive too."""
    return _lines(board, session_results(board), session_id)


def lines_about(board: Board, subject_id: str) -> list[ExpectedLine]:
    """The same of a course or of a trainer, by indicator: what is asked of it, itself, and not of its sessions."""
    results = [
        result
        for status in board.statuses
        for result in status.expectations
        if result.shown and not result.expectation.of_a_session and not result.expectation.sensitive
    ]
    return _lines(board, results, subject_id)


def _lines(board: Board, results: Iterable[ExpectationResult], subject_id: str) -> list[ExpectedLine]:
    found = []
    for result in results:
        mark = result.mark_by_subject.get(subject_id)
        if mark is not None:
            subject = next(subject for subject in result.subjects if subject.id == subject_id)
            found.append(_line(board, result, subject, mark))
    return found


def _line(board: Board, result: ExpectationResult, subject: Subject, mark: Mark) -> ExpectedLine:
    organisation, expectation = board.organisation.slug, result.expectation
    sentence, way, other, word = "", None, None, _word(result, subject.id, mark)
    how = str(wording.BY_THE_WORK) if subject.id in result.kept and mark in PROVED else ""
    if mark is Mark.MISSING:
        sentence, word = wording.without_subject(result.sentence(subject), subject.label), _("manque")
        way = links.way_to_mend(organisation, expectation, subject.kind, subject.id)
        filed = links.way_to_file(organisation, expectation, subject.kind, subject.id)
        other = filed if filed != way else None
    elif mark is Mark.TO_COME:
        word = _("à venir")
    elif mark is Mark.TO_CLARIFY:
        sentence = result.clarifications.get(subject.id, "")
        way = links.way_to_clarify(board, result, subject)
    elif subject.id in result.read_by:
        sentence = result.proved_by(subject.id)
    return ExpectedLine(
        indicator=expectation.indicator,
        indicator_url=reverse("readiness:indicator", args=[organisation, expectation.indicator]),
        expected=expectation.expected,
        moment=str(_MOMENTS[_moment(result)]),
        status="insufficient" if mark is Mark.MISSING else _STATUS_OF.get(mark, ""),
        word=word,
        sentence=sentence,
        way=way,
        other=other,
        how=how,
    )

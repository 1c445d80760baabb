"""What is expected of one session, course or trainer, line by line. Built from a board: no query of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.engine.result import PROVED, ExpectationResult, Mark, Subject
from evidence.readiness import links, wording
from evidence.readiness.links import Way
from evidence.readiness.queries import Board, SessionRead
from qualiopi.standard.expectations import Timing

BEFORE, DURING, AFTER = gettext_lazy("Avant"), gettext_lazy("Pendant"), gettext_lazy("Après")
MOMENTS = (BEFORE, DURING, AFTER)
_MOMENT_OF = {
    Timing.BEFORE_START: 0,
    Timing.BY_FIRST_DAY: 0,
    Timing.ON_SESSION_DAYS: 1,
    Timing.AFTER_START: 1,
    Timing.AFTER_END: 2,
    Timing.AFTER_EVENT: 2,
}
STATUS_OF = {
    Mark.SATISFIED: "demonstrable",
    Mark.LATE: "at_risk",
    Mark.OLD: "at_risk",
    Mark.TO_READ: "at_risk",
    Mark.TO_CLARIFY: "cannot_be_judged",
}
# How a mark is drawn on a line of dots; what is there is done.
_STATE_OF = {Mark.MISSING: "due", Mark.TO_COME: "to_come", Mark.TO_CLARIFY: "to_come"}
_WORD_OF = {
    Mark.LATE: gettext_lazy("en retard"),
    Mark.OLD: gettext_lazy("ancien"),
    Mark.TO_READ: gettext_lazy("à relire"),
    Mark.TO_CLARIFY: gettext_lazy("à préciser"),
}


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


def session_results(board: Board | SessionRead) -> list[ExpectationResult]:
    """What is asked of sessions and of the people in them, by moment then by indicator; nothing that is sensitive."""
    found = [
        result
        for result in board.results
        if result.expectation.of_a_session and not result.expectation.sensitive and result.shown and result.subjects
    ]
    return sorted(found, key=lambda result: (moment_of(result), result.expectation.indicator))


def moment_of(result: ExpectationResult) -> int:
    """The place among `MOMENTS` of what is asked."""
    return _MOMENT_OF.get(result.expectation.timing.rule, 1)


def mini_of(session_id: str, results: Iterable[ExpectationResult]) -> tuple[str, list[list[str]]]:
    """Where a session stands, in a line of a list: words, then the state of each thing asked of it, before, during and after."""
    groups: list[list[str]] = [[], [], []]
    for result in results:
        mark = result.mark_by_subject.get(session_id)
        if mark is not None:
            groups[moment_of(result)].append(_STATE_OF.get(mark, "done"))
    told = [
        _("%(moment)s %(n)s sur %(d)s") % {"moment": str(moment).lower(), "n": group.count("done"), "d": len(group)}
        for moment, group in zip(MOMENTS, groups, strict=True)
        if group
    ]
    return ", ".join(told), groups


def word_of(result: ExpectationResult, subject_id: str, mark: Mark) -> str:
    """What is said beside the status of something that is there: late, old or to be read, by a file; "" where nothing is."""
    return wording.proved(str(_WORD_OF.get(mark, "")), by_a_file=result.by_a_file(subject_id))


def dossier_of(board: Board | SessionRead, session_id: str) -> list[ExpectedLine]:
    """What one session must show, in the order of time; what does not concern it is left out, what is sensitive too."""
    return _lines(board, session_results(board), session_id)


def lines_about(board: Board, subject_id: str) -> list[ExpectedLine]:
    """The same of a course or of a trainer, by indicator: what is asked of it, itself, and not of its sessions."""
    results = [
        result
        for result in board.results
        if result.shown and not result.expectation.of_a_session and not result.expectation.sensitive
    ]
    return _lines(board, results, subject_id)


def _lines(board: Board | SessionRead, results: Iterable[ExpectationResult], subject_id: str) -> list[ExpectedLine]:
    found = []
    for result in results:
        mark = result.mark_by_subject.get(subject_id)
        if mark is not None:
            subject = next(subject for subject in result.subjects if subject.id == subject_id)
            found.append(_line(board, result, subject, mark))
    return found


def _line(board: Board | SessionRead, result: ExpectationResult, subject: Subject, mark: Mark) -> ExpectedLine:
    organisation, expectation = board.organisation.slug, result.expectation
    sentence, way, other, word = "", None, None, word_of(result, subject.id, mark)
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
        indicator_url=reverse("indicators:page", args=[organisation, expectation.indicator]),
        expected=expectation.expected,
        moment=str(MOMENTS[moment_of(result)]),
        status="insufficient" if mark is Mark.MISSING else STATUS_OF.get(mark, ""),
        word=word,
        sentence=sentence,
        way=way,
        other=other,
        how=how,
    )

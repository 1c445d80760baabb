"""What the page of one indicator shows, expectation by expectation: plain values with their addresses, no rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidence.engine.result import (
    ExpectationResult,
    IndicatorStatus,
    Mark,
    Outcome,
    Status,
    Subject,
    SubjectKind,
    lower_first,
)
from evidence.readiness import links, wording
from evidence.readiness.links import Way
from evidence.readiness.queries import Board
from evidence.readiness.tables import Tally, tally_of
from qualiopi.standard.expectations import Basis
from qualiopi.standard.model import Change, ChangeType
from qualiopi.web.typography import capitalised, in_words

FIRST = 3  # holes shown before the link to all of them
LISTED = 20  # lines under a notice

NEUTRAL = {
    Outcome.WITHOUT_OBJECT: gettext_lazy("sans objet"),
    Outcome.PUT_OFF: gettext_lazy("à l’audit de surveillance"),
    Outcome.NOT_TRACKED: gettext_lazy("à vérifier par une personne"),
    Outcome.TO_COME: gettext_lazy("à venir"),
}
NOTICES = (
    (Mark.LATE, gettext_lazy("Preuve arrivée en retard"), False),
    (Mark.OLD, gettext_lazy("Preuve ancienne ou non datée"), False),
    (Mark.TO_READ, gettext_lazy("Pièce à relire"), False),
    (Mark.TO_COME, gettext_lazy("À venir : rien n’est encore attendu"), False),
    (Mark.TO_CLARIFY, gettext_lazy("À préciser : on ne peut pas encore dire"), True),
)


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole under an expectation: who or what, why, and the button that mends it."""

    title: str
    url: str
    sentence: str
    person: str  # who leads the session; empty for anything else
    way: Way
    cover_url: str = ""  # where somebody says which of its lines a piece covers


@dataclass(frozen=True, slots=True)
class NoticeBlock:
    """Subjects worth a word without being holes."""

    title: str
    count: int
    lines: tuple[tuple[str, str, date | None, Way | None], ...]  # label, address, date, button

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class ExpectationBlock:
    """One expectation on the page of its indicator."""

    key: str
    expected: str
    status: str  # empty for a neutral outcome, told by `neutral`
    neutral: str
    rule: str
    basis: str
    reference: str
    provisional: bool
    contributing: bool
    tally: Tally | None
    explained: str
    unticked: tuple[str, ...]
    tightened_because: str
    can_tighten: bool
    holes: tuple[Hole, ...]
    holes_count: int
    in_table: bool  # its sessions stand in the table of the page
    same_as_above: bool  # an expectation shown before lacks exactly the same subjects
    all_url: str
    all_words: str
    notices: tuple[NoticeBlock, ...] = field(default_factory=tuple)

    @property
    def holes_look(self) -> str:
        """The class of its list of holes, beside `manquants`."""
        return "manquants--insuf" if self.status == Status.INSUFFICIENT else ""


def percent(limit: float) -> str:
    """A share as people say it."""
    return f"{limit * 100:.0f} %"


def rule_of(result: ExpectationResult) -> str:
    """The limits really applied, in words."""
    from_limit, risk = result.demonstrable_from, result.at_risk_from
    if result.expectation.measure.share:
        if from_limit >= 1 and risk >= 1:
            return _("pour tous, sans exception")
        if from_limit >= 1:
            return _("pour tous ; à risque à partir de %(risk)s") % {"risk": percent(risk)}
        return _("démontrable à partir de %(limit)s, à risque à partir de %(risk)s") % {
            "limit": percent(from_limit),
            "risk": percent(risk),
        }
    needed = round(from_limit)
    sentence = ngettext("une preuve au moins", "%(count)s preuves au moins", needed) % {"count": in_words(needed, feminine=True)}
    return (
        sentence
        if risk >= from_limit
        else _("%(sentence)s, à risque à partir de %(risk)s") % {"sentence": sentence, "risk": round(risk)}
    )


def basis_of(basis: Basis, *, provisional: bool) -> str:
    """Where a rule comes from, in a few words."""
    name = {"law": _("décret"), "guide_v9": _("guide V9")}.get(basis.source, _("pratique maison"))
    return _("%(name)s, provisoire") % {"name": name} if provisional else name


def hole_of(organisation: str, result: ExpectationResult, subject: Subject, leaders: Mapping[str, str]) -> Hole:
    """A missing subject of an expectation; `leaders`: who leads which session."""
    sentence = wording.without_subject(result.sentence(subject), subject.label)
    person = leaders.get(subject.id, "")
    return Hole(
        title=subject.label,
        url=links.subject_url(organisation, subject.kind, subject.id),
        sentence=f"{person} · {sentence}" if person else sentence,
        person=person,
        way=links.way_to_mend(organisation, result.expectation, subject.kind, subject.id),
        cover_url=links.cover_url(organisation, result, subject),
    )


def leaders_of(board: Board, results: Iterable[ExpectationResult]) -> dict[str, str]:
    """Session -> who leads it, for the sessions that lack something."""
    wanted = {subject.id for result in results for subject in result.missing if subject.kind is SubjectKind.SESSION}
    names = {trainer.id: trainer.name for trainer in board.outline.trainers}
    return {
        session.id: ", ".join(names[trainer] for trainer in session.trainer_ids)
        for session in board.outline.sessions
        if session.id in wanted
    }


def expectation_blocks(board: Board, status: IndicatorStatus, *, new_grid: bool, query: str) -> list[ExpectationBlock]:
    """The expectations of an indicator, in its order."""
    leaders = leaders_of(board, status.expectations)
    seen: set[frozenset[str]] = set()
    found = []
    for result in status.expectations:
        lacking = frozenset(subject.id for subject in result.missing)
        same = bool(lacking) and lacking in seen and result.expectation.subject != "organisation"
        found.append(_expectation_block(board, result, leaders, new_grid=new_grid, query=query, same=same))
        seen.add(lacking)
    return found


def _expectation_block(
    board: Board, result: ExpectationResult, leaders: Mapping[str, str], *, new_grid: bool, query: str, same: bool
) -> ExpectationBlock:
    """One expectation with its first holes; the rest is behind a link."""
    organisation, expectation = board.organisation.slug, result.expectation
    provisional = new_grid and expectation.basis.provisional
    holes = () if expectation.sensitive or same else result.missing
    in_table = expectation.of_a_session and result.shown and not expectation.sensitive
    first = 0 if in_table else FIRST
    everything = reverse("readiness:missing", args=[organisation, expectation.indicator, expectation.key]) + query
    return ExpectationBlock(
        key=expectation.key,
        expected=expectation.expected,
        status="" if result.outcome in NEUTRAL else result.outcome.value,
        neutral=str(NEUTRAL.get(result.outcome, "")),
        rule=rule_of(result),
        basis=basis_of(expectation.basis, provisional=provisional),
        reference=expectation.basis.reference,
        provisional=provisional,
        contributing=not expectation.blocking,
        tally=None if result.outcome in NEUTRAL else tally_of(result),
        explained=wording.explained(result),
        unticked=result.unticked,
        tightened_because=result.tightened_because,
        can_tighten=result.outcome not in NEUTRAL and not _at_most(result),
        holes=tuple(hole_of(organisation, result, subject, leaders) for subject in holes[:first]),
        holes_count=result.d - result.n if expectation.sensitive else len(result.missing),
        in_table=in_table,
        same_as_above=same,
        all_url=everything if len(holes) > first else "",
        all_words=wording.all_holes(result),
        notices=tuple(_notice_blocks(board, result)),
    )


def _at_most(result: ExpectationResult) -> bool:
    """Nothing can be asked beyond everybody."""
    return result.expectation.measure.share and result.at_risk_from >= 1


def _notice_blocks(board: Board, result: ExpectationResult) -> Iterable[NoticeBlock]:
    organisation = board.organisation.slug
    proved = [subject for subject in result.subjects if subject.id in result.read_by or result.by_a_file(subject.id)]
    if proved and not result.expectation.sensitive:
        yield NoticeBlock(
            title=capitalised(str(wording.BY_A_FILE)),
            count=len(proved),
            lines=tuple(
                (
                    _read_by(result, subject),
                    links.subject_url(organisation, subject.kind, subject.id),
                    None,
                    None,
                )
                for subject in proved[:LISTED]
            ),
        )
    for mark, title, mendable in NOTICES:
        subjects: Sequence[Subject] = result.having(mark)
        if subjects and not result.expectation.sensitive:
            yield NoticeBlock(
                title=str(title),
                count=len(subjects),
                lines=tuple(
                    (
                        subject.label,
                        links.subject_url(organisation, subject.kind, subject.id),
                        result.due_dates.get(subject.id),
                        links.way_to_clarify(board, result, subject) if mendable else None,
                    )
                    for subject in subjects[:LISTED]
                ),
            )


def _read_by(result: ExpectationResult, subject: Subject) -> str:
    """Its name, and who read the piece that proves it."""
    said = result.proved_by(subject.id)
    return f"{subject.label} : {lower_first(said)}" if said else subject.label


def change_of(change: Change) -> str:
    """What the 2026 grid changes in an indicator; empty when nothing."""
    return "" if change.type is ChangeType.NONE else change.text

"""What the pages show of a board: plain values with their addresses, no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from qualiopi.standard.expectations import Basis
from qualiopi.standard.model import Change, ChangeType, Criterion, Indicator

FIRST = 20  # holes shown before the link to all of them

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
    return reverse("readiness:indicator", args=[organisation, number]) + query


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
        next_action=status.next_action,
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
    sentence = ngettext("une preuve au moins", "%(count)s preuves au moins", needed) % {
        "count": wording.in_words(needed, feminine=True)
    }
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
    names = {trainer.id: trainer.name for trainer in board.facts.trainers}
    return {
        session.id: ", ".join(names[trainer] for trainer in session.trainer_ids)
        for session in board.facts.sessions
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
        holes=tuple(hole_of(organisation, result, subject, leaders) for subject in holes[:FIRST]),
        holes_count=result.d - result.n if expectation.sensitive else len(result.missing),
        same_as_above=same,
        all_url=everything if len(holes) > FIRST else "",
        all_words=wording.all_holes(result),
        notices=tuple(_notice_blocks(board, result)),
    )


def _at_most(result: ExpectationResult) -> bool:
    """Nothing can be asked beyond everybody."""
    return result.expectation.measure.share and result.at_risk_from >= 1


def _notice_blocks(board: Board, result: ExpectationResult) -> Iterable[NoticeBlock]:
    organisation = board.organisation.slug
    if result.read_by and not result.expectation.sensitive:
        proved = [subject for subject in result.subjects if subject.id in result.read_by]
        yield NoticeBlock(
            title=_("Prouvé par une pièce relue"),
            count=len(proved),
            lines=tuple(
                (
                    f"{subject.label} : {lower_first(result.proved_by(subject.id))}",
                    links.subject_url(organisation, subject.kind, subject.id),
                    None,
                    None,
                )
                for subject in proved[:FIRST]
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
                    for subject in subjects[:FIRST]
                ),
            )


def change_of(change: Change) -> str:
    """What the 2026 grid changes in an indicator; empty when nothing."""
    return "" if change.type is ChangeType.NONE else change.text

"""A session as a strip: from what stands recorded, and what is owed, to what the picture draws and its table tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.debts.queries import STEP
from evidence.dossiers.gestures import Lack, closes, lacks_of, proved_steps
from evidence.dossiers.moments import Moment
from evidence.dossiers.queries.standing import Standing, standing_of
from evidence.dossiers.telling import slot_of, unsigned
from evidence.readiness.queries import Board, SessionRead
from qualiopi.web.charts import MOST_PEOPLE, Half, Slot, Stage, Strip
from qualiopi.web.dates import long_date, period, short_month
from trainings.attendance.queries import HalfDayCount, PersonLine, person_lines
from trainings.documents.models import DocumentKind
from trainings.learning.models import IntakeKind
from trainings.sessions.models import EnrolmentState, Session
from trainings.surveys.questionnaire import SATISFACTION


@dataclass(frozen=True, slots=True)
class _Planned:
    """A stage as data: its words, the steps that it stands for, how many of how many, where it is done."""

    label: str
    keys: tuple[str, ...]
    n: int
    d: int
    page: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line of « Lire les chiffres »."""

    what: str
    count: str
    day: str
    state: str


_BEFORE: Final = (Moment.DRAFT, Moment.BEFORE, Moment.FORGOTTEN)


def strip_of(standing: Standing, lacks: Iterable[Lack], lines: Sequence[PersonLine] = ()) -> Strip:
    """The picture of a session. ``lines``: everybody with their half-days, none when they are too many to have a mark each."""
    session, found = standing.session, standing.followed
    late, coming = _steps(lacks, late=True), _steps(lacks, late=False)
    proved = proved_steps(standing.board, str(session.pk))
    before = [stage for each in _before(standing) if (stage := _stage(each, standing, late, coming, proved))]
    after = [stage for each in _after(standing) if (stage := _stage(each, standing, late, coming, proved))]
    for stages in (before, after):
        # What is done and has no day comes first, what is to come and has none last.
        stages.sort(key=lambda each: each[0] or (date.min if each[1].state == "done" else date.max))
    people = [line for line in lines if line.enrolment.state != EnrolmentState.WITHDRAWN]
    halves = [_half(count, place, people, standing) for place, count in enumerate(found.half_days)]
    first, last = session.starts_on, session.ends_on or session.starts_on
    return Strip(
        title=_title(standing, [stage for _day, stage in before], halves, [stage for _day, stage in after]),
        before=[stage for _day, stage in before],
        halves=halves,
        after=[stage for _day, stage in after],
        dates=period(first, last) if first and last else "",
        today=_today(standing, before, after),
        all_url=_url(standing, "attendance:session"),
    )


def strip_on_paper(session: Session, read: Board | SessionRead, *, now: datetime) -> Strip:
    """The same for a file that leaves, from a board that was judged just now."""
    standing = standing_of(session, now=now, read=read)
    lacks = lacks_of(session, standing.steps, standing.owed, read, today=standing.today)
    people, half_days = standing.followed.people, [count.half_day for count in standing.followed.half_days]
    few = len(people) <= MOST_PEOPLE
    return strip_of(standing, lacks, person_lines(session, people, half_days, now=now, drawn=False) if few else ())


def table_of(strip: Strip) -> list[Told]:
    """The same, line by line."""
    words = {"done": _("fait"), "due": _("attendu"), "to_come": _("à venir")}
    return [
        *(Told(stage.label, stage.count, stage.day, words[stage.state]) for stage in strip.before),
        *(
            Told(f"{half.day}, {half.part}", _of(half.signed, half.expected), "", _signed_words(half, words[half.state]))
            for half in strip.halves
        ),
        *(Told(stage.label, stage.count, stage.day, words[stage.state]) for stage in strip.after),
    ]


def beside(standing: Standing) -> str:
    """The finding beside the title: how many signatures, of those that could be."""
    begun = standing.followed.begun
    if not begun:
        return ""
    signed, expected = sum(count.present for count in begun), sum(count.expected for count in begun)
    words = ngettext("%(n)s signature sur %(d)s", "%(n)s signatures sur %(d)s", signed) % {"n": signed, "d": expected}
    left = sum(each.state in (EnrolmentState.ABANDONED, EnrolmentState.INTERRUPTED) for each in standing.followed.people)
    gone = ngettext("%(n)s départ", "%(n)s départs", left) % {"n": left} if left else _("aucun abandon")
    return f"{words}, {gone}"


def _signed_words(half: Half, word: str) -> str:
    return _("%(word)s, contresignée") % {"word": word} if half.countersigned else word


def _before(standing: Standing) -> list[_Planned]:
    found = standing.followed
    parties = {each.company_id or each.pk for each in found.stayed if each.company_id or each.has_company is False}
    people = len(found.people)
    papers = ("document:convocation", "document:welcome_booklet", "document:internal_rules")
    return [
        _Planned(
            _("Besoins"),
            ("intake:needs", "intake:positioning", "conclude"),
            found.answered(IntakeKind.NEEDS),
            people,
            "learning:before",
        ),
        _Planned(_("Conventions"), ("agreement",), len(parties - unsigned(found)), len(parties), "documents:session"),
        _Planned(_("Convocations"), papers, found.given(DocumentKind.CONVOCATION), len(found.stayed), "documents:session"),
    ]


def _after(standing: Standing) -> list[_Planned]:
    found = standing.followed
    people, companies = len(found.people), len({each.company_id for each in found.people if each.company_id})
    ends = ("document:completion_certificate", "document:end_attestation")
    given = found.given(DocumentKind.COMPLETION) + found.given(DocumentKind.ATTESTATION)
    return [
        _Planned(_("Acquis"), ("results",), found.noted, len(found.stayed), "learning:results"),
        _Planned(_("Avis à chaud"), ("survey:end_of_session",), found.answers[SATISFACTION], people, "surveys:session"),
        _Planned(_("Documents"), ends, given, 2 * people, "documents:session"),
        _Planned(_("Entreprises"), ("survey:company",), found.answers["company"], companies, "surveys:session"),
        _Planned(_("À froid"), ("survey:cold",), found.answers["cold"], people, "surveys:session"),
    ]


def _stage(
    planned: _Planned, standing: Standing, late: set[str], coming: set[str], proved: set[str]
) -> tuple[date | None, Stage] | None:
    """The stage with its day; None where nobody calls for it."""
    keys = set(planned.keys)
    steps = [step for step in standing.steps if step.key in keys]
    if (not steps and not planned.d) or (steps and all(step.skipped_reason for step in steps)):
        return None
    waiting = [step.due_on for step in steps if not step.settled]
    done = [timezone.localdate(step.done_at) for step in steps if step.done_at is not None]
    day = min(waiting) if waiting else max(done, default=None)
    if keys & late:
        state = "due"
    elif keys & coming:
        state = "to_come"
    else:
        whole = (planned.d and planned.n >= planned.d) or (steps and not waiting) or keys & proved
        state = "done" if whole else "to_come"
    by_a_piece = state == "done" and planned.n < planned.d and not steps
    count = _("une pièce") if by_a_piece else _of(planned.n, planned.d)
    shown = _short(day, standing.today)
    word = {"done": _("fait"), "due": _("attendu"), "to_come": _("à venir")}[state]
    told = ", ".join(part for part in (planned.label, count, shown, word) if part)
    return day, Stage(planned.label, count, shown, state, told, _url(standing, planned.page))


def _half(count: HalfDayCount, place: int, people: Sequence[PersonLine], standing: Standing) -> Half:
    half_day = count.half_day
    slots = [slot for line in people if (slot := slot_of(line.slots[place])) is not Slot.AWAY]
    trainer = half_day.trainer or next(iter(standing.session.trainers.all()), None)
    countersigned = count.countersignature is not None
    whole = countersigned and not count.missing
    over = half_day.day < standing.today
    state = "done" if whole else "due" if over and count.expected else "to_come"
    part, day = str(half_day.get_part_display()), _weekday(half_day.day)
    signed = ngettext("%(n)s signature sur %(d)s", "%(n)s signatures sur %(d)s", count.present)
    told = ", ".join(
        [
            f"{day}, {part}",
            signed % {"n": count.present, "d": count.expected},
            _("contreseing fait") if countersigned else _("contreseing attendu") if over else _("contreseing à venir"),
        ]
    )
    return Half(
        part=part,
        day=day,
        slots=slots,
        signed=count.present,
        expected=count.expected,
        initials=_initials(str(trainer)) if trainer else "",
        countersigned=countersigned,
        state=state,
        told=told,
        url=reverse("attendance:half_day", args=[standing.session.organisation.slug, half_day.pk]),
    )


def _today(
    standing: Standing, before: Sequence[tuple[date | None, Stage]], after: Sequence[tuple[date | None, Stage]]
) -> tuple[str, int] | None:
    """Beside which stage today stands; None while the training runs."""
    if standing.moment is Moment.RUNNING:
        return None
    last = standing.session.ends_on or standing.session.starts_on
    side, stages = ("after", after) if last is not None and last < standing.today else ("before", before)
    return side, sum(1 for day, stage in stages if (day < standing.today if day is not None else stage.state == "done"))


def _title(standing: Standing, before: list[Stage], halves: list[Half], after: list[Stage]) -> str:
    """What one would say of the picture."""
    done = [sum(stage.state == "done" for stage in found) for found in (before, after)]
    signed, expected = sum(half.signed for half in halves), sum(half.expected for half in halves)
    told = [
        ngettext("%(n)s étape avant, dont %(done)s faite", "%(n)s étapes avant, dont %(done)s faites", len(before))
        % {"n": len(before), "done": done[0]},
        ngettext(
            "%(n)s demi-journée, %(signed)s signatures sur %(expected)s",
            "%(n)s demi-journées, %(signed)s signatures sur %(expected)s",
            len(halves),
        )
        % {"n": len(halves), "signed": signed, "expected": expected},
        ngettext("%(n)s étape après, dont %(done)s faite", "%(n)s étapes après, dont %(done)s faites", len(after))
        % {"n": len(after), "done": done[1]},
    ]
    return _("La session en une bande : %(told)s") % {"told": " ; ".join(told)}


def _steps(lacks: Iterable[Lack], *, late: bool) -> set[str]:
    return {key for lack in lacks if lack.late is late for key in (*closes(lack.key), lack.key.removeprefix(STEP))}


def _url(standing: Standing, page: str) -> str:
    return reverse(page, args=[standing.session.organisation.slug, standing.session.pk])


def _of(n: int, d: int) -> str:
    return _("%(n)s sur %(d)s") % {"n": n, "d": d} if d else ""


def _short(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day.day} {short_month(day)}" if abs((day - today).days) < 300 else f"{short_month(day)} {day.year}"


def _weekday(day: date) -> str:
    return " ".join(long_date(day, weekday=True).split(" ")[:2])


def _initials(name: str) -> str:
    words = name.split()
    return f"{words[0][0]}. {words[-1][0]}." if len(words) > 1 else name[:1]

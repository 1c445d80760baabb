"""Sessions with a date, and the work around each put together from what was read in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qualiopi.identifiers import Names, as_day, raw
from qualiopi.text import comparison_key
from trainings.catalogue.models import Objective
from trainings.facts.documents import Papers, people_agreed
from trainings.facts.enrolments import NO_COUNTS, Enrolled
from trainings.facts.learning import NO_NEED, Need, Results, people_with_needs, people_with_results
from trainings.facts.opinions import Invited, Opinions
from trainings.facts.register import NO_HALF_DAYS, NO_LINES, NOT_OWED, HalfDays, Register
from trainings.facts.rows import NO_WORK, NOBODY, Asked, SessionRow, Taught, Told, Work
from trainings.facts.scope import Scope
from trainings.people.rules import days_taught
from trainings.sessions.models import Session, SessionKind, SessionTrainer
from trainings.states import NOT_HELD


@dataclass(frozen=True, slots=True)
class Around:
    """Everything read in bulk around sessions, by session."""

    enrolled: Enrolled
    needs: dict[str, Need]
    results: dict[str, list[Results]]
    register: Register
    papers: Papers
    opinions: Opinions


# For whoever asks of sessions what they are, and not what the work around them left.
NOTHING_AROUND = Around(
    enrolled=Enrolled({}, {}, {}, {}),
    needs={},
    results={},
    register=Register({}, {}, {}, {}, {}, {}, {}),
    papers=Papers({}, {}, {}),
    opinions=Opinions({}),
)


def read_sessions(scope: Scope, names: Names, around: Around, *, today: date) -> dict[str, Told | None]:
    """By identifier, in time order; None for a session that nobody dated. Two queries."""
    leading: defaultdict[str, list[str]] = defaultdict(list)
    assignments = scope.of(SessionTrainer, "session", "session__organisation").order_by("id")
    for session, trainer in assignments.values_list(raw("session_id"), raw("trainer_id")):
        leading[names[session]].append(names[trainer])
    rows = (
        scope.of(Session, "pk")
        .annotate(objectives=Coalesce(Subquery(_objectives().values("number")), 0))
        .order_by("starts_on", "reference", "id")
        .values_list(
            raw("id"), "reference", raw("course_id"), raw("starts_on"), raw("ends_on"), "state", "modality", "duration_hours", "place",
            "platform", "work_study", "workplace_periods", "kind", "run_for", "missions", raw("given_to_id"), "objectives",
            raw("subcontract_id"),
        )
    )  # fmt: skip
    nothing, enrolled = Asked(), around.enrolled
    found: dict[str, Told | None] = {}
    for key, reference, course, starts, ends, state, modality, hours, place, platform, *rest in rows:
        study, workplace, kind, client, missions, given, objectives, contract = rest
        name = names[key]
        last_day = as_day(ends)
        first_day = as_day(starts) or last_day
        if first_day is None:
            found[name] = None  # nothing can be said of it
            continue
        counts = enrolled.counts.get(name, NO_COUNTS)
        found[name] = Told(
            client=client,
            first_exam_on=counts.first_exam_on,
            asked=tuple(sorted(around.opinions.parties.get(name, {}).items())),
            session=SessionRow(
                id=name,
                reference=reference,
                course_id=names[course],
                first_day=first_day,
                last_day=last_day,
                held=state not in NOT_HELD,
                modality=modality,
                hours=hours,
                has_place=bool(place),
                has_link=bool(platform),
                work_study=study,
                workplace_periods=workplace,
                run_for_another=bool(client) or kind == SessionKind.SUBCONTRACTED,
                client_id=f"client:{comparison_key(client)}" if client else None,
                missions=frozenset(missions) if missions else None,  # an empty list says nothing
                given_to_id=None if given is None else names[given],
                trainer_ids=tuple(leading.get(name, ())),
                enrolled=counts.enrolled,
                enrolled_cpf_only=enrolled.cpf.get(name, 0),
                company_known=counts.company_known,
                company_ids=tuple(sorted(enrolled.companies.get(name, ()))),
                funder_known=counts.funder_known,
                funder_ids=enrolled.funders.get(name, ()),
                asked=around.opinions.asked.get(name, nothing),
                contract_id=None if contract is None else names[contract],
                work=work_of(
                    name,
                    around,
                    objectives=objectives,
                    taught=_taught(around.register.half_days.get(name, NO_HALF_DAYS), leading.get(name, ()), today),
                ),
            ),
        )
    return found


def _objectives() -> QuerySet[Any]:
    """How many objectives the programme that a session follows has."""
    rows: QuerySet[Any] = Objective.objects.filter(programme=OuterRef("programme")).order_by()
    return rows.values("programme").annotate(number=Count("pk"))


_NOT_INVITED = Invited()


def _taught(half_days: HalfDays, leading: Iterable[str], today: date) -> tuple[Taught, ...]:
    """Who taught, and on which days: those assigned, and whoever leads a half-day."""
    if not half_days.led:
        return ()
    people = dict.fromkeys((*leading, *(leader for _day, leader in half_days.led if leader is not None)))
    days = [day for day, _leader in half_days.led]
    found = ((one, days_taught(half_days.led, one, first=min(days), last=max(days), today=today)) for one in people)
    return tuple(Taught(one, tuple(each)) for one, each in found if each)


def work_of(name: str, around: Around, *, objectives: int, taught: tuple[Taught, ...] = ()) -> Work:
    """What the work around one session left behind."""
    register = around.register
    half_days = register.half_days.get(name, NO_HALF_DAYS)
    counts = around.enrolled.counts.get(name)
    need = around.needs.get(name, NO_NEED)
    invited = around.opinions.invited.get(name, _NOT_INVITED)
    if counts is None:
        # Nobody is enrolled: only what concerns the session as a whole can be there.
        withdrawn = register.withdrawn.get(name, 0)
        if need.group_on is None and not half_days.planned and not withdrawn:
            return NO_WORK
        return Work(
            withdrawn=withdrawn,
            need_on=min((day for day in (need.group_on, *need.by_company.values()) if day is not None), default=None),
            half_days=half_days.planned,
            half_days_held=half_days.held,
            remote_held=half_days.remote_held,
            taught=taught,
        )
    companies = around.enrolled.companies.get(name, {})
    lines = register.lines.get(name, NO_LINES)
    results = around.results.get(name, [])
    signed = around.papers.signed.get(name)
    owed = counts.enrolled - around.enrolled.cpf.get(name, 0)
    return Work(
        completed=counts.completed,
        withdrawn=register.withdrawn.get(name, 0),
        need_on=need.group_on,
        needs=people_with_needs(need, counts, companies) if need.by_company else counts.needs,
        positioned=counts.positioned,
        agreed=people_agreed(signed, companies, owed=owed) if signed else NOBODY,
        told=around.papers.told.get(name, NOBODY),
        half_days=half_days.planned,
        half_days_held=half_days.held,
        remote_held=half_days.remote_held,
        taught=taught,
        lines_expected=half_days.held * counts.enrolled - register.not_expected.get(name, NOT_OWED).lines,
        lines=lines.lines - register.beside.get(name, NOT_OWED).lines,
        remote_expected=half_days.remote_held * counts.enrolled - register.not_expected.get(name, NOT_OWED).at_distance,
        lines_timed=lines.timed + register.absences_at_distance.get(name, 0) - register.beside.get(name, NOT_OWED).at_distance,
        countersigned=lines.countersigned,
        register_on=lines.last_on,
        departures=register.departures.get(name, ()),
        evaluated=people_with_results(results, at_least=1),
        objectives=objectives,
        by_objective=people_with_results(results, at_least=objectives) if objectives else NOBODY,
        certified=around.papers.certified.get(name, NOBODY),
        candidates=counts.candidates,
        presented=counts.presented,
        asked=counts.asked,
        needs_declared=counts.needs_declared,
        needs_answered=counts.needs_answered,
        adapted=counts.adapted,
        carried_out=counts.carried_out,
        invited=invited.sent,
        invited_answered=invited.answered,
        reminded_on=invited.reminded_on,
    )

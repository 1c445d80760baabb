"""Needs told for a whole session, and results by objective: by session, never by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Min, OuterRef, Subquery

from qualiopi.identifiers import Names, as_day, raw
from trainings.facts.enrolments import ENROLLED, Counts, OfCompany
from trainings.facts.rows import NOBODY, People
from trainings.facts.scope import Scope
from trainings.learning.models import Moment, ObjectiveResult, SessionNeed
from trainings.sessions.models import Enrolment


class Need(NamedTuple):
    """The needs told for one session: that of the group, and those of companies, with the day each was first told."""

    group_on: date | None
    by_company: Mapping[str, date]


NO_NEED = Need(None, {})


def read_needs(scope: Scope, names: Names, *, until: date) -> dict[str, Need]:
    """One query. A need without a conclusion is not analysed."""
    rows = (
        scope.of(SessionNeed)
        .filter(recorded_on__lte=until)
        .exclude(conclusion="")
        .order_by()
        .values_list(raw("session_id"), raw("company_id"))
        .annotate(Min("recorded_on"))
    )
    group: dict[str, date] = {}
    by_company: defaultdict[str, dict[str, date]] = defaultdict(dict)
    for session, company, told_on in rows:
        if company is None:
            group[names[session]] = told_on
        else:
            by_company[names[session]][names[company]] = told_on
    return {session: Need(group.get(session), by_company.get(session, {})) for session in group.keys() | by_company.keys()}


def people_with_needs(need: Need, counts: Counts, companies: Mapping[str, OfCompany]) -> People:
    """How many people of a session had their need analysed: by themselves, or through their company."""
    through = {company: told_on for company, told_on in need.by_company.items() if company in companies}
    if not through:
        return counts.needs
    by_themselves = counts.needs.number - sum(companies[company].needs for company in through)
    days = [*through.values(), *([counts.needs.last_on] if by_themselves and counts.needs.last_on else [])]
    return People(by_themselves + sum(companies[company].enrolled for company in through), max(days))


class Results(NamedTuple):
    """How many people of a session have so many objectives with a result, and the day of the last of these results."""

    objectives: int
    people: int
    last_on: date | None


def read_results(scope: Scope, names: Names, *, until: date) -> dict[str, list[Results]]:
    """One query. What somebody knew at the entry is no result of the training; whoever left on the way is left out."""
    seen = (
        ObjectiveResult.objects.filter(enrolment=OuterRef("pk"), dated_on__lte=until)
        .exclude(moment=Moment.ENTRY)
        .order_by()
        .values("enrolment")
    )
    rows = (
        scope.of(Enrolment)
        .filter(ENROLLED)
        .annotate(
            objectives_seen=Subquery(seen.annotate(number=Count("objective", distinct=True)).values("number")),
            seen_on=Subquery(seen.annotate(last=Max("dated_on")).values("last")),
        )
        .order_by()
        .values_list(raw("session_id"), "objectives_seen")
        .annotate(Count("id"), Max("seen_on"))
    )
    found: defaultdict[str, list[Results]] = defaultdict(list)
    for session, objectives, people, last_on in rows:
        # Those without any are left out here: in SQL, everybody's results would be counted once more.
        if objectives:
            found[names[session]].append(Results(objectives, people, as_day(last_on)))
    return found


def people_with_results(results: list[Results], *, at_least: int) -> People:
    """The people who have results on at least so many objectives."""
    enough = [row for row in results if row.objectives >= at_least]
    if not enough:
        return NOBODY
    days = [row.last_on for row in enough if row.last_on is not None]
    return People(sum(row.people for row in enough), max(days, default=None))

"""What this floor knows of an organisation's trainings, for whoever judges: a constant number of queries, sets worked out in SQL.

No model is built: an organisation may have 100,000 enrolments. What nobody said stays ``None``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from qualiopi.identifiers import Names
from qualiopi.organisations.models import Organisation
from trainings.facts.catalogue import Programmes, outline_of_courses, read_courses
from trainings.facts.keeping import Reading, told_by_sessions
from trainings.facts.people import outline_of_trainers, read_parties, read_subcontractors, read_trainers
from trainings.facts.rows import Party, SubcontractorRow, Told, TrainingFacts
from trainings.facts.scope import Scope
from trainings.facts.sessions import NOTHING_AROUND, read_sessions
from trainings.people.models import Company, Funder, TrainerStatus
from trainings.sessions.models import Session, SessionTrainer


def training_facts(
    organisation: Organisation, *, until: date, today: date, absent_half_days: int = 2, row_open_days: int = 10
) -> TrainingFacts:
    """Gather them in a constant number of queries, whatever the number of sessions; those of sessions come from what is kept of each.

    ``until`` closes the reading: what was recorded as done later is left out. ``today``: half-days before it were held.
    ``absent_half_days``: how many unexplained absences in a row call for a contact; ``row_open_days``: how many open days break a row.
    """
    names = Names()
    told = told_by_sessions(organisation, Reading(until, today, absent_half_days, row_open_days))
    asked = _asked(told)
    sessions = [each.session for each in told]
    trainers = read_trainers(organisation, names, sessions, asked, until=until)
    own = [SubcontractorRow(row.id, row.name) for row in trainers if row.subcontractor_id == row.id]
    return TrainingFacts(
        courses=read_courses(organisation, names, Programmes(organisation, names, until=until), _first_exams(told), until=until),
        sessions=sessions,
        trainers=trainers,
        subcontractors=read_subcontractors(organisation, names, until=until) + own,
        companies=read_parties(Company, organisation, names, asked) + _clients(told),
        funders=read_parties(Funder, organisation, names, asked),
    )


def _asked(told: Iterable[Told]) -> dict[str, date]:
    """Company, funder or trainer -> the last day on which it was asked for its opinion."""
    found: dict[str, date] = {}
    for each in told:
        for party, day in each.asked:
            found[party] = max(day, found.get(party, day))
    return found


def _clients(told: Iterable[Told]) -> list[Party]:
    """The organisations for which sessions were run, each by the name it was first given."""
    found: dict[str, Party] = {}
    for each in told:
        name = each.session.client_id
        if name is not None and name not in found:
            found[name] = Party(name, each.client)
    return list(found.values())


def _first_exams(told: Iterable[Told]) -> dict[str, date]:
    """Course -> the day of its first examination."""
    found: dict[str, date] = {}
    for each in told:
        day, course = each.first_exam_on, each.session.course_id
        if day is not None and (course not in found or day < found[course]):
            found[course] = day
    return found


_LED_FROM_OUTSIDE = Q(
    Exists(
        SessionTrainer.objects.filter(
            session=OuterRef("pk"), trainer__status__in=(TrainerStatus.SUBCONTRACTOR, TrainerStatus.CARRIED)
        )
    )
)
# Condition -> the sessions that may show it. Whoever judges looks closer: one too many is read for nothing, one too few would be missed.
SHOWING = {
    "certifying": Q(course__certifying=True) | Q(course__category__in=("VAE", "CFA")),
    "work_study": Q(work_study=True),
    "workplace_periods": Q(work_study=True) | Q(workplace_periods=True),
    "subcontracts_out_or_portage": Q(given_to__isnull=False) | _LED_FROM_OUTSIDE,
}


def facts_showing(organisation: Organisation, conditions: Collection[str], *, today: date) -> TrainingFacts:
    """What may show one of these conditions (keys of ``SHOWING``), in four queries; sessions are those concerned alone."""
    names = Names()
    showing = Session.objects.for_organisation(organisation).filter(reduce(or_, (SHOWING[key] for key in sorted(conditions))))
    told = read_sessions(Scope(organisation, showing.order_by().values("pk")), names, NOTHING_AROUND, today=today)
    return TrainingFacts(
        courses=outline_of_courses(organisation),
        sessions=[each.session for each in told.values() if each is not None],
        trainers=outline_of_trainers(organisation, names),
        subcontractors=[],
        companies=[],
        funders=[],
    )

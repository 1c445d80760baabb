"""What this floor knows of an organisation's trainings, for whoever judges: a constant number of queries, sets worked out in SQL.

No model is built: an organisation may have 100,000 enrolments. What nobody said stays ``None``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qualiopi.identifiers import Names
from qualiopi.organisations.models import Organisation
from trainings.facts.catalogue import Programmes, read_courses
from trainings.facts.keeping import Reading, told_by_sessions
from trainings.facts.people import read_parties, read_subcontractors, read_trainers
from trainings.facts.rows import Party, SubcontractorRow, Told, TrainingFacts
from trainings.people.models import Company, Funder


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

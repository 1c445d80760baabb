"""What this floor knows of an organisation's trainings, for whoever judges: a constant number of queries, sets worked out in SQL.

No model is built: an organisation may have 100,000 enrolments. What nobody said stays ``None``.
"""

from __future__ import annotations

from datetime import date

from qualiopi.identifiers import Names
from qualiopi.organisations.models import Organisation
from trainings.facts.catalogue import Programmes, read_courses
from trainings.facts.documents import read_papers
from trainings.facts.enrolments import read_enrolled
from trainings.facts.learning import read_needs, read_results
from trainings.facts.opinions import read_opinions
from trainings.facts.people import read_parties, read_subcontractors, read_trainers
from trainings.facts.register import read_register
from trainings.facts.rows import SessionRow, SubcontractorRow, TrainingFacts
from trainings.facts.sessions import Around, read_sessions
from trainings.people.models import Company, Funder


def training_facts(
    organisation: Organisation, *, until: date, today: date, absent_half_days: int = 2, row_open_days: int = 10
) -> TrainingFacts:
    """Gather them in twenty-five queries, whatever the number of sessions. Reads only.

    ``until`` closes the reading: what was recorded as done later is left out. ``today``: half-days before it were held.
    ``absent_half_days``: how many unexplained absences in a row call for a contact; ``row_open_days``: how many open days break a row.
    """
    names = Names()
    opinions = read_opinions(organisation, names, until=until)
    around = Around(
        enrolled=read_enrolled(organisation, names, until=until, today=today),
        needs=read_needs(organisation, names, until=until),
        results=read_results(organisation, names, until=until),
        register=read_register(
            organisation, names, until=until, today=today, absent_half_days=absent_half_days, row_open_days=row_open_days
        ),
        papers=read_papers(organisation, names, until=until),
        opinions=opinions,
        programmes=Programmes(organisation, names, until=until),
    )
    sessions, clients = read_sessions(organisation, names, around, today=today)
    trainers = read_trainers(organisation, names, sessions, opinions.parties, until=until)
    own = [SubcontractorRow(row.id, row.name) for row in trainers if row.subcontractor_id == row.id]
    return TrainingFacts(
        courses=read_courses(organisation, names, around.programmes, _first_exams(sessions, around), until=until),
        sessions=sessions,
        trainers=trainers,
        subcontractors=read_subcontractors(organisation, names, until=until) + own,
        companies=read_parties(Company, organisation, names, opinions.parties) + clients,
        funders=read_parties(Funder, organisation, names, opinions.parties),
    )


def _first_exams(sessions: list[SessionRow], around: Around) -> dict[str, date]:
    """Course -> the day of its first examination."""
    found: dict[str, date] = {}
    for session in sessions:
        counts = around.enrolled.counts.get(session.id)
        day = counts.first_exam_on if counts else None
        if day is not None and (session.course_id not in found or day < found[session.course_id]):
            found[session.course_id] = day
    return found

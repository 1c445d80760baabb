"""The names behind the counts of a session: for each thing that may lack, as many as the facts count, and the right ones."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    CompanyFactory,
    CountersignatureFactory,
    CourseFactory,
    EnrolmentFactory,
    ExamResultFactory,
    FunderFactory,
    FundingFactory,
    HalfDayFactory,
    IntakeFactory,
    IssuedFactory,
    MarkFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    OrganisationFactory,
    PersonalIssuedFactory,
    ProgrammeFactory,
    SendingFactory,
    SessionFactory,
    SessionNeedFactory,
    TrainerFactory,
)
from trainings.attendance.models import MarkKind
from trainings.documents.models import DocumentKind
from trainings.facts.lacking import Lack, lacking
from trainings.facts.reading import training_facts
from trainings.learning.models import IntakeKind, Moment
from trainings.people.models import FunderKind
from trainings.sessions.models import Aim, EnrolmentState

pytestmark = pytest.mark.django_db
UNTIL, LATER = date(2026, 11, 23), date(2026, 11, 24)
BEFORE = date(2026, 9, 1)


@pytest.fixture
def session():
    organisation = OrganisationFactory()
    course = CourseFactory(organisation=organisation)
    session = SessionFactory(organisation=organisation, course=course, programme=ProgrammeFactory(course=course))
    SessionFactory(organisation=organisation, course=course)  # of which nothing is asked
    return session


@pytest.fixture
def people(session):
    """By name: of a company, alone, paid by the CPF alone, who left on the way, who withdrew."""
    company = CompanyFactory(organisation=session.organisation)
    found = {
        "company": EnrolmentFactory(session=session, company=company, has_company=True),
        "alone": EnrolmentFactory(session=session),
        "cpf": EnrolmentFactory(session=session, has_funder=True),
        "left": EnrolmentFactory(
            session=session, state=EnrolmentState.INTERRUPTED, ended_on=date(2026, 9, 7), end_reason="Reprise d’emploi"
        ),
        "withdrew": EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN),
        "never began": EnrolmentFactory(
            session=session, state=EnrolmentState.INTERRUPTED, ended_on=date(2026, 8, 3), end_reason="Reprise d’emploi"
        ),
    }
    FundingFactory(enrolment=found["cpf"], funder=FunderFactory(organisation=session.organisation, kind=FunderKind.CPF))
    return found


def names(kind, session, people, **days):
    found = lacking(kind, [session.pk], **{"until": UNTIL, "today": UNTIL, **days})
    assert found.keys() <= {str(session.pk)}
    by_id = {str(one.pk): name for name, one in people.items()}
    return sorted(by_id[pk] for pk in found.get(str(session.pk), ()))


def counted(session):
    facts = training_facts(session.organisation, until=UNTIL, today=UNTIL)
    row = next(row for row in facts.sessions if row.id == str(session.pk))
    work, owed = row.work, row.enrolled - row.enrolled_cpf_only
    return {
        Lack.NEEDS: row.enrolled - work.needs.number,
        Lack.POSITIONED: row.enrolled - work.positioned.number,
        Lack.AGREED: owed - work.agreed.number,
        Lack.TOLD: row.enrolled - work.told.number,
        Lack.EVALUATED: work.completed - work.evaluated.number,
        Lack.BY_OBJECTIVE: work.completed - work.by_objective.number,
        Lack.CERTIFIED: work.completed - work.certified.number,
        Lack.PRESENTED: work.candidates - work.presented.number,
    }


def needs(session, people):
    SessionNeedFactory(session=session, company=people["company"].company, recorded_on=BEFORE)
    IntakeFactory(enrolment=people["cpf"], conclusion="Rien à adapter.", concluded_on=BEFORE)
    IntakeFactory(enrolment=people["alone"])  # answered, nothing concluded
    return ["alone", "left"]


def positioned(session, people):
    IntakeFactory(enrolment=people["alone"], kind=IntakeKind.POSITIONING, answered_on=BEFORE)
    IntakeFactory(enrolment=people["cpf"], kind=IntakeKind.POSITIONING, answered_on=LATER)
    return ["company", "cpf", "left"]


def agreed(session, people):
    issued = {"issued_on": date(2026, 8, 30)}
    IssuedFactory(session=session, kind=DocumentKind.AGREEMENT, company=people["company"].company, signed_on=BEFORE, **issued)
    PersonalIssuedFactory(enrolment=people["alone"], kind=DocumentKind.CONTRACT, **issued)  # not signed
    return ["alone", "left"]


def told(session, people):
    for name, day in (("alone", 21), ("left", 22)):
        document = PersonalIssuedFactory(enrolment=people[name], kind=DocumentKind.CONVOCATION, issued_on=date(2026, 8, 20))
        SendingFactory(document=document, sent_at=datetime(2026, 8, day, 8, tzinfo=UTC))
    return ["company", "cpf"]


def evaluated(session, people):
    first = ObjectiveFactory(programme=session.programme)
    ObjectiveResultFactory(enrolment=people["alone"], objective=first, dated_on=BEFORE)
    ObjectiveResultFactory(enrolment=people["cpf"], objective=first, dated_on=BEFORE, moment=Moment.ENTRY)
    return ["company", "cpf"]


def by_objective(session, people):
    first, second = ObjectiveFactory(programme=session.programme), ObjectiveFactory(programme=session.programme)
    for name, objectives in (("alone", (first, second)), ("company", (first,))):
        for objective in objectives:
            ObjectiveResultFactory(enrolment=people[name], objective=objective, dated_on=BEFORE)
    return ["company", "cpf"]


def certified(session, people):
    PersonalIssuedFactory(enrolment=people["alone"])
    PersonalIssuedFactory(enrolment=people["cpf"], issued_on=LATER)
    PersonalIssuedFactory(enrolment=people["left"])
    return ["company", "cpf"]


def presented(session, people):
    """All three aim at the certification: the first was told and registered, and did not sit; of the second nothing is known."""
    for name in ("company", "alone", "cpf"):
        people[name].aim = Aim.RNCP
        people[name].save()
    known = {"informed_on": BEFORE, "registered_on": BEFORE}
    ExamResultFactory(enrolment=people["alone"], **known, exam_on=date(2026, 10, 1), sat=True, passed=True)
    ExamResultFactory(enrolment=people["company"], **known, exam_on=date(2026, 10, 1), sat=None, passed=None)
    return ["company", "cpf"]


@pytest.mark.parametrize(
    ("kind", "happen"),
    [
        (Lack.NEEDS, needs),
        (Lack.POSITIONED, positioned),
        (Lack.AGREED, agreed),
        (Lack.TOLD, told),
        (Lack.EVALUATED, evaluated),
        (Lack.BY_OBJECTIVE, by_objective),
        (Lack.CERTIFIED, certified),
        (Lack.PRESENTED, presented),
    ],
)
def test_who_lacks_it_and_as_many_as_the_facts_count(session, people, kind, happen):
    expected = happen(session, people)
    assert names(kind, session, people) == expected
    assert len(expected) == counted(session)[kind]


@pytest.fixture
def half_days(session):
    trainer = TrainerFactory(organisation=session.organisation)
    return {
        f"{day.day} {part}": HalfDayFactory(session=session, day=day, part=part, trainer=trainer, remote=day.day == 8)
        for day in (date(2026, 9, 7), date(2026, 9, 8))
        for part in ("am", "pm")
    }


def test_half_days_lack_a_line_of_somebody_who_was_there_or_the_trainers_signature(session, people, half_days):
    for name, half_day in half_days.items():
        for who in ("company", "alone", "cpf"):
            if (name, who) != ("7 pm", "alone"):
                MarkFactory(half_day=half_day, enrolment=people[who])
        if name != "8 pm":
            CountersignatureFactory(half_day=half_day)
    MarkFactory(half_day=half_days["7 am"], enrolment=people["left"])
    EnrolmentFactory(session=session, joined_on=LATER)  # who comes later owes nothing yet
    # On the 7th in the afternoon two lines lack; the last one is not countersigned; who left owes nothing on the 8th.
    assert names(Lack.REGISTER, session, half_days) == ["7 pm", "8 pm"]
    assert names(Lack.REGISTER, session, half_days, today=date(2026, 9, 8)) == ["7 pm"]
    MarkFactory(half_day=half_days["7 pm"], enrolment=people["alone"])
    MarkFactory(half_day=half_days["7 pm"], enrolment=people["left"])
    CountersignatureFactory(half_day=half_days["8 pm"])
    facts = training_facts(session.organisation, until=UNTIL, today=UNTIL)
    work = next(row.work for row in facts.sessions if row.id == str(session.pk))
    assert (names(Lack.REGISTER, session, half_days), work.lines, work.countersigned) == ([], work.lines_expected, 4)


def test_at_a_distance_minutes_lack_or_an_absence(session, people, half_days):
    for who in ("company", "cpf"):
        MarkFactory(half_day=half_days["8 am"], enrolment=people[who], minutes=180, method="connection")
    MarkFactory(half_day=half_days["8 am"], enrolment=people["alone"], kind=MarkKind.ABSENT)
    MarkFactory(half_day=half_days["8 pm"], enrolment=people["alone"])  # there, and nobody knows for how long
    assert names(Lack.REMOTE, session, half_days) == ["8 pm"]

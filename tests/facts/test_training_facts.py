"""What this floor tells: equality on a small world, and the same number of queries whatever its size."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    CourseFactory,
    EnrolmentFactory,
    FunderFactory,
    FundingFactory,
    OrganisationFactory,
    ResponseFactory,
    SessionFactory,
    SubcontractorFactory,
    TrainerFactory,
)
from trainings.facts.reading import training_facts
from trainings.facts.rows import Asked, CourseRow, Departure, Party, SessionRow, SubcontractorRow, TrainerRow, Work
from trainings.people.models import FunderKind, TrainerStatus
from trainings.sessions.models import EnrolmentState, SessionKind, SessionState
from trainings.surveys.models import Audience

pytestmark = pytest.mark.django_db


UNTIL = date(2026, 11, 23)


@pytest.fixture
def organisation():
    return OrganisationFactory()


def read(organisation, **dates):
    return training_facts(organisation, **{"until": UNTIL, "today": UNTIL, **dates})


def test_an_empty_organisation_has_no_fact(organisation):
    SessionFactory()
    ResponseFactory()
    facts = read(organisation)
    assert (facts.courses, facts.sessions, facts.trainers, facts.subcontractors, facts.companies, facts.funders) == (
        [],
        [],
        [],
        [],
        [],
        [],
    )


def test_a_session_carries_what_its_enrolments_and_answers_add_up_to(organisation):
    course = CourseFactory(organisation=organisation, title="Animer", code="AN", certifying=None, category="")
    trainer = TrainerFactory(organisation=organisation, first_name="Inès", last_name="Carvalho")
    session = SessionFactory(organisation=organisation, course=course, reference="S1", trainers=[trainer])
    company, other = CompanyFactory(organisation=organisation, name="A"), CompanyFactory(organisation=organisation, name="B")
    cpf = FunderFactory(organisation=organisation, name="CPF", kind=FunderKind.CPF)
    opco = FunderFactory(organisation=organisation, name="OPCO")
    helped = EnrolmentFactory(session=session, company=company, has_company=True, has_funder=True)
    for funder in (opco, cpf):  # the CPF, and somebody besides: not the CPF alone
        FundingFactory(enrolment=helped, funder=funder)
    EnrolmentFactory(session=session, company=company, has_company=True, has_funder=False)
    FundingFactory(enrolment=EnrolmentFactory(session=session, has_company=False, has_funder=True), funder=cpf)
    EnrolmentFactory(session=session, state=EnrolmentState.ABANDONED)
    EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN, company=other, has_company=True)
    campaign = CampaignFactory(session=session, opened_on=date(2026, 9, 8))
    CampaignFactory(session=session, questionnaire="later", opened_on=date(2026, 12, 1))
    for day in (9, 8, 20):
        ResponseFactory(campaign=campaign, answered_on=date(2026, 9, day))
    ResponseFactory(campaign=CampaignFactory(session=session, questionnaire="company", audience=Audience.COMPANY))

    facts = read(organisation)

    assert facts.courses == [CourseRow(str(course.pk), "Animer", "AN")]
    assert facts.companies == [Party(str(company.pk), "A"), Party(str(other.pk), "B")]
    assert sorted(facts.funders) == sorted([Party(str(cpf.pk), "CPF"), Party(str(opco.pk), "OPCO")])
    assert facts.sessions == [
        SessionRow(
            id=str(session.pk),
            reference="S1",
            course_id=str(course.pk),
            first_day=date(2026, 9, 7),
            last_day=date(2026, 9, 8),
            held=True,
            modality="on_site",
            hours=Decimal("14"),
            has_place=True,
            has_link=False,
            work_study=None,
            workplace_periods=None,
            run_for_another=False,
            client_id=None,
            missions=None,
            given_to_id=None,
            trainer_ids=(str(trainer.pk),),
            enrolled=4,
            enrolled_cpf_only=1,
            company_known=3,
            company_ids=(str(company.pk),),
            funder_known=3,
            funder_ids=tuple(sorted([str(cpf.pk), str(opco.pk)])),
            asked=Asked(date(2026, 9, 8), 3, date(2026, 9, 8), date(2026, 9, 20), Decimal(4)),
            work=Work(completed=3, withdrawn=1, candidates=3, departures=(Departure(None),)),
        )
    ]


@pytest.mark.parametrize(
    ("state", "held"),
    [
        (SessionState.DRAFT, False),
        (SessionState.PLANNED, True),
        (SessionState.CONFIRMED, True),
        (SessionState.RUNNING, True),
        (SessionState.DONE, True),
        (SessionState.CANCELLED, False),
        (SessionState.POSTPONED, False),
    ],
)
def test_a_state_left_behind_does_not_hide_a_session(organisation, state, held):
    SessionFactory(organisation=organisation, state=state)
    assert [session.held for session in read(organisation).sessions] == [held]


def test_a_session_without_any_date_is_left_out_and_one_day_is_enough(organisation):
    SessionFactory(organisation=organisation, starts_on=None, ends_on=None)
    SessionFactory(organisation=organisation, starts_on=None, ends_on=date(2026, 5, 4))
    SessionFactory(organisation=organisation, starts_on=date(2026, 6, 1), ends_on=None)
    found = {(session.first_day, session.last_day) for session in read(organisation).sessions}
    assert found == {(date(2026, 5, 4), date(2026, 5, 4)), (date(2026, 6, 1), None)}


def test_sessions_run_for_others_name_their_client_once(organisation):
    SessionFactory(organisation=organisation, reference="1", run_for="Institut Fictif", missions=["welcome"])
    SessionFactory(organisation=organisation, reference="2", run_for="INSTITUT  FICTIF")
    SessionFactory(organisation=organisation, reference="3", kind=SessionKind.SUBCONTRACTED)
    facts = read(organisation)
    assert [(s.reference, s.run_for_another, s.client_id, s.missions) for s in facts.sessions] == [
        ("1", True, "client:institut fictif", frozenset({"welcome"})),
        ("2", True, "client:institut fictif", None),
        ("3", True, None, None),
    ]
    assert facts.companies == [Party("client:institut fictif", "Institut Fictif")]


def test_how_trainers_are_bound_and_since_when_they_teach(organisation):
    company = SubcontractorFactory(organisation=organisation, name="Sous-traitance")
    unknown = TrainerFactory(organisation=organisation, last_name="A", first_name="")
    employee = TrainerFactory(organisation=organisation, last_name="B", first_name="", status=TrainerStatus.EMPLOYEE)
    carried = TrainerFactory(organisation=organisation, last_name="C", first_name="", status=TrainerStatus.CARRIED)
    own = TrainerFactory(organisation=organisation, last_name="D", first_name="", status=TrainerStatus.SUBCONTRACTOR)
    bound = TrainerFactory(
        organisation=organisation, last_name="E", first_name="", status=TrainerStatus.SUBCONTRACTOR, subcontractor=company
    )
    SessionFactory(organisation=organisation, starts_on=date(2026, 3, 2), trainers=[employee])
    SessionFactory(organisation=organisation, starts_on=date(2020, 3, 2), trainers=[employee, own])
    SessionFactory(organisation=organisation, starts_on=date(2019, 3, 2), state=SessionState.CANCELLED, trainers=[employee])
    given = SessionFactory(organisation=organisation, starts_on=date(2026, 9, 1), given_to=company)
    facts = read(organisation)
    assert facts.trainers == [
        TrainerRow(str(unknown.pk), "A", None, None, None, None),
        TrainerRow(str(employee.pk), "B", False, False, None, date(2020, 3, 2)),
        TrainerRow(str(carried.pk), "C", False, True, None, None),
        TrainerRow(str(own.pk), "D", True, False, str(own.pk), date(2020, 3, 2)),
        TrainerRow(str(bound.pk), "E", True, False, str(company.pk), None),
    ]
    assert facts.subcontractors == [SubcontractorRow(str(company.pk), "Sous-traitance"), SubcontractorRow(str(own.pk), "D")]
    assert {s.id: s.given_to_id for s in facts.sessions if s.given_to_id} == {str(given.pk): str(company.pk)}


@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_number_of_queries_does_not_depend_on_the_number_of_sessions(organisation, size, django_assert_num_queries):
    trainers = [TrainerFactory(organisation=organisation) for _ in range(3)]
    for number in range(size):
        session = SessionFactory(organisation=organisation, trainers=trainers[: number % 3])
        EnrolmentFactory(session=session)
        ResponseFactory(campaign=CampaignFactory(session=session))
    with django_assert_num_queries(29):
        facts = read(organisation)
    assert len(facts.sessions) == size

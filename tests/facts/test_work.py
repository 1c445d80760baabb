"""What the work around a session left behind: counts by session from real rows, nobody withdrawn, nothing later than the day asked."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    AccreditationFactory,
    AdaptationRequestFactory,
    CompanyFactory,
    CountersignatureFactory,
    CourseFactory,
    EnrolmentFactory,
    ExamResultFactory,
    FollowUpFactory,
    FunderFactory,
    FundingFactory,
    HalfDayFactory,
    IntakeFactory,
    InvitationFactory,
    IssuedFactory,
    MarkFactory,
    MeasureFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    OrganisationFactory,
    PersonalIssuedFactory,
    ProgrammeFactory,
    PublicSheetFactory,
    PublishedRatesFactory,
    SendingFactory,
    SessionFactory,
    SessionNeedFactory,
    SubcontractFactory,
    SubcontractorReviewFactory,
    TrainerFactory,
    TrainerRecordFactory,
)
from trainings.adaptations.models import MeasureState, Wish
from trainings.attendance.models import Mark, MarkKind
from trainings.catalogue.models import Programme
from trainings.documents.models import DocumentKind
from trainings.facts.reading import training_facts
from trainings.facts.rows import Departure, People, Record, Right, Taught
from trainings.learning.models import IntakeKind, Moment
from trainings.people.models import FunderKind, RecordKind
from trainings.sessions.models import EnrolmentState

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 11, 23)
LATER = date(2026, 11, 24)


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def session(organisation):
    return SessionFactory(organisation=organisation, course=CourseFactory(organisation=organisation))


def read(organisation, **asked):
    return training_facts(organisation, **{"until": UNTIL, "today": UNTIL, **asked})


def work(session, **asked):
    return read(session.organisation, **asked).sessions[0].work


def enrolled(session, number, **fields):
    return [EnrolmentFactory(session=session, **fields) for _ in range(number)]


class TestBefore:
    def test_needs_and_positioning_are_counted_with_the_last_day(self, session):
        one, two, three = enrolled(session, 3)
        gone = EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN)
        for enrolment, day in ((one, 1), (two, 3), (gone, 5)):
            IntakeFactory(enrolment=enrolment, conclusion="Rien à adapter.", concluded_on=date(2026, 9, day))
            IntakeFactory(enrolment=enrolment, kind=IntakeKind.POSITIONING, answered_on=date(2026, 9, day))
        IntakeFactory(enrolment=three)  # answered, nothing concluded
        IntakeFactory(enrolment=three, kind=IntakeKind.POSITIONING, answered_on=LATER)
        found = work(session)
        assert (found.needs, found.positioned) == (People(2, date(2026, 9, 3)), People(2, date(2026, 9, 3)))

    def test_the_need_of_a_company_stands_for_its_people(self, session):
        company = CompanyFactory(organisation=session.organisation)
        enrolled(session, 2, company=company, has_company=True)
        alone = EnrolmentFactory(session=session)
        SessionNeedFactory(session=session, company=company, recorded_on=date(2026, 8, 20))
        assert work(session).needs == People(2, date(2026, 8, 20))
        IntakeFactory(enrolment=alone, conclusion="Un exemple de plus.", concluded_on=date(2026, 9, 4))
        assert work(session).needs == People(3, date(2026, 9, 4))

    def test_the_need_of_the_group_is_told_by_its_first_day(self, session):
        enrolled(session, 1)
        for day in (date(2026, 9, 3), date(2026, 8, 3)):
            SessionNeedFactory(session=session, recorded_on=day)
        assert work(session).need_on == date(2026, 8, 3)

    def test_who_is_covered_by_a_signature(self, session):
        company = CompanyFactory(organisation=session.organisation)
        cpf = FunderFactory(organisation=session.organisation, kind=FunderKind.CPF)
        enrolled(session, 2, company=company, has_company=True)
        by_cpf = EnrolmentFactory(session=session, company=company, has_company=True, has_funder=True)
        FundingFactory(enrolment=by_cpf, funder=cpf)
        alone, unsigned = enrolled(session, 2)
        issued = {"issued_on": date(2026, 8, 30)}
        IssuedFactory(session=session, kind=DocumentKind.AGREEMENT, company=company, signed_on=date(2026, 9, 1), **issued)
        PersonalIssuedFactory(enrolment=alone, kind=DocumentKind.CONTRACT, signed_on=date(2026, 9, 5), **issued)
        PersonalIssuedFactory(enrolment=unsigned, kind=DocumentKind.CONTRACT, **issued)
        assert work(session).agreed == People(3, date(2026, 9, 5))
        IssuedFactory(session=session, kind=DocumentKind.AGREEMENT, signed_on=date(2026, 9, 2), **issued)
        assert work(session).agreed == People(4, date(2026, 9, 2))

    def test_a_convocation_sent_again_is_told_by_its_first_sending(self, session):
        one, two = enrolled(session, 2)
        for enrolment in (one, two):
            document = PersonalIssuedFactory(enrolment=enrolment, kind=DocumentKind.CONVOCATION, issued_on=date(2026, 8, 20))
            SendingFactory(document=document, sent_at=datetime(2026, 8, 21, 8, tzinfo=UTC))
        SendingFactory(document=document, sent_at=datetime(2026, 9, 9, 8, tzinfo=UTC))
        assert work(session).told == People(2, date(2026, 8, 21))


class TestRegister:
    @pytest.fixture
    def half_days(self, session):
        trainer = TrainerFactory(organisation=session.organisation)
        return [
            HalfDayFactory(session=session, day=day, part=part, trainer=trainer, remote=day.day == 8)
            for day in (date(2026, 9, 7), date(2026, 9, 8))
            for part in ("am", "pm")
        ]

    def test_half_days_held_and_who_taught_them(self, session, half_days):
        enrolled(session, 1)
        found = work(session, today=date(2026, 9, 8))
        assert (found.half_days, found.half_days_held, found.remote_held) == (4, 2, 0)
        assert found.taught == ()  # nothing is required to teach it: no day is read
        session.course.required_qualification = "Habilitation B2V"
        session.course.save()
        trainer = str(half_days[0].trainer_id)
        assert work(session, today=date(2026, 9, 7)).taught == (Taught(trainer, (date(2026, 9, 7),)),)
        assert work(session).taught == (Taught(trainer, (date(2026, 9, 7), date(2026, 9, 8))),)
        assert (work(session).half_days_held, work(session).remote_held) == (4, 2)

    def test_a_correction_adds_no_line(self, session, half_days):
        people = enrolled(session, 2)
        marks = [MarkFactory(half_day=half_day, enrolment=person) for half_day in half_days for person in people]
        MarkFactory(
            half_day=half_days[3], enrolment=people[1], minutes=90, method="connection", supersedes=marks[-1], reason="Relevé"
        )
        for half_day in half_days[:3]:
            CountersignatureFactory(half_day=half_day)
        found = work(session)
        assert (found.lines_expected, found.lines, found.countersigned, found.lines_timed) == (8, 8, 3, 1)

    def test_lines_made_after_an_audit_gone_by_do_not_count(self, session, half_days):
        MarkFactory(half_day=half_days[0], enrolment=enrolled(session, 1)[0])
        Mark.objects.update(created_at=datetime(2026, 11, 24, 8, tzinfo=UTC))
        assert (work(session).lines, work(session, until=LATER).lines) == (0, 1)

    def test_who_left_owes_nothing_for_the_days_after(self, session, half_days):
        stayed, left = enrolled(session, 2)
        left.state, left.ended_on, left.end_reason = EnrolmentState.INTERRUPTED, date(2026, 9, 7), "Reprise d’emploi"
        left.save()
        gone = EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN)
        MarkFactory(half_day=half_days[0], enrolment=gone)
        MarkFactory(half_day=half_days[3], enrolment=left, kind=MarkKind.ABSENT)
        for half_day in half_days:
            MarkFactory(half_day=half_day, enrolment=stayed)
        found = work(session)
        assert (found.completed, found.lines_expected, found.lines) == (1, 6, 4)
        assert found.departures == (Departure(date(2026, 9, 7), None),)
        left.end_action = "Appelée, un autre parcours est proposé."
        left.save()
        assert work(session).departures == (Departure(date(2026, 9, 7), date(2026, 9, 7)),)

    @pytest.mark.parametrize(
        ("absent", "kind", "at_least", "expected"),
        [
            ([1], MarkKind.ABSENT, 2, ()),
            ([0, 2], MarkKind.ABSENT, 2, ()),  # not in a row
            ([1, 2], MarkKind.EXCUSED, 2, ()),
            ([1, 2], MarkKind.ABSENT, 2, (Departure(date(2026, 9, 7)),)),
            ([2, 3], MarkKind.ABSENT, 2, (Departure(date(2026, 9, 8)),)),
            ([1, 2], MarkKind.ABSENT, 3, ()),
            ([1], MarkKind.ABSENT, 1, (Departure(date(2026, 9, 7)),)),
        ],
    )
    def test_absences_in_a_row_without_explanation(self, session, half_days, absent, kind, at_least, expected):
        person = enrolled(session, 1)[0]
        for place, half_day in enumerate(half_days):
            MarkFactory(half_day=half_day, enrolment=person, kind=kind if place in absent else MarkKind.PRESENT)
        assert work(session, absent_half_days=at_least).departures == expected

    def test_a_contact_with_its_reason_follows_an_absence(self, session, half_days):
        person = enrolled(session, 1)[0]
        for half_day in half_days[:2]:
            MarkFactory(half_day=half_day, enrolment=person, kind=MarkKind.ABSENT)
        FollowUpFactory(enrolment=person, contacted_on=date(2026, 9, 8), reason="")
        assert work(session).departures == (Departure(date(2026, 9, 7)),)
        FollowUpFactory(enrolment=person, contacted_on=date(2026, 9, 9), reason="Enfant malade")
        assert work(session).departures == (Departure(date(2026, 9, 7), date(2026, 9, 9)),)

    def test_each_owes_the_remote_half_days_held_while_enrolled(self, session, half_days):
        """Minutes noted on site tell nothing of the distance; those who left owe what they were there for."""
        here, gone, withdrawn = enrolled(session, 3)
        for person in (here, gone, withdrawn):
            for half_day in half_days[:2]:
                MarkFactory(half_day=half_day, enrolment=person, minutes=180)
        assert (work(session).remote_expected, work(session).lines_timed) == (6, 0)
        MarkFactory(half_day=half_days[2], enrolment=here, method="connection", minutes=170)
        MarkFactory(half_day=half_days[3], enrolment=gone, method="connection", minutes=170)
        gone.state, gone.ended_on = EnrolmentState.INTERRUPTED, date(2026, 9, 7)
        withdrawn.state = EnrolmentState.WITHDRAWN
        gone.save()
        withdrawn.save()
        assert (work(session).remote_expected, work(session).lines_timed) == (2, 1)

    def test_an_absence_at_a_distance_is_a_line_whose_time_is_known(self, session, half_days):
        one, two = enrolled(session, 2)
        for half_day in half_days[2:]:
            MarkFactory(half_day=half_day, enrolment=one, minutes=180, method="connection")
            MarkFactory(half_day=half_day, enrolment=two, kind=MarkKind.EXCUSED, minutes=0)
        assert work(session).lines_timed == 4


class TestAfter:
    def test_results_by_objective(self, session):
        programme = ProgrammeFactory(course=session.course)
        first, second = ObjectiveFactory(programme=programme), ObjectiveFactory(programme=programme)
        session.programme = programme
        session.save()
        whole, half, entry_only, left = enrolled(session, 4)
        left.state = EnrolmentState.ABANDONED
        left.save()
        for person, objective, day in ((whole, first, 8), (whole, second, 9), (half, first, 12), (left, first, 8)):
            ObjectiveResultFactory(enrolment=person, objective=objective, dated_on=date(2026, 9, day))
        ObjectiveResultFactory(enrolment=whole, objective=first, moment=Moment.DURING, dated_on=date(2026, 9, 7))
        ObjectiveResultFactory(enrolment=entry_only, objective=first, moment=Moment.ENTRY)
        found = work(session)
        assert (found.completed, found.objectives) == (3, 2)
        assert (found.evaluated, found.by_objective) == (People(2, date(2026, 9, 12)), People(1, date(2026, 9, 9)))

    def test_certificates_of_those_who_stayed(self, session):
        one, two, left = enrolled(session, 3)
        left.state = EnrolmentState.ABANDONED
        left.save()
        PersonalIssuedFactory(enrolment=one)
        PersonalIssuedFactory(enrolment=one, kind=DocumentKind.ATTESTATION)
        PersonalIssuedFactory(enrolment=left)
        PersonalIssuedFactory(
            enrolment=two, cancelled_at=datetime(2026, 9, 10, tzinfo=UTC), cancellation_reason="Erreur de durée"
        )
        assert work(session).certified == People(1, date(2026, 9, 9))

    @pytest.mark.parametrize(
        ("exam", "presented"),
        [
            ({}, 0),
            ({"informed_on": date(2026, 9, 1), "registered_on": date(2026, 9, 10), "sat": True, "passed": True}, 1),
            ({"informed_on": date(2026, 9, 1), "registered_on": date(2026, 9, 10), "sat": True}, 0),
            ({"informed_on": date(2026, 9, 1), "registered_on": date(2026, 9, 10), "sat": False}, 1),
            ({"informed_on": date(2026, 9, 1), "registered_on": date(2026, 9, 10), "exam_on": LATER}, 1),
            ({"informed_on": date(2026, 9, 1), "registered_on": date(2026, 9, 10), "exam_on": date(2026, 9, 9), "sat": False}, 0),
            ({"registered_on": date(2026, 9, 10), "sat": False}, 0),
            ({"not_sat_reason": "Renonce à l’examen"}, 1),
        ],
    )
    def test_who_was_presented(self, session, exam, presented):
        ExamResultFactory(enrolment=EnrolmentFactory(session=session, aim="rs"), **exam)
        EnrolmentFactory(session=session, aim="other")
        found = work(session)
        assert (found.candidates, found.presented.number) == (1, presented)

    def test_invitations_and_reminders(self, session):
        campaign = InvitationFactory(campaign__session=session, sent_at=datetime(2026, 9, 8, tzinfo=UTC), answered=True).campaign
        InvitationFactory(
            campaign=campaign, sent_at=datetime(2026, 9, 8, tzinfo=UTC), reminded_at=datetime(2026, 9, 15, tzinfo=UTC)
        )
        InvitationFactory(campaign=campaign)
        found = work(session)
        assert (found.invited, found.invited_answered, found.reminded_on) == (2, 1, date(2026, 9, 15))


def test_adaptations_are_numbers(session):
    people = enrolled(session, 5)
    AdaptationRequestFactory(enrolment=people[0], wish=Wish.NO, need="")
    AdaptationRequestFactory(enrolment=people[1])
    decided = {"decision": "Agrandir les supports.", "decided_on": date(2026, 9, 2)}
    done, open_still = (AdaptationRequestFactory(enrolment=person, **decided) for person in people[2:4])
    MeasureFactory(request=done, state=MeasureState.DONE)
    MeasureFactory(request=open_still, state=MeasureState.DONE)
    MeasureFactory(request=open_still)
    found = work(session)
    assert found.asked == People(4, date(2026, 8, 31))
    assert (found.needs_declared, found.needs_answered) == (3, People(2, date(2026, 9, 2)))
    assert (found.adapted, found.carried_out) == (2, 1)


def test_what_is_kept_of_a_course(organisation):
    course = CourseFactory(
        organisation=organisation, certification_code="RS1234", certifier="Certif", required_qualification="Habilitation B2V"
    )
    PublicSheetFactory(course=course, price="800 €", found_at="exemple.fr")
    AccreditationFactory(course=course)
    for day in (date(2026, 11, 2), LATER):
        PublishedRatesFactory(course=course, published_on=day)
    programme = ProgrammeFactory(course=course)
    ObjectiveFactory(programme=programme)
    ObjectiveFactory(programme=programme, evaluation="")
    Programme.objects.filter(pk=programme.pk).update(in_force_from=date(2026, 1, 5))
    ProgrammeFactory(course=course)
    found = read(organisation).courses[0]
    assert found.certification == {"rncp_rs_code", "certifier"}
    assert found.sheet.answered == {"objectives", "price"}
    assert found.sheet.found is True
    assert found.programme.in_force_from == date(2026, 1, 5)
    assert {"assessment_of_each", "sequences", "skills"} <= found.programme.lacks
    assert "objectives" not in found.programme.lacks
    assert found.rights == (Right(date(2026, 1, 1), date(2028, 12, 31)),)
    assert found.rates_on == (date(2026, 11, 2),)
    assert found.required == {"habilitation", "b2v"}


def test_files_of_trainers_and_contracts(organisation):
    trainer = TrainerFactory(organisation=organisation)
    TrainerRecordFactory(trainer=trainer, title="CV de Yann")
    TrainerRecordFactory(trainer=trainer, dropped=True)
    TrainerRecordFactory(trainer=trainer, withdrawn_at=datetime(2026, 3, 3, tzinfo=UTC), withdrawal_reason="Erreur")
    contract = SubcontractFactory(subcontractor__organisation=organisation)
    SubcontractFactory(subcontractor=contract.subcontractor, signed_on=None)
    SubcontractorReviewFactory(subcontractor=contract.subcontractor, results_read=False, held_on=date(2026, 10, 1))
    SubcontractorReviewFactory(subcontractor=contract.subcontractor)
    facts = read(organisation)
    assert facts.trainers[0].records == (
        Record(RecordKind.CV, frozenset({"cv", "de", "yann"}), date(2026, 3, 2), title="CV de Yann"),
    )
    found = facts.subcontractors[0]
    assert [held.id for held in found.contracts] == [str(contract.pk)]
    assert found.checked_on == date(2026, 6, 15)


def test_parties_are_asked_by_the_invitations_that_left(organisation, session):
    company, other = CompanyFactory(organisation=organisation, name="A"), CompanyFactory(organisation=organisation, name="B")
    InvitationFactory(
        campaign__session=session, campaign__audience="company", enrolment=None, company=company,
        sent_at=datetime(2026, 10, 1, tzinfo=UTC),
    )  # fmt: skip
    InvitationFactory(
        campaign__session=session, campaign__audience="company", campaign__questionnaire="x", enrolment=None, company=other
    )
    assert [(party.name, party.asked_on) for party in read(organisation).companies] == [("A", date(2026, 10, 1)), ("B", None)]

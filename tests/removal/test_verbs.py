"""Deleting: nothing is left behind, the journal keeps what went, what depends refuses; two at the same moment."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evidence.readiness.queries import board
from qualiopi.journal.models import Entry
from qualiopi.journal.words import sentence
from tests import cast
from tests.at_once import at_once
from tests.factories import (
    CampaignFactory,
    EnrolmentFactory,
    EnrolmentLinkFactory,
    FunderFactory,
    FundingFactory,
    HalfDayFactory,
    ObjectiveFactory,
    ProgrammeFactory,
    SessionFactory,
    StepFactory,
    TraineeFactory,
    TrainerLinkFactory,
)
from tests.harness.worlds import shared
from trainings.catalogue.models import Course, Objective
from trainings.people.models import Trainee
from trainings.removal.queries import what_depends
from trainings.removal.verbs import remove
from trainings.sessions.models import Enrolment, EnrolmentState, HalfDay, Session, SessionState
from trainings.sessions.verbs import change_state, enrol

people = shared(cast.gather)


def a_mistake(people, **fields):
    """A session of 1950, with what the product laid around it."""
    session = SessionFactory(
        organisation=people.organisation, reference="S50-001", starts_on="1950-09-07", ends_on="1950-09-08",
        trainers=[people.trainer_record], state=SessionState.PLANNED, **fields,
    )  # fmt: skip
    HalfDayFactory(session=session)
    StepFactory(session=session)
    CampaignFactory(session=session)
    change_state(session=session, to=SessionState.CONFIRMED, actor=people.training_manager)
    return session


@pytest.mark.django_db
def test_a_session_goes_with_what_is_nothing_without_it(people):
    session = a_mistake(people)
    remove(row=session, verb="session.deleted", actor=people.training_manager)
    assert (Session.objects.count(), HalfDay.objects.count()) == (0, 0)
    entry = Entry.objects.latest("pk")
    assert sentence(entry) == (
        "supprime la session S50-001 (campagnes d’enquête : 1, changements d’une session : 1, demi-journées : 1, interventions : 1, "
        "étapes : 1)"
    )
    deleted, gone = entry.details["deleted"], entry.details["with"]
    assert (deleted["reference"], deleted["starts_on"], deleted["state"]) == ("S50-001", "1950-09-07", "confirmed")
    assert {name: len(rows) for name, rows in gone.items()} == {
        "interventions": 1,
        "demi-journées": 1,
        "changements d’une session": 1,
        "étapes": 1,
        "campagnes d’enquête": 1,
    }
    assert gone["demi-journées"][0]["starts_at"] == "09:00:00"


@pytest.mark.django_db
def test_counts_and_statuses_are_those_of_before_the_mistake(people):
    kept = SessionFactory(organisation=people.organisation, course__title="Une formation du fil")
    reader = people.client(people.quality_manager)

    def told():
        page = reader.get(reverse("agenda:index", args=["fil-ouest"]))
        found = board(organisation=people.organisation, audit_date=date(2026, 12, 15), observed_on=date(2026, 11, 30))
        return [entry.key for entry in page.context["page"].object_list], found.statuses

    before = told()
    mistake = a_mistake(people, course=kept.course)
    assert told() != before
    remove(row=mistake, verb="session.deleted", actor=people.quality_manager)
    assert told() == before
    assert before[0] == [kept.pk]


@pytest.mark.django_db
def test_an_enrolment_made_by_mistake_goes_then_the_person_and_the_session(people):
    enrolment = EnrolmentFactory(session__organisation=people.organisation, has_funder=True)
    FundingFactory(enrolment=enrolment, amount=1200, funder__name="OPCO Inventé du Fil")
    EnrolmentLinkFactory(enrolment=enrolment)
    session, trainee = enrolment.session, enrolment.trainee
    for row, verb in ((session, "session.deleted"), (trainee, "trainee.deleted")):
        with pytest.raises(ValidationError) as refused:
            remove(row=row, verb=verb, actor=None)
        assert refused.value.messages[0].startswith("1 inscription : Supprimez d’abord celles qui sont des erreurs")
    remove(row=enrolment, verb="enrolment.deleted", actor=None)
    assert Entry.objects.latest("pk").details["with"]["financements"][0]["amount"] == "1200.00"
    remove(row=trainee, verb="trainee.deleted", actor=None)
    remove(row=session, verb="session.deleted", actor=None)
    assert (Enrolment.objects.count(), Trainee.objects.count(), Session.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_draft_programme_goes_with_its_course():
    objective = ObjectiveFactory(programme=ProgrammeFactory())
    remove(row=objective.programme.course, verb="course.deleted", actor=None)
    assert (Course.objects.count(), Objective.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_personal_link_of_a_trainer_goes_with_them(people):
    link = TrainerLinkFactory(trainer__organisation=people.organisation)
    remove(row=link.trainer, verb="trainer.deleted", actor=None)
    assert not type(link).objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "of_enrolment", "words"),
    [
        (SessionState.CLOSED, EnrolmentState.ENROLLED, ["une session close"]),
        (SessionState.DONE, EnrolmentState.WITHDRAWN, ["un départ"]),
        (SessionState.CANCELLED, EnrolmentState.ENROLLED, []),
    ],
)
def test_what_an_enrolment_says_of_itself(state, of_enrolment, words):
    enrolment = EnrolmentFactory(session__state=state, state=of_enrolment)
    assert [each.words for each in what_depends(enrolment)] == words


@pytest.mark.django_db
def test_a_closed_session_is_opened_again_first():
    session = SessionFactory(state=SessionState.CLOSED)
    with pytest.raises(ValidationError, match="rouvrez-la d’abord"):
        remove(row=session, verb="session.deleted", actor=None)


@pytest.mark.django_db(transaction=True)
def test_two_people_delete_the_same_thing_once():
    funder = FunderFactory()
    said = at_once(lambda _number: remove(row=funder, verb="funder.deleted", actor=None))
    assert {type(answer) for answer in said} == {type(None), ValidationError}
    assert Entry.objects.filter(verb="funder.deleted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_enrolment_arrives_while_its_session_is_deleted():
    """Either the session stays with its enrolment, or the enrolment is refused: never one without the other."""
    session = SessionFactory(state=SessionState.PLANNED)
    trainee = TraineeFactory(organisation=session.organisation)

    def act(number: int) -> object:
        if number:
            return enrol(session=session, trainee=trainee, actor=None)
        return remove(row=session, verb="session.deleted", actor=None)

    said = at_once(act)
    refused = [answer for answer in said if isinstance(answer, ValidationError)]
    assert len(refused) == 1
    assert Session.objects.count() == Enrolment.objects.count()


@pytest.mark.django_db(transaction=True)
def test_an_enrolment_arrives_while_the_person_is_deleted():
    session = SessionFactory(state=SessionState.PLANNED)
    trainee = TraineeFactory(organisation=session.organisation)

    def act(number: int) -> object:
        if number:
            return enrol(session=session, trainee=trainee, actor=None)
        return remove(row=trainee, verb="trainee.deleted", actor=None)

    assert sum(isinstance(answer, ValidationError) for answer in at_once(act)) == 1
    assert Trainee.objects.count() == Enrolment.objects.count()

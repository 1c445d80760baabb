"""The page that deletes: what it asks, what it refuses, who finds it."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from qualiopi.relations import names_nothing
from tests import cast
from tests.factories import (
    CompanyFactory,
    CourseFactory,
    EnrolmentFactory,
    FunderFactory,
    HalfDayFactory,
    SessionFactory,
    StepFactory,
    SubcontractorFactory,
    TraineeFactory,
    TrainerFactory,
)
from tests.harness.worlds import shared
from trainings.removal.sentences import WORDS, answer
from trainings.removal.views import CONCEPTS
from trainings.sessions.models import Enrolment, Session

pytestmark = pytest.mark.django_db
people = shared(cast.gather)
MAKE = {
    "session": SessionFactory, "trainee": TraineeFactory, "trainer": TrainerFactory, "company": CompanyFactory,
    "funder": FunderFactory, "course": CourseFactory, "subcontractor": SubcontractorFactory,
}  # fmt: skip


def address(kind, row):
    return reverse(f"removal:{kind}", args=["fil-ouest", row.pk])


def test_every_kind_has_its_words():
    assert list(WORDS) == list(CONCEPTS)


@pytest.mark.parametrize("kind", MAKE)
def test_its_own_page_leads_there_and_a_press_deletes(people, kind):
    row = MAKE[kind](organisation=people.organisation)
    manager = people.client(people.training_manager)
    concept = CONCEPTS[kind]
    page = manager.get(reverse(concept.page, args=["fil-ouest", row.pk])).content.decode()
    assert f'href="{address(kind, row)}"' in page
    asked = manager.get(address(kind, row)).content.decode()
    assert str(WORDS[kind].question).split("%(name)s")[0] in asked
    assert type(row).objects.filter(pk=row.pk).exists()
    done = manager.post(address(kind, row), follow=True)
    assert done.redirect_chain == [(reverse(concept.after, args=["fil-ouest"]), 302)]
    assert [str(message) for message in done.context["messages"]] == [str(WORDS[kind].done) % {"name": row}]
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert manager.get(address(kind, row)).status_code == 404


def test_an_enrolment_leads_back_to_its_session(people):
    enrolment = EnrolmentFactory(session__organisation=people.organisation)
    manager = people.client(people.training_manager)
    page = manager.get(reverse("sessions:enrolment", args=["fil-ouest", enrolment.pk])).content.decode()
    assert f'href="{address("enrolment", enrolment)}"' in page
    answered = manager.post(address("enrolment", enrolment))
    assert answered["Location"] == reverse("dossiers:session", args=["fil-ouest", enrolment.session_id])
    assert not Enrolment.objects.exists()


def test_what_goes_with_it_is_told_before(people):
    session = SessionFactory(organisation=people.organisation, reference="S50-001", trainers=[people.trainer_record])
    HalfDayFactory(session=session)
    HalfDayFactory(session=session, part="pm")
    StepFactory(session=session)
    page = people.client(people.training_manager).get(address("session", session))
    assert page.context["title"] == "Supprimer la session S50-001 ?"
    assert page.context["answer"] == (
        "Rien ne dépend de cette session. Cela part avec : 1 intervention, 2 demi-journées et 1 étape. "
        "Le journal garde ce qui est supprimé."
    )


def test_what_depends_on_it_is_listed_with_what_to_do(people):
    session = SessionFactory(organisation=people.organisation)
    EnrolmentFactory.create_batch(3, session=session)
    manager = people.client(people.training_manager)
    for response, status in ((manager.get(address("session", session)), 200), (manager.post(address("session", session)), 422)):
        page = response.content.decode()
        assert response.status_code == status
        assert "3 inscriptions" in page
        assert "sinon annulez la session, en disant pourquoi." in page
        assert "<button" not in page.split("<main")[1].split("</main>")[0]
    assert Session.objects.count() == 1


@pytest.mark.parametrize("kind", MAKE)
def test_another_organisation_finds_nothing(people, kind):
    row = MAKE[kind](organisation=people.elsewhere)
    manager = people.client(people.training_manager)
    assert manager.get(address(kind, row)).status_code == manager.post(address(kind, row)).status_code == 404
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_trainer_deletes_nothing(people):
    session = SessionFactory(organisation=people.organisation, trainers=[people.trainer_record])
    trainer = people.client(people.trainer)
    assert trainer.post(address("session", session)).status_code == 404
    assert (
        address("session", session)
        not in trainer.get(reverse("dossiers:session", args=["fil-ouest", session.pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("depends", "going", "said"),
    [
        (0, [], "Rien ne dépend de cette session. Le journal garde ce qui est supprimé."),
        (
            0,
            ["2 demi-journées", "1 étape"],
            "Rien ne dépend de cette session. Cela part avec : 2 demi-journées et 1 étape. Le journal garde ce qui est supprimé.",
        ),
        (1, [], "Cette session ne se supprime pas : une chose en dépend."),
        (2, [], "Cette session ne se supprime pas : 2 choses en dépendent."),
    ],
)
def test_the_answer_at_the_head(depends, going, said):
    assert answer("session", depends=depends, going=going) == said


def test_what_names_a_deleted_row_is_told_as_such(people, monkeypatch):
    """A row that comes in for another one which has just gone: nothing is kept, and the page says so."""

    def gone(**_details):
        raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr("trainings.removal.views.remove", gone)
    funder = FunderFactory(organisation=people.organisation)
    response = people.client(people.training_manager).post(address("funder", funder))
    assert (response.status_code, "Quelqu’un vient de supprimer" in response.content.decode()) == (409, True)


def test_another_refusal_of_the_database_is_a_fault_of_ours():
    assert not names_nothing(IntegrityError("UNIQUE constraint failed: trainings_funder.name_key"))

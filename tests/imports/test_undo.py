"""Undoing an import, as long as nothing else depends on it."""

import pytest
from django.utils import timezone

from evidence.library.models import Document
from qualiopi.exchange.kinds import resource_class
from qualiopi.exchange.mapping import guess_columns, mapping_of
from qualiopi.exchange.models import ImportRun, ImportState
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.imports.undoing import undo
from tests.factories import (
    CourseFactory,
    EnrolmentFactory,
    FunderFactory,
    FundingFactory,
    OrganisationFactory,
    ReservationFactory,
    ResponseFactory,
    SessionFactory,
    TraineeFactory,
    TrainerFactory,
    VersionFactory,
)
from tests.imports.running import run as run_resource
from tests.imports.tables import table
from trainings.catalogue.models import Course
from trainings.merging.verbs import merge_trainees
from trainings.people.models import Company, Trainee, Trainer
from trainings.removal.verbs import remove
from trainings.sessions.models import Enrolment, Funding, Session
from trainings.surveys.models import Answer, Campaign, Response

pytestmark = pytest.mark.django_db
USED = "Cet import ne peut plus être annulé : ce qu’il a créé sert ailleurs (%s). Retirez d’abord ce qui en dépend."


@pytest.fixture
def organisation():
    return OrganisationFactory()


def imported(organisation, kind, text) -> ImportRun:
    """A confirmed import of a small table."""
    content = table(text)
    outcome = run_resource(
        organisation, kind, content, mapping=mapping_of(guess_columns(content.labels, resource_class(kind).columns()))
    )
    assert outcome.blocking == []
    run = ImportRun.objects.order_by("created_at").last()
    run.state, run.confirmed_at, run.undo_log = ImportState.CONFIRMED, timezone.now(), outcome.undo_log
    run.save()
    return run


def test_everything_an_import_created_goes(organisation):
    run = imported(organisation, "sessions", "Réf;Formation;Formateur\nS1;Cours;Léa Dupont")
    undo(run=run, actor=None)
    assert (Session.objects.count(), Course.objects.count(), Trainer.objects.count()) == (0, 0, 0)
    assert (run.state, run.undone_at is not None) == (ImportState.UNDONE, True)


def test_what_was_changed_comes_back_and_other_rows_stay(organisation):
    session = SessionFactory(organisation=organisation, reference="S1", place="Lille")
    session.trainers.add(TrainerFactory(organisation=organisation, first_name="Paul", last_name="Ancien"))
    other = SessionFactory(organisation=organisation, reference="S2")
    run = imported(
        organisation, "sessions", f"Réf;Formation;Lieu;Début;Formateur\nS1;{session.course.title};Paris;01/09/2026;Léa Neuve"
    )
    session.refresh_from_db()
    assert (session.place, session.trainers.count()) == ("Paris", 2)
    undo(run=run, actor=None)
    session.refresh_from_db()
    assert (session.place, session.starts_on.day, list(map(str, session.trainers.all()))) == ("Lille", 7, ["Paul Ancien"])
    assert set(Session.objects.all()) == {session, other}
    assert not Trainer.objects.filter(last_name="Neuve").exists()


def test_what_somebody_changed_since_is_kept(organisation):
    session = SessionFactory(organisation=organisation, reference="S1", place="Lille")
    run = imported(organisation, "sessions", f"Réf;Formation;Lieu\nS1;{session.course.title};Paris")
    Session.objects.filter(pk=session.pk).update(place="Rennes")
    undo(run=run, actor=None)
    session.refresh_from_db()
    assert session.place == "Rennes"


def test_an_enrolment_made_since_keeps_the_session(organisation):
    run = imported(organisation, "sessions", "Réf;Formation\nS1;Cours")
    EnrolmentFactory(session=Session.objects.get())
    with pytest.raises(ImportRefusedError) as caught:
        undo(run=run, actor=None)
    assert str(caught.value) == USED % "inscriptions"
    assert (Session.objects.count(), ImportRun.objects.get().state) == (1, ImportState.CONFIRMED)


def test_a_trainer_assigned_since_keeps_the_session(organisation):
    run = imported(organisation, "sessions", "Réf;Formation\nS1;Cours")
    Session.objects.get().trainers.add(TrainerFactory(organisation=organisation))
    with pytest.raises(ImportRefusedError, match="interventions"):
        undo(run=run, actor=None)


def test_a_course_used_since_stays_alone(organisation):
    run = imported(organisation, "sessions", "Réf;Formation\nS1;Cours")
    SessionFactory(organisation=organisation, course=Course.objects.get(), reference="S2")
    undo(run=run, actor=None)
    assert (Course.objects.count(), list(Session.objects.values_list("reference", flat=True))) == (1, ["S2"])


def test_trainees_go_with_their_enrolments_and_companies(organisation):
    SessionFactory(organisation=organisation, reference="S1")
    kept = TraineeFactory(organisation=organisation)
    run = imported(organisation, "enrolments", "Nom;Session;Entreprise\nFictive;S1;Société")
    undo(run=run, actor=None)
    assert (list(Trainee.objects.all()), Enrolment.objects.count(), Company.objects.count()) == ([kept], 0, 0)


def test_fundings_go_with_the_import_that_brought_them(organisation):
    session = SessionFactory(organisation=organisation, reference="S1")
    known = EnrolmentFactory(session=session, trainee__first_name="", trainee__last_name="Connue", has_funder=True)
    funding = FundingFactory(enrolment=known, funder=FunderFactory(organisation=organisation, name="AFDAS"), file_number="A-1")
    lines = "Connue;S1;CPF;C-1\nConnue;S1;AFDAS;A-2\nNeuve;S1;OPCO;O-1"
    run = imported(organisation, "enrolments", f"Nom;Session;Financeur;Dossier\n{lines}")
    assert Funding.objects.count() == 3
    undo(run=run, actor=None)
    assert list(Funding.objects.values_list("pk", "file_number")) == [(funding.pk, "A-1")]
    assert list(Enrolment.objects.all()) == [known]


def test_a_funding_added_since_keeps_the_enrolment(organisation):
    SessionFactory(organisation=organisation, reference="S1")
    run = imported(organisation, "enrolments", "Nom;Session\nFictive;S1")
    FundingFactory(enrolment=Enrolment.objects.get())
    with pytest.raises(ImportRefusedError, match="financements"):
        undo(run=run, actor=None)


def test_imports_that_follow_each_other_are_undone_in_reverse(organisation):
    course = CourseFactory(organisation=organisation, title="Cours")
    first = imported(organisation, "sessions", f"Réf;Formation;Lieu\nS1;{course.title};Lille")
    second = imported(organisation, "sessions", f"Réf;Formation;Lieu\nS1;{course.title};Paris")
    with pytest.raises(ImportRefusedError, match="plus récent"):
        undo(run=first, actor=None)
    undo(run=second, actor=None)
    assert Session.objects.get().place == "Lille"
    undo(run=first, actor=None)
    assert Session.objects.count() == 0


def test_answers_go_with_the_campaign_opened_for_them(organisation):
    SessionFactory(organisation=organisation, reference="S1")
    run = imported(organisation, "survey_answers", "Session;Satisfaction;Animation\nS1;5;4")
    assert (Response.objects.count(), Answer.objects.count(), Campaign.objects.count()) == (1, 1, 1)
    undo(run=run, actor=None)
    assert (Response.objects.count(), Answer.objects.count(), Campaign.objects.count()) == (0, 0, 0)


def test_a_campaign_that_others_answered_stays(organisation):
    SessionFactory(organisation=organisation, reference="S1")
    run = imported(organisation, "survey_answers", "Session;Satisfaction\nS1;5")
    other = ResponseFactory(campaign=Campaign.objects.get())
    undo(run=run, actor=None)
    assert list(Response.objects.all()) == [other]


def test_a_piece_filed_since_keeps_its_document(organisation):
    run = imported(organisation, "evidence_grid", "Indicateur;Document\n1;CGV")
    VersionFactory(document=Document.objects.get())
    with pytest.raises(ImportRefusedError, match="versions"):
        undo(run=run, actor=None)


def test_a_link_added_since_keeps_its_document(organisation):
    run = imported(organisation, "evidence_grid", "Indicateur;Document\n1;CGV")
    Document.objects.get().indicator_links.create(indicator=9)
    with pytest.raises(ImportRefusedError, match="liens vers des indicateurs"):
        undo(run=run, actor=None)


def test_only_a_confirmed_import_is_undone(organisation):
    run = imported(organisation, "sessions", "Réf;Formation\nS1;Cours")
    undo(run=run, actor=None)
    with pytest.raises(ImportRefusedError, match="Seul un import confirmé"):
        undo(run=run, actor=None)


def test_what_was_deleted_or_merged_since_does_not_hold_the_rest(organisation):
    sessions = imported(organisation, "sessions", "Réf;Formation\nS1;Cours\nS2;Cours")
    remove(row=Session.objects.get(reference="S1"), verb="session.deleted", actor=None)
    people = imported(organisation, "enrolments", "Nom;Prénom;Email;Session\nDupond;Léa;lea.dupond@exemple.fr;S2")
    kept = TraineeFactory(organisation=organisation, first_name="Léa", last_name="Dupont", email="lea@exemple.fr")
    choices = {"last_name": "kept", "email": "kept"}
    merge_trainees(
        organisation=organisation, kept=kept, gone=Trainee.objects.exclude(pk=kept.pk).get(), choices=choices, actor=None
    )
    undo(run=people, actor=None)
    undo(run=sessions, actor=None)
    assert (Session.objects.count(), Enrolment.objects.count(), list(Trainee.objects.all())) == (0, 0, [kept])


def test_a_reserved_number_holds_the_session_that_an_import_made(organisation):
    run = imported(organisation, "sessions", "Réf;Formation\nS1;Cours")
    ReservationFactory(session=Session.objects.get())
    with pytest.raises(ImportRefusedError, match="numéros réservés"):
        undo(run=run, actor=None)

"""After two pages became one: files, forms and connection reports that say either name or address find the page kept."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from qualiopi.exchange.models import ImportState
from qualiopi.imports.errors import ImportRefusedError
from qualiopi.imports.verbs import confirm, send_file
from tests import cast
from tests.factories import EnrolmentFactory, SessionFactory, TraineeFactory, TrainerFactory
from tests.harness.worlds import shared
from tests.imports.running import run
from tests.imports.tables import table
from trainings.attendance.queries import expected_people
from trainings.attendance.reports.people import Seen
from trainings.attendance.verbs.remote import _Guesses
from trainings.merging.queries import plan_of
from trainings.merging.verbs import merge_trainees, merge_trainers
from trainings.people.models import Trainee, Trainer
from trainings.people.queries import look_alikes
from trainings.people.verbs import find_or_create_trainee
from trainings.sessions.models import Enrolment, SessionTrainer

pytestmark = pytest.mark.django_db
people = shared(cast.gather)
MAPPING = {"Nom": "last_name", "Prénom": "first_name", "Email": "email", "Né le": "birth_date", "Téléphone": "phone"}
KEPT = {"first_name": "Léa", "last_name": "Dupont", "email": "lea@exemple.fr", "birth_date": date(1990, 3, 1)}
GONE = {"first_name": "Léa", "last_name": "Dupond", "email": "lea.dupond@exemple.fr", "phone": "+33612345678"}


def merged(organisation, kept=KEPT, gone=GONE, **choices):
    kept, gone = (TraineeFactory(organisation=organisation, **said) for said in (kept, gone))
    told = {line.key: "kept" for line in plan_of(kept, gone).to_choose} | choices
    return merge_trainees(organisation=organisation, kept=kept, gone=gone, choices=told, actor=None)


LINES = {
    "the name and the address of the page kept": ("Dupont;Léa;lea@exemple.fr;", 1),
    "those of the page that went": ("Dupond;Léa;lea.dupond@exemple.fr;", 1),
    "the name of one, the address of the other": ("DUPOND;Léa;LEA@exemple.fr;", 1),
    "and the other way": ("Dupont;Léa;lea.dupond@exemple.fr;", 1),
    "the former name alone": ("Dupond;Léa;;", 1),
    "the former name and the birth date": ("Dupond;Léa;;01/03/1990", 1),
    "a namesake with another address": ("Dupond;Léa;une.autre@exemple.fr;", 2),
    "a namesake born another day": ("Dupont;Léa;;02/04/1991", 2),
}


@pytest.mark.parametrize(("line", "trainees"), LINES.values(), ids=LINES)
def test_a_file_finds_the_page_kept(people, line, trainees):
    session = SessionFactory(organisation=people.organisation, reference="S26-001")
    person = merged(people.organisation)
    outcome = run(people.organisation, "enrolments", table(f"Nom;Prénom;Email;Né le\n{line}"), mapping=MAPPING, session="S26-001")
    assert outcome.blocking == []
    assert Trainee.objects.for_organisation(people.organisation).count() == trainees
    assert (Enrolment.objects.get(session=session).trainee == person) is (trainees == 1)


def test_a_file_does_not_undo_what_was_chosen(people):
    person = merged(people.organisation, phone="kept")
    Trainee.objects.filter(pk=person.pk).update(phone="+33699999999")
    outcome = run(
        people.organisation,
        "enrolments",
        table("Nom;Prénom;Email;Téléphone\nDupond;Léa;lea.dupond@exemple.fr;06 12 34 56 78"),
        mapping=MAPPING,
    )
    person.refresh_from_db()
    assert (str(person), person.email, person.phone) == ("Léa Dupont", "lea@exemple.fr", "+33699999999")
    said = "C’est ce que disait une fiche fusionnée depuis avec celle de Léa Dupont : la valeur choisie alors est gardée."
    assert [problem.heading for problem in outcome.notices if problem.sentence == said] == ["Email", "Téléphone"]


def test_a_file_still_tells_something_new(people):
    person = merged(people.organisation)
    run(
        people.organisation,
        "enrolments",
        table("Nom;Prénom;Email;Téléphone\nDupond;Léa;lea.dupond@exemple.fr;06 11 22 33 44"),
        mapping=MAPPING,
    )
    person.refresh_from_db()
    assert (person.email, person.phone) == ("lea@exemple.fr", "+33611223344")


@pytest.mark.parametrize(
    ("last_name", "email", "same"),
    [
        ("Dupont", "lea@exemple.fr", True),
        ("Dupond", "lea.dupond@exemple.fr", True),
        ("DUPOND", "Lea@exemple.fr", True),
        ("Dupont", "lea.dupond@exemple.fr", True),
        ("Dupond", "autre@exemple.fr", False),
    ],
)
def test_a_form_finds_the_page_kept(people, last_name, email, same):
    person = merged(people.organisation)
    found = find_or_create_trainee(
        organisation=people.organisation, first_name="Léa", last_name=last_name, email=email, actor=None
    )
    assert (found == person) is same


def test_a_name_chosen_leaves_the_other_behind(people):
    """The page kept took the name of the one that went: the name it had is a former one too."""
    person = merged(people.organisation, last_name="gone")
    assert str(person) == "Léa Dupond"
    found = find_or_create_trainee(
        organisation=people.organisation, first_name="Léa", last_name="Dupont", email="lea@exemple.fr", actor=None
    )
    assert found == person


def test_a_form_for_somebody_new_shows_who_had_that_name(people):
    person = merged(people.organisation)
    for said in ({"last_name": "Dupond", "email": ""}, {"last_name": "Autre", "email": "LEA.dupond@exemple.fr"}):
        assert list(look_alikes(people.organisation, first_name="Léa", **said)) == [person]


@pytest.mark.parametrize(("name", "email"), [("Léa Dupond", ""), ("Léa Dupont", ""), ("lea", "lea.dupond@exemple.fr")])
def test_a_connection_report_finds_the_page_kept(people, name, email):
    person = merged(people.organisation)
    enrolment = EnrolmentFactory(session__organisation=people.organisation, trainee=person)
    guesses = _Guesses(expected_people(enrolment.session))
    assert guesses.of(Seen(name=name, names=(name,), email=email)) == enrolment


def test_a_file_of_sessions_finds_the_trainer_kept(people):
    kept = people.trainer_record
    gone = TrainerFactory(organisation=people.organisation, first_name="Y.", last_name="Le Goff", email=kept.email)
    merge_trainers(organisation=people.organisation, kept=kept, gone=gone, choices={"first_name": "kept"}, actor=None)
    outcome = run(people.organisation, "sessions", table("Réf;Formation;Formateur\nS1;Cours du fil;Y. LE GOFF"))
    assert outcome.blocking == []
    assert list(Trainer.objects.for_organisation(people.organisation)) == [kept]
    assert SessionTrainer.objects.get(session__reference="S1").trainer == kept


@pytest.mark.parametrize(
    ("said", "error"), [("FOREIGN KEY constraint failed", ImportRefusedError), ("UNIQUE constraint failed: x", IntegrityError)]
)
def test_a_file_that_names_what_is_merged_meanwhile_is_refused_whole(people, monkeypatch, said, error):
    def meanwhile(*_args, **_options):
        raise IntegrityError(said)

    monkeypatch.setattr("qualiopi.imports.verbs._pass", meanwhile)
    upload = SimpleUploadedFile("stagiaires.csv", "Nom;Prénom;Email\nDupond;Léa;lea@exemple.fr\n".encode())
    sent = send_file(organisation=people.organisation, kind="enrolments", upload=upload, actor=people.training_manager)
    with pytest.raises(error):
        confirm(run=sent, actor=people.training_manager)
    sent.refresh_from_db()
    assert sent.state == ImportState.UPLOADED

"""Sessions from tables."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import CourseFactory, OrganisationFactory, SessionFactory, TrainerFactory
from tests.imports.running import read, run
from tests.imports.tables import table
from trainings.catalogue.models import Course
from trainings.people.models import Trainer
from trainings.sessions.models import Session, SessionTrainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


def problems(outcome, *, blocking=True):
    found = outcome.blocking if blocking else outcome.notices
    return [(problem.line, problem.heading, problem.value, problem.sentence) for problem in found]


def test_the_french_sample_says_its_one_fault_and_writes_nothing(organisation):
    outcome = run(organisation, "sessions", "sessions_excel_fr_cp1252.csv")
    assert problems(outcome) == [(5, "Date de début", "31/04/2026", "Avril n’a que 30 jours.")]
    assert outcome.blocking[0].suggestion == "30/04/2026"
    assert (Session.objects.count(), Course.objects.count(), Trainer.objects.count()) == (0, 0, 0)


def test_the_french_sample_once_corrected(organisation):
    corrected = read("sessions_excel_fr_cp1252.csv", "sessions")
    rows = tuple(row for row in corrected.rows if row.line != 5)
    outcome = run(organisation, "sessions", type(corrected)(**{**corrected.__dict__, "rows": rows}))
    assert (outcome.created, outcome.counts) == (3, {"courses": 3, "trainers": 3, "assignments": 4})
    first, second, third = Session.objects.order_by("reference")
    assert (first.starts_on, first.ends_on, first.price, first.duration_hours) == (
        date(2026, 1, 12), date(2026, 1, 13), Decimal("2400"), Decimal("14"),
    )  # fmt: skip
    assert (first.modality, first.kind, first.state, first.expected_trainees) == ("on_site", "intra", "done", 8)
    assert sorted(map(str, first.trainers.all())) == ["Léa Dupont", "Paul N'Guyen"]
    assert (second.modality, second.state, second.price, second.place) == ("remote", "running", Decimal("1750.5"), "")
    assert list(map(str, second.trainers.all())) == ["Zoé Martin"]
    assert (third.starts_on, third.state, third.price, third.place) == (
        date(2026, 3, 9), "cancelled", None, "12, rue des Lilas\n59000 Lille",
    )  # fmt: skip


def test_a_second_import_changes_nothing_and_duplicates_nothing(organisation):
    for _each in range(2):
        outcome = run(organisation, "sessions", "suivi_formations.xlsx")
    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 0, 2)
    assert (Session.objects.count(), Course.objects.count(), Trainer.objects.count(), SessionTrainer.objects.count()) == (
        2,
        2,
        2,
        2,
    )


def test_a_known_session_is_updated_and_an_empty_cell_erases_nothing(organisation):
    session = SessionFactory(organisation=organisation, reference="S26-001", place="Lille", duration_hours=Decimal("7"))
    outcome = run(organisation, "sessions", table("Réf;Formation;Lieu;Durée\ns26-001;" + session.course.title + ";;14"))
    session.refresh_from_db()
    assert (outcome.created, outcome.updated) == (0, 1)
    assert (session.reference, session.place, session.duration_hours) == ("S26-001", "Lille", Decimal("14"))
    assert outcome.undo_log["updated"]["trainings.Session"][str(session.pk)] == {"duration_hours": ["7.00", "14.00"]}


def test_courses_and_trainers_are_recognised_without_accents_nor_order(organisation):
    course = CourseFactory(organisation=organisation, title="Gérer un collectif")
    trainer = TrainerFactory(organisation=organisation, first_name="Léa", last_name="Dupont")
    outcome = run(organisation, "sessions", table("Réf;Formation;Formateur\nS1;GERER UN COLLECTIF ;DUPONT Lea"))
    session = Session.objects.get()
    assert (session.course, list(session.trainers.all())) == (course, [trainer])
    assert outcome.notices == []


def test_the_name_of_another_organisation_s_trainer_is_somebody_else(organisation):
    other = TrainerFactory(first_name="Léa", last_name="Dupont")
    SessionFactory(organisation=other.organisation, reference="S1")
    run(organisation, "sessions", table("Réf;Formation;Formateur\nS1;Cours;Léa Dupont"))
    assert Trainer.objects.for_organisation(organisation).get() != other
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("S1;Cours;10/02/2026;09/02/2026;7", (2, "Fin", "09/02/2026", "La session finirait avant d’avoir commencé, le 10 février 2026.")),
        ("S1;Cours;10/02/2026;;deux jours", (2, "Durée", "deux jours", "Une durée s’écrit en heures : 14, 14,5 ou 14h30.")),
        (
            "S1;Cours;;;0",
            (2, "Durée", "0", "Une durée est au-dessus de zéro. Laissez la cellule vide si elle n’est pas connue."),
        ),
        (";Cours;;;", (2, "Réf", "", "Cette cellule ne peut pas rester vide.")),
        ("S1;;;;", (2, "Formation", "", "Cette cellule ne peut pas rester vide.")),
        (f"{'S' * 61};Cours;;;", (2, "Réf", "S" * 61, "Ce texte compte 61 caractères, au plus 60 sont gardés : raccourcissez-le.")),
    ],
)  # fmt: skip
def test_what_blocks(organisation, line, expected):
    outcome = run(organisation, "sessions", table(f"Réf;Formation;Début;Fin;Durée\n{line}"))
    assert problems(outcome) == [expected]
    assert Session.objects.count() == 0


def test_one_wrong_line_among_many_stops_them_all(organisation):
    lines = "\n".join(f"S{number};Cours {number};{number:02d}/01/2026" for number in range(1, 21))
    outcome = run(organisation, "sessions", table(f"Réf;Formation;Début\n{lines}\nS21;Cours;31/06/2026"))
    assert (len(outcome.blocking), outcome.created, Session.objects.count(), Course.objects.count()) == (1, 20, 0, 0)


def test_the_same_session_on_two_lines_is_one_session_with_both_trainers(organisation):
    content = "Réf;Formation;Formateur;Début\nS1;Cours;Léa Dupont;10/02/2026\nS1;Cours;Zoé Martin;10/02/2026"
    outcome = run(organisation, "sessions", table(content))
    assert (outcome.created, Session.objects.count(), SessionTrainer.objects.count()) == (1, 1, 2)


def test_two_lines_that_contradict_each_other_block(organisation):
    outcome = run(organisation, "sessions", table("Réf;Formation;Début\nS1;Cours;10/02/2026\nS1;Cours;11/02/2026"))
    assert problems(outcome) == [
        (3, "Début", "11/02/2026", "La session S1 est déjà ligne 2, avec une autre valeur : « 10 février 2026 ».")
    ]


def test_the_wide_export_of_a_management_tool(organisation):
    run(organisation, "sessions", "agefodd_session_export_header.csv")
    session = Session.objects.get()
    assert (session.reference, session.course.title, session.course.code) == ("SESS-41", "Gérer un collectif artistique", "COLL")
    assert (session.state, session.kind, session.price, session.expected_trainees) == ("done", "inter", Decimal("2400"), 8)
    assert list(map(str, session.trainers.all())) == ["Léa Dupont"]


def test_without_a_state_column_the_past_is_finished_and_the_future_planned(organisation):
    run(organisation, "sessions", table("Réf;Formation;Fin\nS1;Cours;10/02/2020\nS2;Cours;10/02/2099"))
    assert list(Session.objects.order_by("reference").values_list("state", flat=True)) == ["done", "planned"]


def test_run_for_another_organisation(organisation):
    run(organisation, "sessions", table("Réf;Formation;Sous-traitance pour\nS1;Cours;OF Partenaire SAS"))
    session = Session.objects.get()
    assert (session.run_for, session.kind) == ("OF Partenaire SAS", "subcontracted")


def test_a_formula_stays_text(organisation):
    outcome = run(organisation, "sessions", table('Réf;Formation\nS1;"=RECHERCHEV(A27;B:C;2)"'))
    assert problems(outcome, blocking=False) == [
        (2, "Formation", "=RECHERCHEV(A27;B:C;2)", "Gardé comme du texte : une formule ne s’exécute jamais ici.")
    ]
    assert Course.objects.get().title == "=RECHERCHEV(A27;B:C;2)"


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_follow_the_lines(organisation, number, django_assert_num_queries):
    lines = "\n".join(f"S{n};Cours {n};Prénom{n} Nom{n};10/02/2026" for n in range(number))
    content = table(f"Réf;Formation;Formateur;Début\n{lines}")
    with django_assert_num_queries(11):
        run(organisation, "sessions", content)
    assert Session.objects.count() == number

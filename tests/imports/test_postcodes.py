"""Postcodes and SIRET of a list of trainees: what is read, what is told, what somebody may choose."""

import pytest

from tests.factories import OrganisationFactory, SessionFactory
from tests.imports.running import run
from tests.imports.tables import table
from trainings.people.models import Company, Trainee

pytestmark = pytest.mark.django_db
LIST = "Nom;Prénom;CP;Entreprise;SIRET\n"
HOME = "DURAND;Zoé;75011;Sous le Pont;356 000 000 49837\n"


@pytest.mark.parametrize(
    ("chosen", "kept", "reading", "doubtful"),
    [
        ("", "01000", "01000, en France", True),
        ("fr", "01000", "01000, en France", False),
        ("be", "B-1000", "B-1000, en Belgique", False),
        ("ch", "CH-1000", "CH-1000, en Suisse", False),
        ("lu", "L-1000", "L-1000, au Luxembourg", False),
    ],
)
def test_four_digits_are_told_and_chosen_for_the_column(chosen, kept, reading, doubtful):
    options = {"readings": {"CP": chosen}} if chosen else {}
    outcome = run(OrganisationFactory(), "enrolments", table(f"{LIST}{HOME}PEETERS;Luc;1000;;\n"), **options)
    assert dict(Trainee.objects.values_list("last_name", "postcode")) == {"Durand": "75011", "Peeters": kept}
    told = f"Colonne « CP » : codes à quatre chiffres, ligne 3 : 1000 est lu {reading}."
    assert [(note.kind == "doubt", note.sentence) for note in outcome.notes] == [(doubtful, told)]


def test_codes_of_neighbours_are_kept_with_their_country():
    lines = "A;Luc;B-1000;;\nB;Léa;CH 1201;;\nC;Guy;LU-1009;;\nD;Ida;98000;;\n"
    run(OrganisationFactory(), "enrolments", table(f"{LIST}{lines}"))
    assert list(Trainee.objects.order_by("last_name").values_list("postcode", flat=True)) == [
        "B-1000",
        "CH-1201",
        "L-1009",
        "98000",
    ]


def test_a_siret_mistyped_is_told_and_not_kept_and_one_of_la_poste_is():
    session = SessionFactory(reference="S1")
    content = table(f"{LIST}{HOME}PETIT;Luc;75011;Autre;356 000 000 49838\n")
    outcome = run(session.organisation, "enrolments", content, session="S1")
    assert [(note.kind, note.sentence) for note in outcome.notes] == [
        (
            "doubt",
            "Colonne « SIRET » : un chiffre est faux, ligne 3 : ces SIRET ne sont pas repris. "
            "Vérifiez-les sur un devis ou une facture.",
        )
    ]
    assert dict(Company.objects.values_list("name", "siret")) == {"Sous le Pont": "35600000049837", "Autre": ""}


def test_a_siret_of_another_length_stops_the_import():
    outcome = run(OrganisationFactory(), "enrolments", table(f"{LIST}PETIT;Luc;75011;Autre;356 000 000 4\n"))
    assert [(problem.line, problem.sentence) for problem in outcome.blocking] == [
        (2, "Un SIRET a 14 chiffres : recopiez-le en entier.")
    ]

"""The quality manager's evidence grid."""

import pytest

from evidence.library.imports import read_indicators
from evidence.library.models import Document, IndicatorLink, ReviewState
from qualiopi.exchange.values import CellError
from tests.factories import DocumentFactory, OrganisationFactory, VersionFactory
from tests.imports.running import run
from tests.imports.tables import table

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


def linked():
    return {
        document.title: sorted(document.indicator_links.values_list("indicator", flat=True))
        for document in Document.objects.all()
    }


def test_the_workbook_becomes_pieces_to_file(organisation):
    outcome = run(organisation, "evidence_grid", "grille_preuves_audit.xlsx")
    assert linked() == {"Programme formation": [1], "CGV_v3": [1], "Suivi des inscrits": [2], "Fiche besoin": [4]}
    assert [(problem.line, problem.sentence) for problem in outcome.problems] == [
        (0, "4 pièces sont annoncées : leurs fichiers restent à déposer."),
        (10, "Aucune pièce n’est nommée : rien à créer pour cette ligne."),
    ]
    assert [document.versions.count() for document in Document.objects.all()] == [0, 0, 0, 0]
    assert Document.objects.get(title="CGV_v3").note == (
        "Descriptif : CGV\nSuivi par : Léa\nModèle : CGV\nEmplacement : Site (pied de page)\nDate : 19/11/2021\n"
        "État du modèle : check ok\nÉtat du document : check ok"
    )


def test_a_grid_accepts_nothing_whatever_it_marks_as_checked(organisation):
    """Who checked a line of a workbook read another file than the one that is filed here."""
    VersionFactory(document=DocumentFactory(organisation=organisation, title="CGV_v3"))
    run(organisation, "evidence_grid", "grille_preuves_audit.xlsx")
    assert {document.review_state for document in Document.objects.all()} == {ReviewState.NOT_REVIEWED}


def test_a_second_import_adds_nothing(organisation):
    outcomes = [run(organisation, "evidence_grid", "grille_preuves_audit.xlsx") for _each in range(2)]
    assert [(outcome.created, outcome.unchanged) for outcome in outcomes] == [(4, 0), (0, 4)]
    assert (Document.objects.count(), IndicatorLink.objects.count()) == (4, 4)


def test_one_piece_on_several_lines_is_filed_once_and_linked_to_each(organisation):
    run(organisation, "evidence_grid", table("Indicateur;Document\n4;Fiche besoin\nIndic 8;FICHE BESOIN"))
    assert linked() == {"Fiche besoin": [4, 8]}


def test_a_piece_already_in_the_library_only_gains_its_link(organisation):
    document = DocumentFactory(organisation=organisation, title="Procédure de réclamation", note="La mienne")
    outcome = run(organisation, "evidence_grid", table("Indicateur;Document\n31;procedure de reclamation"))
    document.refresh_from_db()
    assert (linked(), document.note, outcome.created) == ({"Procédure de réclamation": [31]}, "La mienne", 0)


def test_several_pieces_in_one_cell(organisation):
    run(organisation, "evidence_grid", table('Indicateur;Document\n"1, 2 et 9";"CGV\nLivret d\'accueil"'))
    assert linked() == {"CGV": [1, 2, 9], "Livret d'accueil": [1, 2, 9]}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Indic 1 - Information du public", (1,)),
        ("Indicateur n° 12", (12,)),
        ("Ind. 07", (7,)),
        ("C1_I1_programme", (1,)),
        ("30", (30,)),
        (30.0, (30,)),
        ("4, 5 et 8", (4, 5, 8)),
        ("33 : information des financeurs", (33,)),
        ("", None),
    ],
)
def test_how_indicators_are_named(text, numbers):
    assert read_indicators(text) == numbers


@pytest.mark.parametrize("text", ["Indicateur 34", "0", "critère", "Indic 99 - rien"])
def test_what_names_no_indicator(text):
    with pytest.raises(CellError, match="Aucun indicateur reconnu"):
        read_indicators(text)

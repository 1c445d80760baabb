"""Sessions × expectations, and the dossier of one session."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.readiness.matrix import dossier_of, matrix_of
from evidence.readiness.queries import board
from qualiopi.standard.book import expectations
from tests import cast as standing
from tests.factories import EnrolmentFactory, SessionFactory, TrainerFactory
from tests.readiness.worlds import AUDIT, TODAY, finished_sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    people = standing.gather()
    finished_sessions(people.organisation, 3, unanswered={1})
    SessionFactory(organisation=people.elsewhere, reference="S-SECRET")
    return people


def table(cast):
    return matrix_of(board(organisation=cast.organisation, audit_date=AUDIT, observed_on=TODAY))


def get(cast, name="matrix", *arguments, part="", **query):
    headers = {"HX-Request": "true", "HX-Target": part} if part else {}
    return cast.client(cast.quality_manager).get(
        reverse(f"readiness:{name}", args=["fil-ouest", *arguments]), query, headers=headers
    )


def references(response):
    return [row.reference for row in response.context["rows"]]


def test_columns_are_named_by_the_data_and_people_have_theirs(cast):
    EnrolmentFactory(session=SessionFactory._meta.model.objects.get(reference="S-001", organisation=cast.organisation))
    found = table(cast)
    book = expectations().by_key
    assert [column.label for column in found.columns] == [book[column.key].short for column in found.columns]
    assert "trainee_results_by_objective" in {column.key for column in found.columns}


def test_columns_follow_time(cast):
    found = table(cast)
    assert [name for name, _span in found.groups] == ["Avant", "Pendant", "Après"]
    assert sum(span for _name, span in found.groups) == len(found.columns)
    assert [column.moment for column in found.columns] == sorted(column.moment for column in found.columns)
    assert [column.moment for column in found.columns if column.first] == [0, 1, 2]


def test_a_cell_says_what_the_engine_says(cast):
    response = get(cast, date=AUDIT)
    place = [column.key for column in response.context["columns"]].index("session_has_answers")
    cells = {row.reference: row.cells[place] for row in response.context["rows"]}
    assert {reference: (cell.status, cell.word) for reference, cell in cells.items()} == {
        "S-000": ("demonstrable", ""),
        "S-001": ("insufficient", "manque"),
        "S-002": ("demonstrable", ""),
    }
    hole = SessionFactory._meta.model.objects.get(reference="S-001", organisation=cast.organisation)
    assert cells["S-001"].url == reverse("surveys:session", args=["fil-ouest", hole.pk])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"S-000", "S-001", "S-002", "LOIN", "AUTRE"}),
        ({"q": "s-00"}, {"S-000", "S-001", "S-002"}),
        ({"etat": "terminee"}, {"S-000", "S-001", "S-002", "AUTRE"}),
        ({"etat": "encours"}, {"LOIN"}),
        ({"etat": "avenir"}, set()),
        ({"du": "2026-10-01"}, {"S-000", "S-001", "LOIN", "AUTRE"}),
        ({"au": "2026-09-30"}, {"S-001", "S-002", "LOIN", "AUTRE"}),
        ({"trous": "on"}, {"S-000", "S-001", "S-002", "LOIN", "AUTRE"}),
        ({"formateur": "inconnu"}, set()),
    ],
)
def test_filters_are_in_the_address(cast, query, expected):
    today = timezone.localdate()
    SessionFactory(
        organisation=cast.organisation, reference="LOIN", starts_on=date(2026, 9, 1), ends_on=today + timedelta(days=3)
    )
    SessionFactory(organisation=cast.organisation, reference="AUTRE", starts_on=date(2026, 9, 30), ends_on=date(2026, 10, 2))
    assert set(references(get(cast, date=today + timedelta(days=30), **query))) == expected


def test_one_trainer(cast):
    trainer = TrainerFactory(organisation=cast.organisation, first_name="Inès", last_name="Carvalho")
    SessionFactory(organisation=cast.organisation, reference="INES", trainers=[trainer])
    assert references(get(cast, date=AUDIT, formateur=str(trainer.pk))) == ["INES"]


def test_page_and_swap_show_the_same(cast):
    page = get(cast, date=AUDIT).content.decode()
    swap = get(cast, date=AUDIT, part="matrice").content.decode()
    assert swap.strip().startswith('<div id="matrice">')
    assert swap.strip() in page


def test_a_dossier_names_what_is_missing_and_where_to_mend_it(cast):
    session = SessionFactory._meta.model.objects.get(reference="S-001", organisation=cast.organisation)
    lines = dossier_of(board(organisation=cast.organisation, audit_date=AUDIT, observed_on=TODAY), str(session.pk))
    states = {(line.indicator, line.expected.split()[0], line.status) for line in lines if line.indicator in (17, 30)}
    assert states == {
        (17, "Chaque", "demonstrable"),
        (17, "On", "demonstrable"),
        (30, "L’avis", "insufficient"),
        (30, "Chaque", "insufficient"),
    }
    assert {line.way.url for line in lines if line.indicator == 30 and line.way} == {
        reverse("surveys:session", args=["fil-ouest", session.pk])
    }


def test_the_dossier_is_a_page_and_a_panel(cast):
    session = SessionFactory._meta.model.objects.get(reference="S-001", organisation=cast.organisation)
    page = get(cast, "session", session.pk).content.decode()
    panel = get(cast, "session", session.pk, part="dossier").content.decode()
    assert "<html" in page
    assert panel.strip().startswith("<section")
    assert panel.strip() in page


def test_a_session_of_another_organisation_is_not_found(cast):
    secret = SessionFactory._meta.model.objects.get(reference="S-SECRET")
    assert get(cast, "session", secret.pk).status_code == 404


def test_counts_beside_a_list(cast):
    sessions = {session.reference: str(session.pk) for session in SessionFactory._meta.model.objects.all()}
    response = get(
        cast, "session_statuses", session=[sessions["S-000"], sessions["S-001"], sessions["S-SECRET"], "n'importe quoi"]
    )
    counts = dict(response.context["holes"])
    assert set(counts) == {sessions["S-000"], sessions["S-001"]}
    assert counts[sessions["S-001"]] == counts[sessions["S-000"]] + 2
    found = board(organisation=cast.organisation)
    told = [line for line in dossier_of(found, sessions["S-001"]) if line.status == "insufficient"]
    assert counts[sessions["S-001"]] == len(told)
    assert sessions["S-SECRET"] not in response.content.decode()

"""The page of the matrix: who leads what, what lacks, what is folded, and a word to who can mend it."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evidence.debts.models import Reminder
from evidence.matrix.queries import matrix_of
from evidence.readiness.queries import board
from qualiopi.standard.book import expectations
from tests import cast as standing
from tests.factories import EnrolmentFactory, SessionFactory, TrainerFactory
from tests.harness.worlds import shared
from tests.readiness.worlds import AUDIT, TODAY, finished_sessions
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db


def furnish():
    people = standing.gather()
    finished_sessions(people.organisation, 3, unanswered={1})
    SessionFactory(organisation=people.elsewhere, reference="S-SECRET")
    return people


cast = shared(furnish)


def table(cast):
    return matrix_of(board(organisation=cast.organisation, audit_date=AUDIT, observed_on=TODAY))


def get(cast, part="", who="quality_manager", **query):
    headers = {"HX-Request": "true", "HX-Target": part} if part else {}
    return cast.client(getattr(cast, who)).get(reverse("matrix:index", args=["fil-ouest"]), query, headers=headers)


def rows_of(response):
    return [row for sheet in response.context["sheets"] for row in sheet.rows]


def references(response):
    return [row.reference for row in rows_of(response)]


def keys_of(response):
    return [column.key for column, _total in response.context["columns"]]


def test_columns_are_named_by_the_data_and_people_have_theirs(cast):
    EnrolmentFactory(session=Session.objects.get(reference="S-001", organisation=cast.organisation))
    found = table(cast)
    book = expectations().by_key
    assert [column.label for column in found.columns] == [book[column.key].short for column in found.columns]
    assert "trainee_results_by_objective" in {column.key for column in found.columns}


def test_columns_follow_time(cast):
    found = table(cast)
    assert [name for name, _span in found.moments] == ["Avant", "Pendant", "Après"]
    assert sum(span for _name, span in found.moments) == len(found.columns)
    assert [column.moment for column in found.columns] == sorted(column.moment for column in found.columns)
    assert [column.moment for column in found.columns if column.first] == [0, 1, 2]


def test_a_cell_says_what_the_engine_says(cast):
    response = get(cast, date=AUDIT)
    place = keys_of(response).index("session_has_answers")
    cells = {row.reference: row.cells[place] for row in rows_of(response)}
    assert {reference: (cell.status, cell.word) for reference, cell in cells.items()} == {
        "S-000": ("demonstrable", ""),
        "S-001": ("insufficient", "manque"),
        "S-002": ("demonstrable", ""),
    }
    hole = Session.objects.get(reference="S-001", organisation=cast.organisation)
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
        ({"dossier": "trou"}, {"S-000", "S-001", "S-002", "LOIN", "AUTRE"}),
        ({"dossier": "complet"}, set()),
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
    page, swap = (
        # The token of a form is written otherwise each time.
        re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", get(cast, date=AUDIT, part=part).content.decode())
        for part in ("", "matrice")
    )
    assert swap.strip().startswith('<div id="matrice">')
    assert swap.strip() in page


def test_sessions_stand_by_who_leads_them_the_most_holes_first(cast):
    ines, malo = (
        TrainerFactory(organisation=cast.organisation, first_name=first, last_name="Fictif") for first in ("Inès", "Malo")
    )
    for reference, day, trainers in (("ZZ-1", 1, [ines]), ("ZZ-2", 2, [ines, malo]), ("ZZ-3", 3, [ines]), ("ZZ-4", 4, [])):
        SessionFactory(
            organisation=cast.organisation,
            reference=reference,
            starts_on=date(2026, 10, day),
            ends_on=date(2026, 10, day),
            trainers=trainers,
        )
    sheets = get(cast, q="ZZ").context["sheets"]
    assert [(sheet.name, [row.reference for row in sheet.rows]) for sheet in sheets] == [
        ("Inès Fictif", ["ZZ-3", "ZZ-1"]),
        ("Sans formateur", ["ZZ-4"]),
        ("Inès Fictif et Malo Fictif", ["ZZ-2"]),
    ]
    holes = [sum(len(row.holes) for row in sheet.rows) for sheet in sheets]
    assert holes == sorted(holes, reverse=True)


def test_a_hole_says_how_many_of_how_many(cast):
    session = Session.objects.get(reference="S-001", organisation=cast.organisation)
    for _ in range(3):
        EnrolmentFactory(session=session)
    response = get(cast, q="S-001")
    [row] = rows_of(response)
    shown = dict(zip(keys_of(response), row.cells, strict=True))
    assert {
        key: shown[key].figure for key in ("session_need_analysed", "trainee_results_by_objective", "session_has_answers")
    } == {
        "session_need_analysed": "0/3",
        "trainee_results_by_objective": "0/3",
        "session_has_answers": "",
    }


def test_what_is_to_come_is_folded_and_a_link_shows_all_of_it(cast):
    soon = timezone.localdate() + timedelta(days=200)
    for place in range(6):
        day = soon + timedelta(days=place)
        SessionFactory(organisation=cast.organisation, reference=f"F-{place}", starts_on=day, ends_on=day, state="planned")
    response = get(cast)
    [fold] = response.context["folds"]
    assert [line.reference for line in fold.lines] == ["F-0", "F-1", "F-2", "F-3", "F-4"]
    assert (fold.summary, fold.more) == ("Six sessions à venir, rien d’attendu à ce jour", "Voir les 6 sessions")
    assert not {reference for reference in references(response) if reference.startswith("F-")}
    assert references(cast.client(cast.quality_manager).get(fold.url)) == ["F-5", "F-4", "F-3", "F-2", "F-1", "F-0"]


def led_by_yann(cast, count=1):
    day = timezone.localdate() - timedelta(days=14)
    for place in range(count):
        made = SessionFactory(
            organisation=cast.organisation, reference=f"Y-{place}", starts_on=day, ends_on=day, trainers=[cast.trainer_record]
        )
        EnrolmentFactory(session=made)


def remind(cast, who, *trainers):
    url = reverse("matrix:remind", args=["fil-ouest"])
    return cast.client(getattr(cast, who)).post(url, {"formateur": [str(trainer.pk) for trainer in trainers]}, follow=True)


def test_a_word_to_who_leads_leaves_once_a_week(cast, django_capture_on_commit_callbacks):
    led_by_yann(cast)
    [sheet] = get(cast, who="training_manager", q="Y-0").context["sheets"]
    assert (sheet.button.label, sheet.button.trainers) == (f"Relancer {cast.trainer_record}", (str(cast.trainer_record.pk),))
    page = remind(cast, "training_manager", cast.trainer_record)
    assert page.redirect_chain == [(reverse("matrix:index", args=["fil-ouest"]), 302)]
    assert [message.to for message in mail.outbox] == [[cast.trainer_record.email]]
    [sheet] = [sheet for sheet in page.context["sheets"] if sheet.name == str(cast.trainer_record)]
    assert (sheet.button, sheet.reminded.startswith("relance du ")) == (None, True)
    remind(cast, "training_manager", cast.trainer_record)
    assert (len(mail.outbox), Reminder.objects.count()) == (1, 1)


def test_nobody_else_is_written_to(cast):
    led_by_yann(cast)
    other = TrainerFactory(organisation=cast.organisation, email="autre@exemple.fr")
    SessionFactory(organisation=cast.organisation, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 1), trainers=[other])
    remind(cast, "training_manager", other)
    assert cast.trainer_record.email not in [address for message in mail.outbox for address in message.to]


@pytest.mark.parametrize(("who", "status"), [("trainer", 404), ("auditor", 404), ("training_manager", 302)])
def test_who_may_write_to_them(cast, who, status):
    url = reverse("matrix:remind", args=["fil-ouest"])
    assert cast.client(getattr(cast, who)).post(url, {}).status_code == status
    assert mail.outbox == []


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_takes_the_same_number_of_queries(cast, count, django_assert_num_queries):
    led_by_yann(cast, count)
    client, url = cast.client(cast.training_manager), reverse("matrix:index", args=["fil-ouest"])
    client.get(url)  # what sessions tell is kept from then on
    with django_assert_num_queries(9):
        client.get(url)


def test_the_shapes_of_statuses_are_drawn_once(cast):
    led_by_yann(cast, 3)
    page = get(cast).content.decode()
    assert [page.count(f'<symbol id="s-{css}"') for css in ("ok", "risque", "insuf", "inconnu", "na")] == [1] * 5
    assert page.count('<use href="#s-') == sum(bool(cell.status) for row in rows_of(get(cast)) for cell in row.cells)

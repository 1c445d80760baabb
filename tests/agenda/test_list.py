"""The list of sessions: who sees which, in what order, what is folded, what filters keep, and as a file."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.factories import CourseFactory, EnrolmentFactory, SessionFactory, StepFactory, TrainerFactory
from tests.harness.worlds import shared
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db

people = shared(cast.gather)
URL = "/o/fil-ouest/sessions/"


def a_session(people, **fields):
    return SessionFactory(organisation=people.organisation, **fields)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def of_day(people, reference, days, state=SessionState.PLANNED, **fields):
    return a_session(people, reference=reference, starts_on=in_days(days), ends_on=in_days(days), state=state, **fields)


def get(people, query="", who="training_manager", part=""):
    headers = {"hx-request": "true", "hx-target": part} if part else {}
    return people.client(getattr(people, who)).get(f"{URL}?{query}" if query else URL, headers=headers)


def listed(answer):
    """References on the page, in order."""
    return [row.reference for row in answer.context["rows"]]


def row_of(answer, reference):
    [row] = [row for row in answer.context["rows"] if row.reference == reference]
    return row


def test_what_waits_stands_first_then_what_is_to_come_and_nothing_of_others(people):
    SessionFactory(organisation=people.sister, reference="S-SECRET")
    of_day(people, "LOIN", 300)
    of_day(people, "PROCHE", 200)
    a_session(people, reference="SANS-DATE", starts_on=None, ends_on=None, state=SessionState.DRAFT)
    for reference, days in (("ANCIENNE", -40), ("RECENTE", -20)):
        EnrolmentFactory(session=of_day(people, reference, days, SessionState.DONE))
    answer = get(people)
    assert listed(answer) == ["ANCIENNE", "RECENTE", "PROCHE", "LOIN", "SANS-DATE"]
    assert "S-SECRET" not in answer.content.decode()


def test_the_answer_counts_what_the_matrix_counts(people):
    for reference, days in (("A", -40), ("B", -20)):
        EnrolmentFactory(session=of_day(people, reference, days, SessionState.DONE))
    of_day(people, "PROCHE", 200)
    answer = get(people)
    assert answer.context["answer"] == "Deux dossiers sur 3 attendent encore une pièce."
    matrix = people.client(people.training_manager).get(reverse("matrix:index", args=["fil-ouest"]))
    assert matrix.context["heading"] == "Deux sessions sur 3 ont un trou"


def test_a_line_says_what_lacks_and_what_its_own_page_says_to_do_next(people):
    held = of_day(people, "TENUE", -20, SessionState.DONE, trainers=[people.trainer_record])
    EnrolmentFactory(session=held)
    row = row_of(get(people), "TENUE")
    page = people.client(people.training_manager).get(row.url)
    band = page.context["band"]
    assert (row.step.title, row.step.when) == (band.title, band.line.when)
    lacking = people.client(people.training_manager).get(reverse("readiness:session", args=["fil-ouest", held.pk]))
    missing = sum(line.status == "insufficient" for line in lacking.context["lines"])
    assert (row.dossier, row.short) == (f"il manque {missing} pièces", f"{missing} pièces")
    assert (row.trainers, row.people) == ("Yann Le Goff", 1)


def test_what_comes_by_itself_is_said_quietly(people):
    session = of_day(people, "A-VENIR", 200, SessionState.CONFIRMED)
    EnrolmentFactory(session=session)
    day = in_days(60)
    StepFactory(session=session, key="document:convocation", label="Convocations", due_on=day, automatic=True)
    row = row_of(get(people), "A-VENIR")
    assert (row.dossier, row.step.title, row.step.quiet) == ("à venir", "Convocations", True)
    assert row.step.when.startswith("le ")


def test_a_step_that_is_late_makes_a_session_wait_though_nothing_lacks(people):
    session = of_day(people, "PREPARER", 40, SessionState.CONFIRMED)
    EnrolmentFactory(session=session)
    of_day(people, "AVANT", 30, SessionState.CONFIRMED)
    StepFactory(session=session, key="room", label="Réserver la salle", due_on=in_days(-3))
    answer = get(people)
    assert listed(answer) == ["PREPARER", "AVANT"]
    assert answer.context["others"] == "Une autre a une étape en retard."


def test_what_was_called_off_is_folded_and_a_link_shows_all_of_it(people):
    for place in range(6):
        of_day(people, f"A-{place}", 10 + place, SessionState.CANCELLED)
    answer = get(people)
    [fold] = answer.context["folds"]
    assert listed(answer) == []
    assert (fold.summary, fold.more) == ("Six sessions dont rien n’est attendu", "Voir les 6 sessions")
    assert [line.reference for line in fold.lines] == ["A-5", "A-4", "A-3", "A-2", "A-1"]
    assert listed(get(people, fold.url.partition("?")[2])) == ["A-5", "A-4", "A-3", "A-2", "A-1", "A-0"]


def test_a_trainer_sees_only_the_sessions_they_lead(people):
    of_day(people, "MOI", 10, trainers=[people.trainer_record])
    of_day(people, "AUTRE", -20, SessionState.DONE, trainers=[TrainerFactory(organisation=people.organisation)])
    answer = get(people, who="trainer")
    assert (listed(answer), answer.context["answer"]) == (["MOI"], "Le seul dossier n’attend aucune pièce.")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=regie%20tenir", {"S26-001"}),
        ("q=s26-002", {"S26-002"}),
        ("q=le%20goff", {"S26-001"}),
        ("state=planned", {"S26-003"}),
        ("modality=remote", {"S26-002"}),
        ("modality=unknown", {"S26-003"}),
        ("since=2026-05-01", {"S26-002", "S26-003"}),
        ("up_to=2026-03-31", {"S26-001"}),
        ("dossier=attente", {"S26-001", "S26-002", "S26-003"}),
        ("dossier=complet", set()),
        ("dossier=attente&modality=remote", {"S26-002"}),
        ("q=introuvable", set()),
    ],
)
def test_filters_live_in_the_url(people, query, expected):
    a_session(
        people,
        reference="S26-001",
        course=CourseFactory(organisation=people.organisation, title="Tenir une RÉGIE"),
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 3, 2),
        trainers=[people.trainer_record],
    )
    a_session(people, reference="S26-002", modality="remote", starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5), place="")
    a_session(people, reference="S26-003", modality="", state="planned", starts_on=date(2026, 6, 4), ends_on=date(2026, 6, 4))
    SessionFactory(organisation=people.sister, reference="S26-009", course__title="Tenir une régie", starts_on=date(2026, 3, 3))
    answer = get(people, query)
    assert set(listed(answer)) == expected
    assert answer.context["folds"] == []


def test_active_filters_are_chips_and_those_behind_the_fold_open_it(people):
    of_day(people, "PROCHE", 20)
    plain, opened = get(people, "q=proche").context, get(people, "q=proche&state=planned").context
    assert ([chip.label for chip in plain["chips"]], plain["opened"]) == (["Chercher : proche"], False)
    assert ([chip.label for chip in opened["chips"]], opened["opened"]) == (["Chercher : proche", "État : prévue"], True)


def test_twenty_five_a_page(people):
    for place in range(27):
        of_day(people, f"S-{place:02d}", 10 + place)
    assert [len(listed(get(people, query))) for query in ("", "page=2")] == [25, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    for number in range(count):
        held = of_day(people, f"T-{number}", -20 - number, SessionState.DONE, trainers=[people.trainer_record])
        EnrolmentFactory(session=held)
        of_day(people, f"A-{number}", 20, SessionState.CANCELLED)
    client = people.client(people.training_manager)
    client.get(URL)  # what sessions tell is kept from then on
    with django_assert_num_queries(QUERIES):
        client.get(URL)


QUERIES = 20


def test_a_swap_gives_what_the_page_gives(people):
    of_day(people, "S26-001", -20, SessionState.DONE)
    part = get(people, part="sessions").content.decode()
    assert part.strip().startswith('<div id="sessions">')
    assert part.strip() in get(people).content.decode()


def test_the_export_has_every_session_and_no_formula(people):
    a_session(people, reference="=1+1", place="@SOMME(A1)")
    of_day(people, "ANNULEE", 20, SessionState.CANCELLED, place="Rennes")
    assert exported(get(people, "format=csv")) == [("'=1+1", "'@SOMME(A1)"), ("ANNULEE", "Rennes")]
    assert [reference for reference, _place in exported(get(people, "format=csv&dossier=rien"))] == ["ANNULEE"]


def exported(answer):
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert (rows[0][0], rows[0][9]) == ("Référence", "Lieu")
    return sorted((row[0], row[9]) for row in rows[1:])


def test_a_trainer_exports_nothing(people):
    assert get(people, "format=csv", who="trainer")["Content-Type"] == "text/html; charset=utf-8"


def test_who_left_is_not_counted(people):
    session = of_day(people, "PARTIS", 20)
    for state in ("withdrawn", "enrolled"):
        EnrolmentFactory(session=session, state=state, ended_on=in_days(-1) if state == "withdrawn" else None)
    assert row_of(get(people), "PARTIS").people == 1


def test_no_session_is_said(people):
    assert "Aucune session n’est encore enregistrée." in get(people).content.decode()

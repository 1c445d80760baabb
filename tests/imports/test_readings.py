"""The columns page shows how each column is read, and lets one choose otherwise."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qualiopi.exchange.models import ImportRun
from tests.cast import gather
from tests.factories import SessionFactory
from trainings.people.models import Trainee
from trainings.sessions.models import Enrolment, Session
from trainings.surveys.models import Response

pytestmark = pytest.mark.django_db
ANSWERS = "Date;Session;Satisfaction;Recommandation\n02/03/2026;S1;Chouette;Oui\n04/03/2026;S1;5;9\n"


@pytest.fixture
def cast():
    cast = gather()
    SessionFactory(organisation=cast.organisation, reference="S1", starts_on=None, ends_on=None)
    return cast


@pytest.fixture
def client(cast):
    return cast.client(cast.training_manager)


def send(client, kind, text):
    upload = SimpleUploadedFile("fichier.csv", text.encode())
    client.post(reverse("imports:upload", args=["fil-ouest", kind]), {"file": upload})
    return ImportRun.objects.latest("created_at")


def page(name, run):
    return reverse(f"imports:{name}", args=["fil-ouest", run.pk])


def shown_choices(response):
    """What the form sends when nobody touches it."""
    content = response.content.decode()
    found = {f"column-{row.place}": row.chosen for row in response.context["rows"]}
    for row in response.context["rows"]:
        if row.readings:
            assert content.count(f'name="reading-{row.place}"') == len(row.readings)
            found[f"reading-{row.place}"] = row.reading
        for word in row.words:
            assert f'name="word-{row.place}:{word.key}"' in content
            found[f"word-{row.place}:{word.key}"] = word.becomes
    return found


def test_the_page_shows_the_reading_chosen_the_other_and_what_words_become(client):
    run = send(client, "survey_answers", ANSWERS)
    response = client.get(page("columns", run))
    rows = {row.heading: row for row in response.context["rows"]}
    assert rows["Date"].doubt == "Rien ne dit si le jour est avant le mois : « 02/03/2026 » est lu le 2 mars 2026."
    assert [(reading.key, reading.key == rows["Date"].reading) for reading in rows["Date"].readings] == [
        ("day_first", True),
        ("month_first", False),
    ]
    assert [(word.text, word.becomes) for word in rows["Satisfaction"].words] == [("Chouette", "")]
    assert [(word.text, word.becomes) for word in rows["Recommandation"].words] == [("Oui", "-")]
    assert response.context["doubtful"] == 3
    assert re.search(r'value="day_first"\s+checked', response.content.decode())


def test_a_word_nobody_knows_blocks_once_and_leads_back_to_the_columns(client):
    run = send(client, "survey_answers", ANSWERS)
    client.post(page("columns", run), shown_choices(client.get(page("columns", run))))
    check = client.get(page("check", run))
    assert [(row.line, row.heading, row.value, row.field) for row in check.context["blocking"]] == [
        (0, "Satisfaction", "Chouette", "")
    ]
    assert "Revoir les colonnes" in check.content.decode()


def test_one_click_chooses_the_other_reading_and_what_words_become(client):
    run = send(client, "survey_answers", ANSWERS)
    chosen = {
        **shown_choices(client.get(page("columns", run))),
        "reading-0": "month_first",
        "word-2:chouette": "4",
        "word-3:oui": "10",
    }
    client.post(page("columns", run), chosen)
    again = client.get(page("columns", run))
    assert {name: value for name, value in shown_choices(again).items() if not name.startswith("column-")} == {
        "reading-0": "month_first",
        "reading-2": "5",
        "reading-3": "10",
        "word-2:chouette": "4",
        "word-3:oui": "10",
    }
    assert [row.heading for row in again.context["rows"] if row.doubt] == []
    client.post(page("confirm", run))
    assert sorted(Response.objects.values_list("answered_on", "overall", "recommendation")) == [
        (date(2026, 2, 3), 4, 10),
        (date(2026, 4, 3), 5, 9),
    ]


def test_the_check_and_the_result_still_tell_what_was_chosen(client):
    run = send(client, "sessions", "Réf;Formation;Début;Prix\nA1;Paie;02/03/2026;1.200 €\n")
    client.post(page("columns", run), shown_choices(client.get(page("columns", run))))
    told = [
        "Colonne « Début » : rien ne dit si le jour est avant le mois : « 02/03/2026 » est lu le 2 mars 2026.",
        "Colonne « Prix » : « 1.200 € » est lu 1 200 : ce signe sépare les milliers.",
    ]
    assert [note["sentence"] for note in client.get(page("check", run)).context["notes"]] == told
    client.post(page("confirm", run))
    assert [note["sentence"] for note in client.get(page("detail", run)).context["notes"]] == told
    assert Session.objects.get(reference="A1").price == 1200


def test_a_state_is_said_once_for_all_its_lines(client):
    lines = "".join(f"Fictif{number};S1;Quasi inscrit\n" for number in range(30))
    run = send(client, "enrolments", f"Nom;Session;Statut\n{lines}")
    response = client.get(page("columns", run))
    (row,) = [row for row in response.context["rows"] if row.words]
    assert [(word.text, word.becomes, len(word.lines)) for word in row.words] == [("Quasi inscrit", "enrolled", 30)]
    client.post(page("columns", run), {**shown_choices(response), "word-2:quasi inscrit": "not_enrolled"})
    client.post(page("confirm", run))
    assert (Trainee.objects.filter(import_run=run).count(), Enrolment.objects.filter(import_run=run).count()) == (30, 0)


def test_a_reading_that_the_column_does_not_have_is_not_taken(client):
    run = send(client, "survey_answers", ANSWERS)
    chosen = {**shown_choices(client.get(page("columns", run))), "reading-0": "inventée", "word-2:chouette": "12"}
    client.post(page("columns", run), chosen)
    rows = {row.heading: row for row in client.get(page("columns", run)).context["rows"]}
    assert (rows["Date"].reading, rows["Satisfaction"].words[0].becomes) == ("day_first", "")


def test_a_column_of_many_words_shows_some_and_asks_whether_it_is_the_right_one(client):
    lines = "".join(f"Fictif;S1;mot{number}x\n" for number in range(50))
    run = send(client, "enrolments", f"Nom;Session;Statut\n{lines}")
    response = client.get(page("columns", run))
    (row,) = [row for row in response.context["rows"] if row.words]
    assert (len(row.words), row.more_words) == (40, 10)
    assert "Et 10 autres mots : est-ce la bonne colonne ?" in response.content.decode().replace("\xa0", " ").replace(
        "\u202f", " "
    )

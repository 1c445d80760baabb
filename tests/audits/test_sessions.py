"""Sessions in the auditor's room: searched and filtered, their register and what surveys brought; nobody who was not trained is named."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qualiopi.journal.models import Entry
from qualiopi.organisations.models import Organisation
from tests import cast
from tests.dossiers.world import leave_files, lived_session
from tests.engine.builders import plain
from tests.factories import (
    CampaignFactory,
    ConnectionFactory,
    ConnectionReportFactory,
    EnrolmentFactory,
    HalfDayFactory,
    MarkFactory,
    ResponseFactory,
    SessionFactory,
)
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
people = shared(cast.gather)


def url(name, *args):
    return reverse(f"audits:{name}", args=["fil-ouest", *args])


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def a_few(people):
    states = {"S-1": "done", "S-2": "cancelled", "S-3": "postponed", "S-4": "draft", "S-5": "closed"}
    return {
        name: SessionFactory(organisation=people.organisation, reference=name, state=state, course__title=f"Évry {name}")
        for name, state in states.items()
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["S-1", "S-2", "S-3", "S-5"]),
        ({"state": "cancelled"}, ["S-2"]),
        ({"q": "evry s-5"}, ["S-5"]),
        ({"q": "rien de tel"}, []),
        ({"state": "draft"}, ["S-1", "S-2", "S-3", "S-5"]),
        ({"since": "2100-01-01"}, []),
    ],
)
def test_sessions_are_looked_for(people, query, expected):
    a_few(people)
    page = people.client(people.auditor).get(url("sessions"), query)
    assert sorted(session.reference for session in page.context["page"]) == expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["annulée n’a pas eu lieu", "reportée n’a pas eu lieu"]),
        ("en", ["cancelled did not take place", "postponed did not take"]),
    ],
)
def test_what_was_called_off_is_told_in_the_reader_s_language(people, language, words):
    a_few(people)
    said = text_of(people.client(people.auditor).get(url("sessions"), {"lang": language}))
    assert [word for word in words if word not in said] == []


def test_sessions_that_took_place_are_counted_without_those_called_off(people):
    a_few(people)
    assert people.client(people.auditor).get(url("room")).context["sessions_count"] == {"total": 4, "over": 2}


def test_a_session_called_off_names_nobody(people):
    session = SessionFactory(organisation=people.organisation, state="cancelled")
    EnrolmentFactory(session=session, trainee__last_name="Jamaisvenue")
    HalfDayFactory(session=session)
    client = people.client(people.auditor)
    pages = [client.get(url("session", session.pk)), client.get(url("register", session.pk))]
    assert ["Jamaisvenue" in text_of(page) for page in pages] == [False, False]
    assert "Cette session n’a pas eu lieu : annulée." in text_of(pages[0])


def test_the_register_is_read_half_day_by_half_day(people):
    world = lived_session(cast=people)
    report = ConnectionReportFactory(half_day=world.half_days[1], tool="Teams")
    ConnectionFactory(report=report, enrolment=world.enrolments[1], seen_name="karim", minutes=190, kept_minutes=180)
    client = people.client(people.auditor)
    first = client.get(url("register", world.session.pk))
    second = client.get(url("register", world.session.pk), {"demi-journee": world.half_days[1].pk, "lang": "en"})
    assert ("contresignée par le formateur" in text_of(first), "Teams" in text_of(first)) == (True, False)
    assert [
        word
        for word in ("Teams", "180 min", "absent", "Attendance register", "signed after the half-day")
        if word not in text_of(second)
    ] == []
    assert list(Entry.objects.filter(verb="room.register_read").values_list("details", flat=True)) == [{"session": "S26-041"}] * 2


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Europe/Paris", "fr", None),
        ("Europe/Paris", "en", None),
        ("Indian/Reunion", "fr", "Heure locale : La Réunion."),
        ("Indian/Reunion", "en", "Local time: Réunion."),
    ],
)
def test_whose_hours_the_register_tells(people, zone, language, said):
    Organisation.objects.filter(pk=people.organisation.pk).update(time_zone=zone)
    session = SessionFactory(organisation=people.organisation)
    HalfDayFactory(session=session)
    told = plain(text_of(people.client(people.auditor).get(url("register", session.pk), {"lang": language})))
    assert told.count(said) == 1 if said else "local" not in told.lower()


def test_a_draft_has_no_register_here(people):
    draft = SessionFactory(organisation=people.organisation, state="draft")
    client = people.client(people.auditor)
    assert [client.get(url("register", draft.pk)).status_code, client.get(url("opinions", draft.pk, "cold")).status_code] == [
        404,
        404,
    ]


def test_what_surveys_brought_is_read_and_nobody_is_recognised(people):
    session = SessionFactory(organisation=people.organisation)
    campaign = CampaignFactory(session=session)
    for _place in range(3):
        ResponseFactory(campaign=campaign, overall=4, comment="Très clair")
    client = people.client(people.auditor)
    assert "(3)" in text_of(client.get(url("session", session.pk)))
    page = client.get(url("opinions", session.pk, "end_of_session"))
    assert (page.context["results"].hidden, "Très clair" in text_of(page)) == (True, False)
    for _place in range(2):
        ResponseFactory(campaign=campaign, overall=4, comment="Très clair")
    page = client.get(url("opinions", session.pk, "end_of_session"))
    assert (page.context["results"].hidden, "Très clair" in text_of(page)) == (False, True)
    assert client.get(url("opinions", session.pk, "inconnu")).status_code == 404


def test_what_the_work_left_stands_under_the_indicator_it_proves(people):
    world = lived_session(cast=people)
    leave_files(world)
    page = people.client(people.auditor).get(url("indicator", 11))
    told = [(piece.title, piece.about, piece.dated_on) for piece in page.context["left_page"]]
    assert ("Certificat de réalisation CR-1, exemplaire signé", "S26-041", date(2026, 9, 10)) in told
    assert dict(page.context["left"])["Certificat de réalisation"] == 2
    assert people.client(people.auditor).get(page.context["left_page"][0].url).status_code == 200


@pytest.mark.parametrize("name", ["register", "opinions", "session"])
def test_the_pages_of_a_session_take_as_many_queries_whatever_it_holds(people, name):
    args, counts = (["end_of_session"] if name == "opinions" else []), []
    for number in (1, 4):
        session = SessionFactory(organisation=people.organisation)
        half_day = HalfDayFactory(session=session)
        report = ConnectionReportFactory(half_day=half_day)
        campaign = CampaignFactory(session=session)
        for place in range(number):
            enrolment = EnrolmentFactory(session=session)
            MarkFactory(session=session, half_day=half_day, enrolment=enrolment, number=place + 1)
            ConnectionFactory(report=report, enrolment=enrolment)
        for _place in range(4 + number):
            ResponseFactory(campaign=campaign)
        client = people.client(people.auditor)
        with CaptureQueriesContext(connection) as made:
            assert client.get(url(name, session.pk, *args)).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]

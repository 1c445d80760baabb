"""A session whose dates have passed and that nobody started or cancelled is a to-do of its own: first page, what is owed, list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.debts.queries import owed_in
from tests import cast as standing
from tests.factories import SessionFactory
from trainings.sessions.models import Session, SessionState
from trainings.sessions.queries import forgotten

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return standing.gather()


def today():
    return timezone.localdate()


def session(cast, state, *, ended=1, reference="S26-900", **fields):
    day = today() - timedelta(days=ended)
    return SessionFactory(
        **{"organisation": cast.organisation, "state": state, "starts_on": day, "ends_on": day, "reference": reference, **fields}
    )


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (SessionState.DRAFT, True),
        (SessionState.PLANNED, True),
        (SessionState.CONFIRMED, False),  # begins and ends by itself
        (SessionState.RUNNING, False),
        (SessionState.DONE, False),
        (SessionState.CLOSED, False),
        (SessionState.CANCELLED, False),
        (SessionState.POSTPONED, False),
    ],
)
def test_which_states(cast, state, found):
    session(cast, state)
    assert forgotten(Session.objects.for_organisation(cast.organisation), today=today()).exists() is found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"starts_on": -2, "ends_on": -1}, True),
        ({"starts_on": -2, "ends_on": 0}, False),  # its last day is today
        ({"starts_on": -1, "ends_on": None}, True),
        ({"starts_on": 0, "ends_on": None}, False),
        ({"starts_on": None, "ends_on": None}, False),
    ],
)
def test_which_dates(cast, days, found):
    dates = {key: None if value is None else today() + timedelta(days=value) for key, value in days.items()}
    session(cast, SessionState.PLANNED, **dates)
    assert forgotten(Session.objects.for_organisation(cast.organisation), today=today()).exists() is found


def owed(cast):
    return [
        (each.label.partition(" · ")[0], each.what)
        for each in owed_in(cast.organisation, today=today())
        if each.key == "forgotten"
    ]


def test_it_is_owed_by_the_team(cast):
    session(cast, SessionState.PLANNED, reference="S26-901")
    session(cast, SessionState.DONE, reference="S26-902")
    session(cast, SessionState.PLANNED, organisation=cast.elsewhere)
    assert owed(cast) == [("S26-901", "Ses dates sont passées, et personne ne l’a commencée ni annulée.")]


@pytest.mark.parametrize(
    ("number", "title"), [(1, "Dites ce qu’est devenue la session S26-900"), (3, "Dites ce que sont devenues 3 sessions")]
)
def test_it_awaits_on_the_first_page_with_its_button(cast, number, title):
    made = [session(cast, SessionState.PLANNED, reference=f"S26-90{place}") for place in range(number)]
    client = cast.client(cast.quality_manager)
    things = client.get(reverse("home:index", args=["fil-ouest"])).context["things"]
    [thing] = [each for each, _when in things if each.title == title]
    page = client.get(thing.url).content.decode()
    assert [one.reference in page for one in made] == [True] * number


def test_the_list_shows_those_alone(cast):
    session(cast, SessionState.PLANNED, reference="S26-OUBLI")
    session(cast, SessionState.PLANNED, ended=-5, reference="S26-AVENIR")
    session(cast, SessionState.DONE, reference="S26-FINIE")
    client = cast.client(cast.quality_manager)
    page = client.get(reverse("agenda:index", args=["fil-ouest"]), {"state": "forgotten"}).content.decode()
    assert [name in page for name in ("S26-OUBLI", "S26-AVENIR", "S26-FINIE")] == [True, False, False]


def test_once_said_it_awaits_no_more(cast):
    one = session(cast, SessionState.PLANNED)
    client = cast.client(cast.training_manager)
    client.post(
        reverse("sessions:state", args=["fil-ouest", one.pk, SessionState.CANCELLED.value]),
        {"reason": "Personne ne s’est inscrit."},
    )
    assert owed(cast) == []

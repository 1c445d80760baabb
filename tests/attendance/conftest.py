"""A session of two half-days, one over this morning and one going on, with two people enrolled and its trainer."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import cast
from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory
from tests.harness.worlds import shared
from trainings.sessions.models import SessionState

PARIS = ZoneInfo("Europe/Paris")
DAY = date(2026, 11, 20)
# The afternoon goes on; the morning was over at half past twelve.
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=PARIS)
DRAWING = "M58 118 L100 48 L120 128 L180 60 L230 120"


people = shared(cast.gather)


@pytest.fixture
def room(people):
    """The session as it is; the clock is the test's own affair."""
    session = SessionFactory(
        organisation=people.organisation,
        course__title="Animer une réunion qui décide",
        reference="S26-041",
        starts_on=DAY,
        ends_on=DAY,
        state=SessionState.RUNNING,
        trainers=[people.trainer_record],
    )
    karim = EnrolmentFactory(session=session, trainee__first_name="Karim", trainee__last_name="Belaïd")
    anais = EnrolmentFactory(session=session, trainee__first_name="Anaïs", trainee__last_name="Lefèvre")
    return SimpleNamespace(
        people=people,
        organisation=people.organisation,
        session=session,
        morning=HalfDayFactory(session=session),
        afternoon=HalfDayFactory(session=session, part="pm"),
        karim=karim,
        anais=anais,
        trainer=people.trainer_record,
    )


class Clock:
    """The hour that everything asks for."""

    def __init__(self) -> None:
        self.now = NOW

    def at(self, hour: int, minute: int = 0, day: date = DAY) -> None:
        """Put the clock at an hour of Paris."""
        self.now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


@pytest.fixture
def clock(monkeypatch):
    """It is three in the afternoon of the only day, and time stands still until moved."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture(autouse=True)
def _documents_are_not_read(stand_in_pdf):
    """Which PDF files are made is the subject here, not what they look like."""

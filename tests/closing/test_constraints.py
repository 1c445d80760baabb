"""What the database refuses of closings that are asked for, by the name of each constraint."""

from datetime import date

import pytest
from django.utils import timezone

from evidence.closing.models import ClosingRequest
from tests.constraints import assert_refuses
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


def asked(session, **more):
    return ClosingRequest.objects.create(organisation=session.organisation, session=session, until=date(2026, 12, 24), **more)


def test_closing_request_once():
    session = SessionFactory()
    asked(session, ended_at=timezone.now(), outcome="Close.")
    asked(session)
    assert_refuses(ClosingRequest, "closing_request_once", lambda: asked(session))


def test_closing_request_says_its_end():
    session = SessionFactory()
    for wrong in ({"ended_at": timezone.now()}, {"outcome": "Close."}):
        assert_refuses(ClosingRequest, "closing_request_says_its_end", lambda wrong=wrong: asked(session, **wrong))

"""A session that ended last week is closed from one page, in a real browser: by six clicks at most, without script too."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from evidence.closing.models import ClosingRequest
from evidence.closing.settling import close_awaited
from tests import cast as standing
from tests.bare_session import a_bare_session
from tests.factories import CountersignatureFactory, HalfDayFactory, IssuedFactory, MarkFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.sessions.models import HalfDay, SessionState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    """Ended five days ago; nothing is recorded but the contract."""
    people = standing.gather()
    day = timezone.localdate() - timedelta(days=5)
    found = a_bare_session(people, starts_on=day, ends_on=day)
    HalfDay.objects.filter(session=found).delete()
    HalfDayFactory(session=found, day=day)
    IssuedFactory(
        session=found,
        enrolment=found.enrolments.get(),
        kind="individual_contract",
        issued_on=day,
        signed_on=day - timedelta(days=9),
    )
    found.people = people
    return found


@pytest.mark.parametrize("javascript", [True, False])
def test_four_clicks_then_the_last_signature_closes_it(open_page, session, javascript):
    page = open_page(session.people.quality_manager, javascript=javascript)
    page.goto(f"/o/fil-ouest/sessions/{session.pk}/")
    clicks = 0
    for role, name in (
        ("link", "Clore la session"),
        ("radio", "acquis"),
        ("radio", "rien à adapter"),
        ("button", "Faire les quatre gestes et clore"),
    ):
        page.get_by_role(role, name=name, exact=True).click()
        clicks += 1
    page.get_by_text("Le dossier se ferme seul dès que rien n’y manque").wait_for()
    assert (clicks, ClosingRequest.objects.count(), len(mail.outbox)) == (4, 1, 1)
    anais, now = session.enrolments.get(), timezone.now()
    MarkFactory(half_day=session.half_days.get(), enrolment=anais)
    CountersignatureFactory(half_day=session.half_days.get(), trainer=session.people.trainer_record)
    IssuedFactory(session=session, enrolment=anais, issued_on=timezone.localdate())
    assert close_awaited(now=now) == [f"{session} : Close."]
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED


def test_good_at_all_widths(open_page, session):
    page = open_page(session.people.quality_manager)
    response = page.goto(f"/o/fil-ouest/cloture/{session.pk}/")
    assert response.status == 200
    assert_good_at_all_widths(page)

"""What is owed, in a real browser."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.factories import EnrolmentFactory, HalfDayFactory, SessionFactory
from tests.harness.browser import assert_good_at_all_widths

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def people():
    found, today = cast.gather(), timezone.localdate()
    for day in (today - timedelta(days=14), today):
        made = SessionFactory(organisation=found.organisation, starts_on=day, ends_on=day, trainers=[found.trainer_record])
        EnrolmentFactory(session=made)
        HalfDayFactory(session=made, day=day, part="am", starts_at=time(9), ends_at=time(12))
    return found


def test_one_click_reminds_everyone(people, open_page):
    page = open_page(people.training_manager)
    page.goto(reverse("debts:index", args=["fil-ouest"]))
    assert_good_at_all_widths(page)
    page.get_by_role("button", name="Relancer 1 personne").click()
    page.get_by_text("1 personne est relancée.").wait_for()


def test_a_trainer_s_first_page_on_a_phone(people, open_page):
    page = open_page(people.trainer, width=360)
    page.goto(reverse("organisations:enter", args=["fil-ouest"]))
    assert page.get_by_role("link", name="Faire signer").is_visible()
    assert page.get_by_role("link", name="QR code de l’enquête").is_visible()
    assert_good_at_all_widths(page)

"""The audits page: what is planned, who reads, and the verbs behind its buttons."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import CertifierAudit
from tests.cast import gather
from tests.factories import CertifierAuditFactory, MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def browser(cast):
    return cast.client(cast.quality_manager)


def test_without_a_date_the_page_says_so(browser):
    response = browser.get("/o/fil-ouest/audits/")
    assert (response.context["next_audit"], "Aucun audit n’est prévu." in response.content.decode()) == (None, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(cast, browser, count, django_assert_num_queries):
    for place in range(count):
        CertifierAuditFactory(organisation=cast.organisation, held_on=date(2098, 1, 1 + place))
        CertifierAuditFactory(organisation=cast.organisation, held_on=date(2022, 1, 1 + place))
        MemberFactory(organisation=cast.organisation, user=UserFactory(), role=Role.AUDITOR, until=date(2099, 1, 1))
    with django_assert_num_queries(9):
        browser.get("/o/fil-ouest/audits/")


def test_a_visit_is_planned_moved_and_taken_away(cast, browser):
    today = timezone.localdate()
    form = {"kind": "surveillance", "held_on": (today + timedelta(days=90)).isoformat(), "categories": ["AF"]}
    assert browser.post("/o/fil-ouest/audits/planifier/", form).status_code == 302
    audit = CertifierAudit.objects.get()
    assert (audit.organisation, audit.held_on) == (cast.organisation, today + timedelta(days=90))
    move = reverse("audits:move", args=["fil-ouest", audit.pk])
    browser.post(move, {"held_on": (today + timedelta(days=91)).isoformat()})
    audit.refresh_from_db()
    assert audit.held_on == today + timedelta(days=91)
    browser.post(reverse("audits:cancel", args=["fil-ouest", audit.pk]))
    assert CertifierAudit.objects.count() == 0


def test_a_past_day_is_refused_beside_its_field(browser):
    response = browser.post(
        "/o/fil-ouest/audits/planifier/", {"kind": "surveillance", "held_on": "2020-01-01", "categories": ["AF"]}
    )
    assert response.context["form"].errors == {"held_on": ["Cette date est passée : choisissez aujourd’hui ou un jour à venir."]}
    assert CertifierAudit.objects.count() == 0


def test_a_training_manager_reads_and_plans_nothing(cast):
    browser = cast.client(cast.training_manager)
    page = browser.get("/o/fil-ouest/audits/")
    assert (page.status_code, "Planifier un audit" in page.content.decode()) == (200, False)
    assert browser.get("/o/fil-ouest/audits/planifier/").status_code == 404

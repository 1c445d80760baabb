"""What the database refuses of surveys, by the name of each constraint."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.constraints import assert_refuses
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    EnrolmentFactory,
    FunderFactory,
    InvitationFactory,
    ResponseFactory,
    TrainerFactory,
)
from trainings.surveys.models import Answer, Campaign, Invitation, Response

pytestmark = pytest.mark.django_db


def test_campaign_once_per_session():
    known = CampaignFactory()
    assert_refuses(Campaign, "campaign_once_per_session", lambda: CampaignFactory(session=known.session))


def test_campaign_dates_in_order():
    day = date(2026, 9, 8)
    assert_refuses(Campaign, "campaign_dates_in_order", lambda: CampaignFactory(opened_on=day, closed_on=date(2026, 9, 7)))
    assert CampaignFactory(opened_on=day, closed_on=day).closed_on == day


def test_invitation_once_per_enrolment():
    known = InvitationFactory()
    own = {"campaign": known.campaign, "enrolment": known.enrolment}
    assert_refuses(Invitation, "invitation_once_per_enrolment", lambda: InvitationFactory(**own))


def test_invitation_reminded_after_sent():
    rows = Invitation.objects.filter(pk=InvitationFactory().pk)
    assert_refuses(Invitation, "invitation_reminded_after_sent", lambda: rows.update(reminded_at=timezone.now()))
    assert rows.update(sent_at=timezone.now(), reminded_at=timezone.now()) == 1


def test_response_import_key_once():
    own = {"campaign": ResponseFactory(import_key="a" * 64).campaign}
    assert_refuses(Response, "response_import_key_once", lambda: ResponseFactory(**own, import_key="a" * 64))
    assert [row.import_key for row in ResponseFactory.create_batch(2, **own, import_key="")] == ["", ""]


@pytest.mark.parametrize("value", ["0.9", "5.1"])
def test_response_overall_scale(value):
    assert_refuses(Response, "response_overall_scale", lambda: ResponseFactory(overall=Decimal(value)))


def test_response_recommendation_scale():
    assert_refuses(Response, "response_recommendation_scale", lambda: ResponseFactory(recommendation=11))


def test_answer_once_per_question():
    own = {"response": ResponseFactory(), "question": "pace"}
    Answer.objects.create(**own, number=4)
    assert_refuses(Answer, "answer_once_per_question", lambda: Answer.objects.create(**own, number=5))


@pytest.mark.parametrize(
    ("field", "factory", "constraint"),
    [
        ("company", CompanyFactory, "invitation_once_per_company"),
        ("funder", FunderFactory, "invitation_once_per_funder"),
        ("trainer", TrainerFactory, "invitation_once_per_trainer"),
    ],
)
def test_invitation_once_per_party(field, factory, constraint):
    campaign = CampaignFactory()
    own = {"campaign": campaign, "enrolment": None, field: factory(organisation=campaign.organisation)}
    InvitationFactory(**own)
    assert_refuses(Invitation, constraint, lambda: InvitationFactory(**own))


@pytest.mark.parametrize("fields", [[], ["enrolment", "company"], ["funder", "trainer"], ["company", "funder", "trainer"]])
def test_invitation_asks_one(fields):
    campaign = CampaignFactory()
    everybody = {
        "enrolment": EnrolmentFactory(session=campaign.session),
        "company": CompanyFactory(organisation=campaign.organisation),
        "funder": FunderFactory(organisation=campaign.organisation),
        "trainer": TrainerFactory(organisation=campaign.organisation),
    }
    chosen = {"enrolment": None} | {field: everybody[field] for field in fields}
    assert_refuses(Invitation, "invitation_asks_one", lambda: InvitationFactory(campaign=campaign, **chosen))

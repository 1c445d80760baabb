"""What the database refuses of surveys, by the name of each constraint."""

from datetime import UTC, date, datetime

import pytest

from tests.constraints import assert_refuses
from tests.factories import CampaignFactory, InvitationFactory, ResponseFactory
from trainings.surveys.models import Answer, Campaign, Invitation, Response

pytestmark = pytest.mark.django_db


def test_campaign_once_per_session():
    campaign = CampaignFactory()
    CampaignFactory(session=campaign.session, questionnaire="autre")
    assert_refuses(Campaign, "campaign_once_per_session", lambda: CampaignFactory(session=campaign.session))


def test_campaign_dates_in_order():
    day = date(2026, 9, 8)
    assert_refuses(Campaign, "campaign_dates_in_order", lambda: CampaignFactory(opened_on=day, closed_on=date(2026, 9, 7)))
    assert CampaignFactory(opened_on=day, closed_on=day).closed_on == day


def test_invitation_once_per_enrolment():
    invitation = InvitationFactory()
    InvitationFactory(campaign=invitation.campaign)
    assert_refuses(
        Invitation,
        "invitation_once_per_enrolment",
        lambda: InvitationFactory(campaign=invitation.campaign, enrolment=invitation.enrolment),
    )


def test_invitation_reminded_after_sent():
    moment = datetime(2026, 9, 10, 8, tzinfo=UTC)
    assert_refuses(Invitation, "invitation_reminded_after_sent", lambda: InvitationFactory(reminded_at=moment))
    assert InvitationFactory(sent_at=moment, reminded_at=moment).reminded_at == moment


def test_response_import_key_once():
    response = ResponseFactory(import_key="a" * 64)
    ResponseFactory(import_key="a" * 64)
    ResponseFactory.create_batch(2, campaign=response.campaign)
    again = {"campaign": response.campaign, "import_key": "a" * 64}
    assert_refuses(Response, "response_import_key_once", lambda: ResponseFactory(**again))


@pytest.mark.parametrize("overall", ["0.9", "5.1"])
def test_response_overall_scale(overall):
    assert_refuses(Response, "response_overall_scale", lambda: ResponseFactory(overall=overall))
    assert [ResponseFactory(overall=edge).overall for edge in (1, 5, None)] == [1, 5, None]


def test_response_recommendation_scale():
    assert_refuses(Response, "response_recommendation_scale", lambda: ResponseFactory(recommendation=11))
    assert [ResponseFactory(recommendation=edge).recommendation for edge in (0, 10, None)] == [0, 10, None]


def test_answer_once_per_question():
    response = ResponseFactory()
    Answer.objects.create(response=response, question="pace", number=4)
    Answer.objects.create(response=response, question="trainer", number=4)
    assert_refuses(
        Answer, "answer_once_per_question", lambda: Answer.objects.create(response=response, question="pace", number=2)
    )

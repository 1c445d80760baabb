"""One test for each constraint of the room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories import CampaignFactory, InvitationFactory, ResponseFactory
from trainings.surveys.models import Answer, Campaign, Invitation, Response

pytestmark = pytest.mark.django_db


def refused(make) -> str:
    """The database refuses it; what it says, in lower case."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    return str(error.value).lower()


def test_campaign_once_per_session():
    known = CampaignFactory()
    assert "unique" in refused(lambda: CampaignFactory(session=known.session))


def test_campaign_dates_in_order():
    said = refused(lambda: CampaignFactory(opened_on=date(2026, 9, 8), closed_on=date(2026, 9, 7)))
    assert "campaign_dates_in_order" in said
    assert CampaignFactory(opened_on=date(2026, 9, 8), closed_on=date(2026, 9, 8)).pk


def test_invitation_once_per_enrolment():
    known = InvitationFactory()
    assert "unique" in refused(lambda: InvitationFactory(campaign=known.campaign, enrolment=known.enrolment))


def test_invitation_reminded_after_sent():
    known = InvitationFactory()
    rows = Invitation.objects.filter(pk=known.pk)
    assert "invitation_reminded_after_sent" in refused(lambda: rows.update(reminded_at=timezone.now()))
    assert rows.update(sent_at=timezone.now(), reminded_at=timezone.now()) == 1


def test_response_import_key_once():
    known = ResponseFactory(import_key="a" * 64)
    assert "unique" in refused(lambda: ResponseFactory(campaign=known.campaign, import_key="a" * 64))
    assert len(ResponseFactory.create_batch(2, campaign=known.campaign, import_key="")) == 2


@pytest.mark.parametrize("value", ["0.9", "5.1"])
def test_response_overall_scale(value):
    assert "response_overall_scale" in refused(lambda: ResponseFactory(overall=Decimal(value)))


def test_response_recommendation_scale():
    assert "response_recommendation_scale" in refused(lambda: ResponseFactory(recommendation=11))


def test_answer_once_per_question():
    response = ResponseFactory()
    Answer.objects.create(response=response, question="pace", number=4)
    assert "unique" in refused(lambda: Answer.objects.create(response=response, question="pace", number=5))


def test_messages_of_the_constraints_are_sentences():
    said = {
        constraint.name: str(constraint.violation_error_message)
        for model in (Campaign, Invitation, Response)
        for constraint in model._meta.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }
    assert said == {
        "campaign_dates_in_order": "Une enquête ne se clôt pas avant de s'ouvrir.",
        "invitation_reminded_after_sent": "On ne relance que ce qui a été envoyé.",
        "response_overall_scale": "La note générale va de 1 à 5.",
        "response_recommendation_scale": "La recommandation va de 0 à 10.",
    }

"""Somebody who leaves after their certificate of completion."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import EnrolmentFactory, PersonalIssuedFactory
from trainings.documents.models import DocumentKind, Issued
from trainings.sessions.verbs import end_enrolment

pytestmark = pytest.mark.django_db


def test_a_certificate_in_force_has_to_be_cancelled_before_somebody_is_noted_as_gone():
    enrolment = EnrolmentFactory()
    PersonalIssuedFactory(enrolment=enrolment, kind=DocumentKind.COMPLETION)
    gone = {"enrolment": enrolment, "state": "abandoned", "ended_on": date(2026, 9, 7), "reason": "Emploi", "actor": None}
    with pytest.raises(ValidationError, match="Annulez-le avec un motif"):
        end_enrolment(**gone)
    Issued.objects.update(cancelled_at=timezone.now(), cancellation_reason="Durée fausse")
    assert end_enrolment(**gone).state == "abandoned"

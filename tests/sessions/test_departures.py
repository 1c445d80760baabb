"""Somebody who leaves after their certificate of completion."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests import cast
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


def test_the_page_says_which_certificate_to_cancel_and_notes_nothing():
    people = cast.gather()
    enrolment = EnrolmentFactory(session__organisation=people.organisation)
    PersonalIssuedFactory(enrolment=enrolment, kind=DocumentKind.COMPLETION, number="CR-2026-0042")
    said = {"state": "abandoned", "ended_on": "2026-09-07", "end_reason": "Emploi"}
    address = reverse("sessions:end_enrolment", args=["fil-ouest", enrolment.pk])
    answer = people.client(people.training_manager).post(address, said)
    page = answer.content.decode()
    assert (answer.status_code, "CR-2026-0042" in page, "Annulez-le avec un motif" in page) == (422, True, True)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_on) == ("enrolled", None)

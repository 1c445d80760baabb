"""What happens to a document once issued: cancelled, signed, and what it says of who leaves."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qualiopi.files.errors import RefusedFile
from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from tests.documents.test_issuing import issue_all
from tests.factories import IssuedFactory, PersonalIssuedFactory
from trainings.documents.models import DocumentKind
from trainings.documents.queries import State, blocking_certificate, state_of
from trainings.documents.verbs import cancel, receive_signed
from trainings.sessions.models import EnrolmentState
from trainings.sessions.verbs import end_enrolment

PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
SIGNED = date(2026, 9, 10)


def agreement(**fields):
    return IssuedFactory(kind=DocumentKind.AGREEMENT, **fields)


def copy(content=PDF, name="signe.pdf"):
    return SimpleUploadedFile(name, content)


def test_cancelling_keeps_the_file_and_the_reason(people):
    issued = IssuedFactory(session__organisation=people.organisation)
    cancelled = cancel(issued=issued, reason="  Nom mal écrit ", actor=people.training_manager)
    assert (cancelled.cancellation_reason, cancelled.cancelled_by) == ("Nom mal écrit", people.training_manager)
    assert state_of(cancelled) is State.CANCELLED
    assert StoredFile.objects.filter(pk=issued.file_id).exists()
    assert Entry.objects.get(verb="issued.cancelled").details == {"reason": "Nom mal écrit"}


def test_cancelling_asks_for_a_reason_and_happens_once(people):
    issued = IssuedFactory()
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        cancel(issued=issued, reason=" ", actor=None)
    cancel(issued=issued, reason="Erreur", actor=None)
    with pytest.raises(ValidationError, match="déjà annulé"):
        cancel(issued=issued, reason="Erreur", actor=None)


def test_a_signed_copy_is_kept_with_its_day(people):
    issued = agreement(session__organisation=people.organisation)
    signed = receive_signed(issued=issued, upload=copy(), signed_on=SIGNED, actor=people.training_manager)
    assert (signed.signed_on, signed.signed_file.name) == (SIGNED, "signe.pdf")
    assert state_of(signed) is State.SIGNED
    assert Entry.objects.get(verb="issued.signed").details == {
        "signed_on": "2026-09-10",
        "sha256": signed.signed_file.sha256,
    }


def test_the_day_may_come_before_the_copy(people):
    issued = receive_signed(issued=agreement(), upload=None, signed_on=SIGNED, actor=None)
    assert issued.signed_file is None
    assert receive_signed(issued=issued, upload=copy(), signed_on=SIGNED, actor=None).signed_file is not None
    with pytest.raises(ValidationError, match="Un exemplaire signé est déjà gardé"):
        receive_signed(issued=issued, upload=copy(), signed_on=SIGNED, actor=None)


@pytest.mark.parametrize("day", [date(2026, 9, 8), timezone.localdate() + timedelta(days=2)])
def test_a_signature_is_neither_before_the_issue_nor_to_come(people, day):
    with pytest.raises(ValidationError, match="La signature suit l’émission"):
        receive_signed(issued=agreement(), upload=copy(), signed_on=day, actor=None)


def test_a_certificate_is_signed_by_nobody_else(people):
    with pytest.raises(ValidationError, match="n’est signé que par l’organisme"):
        receive_signed(issued=IssuedFactory(), upload=copy(), signed_on=SIGNED, actor=None)


def test_a_copy_that_is_neither_pdf_nor_picture_leaves_nothing(people):
    issued = agreement()
    with pytest.raises(RefusedFile):
        receive_signed(issued=issued, upload=copy(b"bonjour", "signe.txt"), signed_on=SIGNED, actor=None)
    issued.refresh_from_db()
    assert (issued.signed_on, StoredFile.objects.count()) == (None, 1)


def test_a_cancelled_document_is_not_signed(people):
    issued = agreement()
    cancel(issued=issued, reason="Erreur", actor=None)
    with pytest.raises(ValidationError, match="Ce document est annulé"):
        receive_signed(issued=issued, upload=copy(), signed_on=SIGNED, actor=None)


def test_nobody_leaves_after_their_certificate(world):
    enrolment = world.enrolments[0]
    certificate = next(each for each in issue_all(world, DocumentKind.COMPLETION).issued if each.enrolment == enrolment)
    leaving = {"state": EnrolmentState.ABANDONED, "ended_on": world.session.ends_on, "reason": "Nouvel emploi", "actor": None}
    assert blocking_certificate(enrolment) == certificate
    with pytest.raises(ValidationError, match=certificate.number):
        end_enrolment(enrolment=enrolment, **leaving)
    cancel(issued=certificate, reason="Parti avant la fin", actor=None)
    assert blocking_certificate(enrolment) is None
    assert end_enrolment(enrolment=enrolment, **leaving).state == EnrolmentState.ABANDONED
    (again,) = [each for each in issue_all(world, DocumentKind.COMPLETION).issued if each.enrolment == enrolment]
    assert again.number != certificate.number


def test_another_document_does_not_hold_anybody_back(people):
    issued = PersonalIssuedFactory(kind=DocumentKind.CONVOCATION)
    assert blocking_certificate(issued.enrolment) is None

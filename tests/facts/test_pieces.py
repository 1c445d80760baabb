"""The files the work left: each once, with what it speaks of; never what was said about adaptations."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    AccreditationFactory,
    ConnectionReportFactory,
    CourseFactory,
    EnrolmentFactory,
    EvaluationFactory,
    HalfDayFactory,
    IssuedFactory,
    MarkFactory,
    OrganisationFactory,
    SessionFactory,
    StoredFileFactory,
    SubcontractFactory,
    TrainerRecordFactory,
)
from trainings.pieces import count_kept, kept_pieces, pieces_of_session
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 11, 23)


@pytest.fixture
def session():
    organisation = OrganisationFactory()
    return SessionFactory(
        organisation=organisation, course=CourseFactory(organisation=organisation, title="Animer"), reference="S1"
    )


def file_of(session):
    return StoredFileFactory(organisation=session.organisation)


def furnish(session):
    """One file of each kind, and some that must stay out."""
    organisation = session.organisation
    IssuedFactory(session=session, number="CR-1", signed_on=date(2026, 9, 10), signed_file=file_of(session))
    IssuedFactory(session=session, number="CR-2", cancelled_at=datetime(2026, 9, 10, tzinfo=UTC), cancellation_reason="Erreur")
    half_day = HalfDayFactory(session=session)
    scan = file_of(session)
    for _ in range(2):
        MarkFactory(half_day=half_day, enrolment=EnrolmentFactory(session=session), file=scan, method="sheet")
    ConnectionReportFactory(half_day=half_day)
    EvaluationFactory(session=session, file=file_of(session))
    EvaluationFactory(session=session)
    session.contract_file = file_of(session)
    session.save()
    AccreditationFactory(course=session.course, reference="H1", file=file_of(session))
    SubcontractFactory(subcontractor__organisation=organisation, reference="ST1", file=file_of(session))
    TrainerRecordFactory(trainer__organisation=organisation, trainer__last_name="Perrot", title="CV 2026", file=file_of(session))


OF_SESSION = {
    "Certificat de réalisation CR-1",
    "Certificat de réalisation CR-1, exemplaire signé",
    "Feuille d’émargement numérisée",
    "Relevé de connexion Zoom du 7 sept. 2026",
    "Évaluation : Mise en situation filmée",
    "Contrat avec l’organisme client",
}


def test_each_file_stands_once_with_what_it_speaks_of(session):
    furnish(session)
    IssuedFactory(number="CR-9")
    found = list(kept_pieces(session.organisation, until=UNTIL))
    assert {piece.title for piece in found if piece.session == ("S1", "Animer")} == OF_SESSION
    others = {(piece.title, piece.course, piece.trainer, piece.subcontractor != "") for piece in found if not piece.session}
    assert others == {
        ("Habilitation H1", "Animer", "", False),
        ("Contrat ST1", "", "", True),
        ("CV, CV 2026", "", "Yann Perrot", False),
    }
    assert len({piece.file.path for piece in found}) == len(found) == 9


def test_the_files_of_one_session(session):
    furnish(session)
    furnish(SessionFactory(organisation=OrganisationFactory()))
    assert {piece.title for piece in pieces_of_session(session, until=UNTIL)} == OF_SESSION | {"Habilitation H1"}


def test_what_is_dated_later_is_left_out(session):
    IssuedFactory(session=session, issued_on=date(2026, 11, 24))
    assert list(kept_pieces(session.organisation, until=UNTIL)) == []


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_number_of_files(session, size, django_assert_num_queries):
    for number in range(size):
        IssuedFactory(session=session, number=f"CR-{number}", enrolment=EnrolmentFactory(session=session))
    with django_assert_num_queries(9):
        assert len(list(kept_pieces(session.organisation, until=UNTIL))) == size


def test_files_are_counted_as_they_are_found(session, django_assert_num_queries):
    furnish(session)
    furnish(SessionFactory(organisation=OrganisationFactory()))
    draft = SessionFactory(organisation=session.organisation, state=SessionState.DRAFT)
    IssuedFactory(session=draft, number="CR-8")
    later = SessionFactory(organisation=session.organisation)
    IssuedFactory(session=later, number="CR-9", issued_on=date(2026, 11, 24))
    expected = Counter((piece.nature, piece.kind) for piece in kept_pieces(session.organisation, until=UNTIL))
    assert len(expected) == 9
    with django_assert_num_queries(9):
        assert count_kept(session.organisation, until=UNTIL) == expected

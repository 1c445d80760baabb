"""The dossier of one session: what it tells, who may read it, and the same number of queries for one person or three."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evidence.dossiers.queries import dossier_of, events_of, register_of
from evidence.dossiers.queries.pieces import filed_about, pieces_of_session
from evidence.packs.verification import verify
from qualiopi.journal.models import Entry
from tests.dossiers.world import filed, lived_session
from tests.factories import DocumentFactory, IntakeFactory, PastDepartureFactory, SessionFactory, VersionFactory
from trainings.attendance.queries import count_lines
from trainings.sessions.models import Enrolment, Session, SessionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return lived_session()


def page(world, name="detail", user=None, session=None):
    address = reverse(f"dossiers:{name}", args=[world.cast.organisation.slug, (session or world.session).pk])
    return world.cast.client(user or world.cast.training_manager).get(address)


def test_the_register_counts_what_was_signed(world):
    register = dossier_of(world.session).register
    assert [(row.part, row.present, row.late, row.absent, row.expected) for row in register.half_days] == [
        ("matin", 3, 0, 0, 3),
        ("après-midi", 2, 1, 1, 3),
    ]
    assert [row.countersigned_by for row in register.half_days] == ["Yann Le Goff", ""]
    assert [(row.name, row.signed, row.minutes) for row in register.people] == [
        ("Anaïs Fictive", 1, 210),
        ("José Imaginaire", 2, 420),
        ("Karim Inventé", 2, 420),
    ]


def test_the_thread_says_who_did_what(world):
    filed(world, "Support remis")
    told = [(event.what, event.who) for event in dossier_of(world.session).events]
    assert ("Réserver la salle", "Soazig Perrot") in told
    assert ("Demi-journée contresignée, matin", "Yann Le Goff") in told
    assert ("3 présences signées, matin", "") in told
    assert ("Pièce déposée : Support remis", "Maëlle Kerdraon") in told


def test_the_thread_counts_what_was_decided_before_who_left_and_who_came_back(world):
    first, second, third = world.enrolments
    for enrolment, decision in ((first, "accept"), (second, "accept"), (third, "adapt")):
        IntakeFactory(enrolment=enrolment, decision=decision, conclusion="Conclu", concluded_on=date(2026, 9, 2))
    Enrolment.objects.filter(pk=first.pk).update(state="abandoned", ended_on=date(2026, 9, 7), end_reason="MOTIF PRIVÉ")
    PastDepartureFactory(enrolment=second, left_on=date(2026, 9, 3), came_back_on=date(2026, 9, 4), reason="MOTIF PRIVÉ")
    told = [(event.day, event.what) for event in dossier_of(world.session).events]
    for line in (
        (date(2026, 9, 2), "D’après leurs réponses, pour 2 personnes : accueillir sans rien changer"),
        (date(2026, 9, 2), "D’après ses réponses, pour 1 personne : adapter la formation"),
        (date(2026, 9, 3), "Départ : parcours interrompu"),
        (date(2026, 9, 4), "Retour d’une personne partie le 3 sept. 2026"),
        (date(2026, 9, 7), "1 départ : abandon"),
    ):
        assert line in told
    assert "MOTIF PRIVÉ" not in str(dossier_of(world.session).events)


def test_events_are_in_the_order_of_time(world):
    days = [event.day for event in dossier_of(world.session).events]
    assert days == sorted(days)


def test_a_withdrawn_or_refused_piece_is_not_in_the_dossier(world):
    kept = filed(world, "Support remis")
    refused = DocumentFactory(
        organisation=world.cast.organisation,
        title="Support refusé",
        review_state="refused",
        review_comment="Illisible.",
        reviewed_at=timezone.now(),
    )
    VersionFactory(document=refused)
    refused.subject_links.create(session=world.session)
    assert [piece.title for piece in dossier_of(world.session).pieces] == [kept.title]


@pytest.mark.parametrize("people", [1, 3])
def test_a_dossier_takes_as_many_queries_whatever_it_holds(people):
    """What the board takes is counted with the board."""
    world = lived_session(people=people)
    for number in range(people):
        filed(world, f"Support {number}")
    session = Session.objects.select_related("course", "programme", "organisation").get(pk=world.session.pk)
    with CaptureQueriesContext(connection) as captured:
        count, filed_before = count_lines(session), filed_about(session)
        register_of(session, count)
        events_of(session, count, filed_before)
        pieces_of_session(session, filed_before)
    assert len(captured) == 15


@pytest.mark.parametrize("role", ["quality_manager", "training_manager", "trainer"])
def test_who_works_on_the_session_reads_its_dossier(world, role):
    answer = page(world, user=getattr(world.cast, role))
    assert answer.status_code == 200
    assert "Anaïs Fictive" in answer.content.decode()


def test_a_trainer_reads_no_dossier_but_their_own(world):
    other = SessionFactory(organisation=world.cast.organisation)
    assert page(world, user=world.cast.trainer, session=other).status_code == 404


def test_an_auditor_downloads_the_dossier_and_the_journal_says_so(world):
    answer = page(world, "archive", world.cast.auditor)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert Entry.objects.filter(verb="dossier.downloaded", actor=world.cast.auditor).count() == 1


def test_a_draft_is_no_dossier_for_an_auditor(world):
    world.session.state = SessionState.DRAFT
    world.session.save()
    assert page(world, "pdf", world.cast.auditor).status_code == 404


def test_the_archive_is_verified_offline_and_holds_page_pdf_and_pieces(world, tmp_path):
    filed(world, "Support remis")
    answer = page(world, "archive")
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer["Content-Length"])
    target = tmp_path / "dossier.zip"
    target.write_bytes(content)
    found = verify(target)
    assert (found.intact, found.altered, found.added) == (True, [], [])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.removeprefix("dossier-S26-041/") for name in archive.namelist()}
        assert "Anaïs Fictive" in archive.read("dossier-S26-041/data/index.html").decode()
        assert archive.read("dossier-S26-041/data/dossier.pdf").startswith(b"%PDF")
        register = archive.read("dossier-S26-041/data/registre-emargement.html").decode()
    assert ("Téléphone déchargé" in register, "contresignée par le formateur" in register) == (True, True)
    assert {
        "data/index.html",
        "data/dossier.pdf",
        "data/pieces/Pièces déposées pour la session/Support remis.pdf",
        "bagit.txt",
    } <= names


def test_an_altered_piece_stays_out_and_is_named(world):
    piece = filed(world, "Support remis")
    version = piece.versions.select_related("file").get()
    (Path(settings.MEDIA_ROOT) / version.file.path).write_bytes(b"autre chose")
    content = b"".join(page(world, "archive").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = archive.read("dossier-S26-041/data/index.html").decode()
        names = archive.namelist()
    assert "<b>Support remis</b> : le fichier n’est plus celui qui avait été déposé." in told
    assert [name for name in names if "pieces/" in name] == []

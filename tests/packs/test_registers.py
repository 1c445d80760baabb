"""What the work leaves reaches the pack under each indicator it proves, the registers first, and names nobody who was not trained."""

import io
import re
import zipfile
from datetime import date

import pytest

from evidence.library.proofs import indicators_proved, left_for
from evidence.packs.queries import pieces_counted, pieces_of
from evidence.packs.registers import register_page
from evidence.packs.report import report_html
from evidence.packs.verbs import ask_for_pack, build_pack, plan_of
from evidence.readiness.queries import board
from qualiopi.standard.grids import grid_for
from tests import cast
from tests.dossiers.world import filed, leave_files, lived_session
from tests.factories import (
    ConnectionFactory,
    ConnectionReportFactory,
    EnrolmentFactory,
    HalfDayFactory,
    MarkFactory,
    PersonalIssuedFactory,
    SessionFactory,
    TraineeFactory,
)
from tests.harness.printing import StandIn
from tests.harness.worlds import shared
from trainings.attendance.models import Chain, Mark
from trainings.attendance.queries import whole_registers
from trainings.documents.models import DocumentKind
from trainings.people.models import RecordKind
from trainings.pieces import Nature
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db
AUDIT = date(2027, 3, 18)
people = shared(cast.gather)


def made(people):
    pack = build_pack(pack_id=ask_for_pack(organisation=people.organisation, audit_date=AUDIT, actor=None).pk)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(plan_of(pack).stream())))
    root = f"preuves-fil-ouest-{AUDIT}/data/"
    return {name.removeprefix(root): archive.read(name) for name in archive.namelist() if name.startswith(root)}


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def part_of(index, number):
    """The part of one indicator in the index."""
    return index.decode().partition(f"<h3>{number}. ")[2].partition("<h3>")[0]


@pytest.mark.parametrize(("zone", "times"), [("Europe/Paris", 0), ("Indian/Reunion", 1)])
def test_whose_hours_a_register_tells_is_said_once_outside_of_paris(people, zone, times):
    world = lived_session(cast=people)
    people.organisation.time_zone = zone
    register = whole_registers([world.session], until=AUDIT)[world.session.pk]
    assert text(register_page(register, people.organisation)).count("Heure locale : La Réunion.") == times


def test_a_register_is_in_the_pack_though_no_sheet_was_issued(people):
    world = lived_session(cast=people)
    last = Mark.objects.filter(session=world.session).order_by("number").last()
    Chain.objects.create(session=world.session, length=7, fingerprint=last.fingerprint)
    report = ConnectionReportFactory(half_day=world.half_days[1], tool="Zoom")
    ConnectionFactory(report=report, enrolment=world.enrolments[1], seen_name="karim", minutes=190, kept_minutes=180)
    ConnectionFactory(report=report, enrolment=None, seen_name="Quelqu’un d’Autre", minutes=5)
    files = made(people)
    path = "sessions/S26-041 Animer une réunion qui décide/Registre d’émargement.html"
    said = text(files[path])
    for expected in (
        "Anaïs Fictive",
        "Karim Inventé",
        "absent",
        "Téléphone déchargé",
        "Zoom",
        "190 min",
        "180 min",
        last.fingerprint,
    ):
        assert expected in said
    assert "contresignée par le formateur" in said
    assert ("Une connexion n’est celle de personne d’inscrit." in said, "Quelqu’un d’Autre" in said) == (True, False)
    assert f"7 lignes, chacune scellée à la précédente. Dernière empreinte : {last.fingerprint}" in said
    for number in (10, 19):
        assert "Registre d’émargement</a>" in part_of(files["index.html"], number)
    assert "Registre d’émargement" in text(files["sessions/index.html"])


def test_what_was_corrected_stays_beside_what_replaces_it(people):
    world = lived_session(cast=people)
    first = Mark.objects.get(session=world.session, number=1)

    MarkFactory(
        session=world.session,
        number=20,
        half_day=first.half_day,
        enrolment=first.enrolment,
        supersedes=first,
        reason="Signé pour une autre",
    )
    part = whole_registers([world.session], until=AUDIT)[world.session.pk].parts[0]
    told = [(line.number, line.in_force, line.corrects) for line in part.lines if line.name == "Anaïs Fictive"]
    assert told == [(1, False, False), (20, True, True)]
    assert (part.present, part.expected) == (3, 3)


def test_nobody_who_was_not_trained_is_named(people):
    """Withdrawn before the start, or of a session called off: neither in a register nor by a paper; drafts are nowhere."""
    held = SessionFactory(organisation=people.organisation, reference="S26-HELD")
    gone = TraineeFactory(organisation=people.organisation, first_name="Jamais", last_name="Venue")
    left = EnrolmentFactory(session=held, trainee=gone, state="withdrawn")
    PersonalIssuedFactory(enrolment=left, kind=DocumentKind.CONVOCATION, number="CO-PARTI")
    cancelled = SessionFactory(organisation=people.organisation, reference="S26-OFF", state="cancelled")
    other = EnrolmentFactory(session=cancelled, trainee__organisation=people.organisation, trainee__last_name="Annulée")
    PersonalIssuedFactory(enrolment=other, kind=DocumentKind.CONVOCATION, number="CO-ANNULE")
    ConnectionReportFactory(half_day=HalfDayFactory(session=cancelled))
    draft = SessionFactory(organisation=people.organisation, reference="S26-DRAFT", state="draft")
    world = lived_session(cast=people)
    filed(world, "Photo").subject_links.create(session=draft)
    files = {name: content for name, content in made(people).items() if not name.endswith((".woff2", ".xlsx"))}
    everything = "\n".join(files) + b"\n".join(files.values()).decode(errors="replace")
    assert [word for word in ("Jamais Venue", "Annulée", "CO-PARTI", "CO-ANNULE", "S26-DRAFT") if word in everything] == []
    assert "S26-OFF" in files["sessions/sessions.csv"].decode()


def test_papers_and_facts_stand_under_each_indicator_they_prove(people):
    world = lived_session(cast=people)
    leave_files(world)
    index = made(people)["index.html"]
    shown = {
        number: [
            title for title in ("CR-1", "CV de Yann", "Habilitation H1", "Contrat ST1", "Zoom du", "numérisée") if title in part
        ]
        for number in (7, 10, 11, 16, 19, 21, 22, 27)
        for part in [part_of(index, number)]
    }
    assert shown == {
        7: ["Habilitation H1"],
        10: ["Zoom du", "numérisée"],
        11: ["CR-1"],
        16: ["Habilitation H1"],
        19: ["Zoom du"],
        21: ["CV de Yann"],
        22: [],
        27: ["Contrat ST1"],
    }
    assert "Enregistré au fil du travail" in part_of(index, 17)


def test_the_report_counts_what_the_work_left_by_indicator(people):
    world = lived_session(cast=people)
    leave_files(world)
    read = board(organisation=people.organisation, audit_date=AUDIT)
    pieces = pieces_of(read)
    assert pieces.left_for(11) == [("Certificat de réalisation", 2), ("Évaluations des acquis complétées", 2)]
    assert pieces.left_for(10) == [("Feuille d’émargement", 2), ("Relevé de connexion, travaux rendus ou suivi à distance", 1)]
    counted = pieces_counted(read, shown=8)
    for told in (pieces, counted):
        assert "Laissé par le travail, dans le dossier de preuves" in report_html(read=read, pieces=told, find=StandIn().find)
    numbers = [indicator.number for indicator in pieces.grid.indicators]
    assert [counted.left_for(number) for number in numbers] == [pieces.left_for(number) for number in numbers]
    assert (counted.number, counted.registers) == (pieces.number, pieces.registers)


@pytest.mark.parametrize(
    ("document_type", "expected"),
    [
        ("agreement", (5,)),
        ("joining_instructions", (9,)),
        ("attendance_sheet", (10,)),
        ("completion_certificate", (11,)),
        ("connection_report", (10, 19)),
        ("subcontract", (27,)),
        ("unheard_of", ()),
    ],
)
def test_what_proves_what_is_read_in_the_standard(document_type, expected):
    assert indicators_proved(document_type, grid_for(AUDIT)) == expected


def test_only_what_serves_an_indicator_is_asked_for():
    assert left_for(11).natures == {Nature.ISSUED, Nature.SIGNED, Nature.EVALUATION}
    assert left_for(11).kinds == {DocumentKind.COMPLETION, DocumentKind.ATTESTATION}
    assert left_for(22).kinds == {RecordKind.TRAINING, RecordKind.INTERVIEW}
    assert left_for(23) == (frozenset(), frozenset())


def test_registers_are_read_in_as_many_queries_whatever_their_number(people, django_assert_num_queries):
    for count in (1, 3):
        while Session.objects.count() < count:
            lived = SessionFactory(organisation=people.organisation)
            half_day = HalfDayFactory(session=lived)

            MarkFactory(session=lived, half_day=half_day, enrolment=EnrolmentFactory(session=lived))
        sessions = list(Session.objects.all())
        with django_assert_num_queries(6):
            assert [len(each.parts) for each in whole_registers(sessions, until=AUDIT).values()] == [1] * count

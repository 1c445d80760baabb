"""Packs from the facts to the bytes: what is in, what is named as missing, and the chain of digests."""

import csv
import io
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from evidence.demo.papers import paper
from evidence.library.verbs import file_document, withdraw
from evidence.packs import resuming, verbs
from evidence.packs.models import Pack, PackState
from evidence.packs.plan import SETTLED_AFTER, AlteredPiece, is_intact
from evidence.packs.queries import answer_rows, session_rows
from evidence.packs.verbs import ask_for_pack, build_pack, plan_of
from evidence.packs.verification import verify
from evidence.packs.workbook import write_workbook
from qualiopi.background.models import Worker
from qualiopi.background.verbs import MOST_ATTEMPTS
from qualiopi.journal.models import Entry
from tests import cast
from tests.dossiers.world import leave_files, lived_session
from tests.factories import EnrolmentFactory, SessionFactory
from tests.files import mails
from tests.harness.waiting import until
from tests.harness.worlds import shared
from trainings.surveys.questionnaire import shipped
from trainings.surveys.verbs import open_campaign

pytestmark = pytest.mark.django_db
AUDIT = date(2027, 3, 18)


people = shared(cast.gather)


def file_pdf(people, title, **links):
    """A small real PDF filed by the quality manager."""
    content = paper(title=title, subject="", owner=people.organisation.name, day=date(2026, 9, 1)).read()
    return file_document(
        organisation=people.organisation,
        upload=ContentFile(content, name="piece.pdf"),
        title=title,
        type="complaint_procedure",
        effective_on=date(2026, 9, 1),
        actor=people.quality_manager,
        **links,
    )


def make(people):
    pack = ask_for_pack(organisation=people.organisation, audit_date=AUDIT, actor=people.quality_manager)
    return build_pack(pack_id=pack.pk)


def opened(pack):
    return zipfile.ZipFile(io.BytesIO(b"".join(plan_of(pack).stream())))


def names_in(pack):
    root = f"preuves-{pack.organisation.slug}-{AUDIT.isoformat()}/"
    return {name.removeprefix(root) for name in opened(pack).namelist()}


def stored_path(document):
    return Path(settings.MEDIA_ROOT) / document.versions.get().file.path


def alter(document):
    """Somebody changes the file behind the product's back: same length, other bytes."""
    path = stored_path(document)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def test_pieces_stand_by_criterion_indicator_session_and_person(people):
    session = SessionFactory(organisation=people.organisation, reference="S26-041", course__title="Animer une réunion")
    file_pdf(people, "Réclamations", indicators=[31, 32])
    file_pdf(people, "Photo du tableau", sessions=[session])
    file_pdf(people, "Diplôme", trainers=[people.trainer_record])
    file_pdf(people, "Divers")
    names = names_in(make(people))
    assert {name for name in names if name.endswith(".pdf")} == {
        "data/rapport.pdf",
        "data/critere-7/indicateur-31/31-01 Réclamations, version 1.pdf",
        "data/sessions/S26-041 Animer une réunion/Photo du tableau, version 1.pdf",
        "data/intervenants/Yann Le Goff/Diplôme, version 1.pdf",
        "data/autres-pieces/Divers, version 1.pdf",
    }
    assert {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"} < names
    assert {"data/index.html", "data/index.xlsx", "data/ce-qui-manque.csv", "data/sessions/sessions.csv"} < names


def test_what_the_work_left_stands_under_its_session_and_its_people_and_is_verified(people, tmp_path):
    """Floor by floor: an issued document, a scanned sheet, an evaluation, a trainer's file and a contract, beside a filed piece."""
    world = lived_session(cast=people)
    leave_files(world)
    file_pdf(people, "Photo du tableau", sessions=[world.session])
    file_pdf(people, "Divers")
    pack = make(people)
    target = tmp_path / "dossier.zip"
    target.write_bytes(b"".join(plan_of(pack).stream()))
    call_command("verify_pack", str(target), stdout=io.StringIO())
    names = {name.removeprefix("data/") for name in names_in(pack) if name.endswith(".pdf")}
    session = "sessions/S26-041 Animer une réunion qui décide"
    subcontractor = world.session.given_to.name
    assert names == {
        "rapport.pdf",
        f"{session}/Certificat de réalisation CR-1.pdf",
        f"{session}/Certificat de réalisation CR-1, exemplaire signé.pdf",
        f"{session}/Feuille d’émargement numérisée.pdf",
        f"{session}/Relevé de connexion Zoom du 8 sept. 2026.pdf",
        f"{session}/Évaluation - Mise en situation.pdf",
        f"{session}/Photo du tableau, version 1.pdf",
        "sessions/S26-042 Animer une réunion qui décide/Évaluation - Autre session.pdf",
        "formations/Animer une réunion qui décide/Habilitation H1.pdf",
        "intervenants/Yann Le Goff/CV, CV de Yann.pdf",
        "intervenants/Yann Le Goff/Entretien annuel ou observation, Entretien 2026.pdf",
        "intervenants/Inès Carvalho/CV, CV d’Inès.pdf",
        f"sous-traitants/{subcontractor}/Contrat ST1.pdf",
        "autres-pieces/Divers, version 1.pdf",
    }
    with opened(pack) as archive:
        root = f"preuves-fil-ouest-{AUDIT}/data/"
        index = archive.read(root + "index.html").decode()
        sessions = archive.read(root + "sessions/index.html").decode()
    assert "Certificat de réalisation CR-1</a>" in sessions
    # The index names what stands apart by subject, what proves an indicator under it, and sends to the dossiers of sessions for theirs.
    assert ("2 sessions y rangent leurs fichiers." in index, "Certificat de réalisation CR-1</a>" in index) == (True, True)
    assert "<h3>Inès Carvalho</h3>" in index


def test_photographs_of_phones_and_messages_are_in_as_they_came(people):
    came = {"Photo.heic": mails.heic(place=True), "Accord.eml": mails.eml(), "Devis.msg": mails.msg()}
    for name, content in came.items():
        upload = ContentFile(content, name=name)
        file_document(
            organisation=people.organisation, upload=upload, title=name[:-5], indicators=[9], actor=people.quality_manager
        )
    archive = opened(make(people))
    placed = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist() if "/indicateur-09/" in name}
    assert sorted(placed.values()) == sorted(came.values())
    assert sorted(name.rpartition(".")[2] for name in placed) == ["eml", "heic", "msg"]


def test_each_session_has_its_dossier(people):
    session = SessionFactory(organisation=people.organisation, reference="S26-041", course__title="Animer une réunion")
    SessionFactory(organisation=people.sister, reference="S26-SECRET")
    file_pdf(people, "Réclamations de la session", indicators=[31], sessions=[session])
    pack = make(people)
    page = opened(pack).read(f"preuves-fil-ouest-{AUDIT}/data/sessions/index.html").decode()
    assert 'href="../critere-7/indicateur-31/31-01%20R%C3%A9clamations%20de%20la%20session%2C%20version%201.pdf"' in page
    assert ("l’avis des bénéficiaires n’a pas été demandé" in page, "S26-SECRET" in page) == (True, False)


def test_the_length_is_known_and_the_digest_is_in_the_journal(people):
    file_pdf(people, "Réclamations", indicators=[31])
    pack = make(people)
    content = b"".join(plan_of(pack).stream())
    assert (pack.size, pack.state, pack.file_count) == (len(content), PackState.READY, 1)
    assert Entry.objects.get(verb="pack.ready").details["sha256"] == pack.sha256


@pytest.mark.laid_out
def test_same_state_same_bytes_and_another_state_names_the_pack_before(people):
    file_pdf(people, "Réclamations", indicators=[31])
    first, again = make(people), make(people)
    assert (again.sha256, again.previous) == (first.sha256, None)
    file_pdf(people, "Registre", indicators=[31])
    third = make(people)
    assert (third.previous, third.sha256 == first.sha256) == (again, False)
    assert f"Previous-Pack-SHA256: {first.sha256}" in opened(third).read(f"preuves-fil-ouest-{AUDIT}/bag-info.txt").decode()


def test_a_pack_of_another_day_is_another_pack(people):
    make(people)
    tomorrow = timezone.localdate() + timedelta(days=1)
    later = ask_for_pack(organisation=people.organisation, audit_date=AUDIT, actor=None, observed_on=tomorrow)
    assert build_pack(pack_id=later.pk).previous is not None


def missing_lines(pack):
    content = opened(pack).read(f"preuves-fil-ouest-{AUDIT}/data/ce-qui-manque.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_an_altered_file_is_named_and_never_passed_off_as_the_original(people):
    document = file_pdf(people, "Réclamations", indicators=[31])
    alter(document)
    pack = make(people)
    assert [name for name in names_in(pack) if "Réclamations" in name] == []
    assert [(line["Nature"], line["Objet"]) for line in missing_lines(pack) if line["Nature"] == "altéré"] == [
        ("altéré", "Réclamations")
    ]
    assert pack.file_count == 0


def test_a_file_altered_after_the_pack_was_made_stops_the_stream(people):
    document = file_pdf(people, "Réclamations", indicators=[31])
    pack = make(people)
    alter(document)
    with pytest.raises(AlteredPiece):
        list(plan_of(pack).stream())


def test_withdrawn_and_empty_documents_are_named_as_withheld(people):
    withdraw(document=file_pdf(people, "Ancienne", indicators=[31]), reason="Remplacée.", actor=people.quality_manager)
    assert [(line["Objet"], line["Ce qui manque"]) for line in missing_lines(make(people)) if line["Nature"] == "retenu"] == [
        ("Ancienne", "Retirée : Remplacée.")
    ]


def test_lists_of_the_pack_speak_french_and_leave_withdrawals_out(people):
    session = SessionFactory(organisation=people.organisation, reference="S26-900", modality="on_site", state="done")
    EnrolmentFactory(session=session)
    EnrolmentFactory(session=session, state="withdrawn", ended_on=session.starts_on)
    open_campaign(session=session, actor=None)
    rows = {row[0]: row[5:] for row in session_rows(people.organisation)}
    assert rows["S26-900"] == ("présentiel", "terminée", 1)
    asked = {row[0]: (row[2], row[4]) for row in answer_rows(people.organisation)}
    assert asked["S26-900"] == (str(shipped()["end_of_session"].title), 0)


def test_a_title_with_a_control_character_does_not_break_the_workbook():
    sheet = load_workbook(io.BytesIO(write_workbook([("Pièces", ["Pièce"], [["=1+1\x0b"]])]))).active
    assert [(cell.value, cell.data_type, bool(cell.quotePrefix)) for cell in sheet[2]] == [("=1+1", "s", True)]


def test_the_index_opens_each_piece(people):
    file_pdf(people, "Réclamations à 100 %, n° #2", indicators=[31, 32])
    file_pdf(people, "Divers")
    archive = opened(make(people))
    root = f"preuves-{people.organisation.slug}-{AUDIT.isoformat()}/data/"
    sheet = load_workbook(io.BytesIO(archive.read(f"{root}index.xlsx"))).worksheets[0]
    links = [(cell.value, unquote(cell.hyperlink.target)) for cell in sheet["C"][1:]]
    assert links == [
        ("autres-pieces/Divers, version 1.pdf",) * 2,
        ("critere-7/indicateur-31/31-01 Réclamations à 100 -, n° #2, version 1.pdf",) * 2,
    ]
    assert {root + target for _text, target in links} < set(archive.namelist())


def test_nothing_of_another_organisation_is_in(people):
    other = file_pdf(people, "À nous", indicators=[31])
    file_document(
        organisation=people.sister,
        upload=ContentFile(stored_path(other).read_bytes() + b"\n", name="a-eux.pdf"),
        title="Pièce secrète du Sud",
        indicators=[31],
        actor=people.network_head,
    )
    pack = make(people)
    content = opened(pack)
    assert [name for name in content.namelist() if "Sud" in name] == []
    assert "Pièce secrète du Sud" not in content.read(f"preuves-fil-ouest-{AUDIT}/data/index.html").decode()


def test_the_number_of_queries_does_not_depend_on_the_number_of_pieces(people):
    counts = []
    file_pdf(people, "Première pièce", indicators=[31])
    make(people)
    for number in (1, 2, 3):
        file_pdf(people, f"Pièce {number}", indicators=[31])
        with CaptureQueriesContext(connection) as queries:
            make(people)
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_pack_is_made_once_even_when_two_workers_take_it(people):
    pack = ask_for_pack(organisation=people.organisation, audit_date=AUDIT, actor=None)
    build_pack(pack_id=pack.pk)
    build_pack(pack_id=pack.pk)
    assert Entry.objects.filter(verb="pack.ready").count() == 1


def test_a_failure_is_told_with_a_sentence(people, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("disque plein")

    monkeypatch.setattr("evidence.packs.verbs.gather", fail)
    pack = ask_for_pack(organisation=people.organisation, audit_date=AUDIT, actor=None)
    with pytest.raises(OSError, match="disque plein"):
        build_pack(pack_id=pack.pk)
    pack.refresh_from_db()
    assert (pack.state, pack.failure.startswith("La préparation s’est arrêtée.")) == (PackState.FAILED, True)


def test_the_command_writes_a_pack_that_verifies(people, tmp_path):
    file_pdf(people, "Réclamations", indicators=[31])
    target = tmp_path / "dossier.zip"
    call_command("build_pack", organisation="fil-ouest", audit_date=AUDIT, output=target)
    assert verify(target).intact
    assert Pack.objects.get().size == target.stat().st_size


def test_the_command_on_an_unknown_organisation(tmp_path):
    with pytest.raises(CommandError, match="Aucun organisme"):
        call_command("build_pack", organisation="inconnu", audit_date=AUDIT, output=tmp_path / "x.zip")


def settle(*documents):
    """A file that was just written bears no seal."""
    newest = max(stored_path(document).stat().st_ctime for document in documents)
    until(lambda: time.time() - newest > SETTLED_AFTER, "des fichiers posés")


class KilledError(BaseException):
    """The machine stops: nothing of ours runs after it."""


def ask(people):
    return ask_for_pack(organisation=people.organisation, audit_date=AUDIT, actor=people.quality_manager)


def test_whoever_takes_a_pack_up_does_not_read_again_what_was_compared(people, monkeypatch):
    settle(*(file_pdf(people, title, indicators=[31]) for title in ("Une", "Deux", "Trois")))
    reference = make(people)
    pack, compared = ask(people), []

    def until_the_third(source, sha256):
        compared.append(source)
        if len(compared) == 3:
            raise KilledError
        return is_intact(source, sha256)

    monkeypatch.setattr(resuming, "is_intact", until_the_third)
    with pytest.raises(KilledError):
        build_pack(pack_id=pack.pk)
    # Half a line, as when the process vanished while it wrote.
    with (Path(settings.MEDIA_ROOT) / pack.folder / resuming.CHECKED).open("a") as file:
        file.write('["reste')
    again = build_pack(pack_id=pack.pk)
    # The one it stood at, alone.
    assert (len(compared), compared[2] == compared[3], len(set(compared))) == (4, True, 3)
    assert (again.state, again.attempts, again.sha256) == (PackState.READY, 2, reference.sha256)


def stop_before_the_second_step(pack, monkeypatch):
    def stop(_pack):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(verbs, "_read_whole", stop)
        with pytest.raises(KilledError):
            build_pack(pack_id=pack.pk)


def test_a_plan_that_was_kept_is_not_made_again(people, monkeypatch):
    settle(file_pdf(people, "Réclamations", indicators=[31]))
    reference = make(people)
    pack = ask(people)
    stop_before_the_second_step(pack, monkeypatch)
    monkeypatch.setattr(verbs, "gather", None)
    assert build_pack(pack_id=pack.pk).sha256 == reference.sha256


def test_a_piece_altered_while_nobody_worked_is_named(people, monkeypatch):
    document = file_pdf(people, "Réclamations", indicators=[31])
    settle(document)
    pack = ask(people)
    stop_before_the_second_step(pack, monkeypatch)
    alter(document)
    again = build_pack(pack_id=pack.pk)
    assert (again.state, again.file_count) == (PackState.READY, 0)
    assert Entry.objects.get(verb="pack.ready").details["altered"] == ["Réclamations"]


def test_a_pack_that_ends_processes_is_given_up_with_a_sentence(people):
    pack = ask(people)
    Pack.objects.filter(pk=pack.pk).update(attempts=MOST_ATTEMPTS, state=PackState.BUILDING)
    build_pack(pack_id=pack.pk)
    pack.refresh_from_db()
    assert (pack.state, pack.failure) == (
        PackState.FAILED,
        "La préparation s’est interrompue plusieurs fois. Vos pièces sont intactes : prévenez votre assistance.",
    )


def test_whoever_was_taken_over_finishes_nothing(people, monkeypatch):
    pack = ask(people)
    other = Worker.objects.create(alive_at=timezone.now())
    read = verbs._read_whole

    def read_slowly(mine):
        Pack.objects.filter(pk=mine.pk).update(held_by=other.pk)
        return read(mine)

    monkeypatch.setattr(verbs, "_read_whole", read_slowly)
    build_pack(pack_id=pack.pk)
    pack.refresh_from_db()
    assert (pack.state, pack.held_by, Entry.objects.filter(verb="pack.ready").count()) == (PackState.BUILDING, other.pk, 0)


def test_a_database_that_is_away_gives_the_pack_back(people, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("evidence.packs.verbs.gather", away)
    pack = ask(people)
    with pytest.raises(OperationalError):
        build_pack(pack_id=pack.pk)
    pack.refresh_from_db()
    assert (pack.state, pack.held_by, pack.failure) == (PackState.BUILDING, None, "")

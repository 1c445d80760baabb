"""What the work left is in the dossier: an address for who may open it, its bytes in the archive, nothing for the others."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from evidence.dossiers.queries import dossier_of
from evidence.dossiers.queries.pieces import shown_of_filed, shown_of_kept
from evidence.dossiers.readers import WHOLE, Reader
from qualiopi.journal.models import Entry
from tests.dossiers.world import filed, kept, leave_files, lived_session
from tests.factories import OrganisationFactory, StoredFileFactory
from tests.harness.worlds import shared
from trainings.pieces import Kept, KeptFile, Nature
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db

LEFT = {
    "Certificat de réalisation CR-1": ("Documents émis et contrats", "Anaïs Fictive"),
    "Certificat de réalisation CR-1, exemplaire signé": ("Documents émis et contrats", "Anaïs Fictive"),
    "Feuille d’émargement numérisée": ("Émargement", ""),
    "Relevé de connexion Zoom du 8 sept. 2026": ("Émargement", ""),
    "Évaluation : Mise en situation": ("Évaluations", ""),
    "Habilitation H1": ("Formation", ""),
    "CV, CV de Yann": ("Intervenants", "Yann Le Goff"),
    "CV, CV d’Inès": ("Intervenants", "Inès Carvalho"),
}
OF_TRAINERS = {
    "Certificat de réalisation CR-1",
    "Certificat de réalisation CR-1, exemplaire signé",
    "Feuille d’émargement numérisée",
    "Relevé de connexion Zoom du 8 sept. 2026",
    "Évaluation : Mise en situation",
    "CV, CV de Yann",
}


def with_files():
    """A session that was held, with its files."""
    made = lived_session()
    leave_files(made)
    return made


world = shared(with_files)


def left_in(world, reader=WHOLE):
    return {piece.title: piece for piece in dossier_of(world.session, reader).pieces}


def status(client, url):
    """Of an answer read to its end, which closes its file."""
    answer = client.get(url)
    answer.getvalue()
    return answer.status_code


def archive_of(world, user, tmp_path):
    """The archive as this person downloads it, checked offline by the command that an auditor runs; names under data/pieces."""
    address = reverse("dossiers:archive", args=[world.cast.organisation.slug, world.session.pk])
    target = tmp_path / "dossier.zip"
    target.write_bytes(b"".join(world.cast.client(user).get(address).streaming_content))
    call_command("verify_pack", str(target), stdout=io.StringIO())
    return zipfile.ZipFile(target)


def test_each_file_that_the_work_left_is_on_its_shelf(world):
    found = left_in(world)
    subcontract = found.pop("Contrat ST1")
    assert {title: (piece.shelf_title, piece.detail) for title, piece in found.items()} == LEFT
    assert subcontract.shelf_title == "Sous-traitance"


def test_each_has_an_address_that_gives_its_bytes(world):
    client = world.cast.client(world.cast.auditor)
    for piece in left_in(world).values():
        answer = client.get(piece.url)
        assert answer["Content-Disposition"].startswith("attachment")
        assert (answer.status_code, len(answer.getvalue())) == (200, piece.size)


def test_the_archive_holds_them_and_is_verified_offline(world, tmp_path):
    filed(world, "Support remis")
    with archive_of(world, world.cast.auditor, tmp_path) as archive:
        root = "dossier-S26-041/data/pieces/"
        names = {name.removeprefix(root) for name in archive.namelist() if name.startswith(root)}
        page = archive.read("dossier-S26-041/data/index.html").decode()
        manifest = archive.read("dossier-S26-041/manifest-sha256.txt").decode()
    assert names == {
        "Documents émis et contrats/Certificat de réalisation CR-1.pdf",
        "Documents émis et contrats/Certificat de réalisation CR-1, exemplaire signé.pdf",
        "Émargement/Feuille d’émargement numérisée.pdf",
        "Émargement/Relevé de connexion Zoom du 8 sept. 2026.pdf",
        "Évaluations/Évaluation - Mise en situation.pdf",
        "Pièces déposées pour la session/Support remis.pdf",
        "Formation/Habilitation H1.pdf",
        "Intervenants/CV, CV de Yann.pdf",
        "Intervenants/CV, CV d’Inès.pdf",
        "Sous-traitance/Contrat ST1.pdf",
    }
    assert all(piece.sha256 in manifest for piece in left_in(world).values())
    assert 'href="pieces/Formation/Habilitation%20H1.pdf"' in page
    assert "Entretien 2026" not in page


def test_a_trainer_takes_away_what_is_theirs_alone(world, tmp_path):
    filed(world, "Support remis")
    with archive_of(world, world.cast.trainer, tmp_path) as archive:
        names = {name.rpartition("/")[2].removesuffix(".pdf") for name in archive.namelist() if "/pieces/" in name}
        page = archive.read("dossier-S26-041/data/index.html").decode()
    assert names == {title.replace(" :", " -").replace("\u00a0:", " -") for title in OF_TRAINERS}
    assert "<b>Support remis</b> : gardée par l’équipe." in page
    assert [word for word in ("CV d’Inès", "Contrat ST1") if word in page] == []


@pytest.mark.parametrize(
    ("who", "opened"),
    [
        ("network_head", "all"),
        ("quality_manager", "all"),
        ("training_manager", "all"),
        ("auditor", "all"),
        ("trainer", "theirs"),
        ("stranger", "none"),
    ],
)
def test_who_opens_which_file(world, who, opened):
    client = world.cast.client(getattr(world.cast, who))
    pieces = left_in(world)
    expected = {"all": set(pieces), "theirs": OF_TRAINERS, "none": set()}[opened]
    assert {title for title, piece in pieces.items() if status(client, piece.url) == 200} == expected
    read = Entry.objects.filter(verb="kept.downloaded", actor=getattr(world.cast, who))
    assert {entry.details["title"] for entry in read} == expected


def test_what_no_work_left_or_no_longer_counts_does_not_exist(world):
    client = world.cast.client(world.cast.quality_manager)
    cancelled = world.session.issued.get(number="CR-2").file
    waiting = world.cast.trainer_record.records.get(title="Pas encore vu").file
    elsewhere = StoredFileFactory(organisation=OrganisationFactory())
    for pk in (cancelled.pk, waiting.pk, elsewhere.pk, kept(world, "logo").pk, uuid4()):
        assert client.get(reverse("library:kept", args=["fil-ouest", pk])).status_code == 404


def test_a_draft_is_nobody_s_evidence_but_the_team_s(world):
    url = left_in(world)["Évaluation : Mise en situation"].url
    world.session.state = SessionState.DRAFT
    world.session.save()
    statuses = {
        who: world.cast.client(getattr(world.cast, who)).get(url).status_code
        for who in ("auditor", "trainer", "training_manager")
    }
    assert statuses == {"auditor": 404, "trainer": 200, "training_manager": 200}


def test_a_trainer_s_reading_stops_with_the_session(world):
    url = left_in(world)["Évaluation : Mise en situation"].url
    world.session.trainers.remove(world.cast.trainer_record)
    assert world.cast.client(world.cast.trainer).get(url).status_code == 404


def test_a_file_that_changed_is_told_and_not_given(world, settings):
    piece = left_in(world)["Habilitation H1"]
    path = settings.MEDIA_ROOT / piece.path
    path.chmod(0o640)
    path.write_bytes(b"autre chose")
    answer = world.cast.client(world.cast.auditor).get(piece.url)
    assert (answer.status_code, "Habilitation H1" in answer.content.decode()) == (409, True)
    assert Entry.objects.filter(verb="kept.found_altered").count() == 1


ME, ANOTHER = uuid4(), uuid4()
TRAINER = Reader(whole=False, trainer=ME)


@pytest.mark.parametrize(
    ("nature", "about", "trainer"),
    [
        (Nature.ISSUED, ANOTHER, "file"),
        (Nature.SIGNED, ANOTHER, "file"),
        (Nature.SHEET, ANOTHER, "file"),
        (Nature.CONNECTIONS, ANOTHER, "file"),
        (Nature.EVALUATION, ANOTHER, "file"),
        (Nature.CLIENT_CONTRACT, ANOTHER, "nothing"),
        (Nature.SUBCONTRACT, ANOTHER, "nothing"),
        (Nature.ACCREDITATION, ANOTHER, "name"),
        (Nature.TRAINER, ME, "file"),
        (Nature.TRAINER, ANOTHER, "nothing"),
    ],
)
def test_what_each_reader_finds_of_what_the_work_left(nature, about, trainer):
    file = KeptFile(uuid4(), "piece.pdf", "a/b", 1, "0" * 64, 0, "application/pdf")
    piece = Kept(nature, "Pièce", "", None, None, file, about)
    assert (shown_of_kept(piece, WHOLE), shown_of_kept(piece, TRAINER)) == ("file", trainer)


@pytest.mark.parametrize(
    ("shelf", "own", "trainer"),
    [
        ("session", False, "name"),
        ("course", False, "name"),
        ("trainer", True, "name"),
        ("trainer", False, "nothing"),
        ("subcontractor", False, "nothing"),
    ],
)
def test_what_each_reader_finds_of_the_library(shelf, own, trainer):
    found = shown_of_filed(shelf, own=own, reader=WHOLE), shown_of_filed(shelf, own=own, reader=TRAINER)
    assert found == ("file", trainer)

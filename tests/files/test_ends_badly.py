"""A file that ends its reader, and a disk without room: a sentence wherever a file is sent, and nothing half-written."""

import errno
import io
import os
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence.library.models import Deposit
from qualiopi.exchange.models import ImportRun
from qualiopi.exchange.reading import UnreadableFile
from qualiopi.exchange.reading import asking as reading
from qualiopi.files import verbs
from qualiopi.files.errors import NoRoom, RefusedFile
from qualiopi.files.inspection import asking as inspection
from qualiopi.files.inspection import redraw
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import store
from qualiopi.web.errors import is_busy, is_disk_full, server_error
from tests import cast
from tests.factories import HalfDayFactory, OrganisationFactory, SessionFactory, TrainerFactory
from tests.files import made
from trainings.attendance.models import ConnectionReport
from trainings.attendance.reports import Report
from trainings.people.links import current_token
from trainings.people.models import TrainerRecord
from trainings.people.verbs import trainer_link

pytestmark = pytest.mark.django_db
READERS = "tests.sandbox.readers:{}"
HEAVY = "Ce fichier devient énorme une fois ouvert. Allégez-le ou enregistrez-le en PDF, puis déposez-le."
LONG = "Ce fichier est trop long à ouvrir. Allégez-le ou enregistrez-le de nouveau, en PDF par exemple, puis déposez-le."
DAMAGED = "Ce fichier est abîmé ou incomplet. Ouvrez-le, enregistrez-le de nouveau, puis déposez-le."
HEAVY_TABLE = (
    "Ce classeur devient énorme une fois ouvert. Copiez le tableau utile dans un nouveau classeur, sans image ni mise en forme, "
    "puis déposez-le."
)
LONG_TABLE = (
    "Ce tableau est trop long à lire. Copiez les colonnes utiles dans un nouveau classeur, ou partagez-le, puis déposez-le."
)
LARGE_TABLE = "Ce tableau est trop grand"
UNREADABLE = (
    "Nous n’arrivons pas à lire ce fichier. Ouvrez-le dans votre tableur, enregistrez-le au format « CSV UTF-8 » ou XLSX, "
    "puis déposez-le de nouveau."
)
FULL = (
    "Le serveur n’a plus de place pour garder ce fichier, et rien n’est enregistré. Prévenez la personne qui s’occupe du serveur, "
    "puis déposez-le de nouveau."
)
# How a reader ends, and what is said of a file, and of a table.
ENDS = [
    ("eats_memory", HEAVY, HEAVY_TABLE),
    ("works_for_ever", LONG, LONG_TABLE),
    ("talks_too_much", HEAVY, LARGE_TABLE),
    ("breaks", DAMAGED, UNREADABLE),
    ("panics", DAMAGED, UNREADABLE),
    ("lies", DAMAGED, UNREADABLE),
]
CSV = b"Nom;Email\nZo\xc3\xa9;zoe@exemple.fr\n"


@pytest.fixture(autouse=True)
def _little_time(settings, monkeypatch):
    """A reader that works for ever is ended after a second, one that talks too much after few words."""
    settings.PARSER_SECONDS = 1
    monkeypatch.setattr(reading, "LONGEST_ANSWER", 100_000)


def use_reader(monkeypatch, name: str) -> None:
    monkeypatch.setattr(inspection, "LOOK", READERS.format(name))
    monkeypatch.setattr(reading, "READ", READERS.format(name))
    monkeypatch.setattr(reading, "READ_ROWS", READERS.format(name))


def on_disk(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def rows() -> int:
    return sum(model.objects.count() for model in (StoredFile, Deposit, ImportRun, ConnectionReport, TrainerRecord))


@pytest.mark.parametrize(("reader", "_file", "sentence"), ENDS)
def test_a_table_that_ends_its_reader_is_refused(monkeypatch, reader, _file, sentence):
    use_reader(monkeypatch, reader)
    with pytest.raises(UnreadableFile) as refused:
        reading.read_table(io.BytesIO(CSV))
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(("reader", "sentence", "_table"), ENDS)
def test_a_file_that_ends_its_reader_is_refused_and_does_not_stay(settings, monkeypatch, reader, sentence, _table):
    use_reader(monkeypatch, reader)
    with pytest.raises(RefusedFile) as refused:
        store(organisation=OrganisationFactory(), upload=made.upload("a.pdf", made.pdf()), actor=None)
    assert (str(refused.value), StoredFile.objects.count(), on_disk(settings)) == (sentence, 0, [])


def test_a_picture_that_ends_its_reader_is_not_drawn_again(monkeypatch):
    monkeypatch.setattr(inspection, "REDRAW", READERS.format("breaks"))
    with pytest.raises(RefusedFile, match=DAMAGED):
        redraw(SimpleUploadedFile("a.png", made.picture()), largest=(10, 10))


@dataclass(frozen=True)
class Door:
    """Where a file comes in: who sends it, to which address, under which name; which reader meets it first."""

    client: Client
    address: str
    field: str
    other: dict[str, str]
    reads_table: bool


@pytest.fixture(params=["deposit", "import", "report", "trainer"])
def door(request) -> Door:
    people = cast.gather()
    organisation = people.organisation
    if request.param == "deposit":
        client = people.client(people.quality_manager)
        return Door(client, reverse("library:upload", args=[organisation.slug]), "files", {}, reads_table=False)
    if request.param == "import":
        client = people.client(people.training_manager)
        return Door(client, reverse("imports:upload", args=[organisation.slug, "enrolments"]), "file", {}, reads_table=True)
    if request.param == "report":
        session = SessionFactory(organisation=organisation)
        morning = HalfDayFactory(session=session, day=timezone.localdate() - timedelta(days=2), remote=True)
        client = people.client(people.training_manager)
        return Door(client, reverse("attendance:remote", args=[organisation.slug, morning.pk]), "file", {}, reads_table=True)
    link = trainer_link(trainer=TrainerFactory(organisation=organisation), actor=None)
    return Door(Client(), reverse("drop:start", args=[current_token(link)]), "file", {"kind": "cv"}, reads_table=False)


def send(door: Door, name: str, content: bytes) -> str:
    """Send a file, and give the text of the page that answers, with ordinary spaces."""
    answer = door.client.post(door.address, {**door.other, door.field: SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code in (200, 422)
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def file_for(door: Door) -> tuple[str, bytes]:
    return ("stagiaires.csv", CSV) if door.reads_table else ("cv.pdf", made.pdf())


# That a reader which works for ever is ended takes a second: seen once for files and once for tables.
@pytest.mark.parametrize(("reader", "of_file", "of_table"), [end for end in ENDS if end[0] != "works_for_ever"])
def test_every_door_tells_the_end_of_a_reader(settings, monkeypatch, door, reader, of_file, of_table):
    use_reader(monkeypatch, reader)
    assert (of_table if door.reads_table else of_file) in send(door, *file_for(door))
    assert (rows(), on_disk(settings)) == (0, [])


def full_disk(*_arguments, **_options):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_every_door_tells_that_the_disk_is_full(settings, monkeypatch, door):
    # The table is read before it is kept: what is read here has to be one.
    if "releve" in door.address:
        monkeypatch.setattr("trainings.attendance.verbs.remote.read_report", lambda *_: Report("Zoom", []))
    monkeypatch.setattr(verbs.os, "fsync", full_disk)
    assert FULL in send(door, *file_for(door))
    assert (rows(), on_disk(settings)) == (0, [])


def test_every_door_tells_that_an_upload_found_no_room(settings, monkeypatch, door):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full_disk)
    assert FULL in send(door, *file_for(door))
    assert (rows(), on_disk(settings)) == (0, [])


def test_the_command_tells_that_the_disk_is_full(settings, monkeypatch, tmp_path, capsys):
    OrganisationFactory(slug="fil-ouest")
    (tmp_path / "stagiaires.csv").write_bytes(CSV)
    monkeypatch.setattr(verbs.os, "fsync", full_disk)
    with pytest.raises(SystemExit) as stop:
        call_command("import_table", str(tmp_path / "stagiaires.csv"), "--organisation", "fil-ouest", "--kind", "enrolments")
    assert (stop.value.code, FULL in capsys.readouterr().err, rows(), on_disk(settings)) == (2, True, 0, [])


def test_the_command_reads_in_a_child_too(monkeypatch, tmp_path, capsys):
    OrganisationFactory(slug="fil-ouest")
    (tmp_path / "stagiaires.csv").write_bytes(CSV)
    use_reader(monkeypatch, "breaks")
    with pytest.raises(SystemExit) as stop:
        call_command("import_table", str(tmp_path / "stagiaires.csv"), "--organisation", "fil-ouest", "--kind", "enrolments")
    assert (stop.value.code, UNREADABLE in capsys.readouterr().err, rows()) == (2, True, 0)


def test_a_disk_that_refuses_otherwise_is_told_too(settings, monkeypatch):
    def read_only(*_arguments):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(verbs.os, "fsync", read_only)
    with pytest.raises(NoRoom):
        store(organisation=OrganisationFactory(), upload=made.upload("a.pdf", made.pdf()), actor=None)
    assert on_disk(settings) == []


def sqlite_full() -> Exception:
    """What Django raises when SQLite has no page left."""
    error = OperationalError()
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA max_page_count = 2")
    database.execute("CREATE TABLE full (text)")
    with pytest.raises(sqlite3.OperationalError) as caught:
        database.execute("INSERT INTO full VALUES (?)", ["x" * 100_000])
    database.close()
    error.__cause__ = caught.value
    return error


class PostgresFull(Exception):
    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "plein"), True),
        (OSError(errno.EDQUOT, "plein"), True),
        (OSError(errno.EACCES, "interdit"), False),
        (sqlite_full(), True),
        (PostgresFull(), True),
        (OperationalError("database is locked"), False),
        (None, False),
    ],
)
def test_what_a_full_disk_is(error, full):
    assert is_disk_full(error) is full


def sqlite_busy(tmp_path):
    """What a second writer really gets when nobody waits."""
    error = OperationalError()
    first, second = (sqlite3.connect(tmp_path / "held.db", isolation_level=None) for _each in range(2))
    first.execute("CREATE TABLE held (text)")
    first.execute("BEGIN IMMEDIATE")
    second.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(sqlite3.OperationalError) as caught:
        second.execute("BEGIN IMMEDIATE")
    first.close()
    second.close()
    error.__cause__ = caught.value
    return error


class PostgresLocked(Exception):
    sqlstate = "55P03"


def test_what_a_busy_database_is(tmp_path):
    errors = [sqlite_busy(tmp_path), PostgresLocked(), PostgresFull(), sqlite_full(), OSError(errno.ENOSPC, "plein"), None]
    assert [is_busy(error) for error in errors] == [True, True, False, False, False, False]


def test_a_page_that_others_kept_waiting_too_long_says_to_try_again(rf, tmp_path):
    try:
        raise sqlite_busy(tmp_path)
    except OperationalError:
        answer = server_error(rf.get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Le serveur est très occupé." in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (OSError(errno.ENOSPC, "plein"), 507, "Le serveur n’a plus de place."),
        (ValueError(), 500, "La page n’a pas pu être préparée."),
    ],
)
def test_a_page_that_found_no_room_says_so(rf, error, status, sentence):
    try:
        raise error
    except (OSError, ValueError):
        answer = server_error(rf.get("/"))
    assert (answer.status_code, sentence in answer.content.decode()) == (status, True)

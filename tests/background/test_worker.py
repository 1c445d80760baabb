"""The real worker, in a process of its own: killed, and in front of a database that is held."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evidence.demo.papers import paper
from evidence.library.verbs import file_document
from evidence.packs.models import Pack
from evidence.packs.plan import SETTLED_AFTER
from evidence.packs.resuming import CHECKED
from evidence.packs.verbs import ask_for_pack
from qualiopi.background.queries import JUST_ASKED, SILENCE
from tests import cast
from tests.clock.test_two_at_once import address_of_the_database, change, count
from tests.harness.waiting import until

# PostgreSQL ends every connection but ours.
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
LIVE = "SELECT COUNT(*) FROM qualiopi_worker"


def start(database: str, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A worker, and what it says in a file."""
    with (folder / "said").open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--verbosity", "0", *options],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "qualiopi.settings.development",
                "DATABASE_URL": database,
                "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            },
            stdout=said,
            stderr=subprocess.STDOUT,
        )


def file_piece(people: cast.Cast, title: str) -> Path:
    """A piece of evidence; where it is kept."""
    content = paper(title=title, subject="", owner=people.organisation.name, day=timezone.localdate()).read()
    document = file_document(
        organisation=people.organisation,
        upload=ContentFile(content, name="piece.pdf"),
        title=title,
        type="complaint_procedure",
        indicators=[31],
        actor=people.quality_manager,
    )
    return Path(settings.MEDIA_ROOT) / document.versions.get().file.path


@pytest.mark.true_clock
@pytest.mark.django_db(transaction=True)
def test_a_pack_whose_worker_is_killed_is_taken_up_where_it_stood(tmp_path):
    people = cast.gather()
    first, second = file_piece(people, "A, comparée"), file_piece(people, "B, en cours")
    pack = ask_for_pack(organisation=people.organisation, audit_date=timezone.localdate(), actor=people.quality_manager)
    # Whoever asked vanished before there was a task: the worker finds the pack by itself.
    Pack.objects.filter(pk=pack.pk).update(created_at=timezone.now() - 2 * JUST_ASKED)
    database = address_of_the_database(tmp_path)
    until(lambda: time.time() - first.stat().st_ctime > SETTLED_AFTER, "un fichier posé")
    # Reading the second piece never ends.
    aside = second.with_suffix(".aside")
    second.rename(aside)
    os.mkfifo(second)
    killed = start(database, tmp_path)
    checked = Path(settings.MEDIA_ROOT) / pack.folder / CHECKED
    try:
        until(lambda: checked.exists() and checked.read_text().count("]\n") == 1, "la première pièce comparée")
    finally:
        killed.kill()
        killed.wait()
    second.unlink()
    aside.rename(second)
    state = "SELECT COUNT(*) FROM evidence_pack WHERE state = '{}' AND attempts = {}"
    assert (count(database, state.format("building", 1)), count(database, LIVE)) == (1, 1)
    change(database, "UPDATE qualiopi_worker SET alive_at = %s", timezone.now() - SILENCE - timedelta(seconds=1))
    again = start(database, tmp_path, "--batch")
    try:
        until(lambda: again.poll() is not None, "la fin du dossier")
    finally:
        again.kill()
        again.wait()
    assert again.returncode == 0
    assert count(database, state.format("ready", 2)) == 1
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert "La tâche evidence.packs.tasks.build_in_background, laissée par un processus disparu, est reprise." in said
    # It was asked for once, by the first worker, and its end is written.
    assert count(database, f"SELECT COUNT(*) FROM {DBTaskResult._meta.db_table} WHERE status = 'SUCCESSFUL'") == 1  # noqa: S608
    assert not checked.exists()


@pytest.mark.true_clock
@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_for_a_database_that_is_held_or_away(tmp_path):
    database = address_of_the_database(tmp_path)
    quick = f"{database}?timeout=1" if connection.vendor == "sqlite" else database
    worker = start(quick, tmp_path)
    said = tmp_path / "said"
    try:
        until(lambda: count(database, LIVE) == 1, "le travailleur")
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)) as holder:
                holder.execute("BEGIN IMMEDIATE")
                until(lambda: "La base est occupée ou absente" in said.read_text(encoding="utf-8"), "la ligne")
                holder.execute("ROLLBACK")
        else:
            until(lambda: count(database, CUT) >= 0 and "La base est occupée ou absente" in said.read_text("utf-8"), "la ligne")
        change(database, "UPDATE qualiopi_worker SET alive_at = %s", timezone.now() - timedelta(days=1))
        alive = "SELECT COUNT(*) FROM qualiopi_worker WHERE alive_at > '{:%Y-%m-%d}'"
        until(lambda: count(database, alive.format(timezone.now() - timedelta(hours=12))) == 1, "un signe de vie")
        assert worker.poll() is None
    finally:
        worker.terminate()
        until(lambda: worker.poll() is not None, "la fin du travailleur")
    assert worker.returncode == 0

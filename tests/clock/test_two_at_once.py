"""Two clocks started at the same moment, as real processes on the database of the tests."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests.factories import EnrolmentFactory, SessionFactory, StepFactory
from trainings.sessions.models import Step
from trainings.surveys.models import Invitation

SESSIONS, PEOPLE = 5, 3


def address_of_the_database(folder: Path) -> str:
    """Where another process finds what this test wrote: the same PostgreSQL, or a copy in a file of the SQLite kept in memory."""
    if connection.vendor == "postgresql":
        said = connection.settings_dict
        return f"postgresql://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"
    copy = sqlite3.connect(folder / "copie.sqlite3")
    connection.connection.backup(copy)
    copy.close()
    return f"sqlite:///{folder / 'copie.sqlite3'}"


def count(database: str, query: str) -> int:
    """One number, read where the clocks wrote."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0]
    with sqlite3.connect(database.removeprefix("sqlite:///")) as copy:
        return copy.execute(query).fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_each_message_once(tmp_path):
    yesterday = timezone.localdate() - timedelta(days=1)
    for _number in range(SESSIONS):
        session = SessionFactory(starts_on=yesterday, ends_on=yesterday)
        EnrolmentFactory.create_batch(PEOPLE, session=session)
        StepFactory(session=session, key="survey:end_of_session", due_on=yesterday, automatic=True)
    database = address_of_the_database(tmp_path)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "qualiopi.settings.development",
        "DATABASE_URL": database,
        "EMAIL_URL": f"filemail:///{tmp_path}/messages",
    }
    command = [sys.executable, "manage.py", "send_due"]
    clocks = [
        subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [clock.communicate(timeout=120) for clock in clocks]
    assert [(clock.returncode, error) for clock, (_out, error) in zip(clocks, said, strict=True)] == [(0, ""), (0, "")]
    told = "".join(out for out, _error in said)
    assert told.count("3 liens personnels envoyés.") == SESSIONS
    messages = "".join(path.read_text() for path in (tmp_path / "messages").iterdir())
    to = re.findall(r"^To: (\S+)$", messages, flags=re.MULTILINE)
    assert (len(to), len(set(to))) == (SESSIONS * PEOPLE, SESSIONS * PEOPLE)
    for model, condition, expected in (
        (Step, "done_at IS NOT NULL", SESSIONS),
        (Invitation, "sent_at IS NOT NULL", SESSIONS * PEOPLE),
        (Entry, "verb = 'step.sent'", SESSIONS),
    ):
        assert count(database, f"SELECT COUNT(*) FROM {model._meta.db_table} WHERE {condition}") == expected  # noqa: S608

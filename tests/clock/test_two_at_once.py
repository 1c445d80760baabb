"""Clocks as real processes on the database of the tests: two at the same moment, and one that is killed while it sends."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests.factories import CampaignFactory, EnrolmentFactory, InvitationFactory, SessionFactory, StepFactory
from tests.harness.waiting import PATIENCE
from trainings.clock import HOLD
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


def change(database: str, query: str, moment: datetime) -> None:
    """Set a moment where the clocks write."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(query, [moment])
        return
    with sqlite3.connect(database.removeprefix("sqlite:///")) as copy:
        copy.execute(query.replace("%s", "?"), [moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")])


def take_one_message(server: socket.socket) -> tuple[socket.socket, list[str]]:
    """Speak SMTP until one message is in, then hear of a second one and keep silent: the open line, and to whom the first went."""
    link, _address = server.accept()
    link.settimeout(PATIENCE)
    heard = link.makefile("r", encoding="utf-8")
    to: list[str] = []
    link.sendall(b"220 essai\r\n")
    while order := heard.readline().strip():
        verb = order[:4].upper()
        if verb == "MAIL" and to:
            return link, to
        if verb == "RCPT":
            to.append(order.partition("<")[2].rstrip(">"))
        link.sendall(b"354 texte\r\n" if verb == "DATA" else b"250 bien\r\n")
        if verb == "DATA":
            while heard.readline().rstrip("\r\n") != ".":
                pass
            link.sendall(b"250 pris\r\n")
    raise AssertionError("La ligne s’est fermée avant le second message.")


def start(database: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """One clock, as cron starts it."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_due"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "qualiopi.settings.development",
            "DATABASE_URL": database,
            "EMAIL_URL": f"filemail:///{folder}/messages",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(clocks: list[subprocess.Popen[str]]) -> str:
    """What they said; each of them ends well and says nothing of the sort of an error."""
    said = [clock.communicate(timeout=PATIENCE) for clock in clocks]
    assert [(clock.returncode, error) for clock, (_out, error) in zip(clocks, said, strict=True)] == [(0, "")] * len(clocks)
    return "".join(out for out, _error in said)


def addressees(folder: Path) -> list[str]:
    """To whom messages left, one line a message."""
    messages = "".join(path.read_text() for path in (folder / "messages").iterdir())
    return re.findall(r"^To: (\S+)$", messages, flags=re.MULTILINE)


def plan(sessions: int, people: int) -> None:
    """Sessions that ended yesterday, each with its survey to send."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for _number in range(sessions):
        session = SessionFactory(starts_on=yesterday, ends_on=yesterday)
        EnrolmentFactory.create_batch(people, session=session)
        StepFactory(session=session, key="survey:end_of_session", due_on=yesterday, automatic=True)


@pytest.mark.true_clock
@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_each_message_once(tmp_path):
    plan(SESSIONS, PEOPLE)
    database = address_of_the_database(tmp_path)
    told = run([start(database, tmp_path) for _ in range(2)])
    assert told.count("3 liens personnels envoyés.") == SESSIONS
    to = addressees(tmp_path)
    assert (len(to), len(set(to))) == (SESSIONS * PEOPLE, SESSIONS * PEOPLE)
    for model, condition, expected in (
        (Step, "done_at IS NOT NULL", SESSIONS),
        (Invitation, "sent_at IS NOT NULL", SESSIONS * PEOPLE),
        (Entry, "verb = 'step.sent'", SESSIONS),
    ):
        assert count(database, f"SELECT COUNT(*) FROM {model._meta.db_table} WHERE {condition}") == expected  # noqa: S608


@pytest.mark.true_clock
@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_remind_each_person_once(tmp_path):
    long_ago = timezone.now() - timedelta(days=9)
    for _number in range(SESSIONS):
        campaign = CampaignFactory(opened_on=long_ago.date())
        for enrolment in EnrolmentFactory.create_batch(PEOPLE, session=campaign.session):
            InvitationFactory(campaign=campaign, enrolment=enrolment, sent_at=long_ago)
    database = address_of_the_database(tmp_path)
    run([start(database, tmp_path) for _ in range(2)])
    to = addressees(tmp_path)
    assert (len(to), len(set(to))) == (SESSIONS * PEOPLE, SESSIONS * PEOPLE)


@pytest.mark.true_clock
@pytest.mark.django_db(transaction=True)
def test_a_clock_killed_while_it_sends_is_taken_over(tmp_path):
    """It dies without a word after some messages: an hour later another one sends the rest, and nobody gets two."""
    plan(1, 6)
    database = address_of_the_database(tmp_path)
    # A mail server that takes one message and never answers to the second.
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        clock = start(database, tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{server.getsockname()[1]}")
        link, accepted = take_one_message(server)
        clock.kill()
        link.close()
        clock.communicate(timeout=PATIENCE)
    left = "SELECT COUNT(*) FROM trainings_invitation WHERE sent_at IS NULL"
    claimed = "SELECT COUNT(*) FROM trainings_step WHERE claimed_at IS NOT NULL AND done_at IS NULL"
    assert (len(accepted), count(database, left), count(database, claimed)) == (1, 4, 1)
    assert run([start(database, tmp_path)]) == "Rien à envoyer.\n"
    change(database, "UPDATE trainings_step SET claimed_at = %s", timezone.now() - HOLD)
    assert "4 liens personnels envoyés." in run([start(database, tmp_path)])
    to = addressees(tmp_path)
    # The one that was leaving at that very moment may be lost rather than sent twice; a reminder follows it a week later.
    assert (len(to), len(set(to) | set(accepted)), count(database, left)) == (4, 5, 0)
    assert count(database, claimed) == 0

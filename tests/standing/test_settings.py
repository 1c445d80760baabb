"""Development, production and tests hold the same database in the same way: what makes SQLite hold is told once."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

SHOW = "import json, sys; from importlib import import_module as load; print(json.dumps(load(sys.argv[1]).DATABASES['default']))"
SQLITE = "sqlite:////var/lib/temoin/essai.sqlite3"
POSTGRESQL = "postgresql://temoin@base.example:5432/temoin"
# What only production adds: connections that serve several requests.
OF_PRODUCTION = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def load(environment: str, address: str) -> subprocess.CompletedProcess[str]:
    """The database of one environment, read by a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", SHOW, f"qualiopi.settings.{environment}"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address, "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "temoin.example"},
        capture_output=True,
        text=True,
        check=False,
    )


def database(environment: str, address: str) -> dict[str, object]:
    shown = load(environment, address)
    assert (shown.returncode, shown.stderr) == (0, "")
    return json.loads(shown.stdout)


@pytest.mark.parametrize("address", [SQLITE, POSTGRESQL])
def test_every_environment_holds_the_database_in_the_same_way(address):
    development = database("development", address)
    assert database("test", address) == development
    assert database("production", address) == development | OF_PRODUCTION


def test_sqlite_waits_its_turn_under_the_settings_of_production():
    options = database("production", SQLITE)["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"] > 30) == ("IMMEDIATE", True)
    assert "journal_mode=WAL" in options["init_command"]


def test_what_the_address_asks_for_wins():
    asked = database("production", f"{SQLITE}?timeout=5&CONN_MAX_AGE=0")
    assert (asked["OPTIONS"]["timeout"], asked["OPTIONS"]["transaction_mode"], asked["CONN_MAX_AGE"]) == (5, "IMMEDIATE", 0)


def test_another_kind_of_database_stops_the_start_with_a_sentence():
    refused = load("production", "mysql://temoin@base.example/temoin")
    assert "DATABASE_URL doit désigner une base SQLite ou PostgreSQL." in refused.stderr
    assert refused.returncode == 1

"""The database, told in one place for development, tests and production: what makes SQLite hold is the same everywhere."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# Readers go on while one writes, and a writer waits its turn instead of failing: whoever means to write says so at once (a reader that
# becomes a writer is refused without waiting), and waits longer than the longest of our writings. What was written is carried into
# the main file every 32 MB rather than every 4: everybody who writes waits for it.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 45,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA wal_autocheckpoint=8000;",
}


def database(default: str | None = None) -> dict[str, Any]:
    """Read DATABASE_URL, `default` when nothing is said (none: it must be said); what the address asks for (`?timeout=5`) wins.

    Raises ImproperlyConfigured for a database that is neither SQLite nor PostgreSQL.
    """
    env = environ.Env()
    told: dict[str, Any] = env.db("DATABASE_URL") if default is None else env.db("DATABASE_URL", default=default)
    if told["ENGINE"] not in (SQLITE, POSTGRESQL):
        raise ImproperlyConfigured("DATABASE_URL doit désigner une base SQLite ou PostgreSQL.")
    if told["ENGINE"] == SQLITE:
        told = {"OPTIONS": {}} | told
        told["OPTIONS"] = SQLITE_OPTIONS | told["OPTIONS"]
    return told | {"ATOMIC_REQUESTS": False}

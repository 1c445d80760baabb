"""The database itself notes which sessions and organisations changed, so that no write can forget to: not one in bulk, nor one in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from qualiopi.organisations.models import Organisation
from trainings.facts.models import FactMark, KeptFacts
from trainings.facts.sources import Shared, Source, watched

_EVENTS = ("insert", "update", "delete")
_MARKS = FactMark._meta.db_table


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Make the triggers that are missing, and give their names. What was kept while one was missing may be wrong: it goes."""
    absent = missing(connection)
    if absent:
        with connection.cursor() as cursor:
            for source in _present(connection):
                for name, statement in _statements(connection, source):
                    if name in absent:
                        cursor.execute(statement)
    return absent


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not there. One query."""
    asked = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {name for (name,) in cursor.fetchall()}
    return [name for source in _present(connection) for name in _names(connection, source) if name not in there]


def after_migrate(using: str, **_context: Any) -> None:
    """After every `migrate`: a table that Django made again on SQLite lost its triggers without a word, and facts may be read otherwise."""
    connection = connections[using]
    if KeptFacts._meta.db_table not in connection.introspection.table_names():
        return  # the floor is not there yet, or no more
    install(connection)
    if absent := missing(connection):
        raise RuntimeError(f"Ces déclencheurs n'ont pas pu être posés : {', '.join(absent)}.")
    KeptFacts.objects.using(using).all().delete()
    # Whatever else was kept of organisations is void as well.
    every = Organisation.objects.using(using).values_list("pk", flat=True)
    FactMark.objects.using(using).bulk_create((FactMark(organisation_id=key) for key in every), batch_size=1000)


def triggers_are_there(*, app_configs: Any = None, databases: Sequence[str] | None = None, **_asked: Any) -> list[CheckMessage]:
    """`manage.py check --database default --fail-level WARNING`: what the database does not note would be shown as it was.

    A warning, since `migrate` runs the checks first, and is what makes the triggers.
    """
    found: list[CheckMessage] = []
    for using in databases or []:
        connection = connections[using]
        if KeptFacts._meta.db_table not in connection.introspection.table_names():
            continue  # nothing is migrated yet
        if absent := missing(connection):
            found.append(
                CheckWarning(
                    f"Il manque à la base {len(absent)} déclencheurs : {', '.join(absent[:5])}.",
                    hint="Lancez « manage.py migrate », qui les pose.",
                    id="trainings.W001",
                )
            )
    return found


def _present(connection: BaseDatabaseWrapper) -> list[Source | Shared]:
    """Those of which the table is there: floors may be migrated one by one."""
    there = set(connection.introspection.table_names())
    return [source for source in watched() if source.table in there]


def _names(connection: BaseDatabaseWrapper, source: Source | Shared) -> list[str]:
    name = f"{source.table}_{'told' if isinstance(source, Source) else 'changed'}"
    return [name] if connection.vendor == "postgresql" else [f"{name}_{event}" for event in _events(source)]


def _events(source: Source | Shared) -> tuple[str, ...]:
    """What may change what is read. A row that every organisation reads by some columns alone is named nowhere when it is added, nor any
    more when it goes: an account that opens makes nothing void."""
    return ("update",) if isinstance(source, Shared) and source.columns and not source.organisation else _EVENTS


def _statements(connection: BaseDatabaseWrapper, source: Source | Shared) -> list[tuple[str, str]]:
    """(name of the trigger, SQL that makes it)."""
    of = {event: _event(source, event) for event in _events(source)}
    names = _names(connection, source)
    if connection.vendor != "postgresql":
        return [
            (name, f'CREATE TRIGGER "{name}" AFTER {of[event]} ON "{source.table}" BEGIN {_mark(source, event)} END')
            for name, event in zip(names, of, strict=True)
        ]
    (name,) = names
    body = " ".join(f"IF TG_OP = '{event.upper()}' THEN {_mark(source, event)} END IF;" for event in of)
    return [
        (
            name,
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$; '
            f'CREATE TRIGGER "{name}" AFTER {" OR ".join(of.values())} ON "{source.table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        )
    ]


def _event(source: Source | Shared, event: str) -> str:
    if event != "update" or not source.columns:
        return event.upper()
    columns = ", ".join(f'"{source.model._meta.get_field(name).column}"' for name in source.columns)  # type: ignore[union-attr]
    return f"UPDATE OF {columns}"


def _mark(source: Source | Shared, event: str) -> str:
    """One line for each session, or organisation, concerned: by the row as it was, by the row as it becomes."""
    rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
    if isinstance(source, Source):
        chosen = 'SELECT s."organisation_id", s."id" FROM "trainings_session" s'
    else:
        chosen = f'SELECT o."id", NULL FROM "{Organisation._meta.db_table}" o'  # noqa: S608  (our own names)
        if not source.organisation:
            rows = rows[:1]
    return " ".join(f'INSERT INTO "{_MARKS}" ("organisation_id", "session") {chosen} WHERE {source.finds(row)};' for row in rows)

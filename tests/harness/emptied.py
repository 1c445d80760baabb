"""A test that commits leaves empty tables behind: only those that hold something are emptied."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

# What a migration leaves, and what every test finds.
STAYS = {"django_migrations", "django_content_type", "auth_permission"}


def tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that tests fill."""
    return sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - STAYS)


def filled(connection: BaseDatabaseWrapper, names: list[str]) -> list[str]:
    """Those of these tables that hold a row, in one question."""
    quote = connection.ops.quote_name
    questions = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in names]  # noqa: S608 - names of our tables
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions))
        return [name for (name,) in cursor.fetchall()]


def empty(connection: BaseDatabaseWrapper, names: list[str]) -> None:
    """Empty them in one transaction, at whose end alone the references are looked at: any order does."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in filled(connection, names):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608 - the same


@pytest.fixture(autouse=True, scope="session")
def _full_tables_alone_are_emptied() -> Iterator[None]:
    """In place of `flush`: it empties some hundred tables, and writes kinds of content and permissions again, after each test."""
    known: dict[str, list[str]] = {}

    def teardown(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):
            connection = connections[alias]
            if alias not in known:
                known[alias] = tables(connection)
            empty(connection, known[alias])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield

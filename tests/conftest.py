"""The hostile harness (docs/architecture.md): what every test meets without asking."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

pytest_plugins = [
    "tests.harness.browser",
    "tests.harness.closed",
    "tests.harness.emptied",
    "tests.harness.one_day",
    "tests.harness.pages",
    "tests.harness.postbox",
    "tests.harness.printing",
    "tests.harness.queue",
    "tests.harness.serving",
    "tests.harness.templates",
    "tests.harness.worlds",
]

OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """PostgreSQL does not drop a database that somebody uses: a page that a browser still asked for when its test ended, for one."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(OTHERS)


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test() -> None:
    """What a process keeps to read again goes with the rows it was read from."""
    cache.clear()


def pytest_collection_finish() -> None:
    """What was read to find the tests stays to the end: the collector of cycles need not look through it each time."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a browser shows does not depend on the database: on PostgreSQL it plays the journeys alone."""
    if connection.vendor != "postgresql":
        return
    journeys = config.rootpath / "tests" / "journeys"
    left_out = [item for item in items if item.get_closest_marker("browser") and not item.path.is_relative_to(journeys)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]

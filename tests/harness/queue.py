"""The queue of production, and a worker that one calls."""

from collections.abc import Callable

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


@pytest.fixture
def queue(settings) -> None:
    """Tasks wait in the base for the `worker`, as in production, rather than being done on the spot."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker(queue, monkeypatch) -> Callable[[], None]:
    """Do everything that is ready, as the process of `db_worker` does."""
    # Between two tasks it closes a connection left inside a transaction: here that is the one of the test.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)

    def work() -> None:
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="essai",
            excluded_queue_names=[],
        ).run()
        assert list(DBTaskResult.objects.failed().values_list("exception_class_path", "traceback")) == []

    return work

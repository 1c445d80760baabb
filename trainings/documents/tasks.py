"""Long work on documents, away from the request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django_tasks import task

from qualiopi.background.queries import nobody_at
from trainings.documents.queries import unfinished_batches
from trainings.documents.verbs import run_batch


@task()
def issue_in_background(batch_id: str) -> None:
    """Issue a whole session; the page of the series follows the progress."""
    run_batch(batch_id=UUID(batch_id))


def left_behind(alive: set[UUID]) -> tuple[Any, Iterable[UUID]]:
    """The task that issues a series, and the series that none of these workers issues."""
    return issue_in_background, nobody_at(unfinished_batches(), alive).values_list("pk", flat=True)

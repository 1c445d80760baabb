"""Long work on documents, away from the request."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from trainings.documents.verbs import run_batch


@task()
def issue_in_background(batch_id: str) -> None:
    """Issue a whole session; the page of the series follows the progress."""
    run_batch(batch_id=UUID(batch_id))

"""Long work on packs, away from the request."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from evidence.packs.verbs import build_pack


@task()
def build_in_background(pack_id: str) -> None:
    """Make the pack; its page follows the progress."""
    build_pack(pack_id=UUID(pack_id))

"""Long work on packs, away from the request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django_tasks import task

from evidence.packs.queries import unfinished
from evidence.packs.verbs import build_pack
from qualiopi.background.queries import nobody_at


@task()
def build_in_background(pack_id: str) -> None:
    """Make the pack; its page follows the progress."""
    build_pack(pack_id=UUID(pack_id))


def left_behind(alive: set[UUID]) -> tuple[Any, Iterable[UUID]]:
    """The task that makes a pack, and the packs that none of these workers makes."""
    return build_in_background, nobody_at(unfinished(), alive).values_list("pk", flat=True)

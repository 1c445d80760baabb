"""What an import page proposes to choose from."""

from __future__ import annotations

from typing import Any

from trainings.sessions.models import Session

PROPOSED = 100


def latest_sessions(organisation: Any) -> list[tuple[str, str]]:
    """Reference and course title of the latest sessions, to choose one for a whole file."""
    rows = Session.objects.for_organisation(organisation).order_by("-starts_on", "reference")
    return list(rows.values_list("reference", "course__title")[:PROPOSED])

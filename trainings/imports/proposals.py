"""What an import page proposes to choose from."""

from __future__ import annotations

from typing import Any, ClassVar

from trainings.sessions.models import Session

PROPOSED = 100


class OfOneSession:
    """A table whose lines may all be of one session, chosen on the page when no column says it."""

    takes_session: ClassVar[bool] = True

    @classmethod
    def recent_sessions(cls, organisation: Any) -> list[tuple[str, str]]:
        """Reference and course title of the latest sessions."""
        rows = Session.objects.for_organisation(organisation).order_by("-starts_on", "reference")
        return list(rows.values_list("reference", "course__title")[:PROPOSED])

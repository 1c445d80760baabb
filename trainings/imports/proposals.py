"""A table whose lines are of sessions already known: what it proposes to choose from, and when those sessions are."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from qualiopi.exchange.judgements import filled_down
from qualiopi.exchange.words import clean
from qualiopi.text import comparison_key
from trainings.sessions.models import Session

if TYPE_CHECKING:
    from qualiopi.exchange.judgements.model import Span
    from qualiopi.exchange.reading import Table

PROPOSED = 100


class OfOneSession:
    """A table whose lines may all be of one session, chosen on the page when no column says it."""

    takes_session: ClassVar[bool] = True
    organisation: Any
    options: dict[str, Any]
    heading_of: dict[str, str]

    @classmethod
    def recent_sessions(cls, organisation: Any) -> list[tuple[str, str]]:
        """Reference and course title of the latest sessions."""
        rows = Session.objects.for_organisation(organisation).order_by("-starts_on", "reference")
        return list(rows.values_list("reference", "course__title")[:PROPOSED])

    @cached_property
    def sessions(self) -> dict[str, Session]:
        """The sessions of the organisation, by the comparison key of their reference; asked once."""
        return {comparison_key(session.reference): session for session in Session.objects.for_organisation(self.organisation)}

    @property
    def chosen_session(self) -> Session | None:
        """The session chosen for the lines that name none."""
        reference = clean(self.options.get("session"))
        return self.sessions.get(comparison_key(reference)) if reference else None

    def days_of(self, table: Table) -> list[Span | None]:
        """The first and last day of the session of each row."""
        common = self.chosen_session
        if "session" not in self.heading_of:
            return [_span(common)] * len(table.rows)
        named = (
            filled_down(table.column(self.heading_of["session"])) if common is None else table.column(self.heading_of["session"])
        )
        spans = {}
        for value in set(named):
            session = self.sessions.get(comparison_key(clean(value))) if value else common
            spans[value] = _span(session)
        return [spans[value] for value in named]


def _span(session: Session | None) -> Span | None:
    if session is None or not (session.starts_on or session.ends_on):
        return None
    days = sorted(day for day in (session.starts_on, session.ends_on) if day)
    return days[0], days[-1]

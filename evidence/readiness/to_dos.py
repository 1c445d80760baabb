"""What the first page asks for: one line per indicator, each with the button where it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from evidence.engine.result import Status
from evidence.readiness import links
from evidence.readiness.links import Way
from evidence.readiness.queries import WORST_FIRST, Board
from evidence.readiness.tables import indicator_url
from qualiopi.standard.applicability import Answer


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of "Ce qui m’attend"."""

    title: str
    url: str
    why: str
    status: Status | None
    label: str
    due_on: date | None
    way: Way
    icon: str = "list-check"


def to_dos(board: Board, query: str = "") -> list[ToDo]:
    """One per indicator that asks for something, the worst and the nearest first; those that an answer of the profile decides ask
    for that answer alone, which is one thing."""
    asking = sorted(
        (status for status in board.asking_for if status.applicable is not Answer.UNKNOWN),
        key=lambda status: (WORST_FIRST.index(status.status), status.due_on or board.audit_date, status.number),
    )
    found = []
    for status in asking:
        way = links.next_way(board, status)
        if way is None:
            continue
        page = indicator_url(board.organisation.slug, status.number, query)
        found.append(
            ToDo(
                title=status.next_action,
                url=page,
                why=status.observed or " ".join(status.reasons[:1]) or status.expected,
                status=status.status,
                label=_("Indicateur %(number)s") % {"number": status.number},
                due_on=status.due_on,
                icon=way.icon,
                way=Way(way.label, page + way.url) if way.url.startswith("#") else way,
            )
        )
    return found

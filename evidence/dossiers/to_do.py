"""What is still to be done of one session, worded, and what comes next: the page of a session and the list of sessions say the same."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.dossiers.gestures import Group, Lack, grouped, lacks_of, told
from evidence.dossiers.next_step import Band, main_act
from evidence.dossiers.queries.standing import Standing
from evidence.dossiers.sentences import Counts
from evidence.dossiers.telling import GestureLine, Reach, counts_of, line_of
from trainings.states import CALLED_OFF


@dataclass(frozen=True, slots=True)
class ToDo:
    """Everything that lacks, by gesture, as it is shown; ``band``: what comes next, if the reader may do it."""

    lacks: list[Lack]
    groups: list[Group]
    counts: Counts
    lines: list[GestureLine]
    band: Band | None


def to_do_of(standing: Standing, *, reach: Reach, show_ways: bool) -> ToDo:
    """No query. ``reach`` gives the address of a view, "" for who may not open it."""
    session = standing.session
    held = session.state not in CALLED_OFF
    lacks = lacks_of(session, standing.steps, standing.owed, standing.board, today=standing.today) if held else []
    groups = grouped(lacks)
    counts = counts_of(standing, groups)
    lines = [line_of(group, counts, standing, reach=reach, show_ways=show_ways) for group in told(groups)]
    return ToDo(lacks, groups, counts, lines, main_act(standing, lines, reach=reach))

"""What was seen of one subject for one expectation, before anything is counted; and what was seen of sessions before.

What is seen of a session depends on its row and on what stands around sessions (`Around`), and on no other session: it may be given
again instead of being looked for, while both are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from evidence.engine.facts import Facts
from evidence.engine.result import Mark
from evidence.engine.situation import Situation
from qualiopi.standard.profile import Profile


class People(NamedTuple):
    """Of one session: how many people satisfy, how many count, how many satisfy by a file that nobody has read."""

    satisfied: int
    counted: int
    to_read: int


class More(NamedTuple):
    """What is said beside the mark of some subjects. ``unknown``: how much they weigh among those to clarify; ``lacking``: lines, where
    facts say the contrary; ``used``: documents that count."""

    unknown: int = 0
    unknown_facts: tuple[str, ...] = ()
    clarification: str = ""
    due_on: date | None = None
    items: str = ""
    partly: str = ""
    counts: tuple[int, int] | None = None
    read_by: tuple[str, ...] = ()
    lacking: tuple[str, ...] | None = None
    used: tuple[str, ...] = ()


class Seen(NamedTuple):
    """One subject. ``mark``: None where it is not concerned, or nobody in it counts; ``kept``: the work itself proves it."""

    mark: Mark | None
    kept: bool = False
    people: People | None = None
    more: More | None = None


NOT_CONCERNED = Seen(None)
NOTHING_MORE = More()
# Made once: there is one per subject and expectation.
PLAIN = {(mark, kept): Seen(mark, kept) for mark in Mark for kept in (False, True)}


class Around(NamedTuple):
    """All that may decide what is seen of a session, beside its own row."""

    grid: str
    profile: Profile
    days: tuple[date, date]
    new_categories: tuple[str, ...]
    works_for_others: bool
    # A document linked to a session speaks of its course as well: of that of which sessions, in this order.
    courses: tuple[tuple[str, str], ...]
    lacking: tuple[tuple[tuple[str, str], tuple[str, ...]], ...]
    facts: Facts  # the rest


class Memory:
    """What was seen of sessions: by expectation, by session. Read and filled while one judges; ``looks``: how many were needed."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, Seen]] = {}
        self.looks = 0

    def of(self, expectation: str) -> dict[str, Seen]:
        return self.seen.setdefault(expectation, {})

    def forget(self, sessions: Iterable[str]) -> None:
        """Those whose row is another."""
        for session in sessions:
            for seen in self.seen.values():
                seen.pop(session, None)


def around(situation: Situation) -> Around:
    """What stands around the sessions of a situation. What is remembered is of use in one where this is the same."""
    facts = situation.facts
    linked = {session for document in facts.documents for session in document.session_ids}
    return Around(
        grid=situation.grid.id,
        profile=situation.profile,
        days=(situation.as_of, situation.observed_on),
        new_categories=tuple(sorted(situation.new_categories)),
        works_for_others=any(row.held and row.run_for_another for row in facts.sessions),
        courses=tuple((row.id, row.course_id) for row in facts.sessions if row.id in linked),
        lacking=tuple(sorted((of, tuple(sorted(lines))) for of, lines in facts.lacking.items())),
        facts=replace(facts, sessions=(), lacking={}),
    )

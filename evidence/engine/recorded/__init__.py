"""The facts that prove an expectation by themselves, by subject. A room that is opened later adds its own line.

``RECORDED``: by subject; ``COUNTED``: of each enrolled person, by session; ``ASKED``: of companies, funders and trainers;
``PUBLISHED``: of the organisation itself, by the rates it published.
"""

from collections.abc import Mapping

from evidence.engine.recorded import catalogue, enrolments, people, sessions
from evidence.engine.recorded.proof import Counted, Recorded
from qualiopi.standard.expectations import Expectation

RECORDED: Mapping[str, Recorded] = {**catalogue.RECORDED, **sessions.RECORDED, **people.RECORDED}
COUNTED: Mapping[str, Counted] = enrolments.COUNTED
ASKED = frozenset({"companies_asked", "funders_asked", "teaching_team_asked"})
PUBLISHED = frozenset({"results_indicators_chosen", "results_published", "results_method_shown_2026"})
# What leaves the house dates itself: done today, it proves nothing of a session that has begun.
DATED_BY_THE_ACT = frozenset({"session_joining_instructions"})
# What no document can be linked to here.
_WITHOUT_LINK = frozenset({"site"})


def is_recorded(expectation: Expectation) -> bool:
    """Whether the work itself can prove it here."""
    return any(expectation.key in kept for kept in (RECORDED, COUNTED, ASKED, PUBLISHED))


def comes_too_late(expectation: Expectation) -> bool:
    """Whether doing the work now mends nothing any more: it dates itself, and a late proof is none."""
    return expectation.key in DATED_BY_THE_ACT and not expectation.timing.late_counts


def is_tracked(expectation: Expectation) -> bool:
    """Whether the product can follow it at all: by the work, or by a document linked to something it knows."""
    way = expectation.document
    return is_recorded(expectation) or (way is not None and way.linked_to not in _WITHOUT_LINK)

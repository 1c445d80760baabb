"""Which state may follow which, told as a table; what the dates alone decide."""

from datetime import date

import pytest

from trainings.sessions.models import SessionState as S
from trainings.sessions.rules import may_become, needs_reason, states_by_the_dates

#             draft  planned confirmed running done   closed cancelled postponed
LEGAL = {
    S.DRAFT: ("", "yes", "", "", "", "", "why", ""),
    S.PLANNED: ("yes", "", "yes", "", "", "", "why", "why"),
    S.CONFIRMED: ("", "yes", "", "yes", "", "", "why", "why"),
    S.RUNNING: ("", "", "", "", "yes", "", "why", ""),
    S.DONE: ("", "", "", "yes", "", "yes", "", ""),
    S.CLOSED: ("", "", "", "", "why", "", "", ""),
    S.CANCELLED: ("", "why", "", "", "", "", "", ""),
    S.POSTPONED: ("", "yes", "", "", "", "", "why", ""),
}


@pytest.mark.parametrize("state", list(S))
def test_the_table_of_transitions(state):
    said = tuple(("why" if needs_reason(state, to) else "yes") if may_become(state, to) else "" for to in S)
    assert said == LEGAL[state]


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (S.DRAFT, 10, ()),
        (S.PLANNED, 10, ()),
        (S.CONFIRMED, 6, ()),
        (S.CONFIRMED, 7, (S.RUNNING,)),
        (S.CONFIRMED, 8, (S.RUNNING,)),
        (S.CONFIRMED, 9, (S.RUNNING, S.DONE)),
        (S.RUNNING, 8, ()),
        (S.RUNNING, 9, (S.DONE,)),
        (S.DONE, 20, ()),
        (S.CLOSED, 20, ()),
        (S.CANCELLED, 20, ()),
        (S.POSTPONED, 20, ()),
    ],
)
def test_what_the_dates_decide_of_a_session_of_the_seventh_and_eighth(state, today, expected):
    assert states_by_the_dates(state, date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, today)) == expected


def test_a_session_without_dates_does_not_move_by_itself():
    assert states_by_the_dates(S.CONFIRMED, None, None, date(2026, 9, 7)) == ()


def test_a_session_without_a_last_day_lasts_one_day():
    assert states_by_the_dates(S.RUNNING, date(2026, 9, 7), None, date(2026, 9, 8)) == (S.DONE,)

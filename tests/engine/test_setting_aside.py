"""What a named person sets aside by hand: on which grounds, until when, and what recorded facts say of it."""

from datetime import date
from decimal import Decimal

import pytest

from evidence.engine.facts import HandSet
from evidence.engine.result import Status
from qualiopi.standard.book import expectations
from qualiopi.standard.grids import standard
from tests.engine.builders import AUDIT, FORMER_AUDIT, TODAY, audit, course, facts, indicator, plain, profile, session

FOR_ANOTHER, NO_LONG, NO_ACTIVITY = "all_for_another", "no_long_session", "no_such_activity"
LONG = session("long", hours=Decimal(21))
SHORT = session("short", hours=Decimal(7))
THEIRS = session("theirs", run_for_another=True, client_id="c")
# What a profile leaves open: whether certifying courses exist is not said.
OPEN = profile(certifying=None)


def declared(number, ground, **fields):
    return HandSet(
        **{
            "indicator": number,
            "ground": ground,
            "reason": "Rien de tel.",
            "person": "Maëlle Kerdraon",
            "decided_on": date(2026, 9, 1),
            "until": AUDIT,
            **fields,
        }
    )


def test_only_the_grounds_of_the_standard_exist_and_none_for_what_concerns_everybody():
    """Common scope is set aside on two grounds alone: 1 and 2 where all is run for another, 12 in the former grid."""
    book = expectations()
    open_for = {
        (indicator.number, grid.id): {ground.key for ground in book.grounds_of(indicator.number, grid.id)}
        for grid in standard().grids
        for indicator in grid.indicators
        if indicator.common and book.grounds_of(indicator.number, grid.id)
    }
    assert open_for == {
        (1, "2019"): {FOR_ANOTHER},
        (2, "2019"): {FOR_ANOTHER},
        (1, "2026"): {FOR_ANOTHER},
        (2, "2026"): {FOR_ANOTHER},
        (12, "2019"): {NO_LONG},
    }
    assert {ground.key for ground in book.grounds.values()} == {FOR_ANOTHER, NO_LONG, NO_ACTIVITY}


@pytest.mark.parametrize(
    ("number", "ground", "sessions", "as_of", "open_today", "aside"),
    [
        # everything is run for another organisation
        (1, FOR_ANOTHER, (THEIRS,), AUDIT, True, True),
        (1, FOR_ANOTHER, (THEIRS, SHORT), AUDIT, False, False),
        (2, FOR_ANOTHER, (THEIRS,), AUDIT, True, True),
        (4, FOR_ANOTHER, (THEIRS,), AUDIT, False, False),
        (31, FOR_ANOTHER, (THEIRS,), AUDIT, False, False),
        # nothing lasts longer than two days: the former grid alone
        (12, NO_LONG, (SHORT,), FORMER_AUDIT, True, True),
        (12, NO_LONG, (SHORT, LONG), FORMER_AUDIT, False, False),
        (12, NO_LONG, (SHORT,), AUDIT, False, False),
        # the activity does not exist here
        (14, NO_ACTIVITY, (SHORT,), AUDIT, True, True),
        (16, NO_ACTIVITY, (SHORT,), AUDIT, True, True),
        (16, NO_ACTIVITY, (session("c", course_id="cert"),), AUDIT, False, False),
        # common scope
        (4, NO_ACTIVITY, (), AUDIT, False, False),
        (31, NO_ACTIVITY, (), AUDIT, False, False),
        (27, NO_ACTIVITY, (), AUDIT, False, False),
    ],
)
def test_what_may_be_set_aside_and_what_facts_say_of_it(number, ground, sessions, as_of, open_today, aside):
    certifying = course("cert", certifying=True, archived_on=date(2026, 10, 10))  # sold no more: its sessions alone show it
    who = profile("AF", "CFA", certifying=None) if number == 14 else OPEN
    known = {"sessions": sessions, "courses": (course(), certifying)}
    today = min(as_of, TODAY)
    before = indicator(number, facts(**known), who, as_of=as_of, today=today)
    after = indicator(number, facts(hand_set=(declared(number, ground),), **known), who, as_of=as_of, today=today)
    assert (ground in before.may_set_aside, bool(after.set_by_hand)) == (open_today, aside)


def test_a_fact_that_says_the_contrary_is_told_and_the_indicator_judged():
    known = facts(sessions=(THEIRS, SHORT), hand_set=(declared(1, FOR_ANOTHER),))
    found = indicator(1, known)
    assert found.status is not Status.NOT_APPLICABLE
    assert plain(found.reasons[0]) == (
        "Mis de côté par Maëlle Kerdraon le 1er sept. 2026, jusqu'au 15 déc. 2026. "
        "Toutes nos actions sont menées pour un autre organisme. Rien de tel. "
        "Mais un fait enregistré dit le contraire, et l'emporte : SHORT, Cours c1, 1er au 2 oct. 2026."
    )


@pytest.mark.parametrize(
    ("fields", "audits", "holds"),
    [
        ({}, (audit(),), True),
        ({"until": AUDIT}, (audit(),), True),  # the last day counts
        ({"until": date(2026, 12, 14)}, (audit(),), False),
        ({"profile_changed_since": True}, (audit(),), False),
        ({}, (audit(date(2026, 10, 1)),), False),  # an audit was held since
        ({"decided_on": date(2026, 12, 16)}, (audit(),), False),  # after the audit date
        ({"ground": "not_ours"}, (audit(),), False),
    ],
)
def test_until_when_it_holds(fields, audits, holds):
    known = facts(sessions=(THEIRS,), hand_set=(declared(1, fields.pop("ground", FOR_ANOTHER), **fields),), audits=audits)
    found = indicator(1, known)
    assert ((found.status is Status.NOT_APPLICABLE), bool(found.set_by_hand)) == (holds, holds)
    # The report prints the reasons of what does not apply: the declaration alone.
    assert (found.reasons == (found.set_by_hand,)) is holds


def test_the_rule_is_printed_on_every_indicator():
    assert all("set_aside" in {rule.key for rule in expectations().rules_of(number)} for number in range(1, 34))

"""A new entrant is so by facts: the first session, the first audit, the certificate. And where the period starts."""

from dataclasses import replace
from datetime import date

import pytest

from evidence.engine.facts import AuditKind
from evidence.engine.result import Outcome
from tests.engine.builders import AUDIT, audit, course, facts, indicator, judged, plain, profile, references, session

NEW = profile("AF", new=("AF",))


def world(first_session=None, **fields):
    certified_on = fields.pop("certified_on", None)
    held = (session(first_day=first_session, ended=first_session),) if first_session else ()
    known = facts(**{"audits": (), "sessions": held, **fields})
    return replace(known, organisation=replace(known.organisation, certified_on=certified_on))


@pytest.mark.parametrize(
    ("known", "put_off"),
    [
        (world(date(2026, 10, 2)), True),
        (world(date(2025, 12, 16)), True),
        (world(date(2025, 12, 15)), False),  # a year before the audit
        (world(date(2020, 3, 2)), False),  # the flag outlived its year
        (world(activity_started_on=date(2026, 3, 1)), True),
        (world(activity_started_on=date(2020, 3, 1)), False),
        (world(date(2026, 10, 2), activity_started_on=date(2020, 3, 1)), True),  # a category that begins
        (world(), False),  # nothing says when it began: the flag alone decides nothing
        (world(date(2026, 10, 2), certified_on=date(2026, 11, 1)), False),
        (world(date(2026, 10, 2), certified_on=date(2024, 11, 1)), True),  # begun since the certificate
        (world(date(2026, 10, 2), audits=(audit(date(2026, 11, 2), AuditKind.INITIAL, "AF"),)), False),
    ],
)
def test_who_is_a_new_entrant(known, put_off):
    """What is put off to the surveillance audit for a new entrant: opinions and complaints analysed (32)."""
    assert (judged("feedback_analysed", known, NEW).outcome is Outcome.PUT_OFF) is put_off


def test_without_the_flag_nobody_is():
    assert judged("feedback_analysed", world(date(2026, 10, 2))).outcome is not Outcome.PUT_OFF


@pytest.mark.parametrize(
    ("certified_on", "expected"),
    [
        (None, ["S24", "S25", "S26"]),  # 36 months: one cycle
        (date(2025, 5, 4), ["S25", "S26"]),  # what the visit that led to the certificate saw is not looked at again
        (date(2025, 11, 3), ["S26"]),
        (date(2027, 1, 4), ["S24", "S25", "S26"]),  # after the audit
    ],
)
def test_a_certificate_without_its_audit_bounds_the_period(certified_on, expected):
    held = tuple(session(f"s{year}", date(2000 + year, 6, 2)) for year in (24, 25, 26))
    known = replace(
        facts(audits=(), sessions=held, courses=(course(),)),
        organisation=replace(facts(audits=()).organisation, certified_on=certified_on),
    )
    assert references(judged("session_need_analysed", known, as_of=AUDIT)) == expected


@pytest.mark.parametrize(
    ("certified_on", "said"),
    [
        (
            date(2025, 11, 3),
            "La visite qui a mené au certificat n'est pas notée : la période regardée commence au certificat, le 3 nov. 2025.",
        ),
        (None, "On ne sait pas si un audit a déjà eu lieu : la période regardée est d'un cycle entier."),
    ],
)
def test_where_the_period_starts_is_said(certified_on, said):
    known = facts(audits=())
    known = replace(known, organisation=replace(known.organisation, certified_on=certified_on))
    told = [plain(reason) for reason in indicator(4, known).reasons]
    assert [each for each in told if "période regardée" in each] == [said]

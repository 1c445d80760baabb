"""An audit far ahead: where one stands today, and what will have to be renewed before that day. Both are said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evidence.engine import statuses
from evidence.engine.facts import NetworkFacts
from evidence.engine.result import Outcome, Status, SubjectKind
from qualiopi.standard.grids import grid_for
from tests.engine.builders import course, document, facts, indicator, judged, parties, piece, plain, profile, session, trainer
from tests.engine.test_recorded import sheet
from trainings.facts.rows import Record, SubcontractorRow

TODAY = date(2026, 11, 23)
FAR = date(2028, 1, 20)  # fourteen months ahead
SOON = date(2026, 12, 15)


def far(key, known, who=None, *, as_of=FAR, today=TODAY):
    return judged(key, known, who, as_of=as_of, today=today)


def told(result):
    """Until when, and from when again."""
    return [(one.until, one.again_from) for one in result.renewals]


def watch(on, **fields):
    return facts(documents=(piece("watch_log", 23, on, **fields),))


@pytest.mark.parametrize(
    ("on", "as_of", "outcome", "renewal"),
    [
        # A watch of the last twelve months: good until its anniversary, and to be done again in the year before the audit.
        (date(2026, 10, 1), FAR, Outcome.DEMONSTRABLE, [(date(2027, 9, 30), date(2027, 1, 21))]),
        (date(2025, 11, 24), FAR, Outcome.DEMONSTRABLE, [(date(2026, 11, 23), date(2027, 1, 21))]),
        (date(2025, 11, 23), FAR, Outcome.INSUFFICIENT, []),  # a year old today
        (date(2026, 10, 1), SOON, Outcome.DEMONSTRABLE, []),  # not due again by then
        (date(2025, 12, 1), SOON, Outcome.DEMONSTRABLE, [(date(2026, 11, 30), TODAY)]),
        (date(2026, 10, 1), TODAY, Outcome.DEMONSTRABLE, []),
        (date(2026, 10, 1), date(2026, 10, 20), Outcome.DEMONSTRABLE, []),  # an audit gone by
    ],
)
def test_a_recurring_piece(on, as_of, outcome, renewal):
    found = far("legal_watch_kept", watch(on), as_of=as_of)
    assert (found.outcome, told(found)) == (outcome, renewal)


def test_the_two_readings_of_one_indicator_are_both_said():
    found = indicator(23, watch(date(2026, 10, 1)), as_of=FAR, today=TODAY)
    assert "Rien n'est enregistré pour cet indicateur." not in [plain(reason) for reason in found.reasons]
    assert [(one.expectation_key, plain(one.sentence)) for one in found.renewals] == [
        (
            "legal_watch_kept",
            "Tableau de veille daté : compte jusqu'au 30 sept. 2027, à renouveler entre le 21 janv. 2027 et l'audit.",
        )
    ]


def test_what_may_be_renewed_at_once_needs_no_day():
    found = far("legal_watch_kept", watch(date(2025, 12, 1)), as_of=SOON)
    assert [plain(one.sentence) for one in found.renewals] == [
        "Tableau de veille daté : compte jusqu'au 30 nov. 2026, à renouveler avant l'audit."
    ]


def reviewed(**fields):
    return facts(documents=(piece("internal_rules", 9, **{"on": date(2025, 3, 1), **fields}),))


@pytest.mark.parametrize(
    ("known", "outcome", "renewal"),
    [
        (reviewed(), Outcome.DEMONSTRABLE, []),  # three years: not before the audit
        (reviewed(on=date(2024, 12, 31)), Outcome.DEMONSTRABLE, [(date(2027, 12, 30), date(2025, 1, 21))]),
        (reviewed(on=date(2024, 12, 31), reviewed_on=date(2026, 2, 1)), Outcome.DEMONSTRABLE, []),
        (reviewed(valid_until=date(2027, 6, 30)), Outcome.DEMONSTRABLE, [(date(2027, 6, 30), date(2025, 1, 21))]),
        (reviewed(valid_until=date(2026, 11, 22)), Outcome.INSUFFICIENT, []),  # expired yesterday
        (reviewed(on=date(2023, 11, 23)), Outcome.AT_RISK, []),  # old already: told as old
    ],
)
def test_a_piece_to_review_or_to_replace(known, outcome, renewal):
    found = far("internal_rules_in_force", known)
    expected = [(until, max(since, TODAY)) for until, since in renewal]
    assert (found.outcome, told(found)) == (outcome, expected)


def test_a_version_of_the_network_that_waits_to_be_adopted():
    waiting = NetworkFacts(adopted_on=date(2026, 1, 5), newer_version_on=date(2026, 11, 1))
    known = facts(documents=(piece("complaint_procedure", 31, network=waiting),))
    assert told(far("complaint_procedure_known", known)) == [(date(2026, 12, 31), TODAY)]


@pytest.mark.parametrize(
    ("key", "known", "who", "renewal"),
    [
        (
            "staff_development_done",
            facts(
                trainers=(
                    trainer(first_session_on=date(2020, 1, 6), records=(Record("training", frozenset(), date(2025, 5, 6)),)),
                )
            ),
            None,
            ["Nom t1 2027-05-05"],
        ),
        (
            "public_information_proofread",
            facts(courses=(course(sheet=sheet(proofread_on=date(2026, 9, 7), said_alike=True)),)),
            None,
            ["Cours c1 2027-09-06"],
        ),
        (
            "subcontractor_checked",
            facts(
                sessions=(session(given_to_id="sub"),),
                subcontractors=(SubcontractorRow(id="sub", name="Sub", checked_on=date(2026, 5, 4)),),
            ),
            profile(subcontracts_out=True),
            ["Sub 2027-05-03"],
        ),
        (
            "funders_asked",
            facts(
                sessions=(session(funder_ids=("opco", "region")),),
                funders=tuple(
                    one._replace(asked_on=date(2026, 3 + place, 2)) for place, one in enumerate(parties("Opco", "Region"))
                ),
            ),
            None,
            ["Opco 2027-03-01", "Region 2027-04-01"],
        ),
        (
            # One by an exchange that is filed, the other by an invitation.
            "funders_asked",
            facts(
                sessions=(session(funder_ids=("opco", "region")),),
                funders=tuple(
                    one._replace(asked_on=date(2026, 4, 2) if one.id == "region" else None) for one in parties("Opco", "Region")
                ),
                documents=(piece("funder_exchange", 30, date(2026, 5, 4), party_ids=("opco",)),),
            ),
            None,
            ["Opco 2027-05-03", "Region 2027-04-01"],
        ),
    ],
)
def test_each_subject_has_its_own_day(key, known, who, renewal):
    found = far(key, known, who)
    assert found.outcome is Outcome.DEMONSTRABLE
    assert [f"{one.subject.label} {one.until}" for one in found.renewals] == renewal


def test_what_is_dated_once_for_all_is_never_to_be_renewed():
    known = facts(documents=(document("need_analysis", date(2026, 9, 1), session_ids=("s1",)),))
    found = far("session_need_analysed", known)
    assert (found.outcome, found.renewals) == (Outcome.DEMONSTRABLE, ())


@pytest.mark.parametrize("number", [2, 18])
def test_no_recent_session_by_then_is_no_unknown(number):
    """Twelve months are those before the day of reading: sessions of this year are seen."""
    far_ahead, today = (indicator(number, facts(), as_of=as_of, today=TODAY) for as_of in (FAR, TODAY))
    assert (far_ahead.status, far_ahead.reasons) == (today.status, today.reasons)
    assert far_ahead.status is not Status.CANNOT_BE_JUDGED


def test_something_recorded_too_long_ago_is_not_nothing():
    assert [plain(reason) for reason in indicator(23, watch(date(2024, 1, 8))).reasons][:1] == [
        "Ce qui est enregistré ne compte pas, ou plus, à cette date."
    ]
    assert [plain(reason) for reason in indicator(23, facts()).reasons][:1] == ["Rien n'est enregistré pour cet indicateur."]


def test_how_far_the_audit_is_does_not_change_where_one_stands():
    known = replace(watch(date(2026, 10, 1)), hand_set=())
    read = [
        [(one.number, one.status) for one in statuses(grid_for(day), profile(), known, as_of=day, observed_on=TODAY)]
        for day in (TODAY, SOON, FAR, FAR + timedelta(days=700))
    ]
    assert read[1:] == read[:1] * 3


def test_a_renewal_names_its_subject():
    [one] = far("legal_watch_kept", watch(date(2026, 10, 1))).renewals
    assert (one.subject.kind, one.subject.label) == (SubjectKind.ORGANISATION, "Tableau de veille daté")

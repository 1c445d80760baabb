"""Contracts, certificates, titles and rights that end between today and the audit: told with their last day."""

from datetime import date, timedelta

import pytest

from evidence.engine.endings import held_until
from evidence.engine.result import SubjectKind
from tests.engine.builders import course, facts, indicator, judged, plain, profile, session, trainer
from trainings.facts.rows import Contract, Record, Right, SubcontractorRow

TODAY = date(2026, 11, 23)
EVE, SOON, FAR = TODAY - timedelta(days=1), date(2027, 3, 31), date(2028, 1, 20)
LONG_AGO = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("periods", "until"),
    [
        ([], EVE),
        ([(LONG_AGO, None)], None),
        ([(LONG_AGO, SOON)], SOON),
        ([(None, SOON)], SOON),
        ([(LONG_AGO, EVE)], EVE),  # over
        ([(LONG_AGO, TODAY)], TODAY),
        ([(TODAY + timedelta(days=1), SOON)], EVE),  # not begun
        ([(LONG_AGO, SOON), (date(2027, 4, 1), FAR)], FAR),  # one after the other
        ([(date(2027, 4, 1), FAR), (LONG_AGO, SOON)], FAR),
        ([(LONG_AGO, SOON), (date(2027, 4, 2), FAR)], SOON),  # a day between them
        ([(LONG_AGO, SOON), (date(2027, 1, 1), None)], None),
        ([(date(2024, 2, 29), date(2028, 2, 29))], date(2028, 2, 29)),
    ],
)
def test_until_when_periods_hold(periods, until):
    assert held_until(periods, TODAY) == until


def told(key, known, who=None, *, as_of=FAR):
    found = judged(key, known, who, as_of=as_of, today=TODAY)
    return [(plain(one.sentence), one.until, one.again_from) for one in found.renewals]


def contract(until, start=LONG_AGO, **fields):
    said = {"signed_on": LONG_AGO, "lists_missions": True, "keeps_to_standard": True}
    return Contract(**{"id": f"{start}-{until}", "valid_from": start, "valid_until": until, **said, **fields})


def given(*contracts, cpf=False, **fields):
    """A session of last month, given to a subcontractor with these contracts."""
    return facts(
        sessions=(session(given_to_id="st", enrolled_cpf_only=cpf),),
        subcontractors=(SubcontractorRow("st", "Formations de la Fiction", contracts, **fields),),
    )


@pytest.mark.parametrize(
    ("contracts", "as_of", "until"),
    [
        ([contract(SOON)], FAR, SOON),
        ([contract(SOON)], SOON, None),  # it still holds on the day of the audit
        ([contract(SOON)], SOON + timedelta(days=1), SOON),
        ([contract(TODAY)], FAR, TODAY),
        ([contract(None)], FAR, None),
        ([contract(SOON)], EVE, None),  # an audit gone by
        ([contract(SOON), contract(FAR, date(2027, 4, 1))], FAR, None),
        ([contract(SOON), contract(FAR, date(2027, 4, 1), signed_on=date(2027, 3, 1))], FAR, SOON),  # not signed yet
        ([contract(SOON, lists_missions=False)], FAR, None),
    ],
)
def test_contracts(contracts, as_of, until):
    sentence = (
        f"Formations de la Fiction, contrat : compte jusqu'au {'31 mars 2027' if until == SOON else '23 nov. 2026'}, à renouveler"
    )
    found = told("session_subcontract_on_file", given(*contracts), profile(subcontracts_out=True), as_of=as_of)
    assert found == ([] if until is None else [(f"{sentence} avant l'audit.", until, TODAY)])


@pytest.mark.parametrize(
    ("cpf", "fields", "until"),
    [
        (True, {"certified_until": SOON}, SOON),
        (True, {"certified_from": LONG_AGO, "certified_until": SOON}, SOON),
        (False, {"certified_until": SOON}, None),  # outside the CPF no certificate is asked
        (True, {"certified_until": SOON, "exempted": True}, None),
        (True, {"certified_until": FAR}, None),
        (True, {}, None),
    ],
)
def test_certificates_of_those_whom_the_cpf_pays(cpf, fields, until):
    known = given(contract(None), cpf=cpf, checked_on=date(2026, 11, 1), **fields)
    found = told("subcontractor_checked", known, profile(subcontracts_out=True))
    assert [day for sentence, day, _from in found if "certificat Qualiopi" in sentence] == ([] if until is None else [until])


def title(until, words="secours", **fields):
    said = {"kind": "qualification", "dated_on": LONG_AGO, "title": words.title()} | fields
    return Record(words=frozenset({words}), valid_until=until, **said)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([title(SOON)], ["Nom t1, Secours"]),
        ([title(SOON), title(FAR)], []),  # renewed already
        ([title(None)], []),
        ([title(EVE)], []),  # over: it is told as such, today
        ([title(SOON), title(date(2027, 1, 31), "tests")], ["Nom t1, Tests", "Nom t1, Secours"]),
        ([title(SOON, kind="cv")], []),
        ([title(SOON), title(FAR, dated_on=date(2027, 2, 1))], ["Nom t1, Secours"]),  # not had yet
    ],
)
def test_titles_of_trainers(records, expected):
    known = facts(
        courses=(course(required=frozenset({"secours"})),), trainers=(trainer(records=tuple(records)),), sessions=(session(),)
    )
    found = told("trainer_qualified_on_session_days", known)
    assert [sentence.partition(" : ")[0] for sentence, *_days in found] == expected


@pytest.mark.usefixtures("additions_always_asked")
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"rights": (Right(LONG_AGO, SOON),)}, [("habilitation", SOON)]),
        ({"rights": (Right(LONG_AGO, SOON), Right(date(2027, 4, 1), None))}, []),
        ({"rights": (Right(LONG_AGO, None),), "registered_until": date(2027, 6, 30)}, [("enregistrement", date(2027, 6, 30))]),
        (
            {"rights": (Right(LONG_AGO, SOON),), "registered_until": date(2027, 6, 30)},
            [("habilitation", SOON), ("enregistrement", date(2027, 6, 30))],
        ),
        ({"rights": (Right(LONG_AGO, SOON),), "archived_on": EVE}, []),
        ({"rights": (Right(LONG_AGO, FAR),)}, []),
    ],
)
def test_rights_to_prepare_for_a_certification(fields, expected):
    known = facts(courses=(course(certifying=True, registered_on=LONG_AGO, **fields),), sessions=(session(),))
    found = told("certification_right_2026", known, profile(certifying=True))
    assert [(sentence.partition(", ")[2].split()[0], day) for sentence, day, _from in found] == expected


def test_what_ends_changes_no_status_and_names_its_subject():
    known = given(contract(SOON))
    today, far = (indicator(27, known, profile(subcontracts_out=True), as_of=day, today=TODAY) for day in (TODAY, FAR))
    assert (today.status, today.reasons, today.renewals) == (far.status, far.reasons, ())
    [one] = [one for one in far.renewals if one.expectation_key == "session_subcontract_on_file"]
    assert (one.subject.kind, one.subject.label) == (SubjectKind.SUBCONTRACTOR, "Formations de la Fiction")

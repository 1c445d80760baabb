"""What is recorded says the contrary, a file says yes: which one wins. And what a file is worth that nobody has read."""

from dataclasses import replace
from datetime import date

import pytest

from evidence.engine.facts import Audience, Modality
from evidence.engine.result import Mark, Outcome
from tests.engine.builders import (
    answered,
    course,
    document,
    facts,
    indicator,
    judged,
    parties,
    piece,
    plain,
    profile,
    session,
    sessions,
    unanswered,
    work,
)
from tests.engine.lived import FIRST, LAST, mark
from tests.engine.test_recorded import REGISTER, sheet
from trainings.facts.rows import Asked, Contract, People, Right, Version

GOOD, RISK, BAD = Outcome.DEMONSTRABLE, Outcome.AT_RISK, Outcome.INSUFFICIENT
OTHERWISE = sheet(proofread_on=date(2026, 9, 1), said_alike=False)  # its places don't say the same
BEGUN = {**REGISTER, "lines": 3, "lines_expected": 12, "countersigned": 0}


def lacking(gap):
    return Version(date(2026, 1, 1), frozenset({gap}))


def of_session(kind, **fields):
    on = fields.pop("on", LAST)
    return document(kind, on, session_ids=("s1",), **fields)


def with_work(*documents, session_fields=(), **fields):
    return facts(sessions=(session(work=work(**fields), **dict(session_fields)),), documents=documents)


@pytest.mark.parametrize(
    ("key", "kind", "recorded", "on", "expected"),
    [
        # nothing recorded: the file proves; something recorded says the contrary: it does not
        ("attendance_and_follow_up_traced", "attendance_sheet", {}, LAST, Mark.SATISFIED),
        ("attendance_and_follow_up_traced", "attendance_sheet", BEGUN, LAST, Mark.MISSING),
        ("attendance_and_follow_up_traced", "attendance_sheet", {**REGISTER, "countersigned": 3}, LAST, Mark.MISSING),
        ("session_need_analysed", "need_analysis", {}, date(2026, 9, 1), Mark.SATISFIED),
        ("session_need_analysed", "need_analysis", {"needs": People(5, date(2026, 9, 1))}, date(2026, 9, 1), Mark.MISSING),
        ("session_learning_evaluated", "learning_evaluation", {"evaluated": People(7, LAST)}, LAST, Mark.MISSING),
        ("end_certificates_issued", "completion_certificate", {"certified": People()}, LAST, Mark.SATISFIED),
        ("end_certificates_issued", "completion_certificate", {"certified": People(7, LAST)}, LAST, Mark.MISSING),
    ],
)
def test_a_recorded_fact_that_says_the_contrary_outranks_a_file(key, kind, recorded, on, expected):
    assert mark(judged(key, with_work(of_session(kind, on=on), **recorded))) is expected


def test_a_scan_of_one_half_day_does_not_cover_a_register_hardly_begun():
    """Three presences of twelve, none countersigned: insufficient before the scan, and after."""
    scan = of_session("attendance_sheet")
    assert [indicator(10, with_work(*files, **BEGUN)).status.value for files in ((), (scan,))] == ["insufficient", "insufficient"]


@pytest.mark.usefixtures("additions_always_asked")
def test_minutes_followed_by_some_at_a_distance():
    known = with_work(
        of_session("connection_report"),
        session_fields={"modality": Modality.REMOTE},
        **REGISTER,
        remote_held=4,
        remote_expected=32,
        lines_timed=31,
    )
    assert mark(judged("remote_following_verified_2026", known, profile(remote=True))) is Mark.MISSING


@pytest.mark.parametrize(
    ("key", "kind", "fields", "expected"),
    [
        ("public_sheet_complete", "programme_sheet", {}, Mark.SATISFIED),
        ("public_sheet_complete", "programme_sheet", {"sheet": sheet(["price"])}, Mark.MISSING),
        ("certifying_sheet_complete", "programme_sheet", {"certification": frozenset({"certifier"})}, Mark.MISSING),
        ("public_information_proofread", "public_page_capture", {"sheet": OTHERWISE}, Mark.MISSING),
        ("course_objectives_evaluable", "detailed_programme", {"programme": lacking("objectives")}, Mark.MISSING),
        ("course_programme_designed", "detailed_programme", {"programme": lacking("sequences")}, Mark.MISSING),
    ],
)  # fmt: skip
def test_what_is_written_of_a_course_outranks_its_files(key, kind, fields, expected):
    known = facts(courses=(course(certifying=True, **fields),), documents=(document(kind, course_ids=("c1",)),))
    assert mark(judged(key, known, profile(certifying=True))) is expected


@pytest.mark.usefixtures("additions_always_asked")
@pytest.mark.parametrize(
    ("registered_until", "expected"),
    [(date(2026, 9, 30), Mark.MISSING), (date(2027, 1, 1), Mark.SATISFIED), (None, Mark.SATISFIED)],
)
def test_a_registration_that_ended_outranks_an_accreditation_filed(registered_until, expected):
    fields = {
        "registered_on": date(2020, 1, 1),
        "registered_until": registered_until,
        "rights": (Right(date(2020, 1, 1), date(2020, 2, 1)),),
    }
    known = facts(
        courses=(course(certifying=True, **fields),), documents=(document("accreditation", date(2026, 1, 1), course_ids=("c1",)),)
    )
    assert mark(judged("certification_right_2026", known, profile(certifying=True))) is expected


# -- to be read --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "outcome", "expected"),
    [
        ({"accepted": True}, GOOD, Mark.SATISFIED),
        ({"accepted": False}, RISK, Mark.TO_READ),
    ],
)
def test_a_file_that_nobody_has_read_is_at_best_at_risk(fields, outcome, expected):
    found = judged("attendance_and_follow_up_traced", with_work(of_session("attendance_sheet", **fields)))
    assert (found.outcome, mark(found)) == (outcome, expected)


@pytest.mark.parametrize(
    ("ticked", "outcome"),
    [
        ((), RISK),
        (("tool", "moment", "prerequisites_check"), RISK),
        (("tool", "moment", "prerequisites_check", "what_is_done_with_it"), GOOD),
    ],
)
def test_ticked_means_all_its_lines(ticked, outcome):
    known = facts(documents=(piece("positioning_procedure", 8, accepted=False, contents=frozenset(ticked)),))
    assert judged("positioning_procedure", known).outcome is outcome


@pytest.mark.parametrize(("unread", "outcome"), [(0, GOOD), (1, GOOD), (2, GOOD), (3, RISK), (20, RISK)])
def test_it_caps_its_own_subject_and_not_the_whole_share(unread, outcome):
    """Demonstrable from nine in ten: two unread sheets of twenty leave eighteen that were read."""
    twenty = sessions(20)
    sheets = tuple(
        document("survey_answers", one.last_day, id=f"d{place}", session_ids=(one.id,), accepted=place >= unread)
        for place, one in enumerate(twenty)
    )
    bare = tuple(one._replace(asked=Asked(one.last_day)) for one in twenty)
    found = judged("session_has_answers", facts(sessions=bare, documents=sheets))
    assert (found.outcome, found.n, found.marks.count(Mark.TO_READ)) == (outcome, 20, unread)


def test_who_reads_says_how_many_and_what_to_do():
    found = judged("attendance_and_follow_up_traced", with_work(of_session("attendance_sheet", accepted=False)))
    assert plain(found.reasons[-1]) == "Une pièce est à relire : personne ne l'a encore acceptée ni n'en a coché les rubriques."
    assert found.next_action == "Relisez les pièces déposées, et acceptez celles qui prouvent."


@pytest.mark.parametrize(("accepted", "outcome"), [((True,), GOOD), ((False,), RISK), ((False, True), GOOD)])
def test_pieces_of_the_organisation(accepted, outcome):
    documents = tuple(piece("internal_rules", 9, id=str(place), accepted=one) for place, one in enumerate(accepted))
    assert judged("internal_rules_in_force", facts(documents=documents)).outcome is outcome


@pytest.mark.parametrize(("accepted", "outcome"), [(True, GOOD), (False, RISK)])
def test_a_summary_asked_of_companies_and_results_published(accepted, outcome):
    summary = piece("survey_summary", 30, audience=Audience.COMPANY, accepted=accepted)
    known = facts(sessions=(session(company_ids=("a",)),), companies=parties("A"), documents=(summary,))
    page = facts(documents=(piece("results_page", 2, accepted=accepted),))
    assert (judged("companies_asked", known).outcome, judged("results_published", page).outcome) == (outcome, outcome)


@pytest.mark.parametrize(
    ("clause", "filed", "expected"), [(True, False, Mark.SATISFIED), (False, True, Mark.MISSING), (None, True, Mark.SATISFIED)]
)
def test_a_contract_in_force_without_its_clause(clause, filed, expected):
    held = () if clause is None else (Contract("k1", date(2026, 1, 5), date(2026, 1, 5), None, True, clause),)
    from tests.engine.test_recorded_people import OUT, given

    known = given(contracts=held, session_fields={"first_day": date(2026, 11, 2), "ended": date(2026, 11, 3)})
    if filed:
        known = replace(known, documents=(document("subcontract_clause", date(2026, 2, 1), subcontractor_ids=("externe",)),))
    assert mark(judged("subcontract_traces_compliance_2026", known, OUT)) is expected


def test_an_acceptance_counts_for_an_audit_gone_by():
    read = of_session("attendance_sheet")._replace(reviewed_on=date(2026, 11, 20))
    assert judged("attendance_and_follow_up_traced", with_work(read), as_of=date(2026, 10, 31)).outcome is GOOD


# -- dates that can't be ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "kind", "on", "expected"),
    [
        ("attendance_and_follow_up_traced", "attendance_sheet", date(2026, 5, 4), Mark.MISSING),
        ("attendance_and_follow_up_traced", "attendance_sheet", FIRST, Mark.SATISFIED),
        ("session_need_analysed", "need_analysis", date(2019, 9, 30), Mark.MISSING),
        ("session_need_analysed", "need_analysis", date(2025, 10, 1), Mark.SATISFIED),
        ("candidates_presented_properly", "exam_records", date(2026, 9, 30), Mark.TO_COME),
        ("session_subcontract_on_file", "subcontract", date(2019, 1, 1), Mark.SATISFIED),  # contracts are free
    ],
)
def test_a_file_dated_before_what_it_proves(key, kind, on, expected):
    known = replace(
        with_work(of_session(kind, on=on), session_fields={"given_to_id": "x"}, candidates=3),
        courses=(course(certifying=True),),
    )
    assert mark(judged(key, known, profile(certifying=True, subcontracts_out=True))) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 5, 4), date(2026, 5, 6), Mark.MISSING),
        (date(2026, 5, 4), LAST, Mark.SATISFIED),
        (LAST, LAST, Mark.SATISFIED),
        (None, None, Mark.SATISFIED),
    ],
)
def test_answers_given_before_the_session(first, last, expected):
    known = facts(sessions=(session(asked=answered(first_on=first, last_on=last)),))
    assert mark(judged("session_has_answers", known)) is expected


@pytest.mark.parametrize(("on", "n"), [(date(2026, 11, 23), 1), (date(2026, 11, 24), 0), (date(2026, 12, 14), 0)])
def test_minutes_dated_tomorrow_are_no_proof_today(on, n):
    known = facts(documents=(piece("meeting_minutes", 18, on),), has_other_staff=True)
    assert judged("coordination_traced", known).n == n


@pytest.mark.parametrize(("last_on", "n"), [(date(2026, 9, 30), 0), (FIRST, 8)])
def test_certificates_issued_before_the_first_day(last_on, n):
    assert judged("end_certificates_issued", with_work(certified=People(8, last_on))).n == n


# -- documents that the guide accepts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("welcome_booklet", {}, ["S1", "S2"]),
        ("welcome_booklet", {"accepted": False}, []),  # nobody has read it
        ("welcome_booklet", {"on": FIRST}, []),  # the day they began, it is too late for both
        ("welcome_booklet", {"valid_until": date(2026, 9, 30)}, []),
        ("welcome_booklet", {"indicators": frozenset({10})}, []),
        ("joining_instructions", {}, []),  # a letter is to somebody
        ("welcome_booklet", {"session_ids": ("s1",)}, ["S1"]),  # it names its session
    ],
)
def test_a_booklet_given_to_all(kind, fields, expected):
    booklet = document(kind, **{"on": date(2026, 1, 5), "indicators": frozenset({9}), **fields})
    found = judged("session_joining_instructions", facts(sessions=(session("s1"), session("s2")), documents=(booklet,)))
    assert [subject.reference for subject in found.having(Mark.SATISFIED)] == expected


def test_what_was_sent_to_some_says_the_contrary_of_a_booklet():
    booklet = piece("welcome_booklet", 9, date(2026, 1, 5))
    known = with_work(booklet, told=People(5, date(2026, 9, 1)))
    assert mark(judged("session_joining_instructions", known)) is Mark.MISSING


@pytest.mark.parametrize(("accepted", "n", "outcome"), [(True, 8, GOOD), (False, 8, RISK)])
def test_results_by_objective_by_the_evaluations_that_were_kept(accepted, n, outcome):
    known = with_work(of_session("learning_evaluation", accepted=accepted), by_objective=People())
    found = judged("trainee_results_by_objective", known)
    assert (found.n, found.outcome) == (n, outcome)


@pytest.mark.parametrize("key", ["trainees_asked", "session_has_answers"])
def test_a_synthesis_of_surveys_speaks_of_the_sessions_it_names(key):
    summary = piece("survey_summary", 30, date(2026, 11, 2), session_ids=("s1",))
    known = facts(sessions=(unanswered(session("s1")), unanswered(session("s2"))), documents=(summary,))
    found = judged(key, known)
    assert [subject.reference for subject in found.having(Mark.SATISFIED)] == ["S1"]

"""Which expectations are asked: grid, category, condition, new entrant, phase; and what contradicts the profile."""

from datetime import date, timedelta

import pytest

from evidence.engine.facts import AuditKind, Modality
from evidence.engine.result import Mark, Outcome, Status
from qualiopi.standard.profile import Profile
from tests.engine.builders import (
    AUDIT,
    FORMER_AUDIT,
    QUIET,
    audit,
    course,
    document,
    facts,
    indicator,
    judged,
    piece,
    plain,
    profile,
    references,
    results,
    session,
    trainer,
    unanswered,
    work,
)


@pytest.mark.parametrize(
    ("as_of", "keys"),
    [
        (FORMER_AUDIT, ["dropout_prevention_written", "absences_and_dropouts_followed"]),
        (
            AUDIT,
            [
                "dropout_prevention_written",
                "absences_and_dropouts_followed",
                "violence_procedure_2026",
                "violence_reports_handled_2026",
            ],
        ),
    ],
)
def test_the_grid_of_the_audit_chooses(as_of, keys):
    long_one = session(hours=21)
    assert list(results(facts(sessions=(long_one,)), 12, as_of=as_of)) == keys


@pytest.mark.parametrize(
    ("categories", "keys"),
    [
        (("BC",), ["trainees_asked", "session_has_answers", "non_respondents_reminded"]),
        (("VAE",), ["trainees_asked", "session_has_answers", "companies_asked", "funders_asked", "non_respondents_reminded"]),
    ],
)
def test_a_category_not_held_is_not_asked_about(categories, keys):
    assert list(results(facts(courses=(course(category=None),)), 30, profile(*categories))) == keys


def test_subjects_of_other_categories_do_not_count():
    known = facts(
        courses=(course("c1", category="AF"), course("c2", category="BC")),
        sessions=(session("s1"), session("s2", course_id="c2")),
    )
    assert references(judged("session_positioning_done", known, profile("AF", "BC"))) == ["S1"]
    assert references(judged("session_need_analysed", known, profile("AF", "BC"))) == ["S1", "S2"]


def test_a_course_without_category_has_the_only_one_held():
    known = facts(courses=(course(category=None),))
    assert references(judged("session_positioning_done", known, profile("AF"))) == ["S1"]


def test_a_course_without_category_leaves_a_doubt_when_several_are_held():
    known = facts(courses=(course(category=None),))
    found = judged("session_positioning_done", known, profile("AF", "BC"))
    assert (found.outcome, found.marks, found.d) == (Outcome.CANNOT_BE_JUDGED, (Mark.TO_CLARIFY,), 0)
    assert [plain(reason) for reason in found.reasons] == ["Catégorie d'action à préciser."]
    assert plain(found.next_action) == "Indiquez la catégorie d'action de chaque formation."


def test_without_categories_only_what_depends_on_them_is_in_doubt():
    known = facts(courses=(course(category=None),))
    nothing_said = Profile(**QUIET)
    assert references(judged("session_need_analysed", known, nothing_said)) == ["S1"]
    assert judged("session_positioning_done", known, nothing_said).outcome is Outcome.CANNOT_BE_JUDGED
    found = judged("positioning_procedure", known, nothing_said)
    assert (found.outcome, plain(found.next_action)) == (
        Outcome.CANNOT_BE_JUDGED,
        "Indiquez vos catégories d'actions dans le profil.",
    )
    assert indicator(8, known, nothing_said).applicable == "unknown"


@pytest.mark.parametrize(
    ("said", "modality", "outcome"),
    [
        (False, Modality.ON_SITE, None),
        (False, Modality.REMOTE, Outcome.INSUFFICIENT),
        (None, Modality.MIXED, Outcome.INSUFFICIENT),
        (None, Modality.ON_SITE, Outcome.CANNOT_BE_JUDGED),
        (None, None, Outcome.CANNOT_BE_JUDGED),
        (True, Modality.ON_SITE, Outcome.INSUFFICIENT),
    ],
)
def test_a_profile_condition_gives_way_to_facts_that_show_yes(said, modality, outcome):
    found = results(facts(sessions=(session(modality=modality),)), 19, profile(remote=said)).get("remote_assistance_described")
    assert (found.outcome if found else None) is outcome


def test_the_contradiction_is_printed():
    known = facts(sessions=(session(modality=Modality.REMOTE),))
    sentence = (
        "Le profil ne dit pas que vous formez à distance, mais au moins une session est à distance ou mixte : "
        "S1, Cours c1, 1er au 2 oct. 2026."
    )
    assert sentence in [plain(reason) for reason in indicator(19, known, profile(remote=False)).reasons]
    assert sentence not in [plain(reason) for reason in indicator(19, known, profile(remote=True)).reasons]


def test_an_unknown_profile_fact_names_what_to_fill_in():
    found = judged("remote_assistance_described", facts(), profile(remote=None))
    assert [plain(reason) for reason in found.reasons] == [
        "À préciser dans le profil : formez-vous à distance, en tout ou partie ?"
    ]


@pytest.mark.parametrize(
    ("number", "courses", "fields", "said"),
    [
        (3, {"certifying": True}, {}, "certifiante : Cours c1."),
        (7, {"certifying": True}, {}, "certifiante : Cours c1."),
        (16, {"certifying": True}, {}, "certifiante : Cours c1."),
        (27, {}, {"given_to_id": "x"}, "le montre : S1, Cours c1, 1er au 2 oct. 2026."),
        (28, {}, {"workplace_periods": True}, "en comprend : S1, Cours c1, 1er au 2 oct. 2026."),
        (13, {}, {"work_study": True}, "en alternance : S1, Cours c1, 1er au 2 oct. 2026."),
    ],
)
@pytest.mark.parametrize("said_no", [False, None])
def test_facts_win_over_a_no_of_the_profile(number, courses, fields, said, said_no):
    """The indicator is judged, and says which fact contradicts the profile."""
    known = facts(courses=(course(**courses),), sessions=(session(**fields),))
    flags = ("certifying", "subcontracts_out", "salary_portage", "work_based", "work_study")
    found = indicator(number, known, profile(**dict.fromkeys(flags, said_no)))
    assert (found.applicable, found.status in (Status.INSUFFICIENT, Status.AT_RISK, Status.CANNOT_BE_JUDGED)) == ("yes", True)
    assert plain(found.reasons[0]).endswith(said)
    assert found.expectations != ()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"archived_on": date(2024, 1, 1)}, Status.NOT_APPLICABLE),  # nobody sells it, nobody ran it in the period
        ({}, Status.INSUFFICIENT),
    ],
)
def test_what_is_long_past_contradicts_nobody(fields, status):
    known = facts(courses=(course(certifying=True, **fields),), sessions=(session(ended=date(2022, 5, 2)),))
    assert indicator(3, known, profile(certifying=False)).status is status


@pytest.mark.parametrize(
    ("category", "certifying", "outcome"),
    [
        ("AF", False, Outcome.WITHOUT_OBJECT),
        ("AF", None, Outcome.CANNOT_BE_JUDGED),
        ("AF", True, Outcome.INSUFFICIENT),
        ("VAE", False, Outcome.INSUFFICIENT),
    ],
)
def test_a_course_counts_as_certifying(category, certifying, outcome):
    """VAE always leads to a certification."""
    known = facts(courses=(course(category=category, certifying=certifying),))
    assert judged("certifier_rules_on_file", known, profile("AF", "VAE", certifying=True)).outcome is outcome


@pytest.mark.parametrize(
    ("hours", "half_days", "span", "asked"),
    [
        (14, 0, 2, False),
        (15, 0, 2, True),
        (None, 0, 2, False),
        (None, 0, 3, None),
        (21, 4, 3, False),
        (7, 5, 3, True),
    ],
)
def test_longer_than_two_days(hours, half_days, span, asked):
    """Half-days when they are recorded, otherwise hours; without either, only a short span tells."""
    ended = session().last_day
    first = ended - timedelta(days=span - 1)
    one = session(first_day=first, hours=hours, work=work(first, ended, half_days=half_days))
    found = results(facts(sessions=(one,)), 12).get("dropout_prevention_written")
    outcome = {False: None, True: Outcome.INSUFFICIENT, None: Outcome.CANNOT_BE_JUDGED}[asked]
    assert (found.outcome if found else None) is outcome


@pytest.mark.parametrize(
    ("trainers", "staff", "outcome"),
    [
        (("t1",), False, None),
        (("t1",), None, None),
        (("t1",), True, Outcome.INSUFFICIENT),
        (("t1", "t2"), False, Outcome.INSUFFICIENT),
        ((), True, Outcome.CANNOT_BE_JUDGED),
    ],
)
def test_a_person_working_alone_has_nobody_to_coordinate(trainers, staff, outcome):
    known = facts(sessions=(session(trainer_ids=trainers),), trainers=(trainer("t1"), trainer("t2")), has_other_staff=staff)
    found = results(known, 18).get("coordination_traced")
    assert (found.outcome if found else None) is outcome


@pytest.mark.parametrize(
    ("profile_says", "given_to", "marked", "outcome"),
    [
        (True, "x", False, Outcome.INSUFFICIENT),
        (True, None, True, Outcome.INSUFFICIENT),
        (True, None, False, Outcome.WITHOUT_OBJECT),
        (True, None, None, Outcome.CANNOT_BE_JUDGED),
    ],
)
def test_who_runs_a_session(profile_says, given_to, marked, outcome):
    known = facts(
        sessions=(session(given_to_id=given_to),),
        trainers=(trainer(subcontractor=marked, subcontractor_id="t1" if marked else None),),
    )
    assert judged("session_subcontract_on_file", known, profile(subcontracts_out=profile_says)).outcome is outcome


@pytest.mark.parametrize(
    ("missions", "counted"),
    [(None, 1), (frozenset({"attendance"}), 1), (frozenset({"evaluation", "support"}), 0), (frozenset(), 0)],
)
def test_a_session_run_for_another_counts_for_the_missions_given(missions, counted):
    known = facts(sessions=(session(run_for_another=True, missions=missions),))
    assert judged("attendance_and_follow_up_traced", known).d == counted


def test_what_belongs_to_the_client_leaves_out_sessions_run_for_another():
    known = facts(
        courses=(course("c1"), course("c2")),
        sessions=(session("s1", course_id="c1", run_for_another=True), session("s2", course_id="c2")),
    )
    assert references(judged("public_sheet_complete", known)) == ["Cours c2"]
    assert references(judged("agreement_states_objectives", known)) == ["S2"]
    assert references(judged("session_need_analysed", known)) == ["S1", "S2"]


def test_a_session_given_out_remains_ours():
    known = facts(sessions=(unanswered(session(given_to_id="x")),))
    assert references(judged("session_has_answers", known, profile(subcontracts_out=True))) == ["S1"]


def test_what_is_not_followed_yet_is_printed_and_changes_no_status():
    known = facts(sessions=(session(hours=21),), documents=(piece("dropout_procedure", 12), piece("violence_procedure", 12)))
    found = indicator(12, known)
    assert found.status is Status.DEMONSTRABLE
    outcomes = {result.expectation.key: result.outcome for result in found.expectations}
    assert outcomes["violence_reports_handled_2026"] is Outcome.NOT_TRACKED
    assert any("Non suivi par l'outil, à vérifier par une personne." in plain(reason) for reason in found.reasons)


# -- new entrants ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "audits", "outcome"),
    [
        ((), (), Outcome.INSUFFICIENT),
        (("AF",), (), Outcome.PUT_OFF),
        (("AF",), (audit(),), Outcome.INSUFFICIENT),  # the certifier has seen it
        (("AF",), (audit(AUDIT, AuditKind.INITIAL, "AF"),), Outcome.PUT_OFF),  # that audit is this one
        (("AF",), (audit(kind=AuditKind.EXTENSION),), Outcome.INSUFFICIENT),
    ],
)
def test_what_is_put_off_for_a_new_entrant(new, audits, outcome):
    known = facts(audits=audits)
    assert judged("session_learning_evaluated", known, profile("AF", new=new)).outcome is outcome


def test_put_off_work_is_still_shown_and_takes_no_part():
    known = facts(
        audits=(),
        documents=(document("learning_evaluation", date(2026, 10, 2), session_ids=("s1",)), piece("evaluation_process", 11)),
    )
    found = indicator(11, known, profile("AF", new=("AF",)))
    result = next(result for result in found.expectations if result.expectation.key == "session_learning_evaluated")
    assert (found.status, result.n, result.d, result.next_action) == (Status.DEMONSTRABLE, 1, 1, "")
    assert any("Vérifié à l'audit de surveillance" in plain(reason) for reason in found.reasons)


def test_the_written_part_is_asked_of_a_new_entrant():
    assert judged("evaluation_process_written", facts(audits=()), profile("AF", new=("AF",))).outcome is Outcome.INSUFFICIENT


def test_an_established_category_is_judged_as_usual_beside_a_new_one():
    known = facts(
        courses=(course("c1", category="AF"), course("c2", category="BC")),
        sessions=(session("s1", course_id="c1"), session("s2", course_id="c2")),
        audits=(audit(kind=AuditKind.INITIAL, held_on=session().first_day.replace(year=2025)),),
    )
    both_new = profile("AF", "BC", new=("AF", "BC"))
    one_new = profile("AF", "BC", new=("BC",))
    seen = facts(courses=known.courses, sessions=known.sessions, audits=(audit(audit().held_on, AuditKind.INITIAL, "AF"),))
    assert judged("session_learning_evaluated", known, both_new).outcome is Outcome.INSUFFICIENT
    assert references(judged("session_learning_evaluated", seen, one_new)) == ["S1"]
    assert judged("feedback_analysed", seen, one_new).outcome is Outcome.INSUFFICIENT


@pytest.mark.parametrize(("new", "needed"), [((), 3), (("AF",), 1)])
def test_a_new_entrant_has_its_own_measure(new, needed):
    assert judged("jobs_watch_kept", facts(audits=()), profile("AF", new=new)).needed == needed

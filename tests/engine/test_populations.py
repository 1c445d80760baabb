"""Who counts, population by population."""

from dataclasses import replace
from datetime import date

import pytest

from evidence.engine.facts import Modality
from evidence.engine.result import Mark, Outcome
from tests.engine.builders import (
    AUDIT,
    TODAY,
    course,
    document,
    facts,
    judged,
    parties,
    plain,
    profile,
    references,
    session,
    subcontractors,
    trainer,
    unanswered,
)
from trainings.facts.rows import Asked


def counted(key, known, who=None, **dates):
    """References of the subjects counted or to come, in order."""
    return [subject.reference for subject in judged(key, known, who, **dates).subjects]


@pytest.mark.parametrize(
    ("first", "last", "started", "under_way", "finished", "finished_or_long"),
    [
        # the period goes from 2 June 2025 to the audit; the facts are read on 23 November 2026
        (date(2025, 5, 30), date(2025, 6, 1), False, False, False, False),
        (date(2025, 5, 30), date(2025, 6, 2), False, True, True, True),
        (date(2025, 6, 2), date(2025, 6, 2), True, True, True, True),
        (date(2026, 11, 22), date(2026, 11, 22), True, True, True, True),
        (date(2026, 11, 23), date(2026, 11, 23), True, True, False, False),
        (date(2026, 11, 24), date(2026, 11, 25), False, False, False, False),
        (date(2026, 5, 27), date(2027, 5, 27), True, True, False, True),  # running for 180 days
        (date(2026, 5, 28), date(2027, 5, 27), True, True, False, False),
        (date(2026, 5, 27), None, True, True, False, True),
    ],
)
def test_sessions_by_their_dates(first, last, started, under_way, finished, finished_or_long):
    one = session(first_day=first, ended=last, work_study=True)
    known = facts(sessions=(one,))
    found = (
        counted("session_need_analysed", known) == ["S1"],
        counted("learning_resources_on_file", known) == ["Cours c1"],
        counted("session_has_answers", known) == ["S1"],
        counted("trainees_asked", known) == ["S1"],
    )
    assert found == (started, under_way, finished, finished_or_long)


@pytest.mark.parametrize(
    ("first", "answered", "mark"),
    [
        (date(2026, 10, 1), False, Mark.TO_CLARIFY),
        (date(2026, 10, 1), True, Mark.SATISFIED),
        (date(2026, 2, 1), False, Mark.TO_CLARIFY),
        (date(2026, 11, 23), False, None),  # today: it can't be over
    ],
)
def test_a_session_without_a_last_day_is_to_be_clarified(first, answered, mark):
    known = session("open", None, first_day=first)
    found = judged("session_has_answers", facts(sessions=(session("over"), known if answered else unanswered(known))))
    assert found.mark_by_subject.get("open") is mark
    assert found.outcome is (Outcome.CANNOT_BE_JUDGED if mark is Mark.TO_CLARIFY else Outcome.DEMONSTRABLE)


def test_a_session_running_for_long_without_a_last_day_counts():
    known = unanswered(session("open", None, first_day=date(2026, 2, 1)))
    assert references(judged("trainees_asked", facts(sessions=(session("over"), known)))) == ["OPEN"]


def test_a_session_not_held_does_not_count_and_a_state_left_behind_hides_nothing():
    known = facts(sessions=(session("s1", held=False), session("s2")))
    assert counted("session_has_answers", known) == ["S2"]


def test_subjects_come_in_time_order_whatever_the_order_given():
    known = facts(
        sessions=(session("late", date(2026, 10, 2)), session("early", date(2026, 9, 2)), session("mid", date(2026, 9, 12)))
    )
    assert counted("session_has_answers", known) == ["EARLY", "MID", "LATE"]


def test_a_session_still_running_for_long_owes_a_survey_made_on_the_way():
    running = unanswered(session(first_day=date(2026, 4, 1), ended=date(2027, 3, 31)))
    asked = running._replace(asked=Asked(date(2026, 7, 1)))
    assert references(judged("trainees_asked", facts(sessions=(running,)))) == ["S1"]
    assert references(judged("trainees_asked", facts(sessions=(asked,)))) == []


@pytest.mark.parametrize(
    ("first", "last", "concerned"),
    [
        (date(2026, 8, 25), date(2027, 6, 30), True),
        (date(2026, 8, 26), date(2027, 6, 30), False),
        (date(2026, 11, 2), date(2026, 11, 20), True),  # over
    ],
)
def test_work_study_is_judged_after_three_months(first, last, concerned):
    known = facts(sessions=(session(first_day=first, ended=last, work_study=True),))
    assert (counted("work_study_liaison_traced", known, profile(work_study=True)) == ["S1"]) is concerned


@pytest.mark.parametrize(
    ("first", "today", "concerned"),
    [
        (date(2025, 9, 1), date(2026, 11, 1), True),
        (date(2026, 10, 1), date(2026, 12, 30), True),
        (date(2026, 10, 1), date(2026, 12, 29), False),
    ],
)
def test_teaching_is_evaluated_after_three_months_of_class_whatever_its_start(first, today, concerned):
    """The decree gives no transition: the months before it count."""
    known = facts(courses=(course(category="CFA"),), sessions=(session(first_day=first, ended=date(2027, 6, 30)),))
    found = counted("teaching_evaluated_by_class_2026", known, profile("CFA"), as_of=date(2027, 6, 1), today=today)
    assert (found == ["S1"]) is concerned


def given(identifier, ended, *, first=None):
    return session(identifier, ended, given_to_id=f"sub-{identifier}", **({"first_day": first} if first else {}))


def test_subcontractors_in_force_and_active():
    known = facts(
        sessions=(
            given("old", date(2026, 9, 1)),
            given("new", date(2026, 11, 10)),
            given("running", date(2026, 12, 20), first=date(2026, 10, 1)),
            given("planned", date(2027, 2, 1)),
        ),
        subcontractors=subcontractors("Sub-old", "Sub-new", "Sub-running", "Sub-planned"),
    )
    who = profile(subcontracts_out=True)
    assert counted("subcontract_traces_compliance_2026", known, who) == ["Sub-new", "Sub-planned", "Sub-running"]


def test_a_trainer_who_invoices_is_a_subcontractor():
    known = facts(sessions=(session(ended=date(2026, 11, 10)),), trainers=(trainer(subcontractor=True, subcontractor_id="t1"),))
    who = profile(subcontracts_out=True)
    assert counted("subcontract_traces_compliance_2026", known, who) == ["Nom t1"]
    signed = replace(known, documents=(document("subcontract_clause", trainer_ids=("t1",)),))
    assert judged("subcontract_traces_compliance_2026", signed, who).outcome is Outcome.DEMONSTRABLE


@pytest.mark.parametrize(("marked", "outcome"), [(None, Outcome.CANNOT_BE_JUDGED), (False, Outcome.WITHOUT_OBJECT)])
def test_no_subcontractor_known_and_nobody_saying_are_not_the_same(marked, outcome):
    known = facts(trainers=(trainer(subcontractor=marked),))
    assert judged("subcontract_traces_compliance_2026", known, profile(subcontracts_out=True)).outcome is outcome


@pytest.mark.parametrize(
    ("marked", "outcome"), [(None, Outcome.CANNOT_BE_JUDGED), (False, Outcome.WITHOUT_OBJECT), (True, Outcome.INSUFFICIENT)]
)
def test_carried_trainers_have_to_be_marked(marked, outcome):
    found = judged("carried_trainer_checked", facts(trainers=(trainer(carried=marked),)), profile(salary_portage=True))
    assert found.outcome is outcome


def test_companies_and_funders_come_from_finished_sessions():
    known = facts(
        sessions=(
            session("s1", company_ids=("a",), funder_ids=("f",)),
            session("s2", date(2026, 12, 1), company_ids=("b",), funder_ids=("g",)),  # to come
            session("s3", run_for_another=True, client_id="c", funder_ids=("h",)),
        ),
        companies=parties("A", "B", "C"),
        funders=parties("F", "G", "H"),
    )
    assert counted("companies_asked", known) == ["A", "C"]
    assert counted("funders_asked", known) == ["F"]


@pytest.mark.parametrize(("enrolled", "cpf", "asked"), [(8, 0, True), (8, 7, True), (8, 8, False), (0, 0, True)])
def test_the_terms_of_the_cpf_platform_stand_in_for_the_contract(enrolled, cpf, asked):
    known = facts(sessions=(session(enrolled=enrolled, enrolled_cpf_only=cpf),))
    assert (counted("agreement_states_objectives", known) == ["S1"]) is asked


@pytest.mark.parametrize(
    ("modality", "place", "link", "known_place"),
    [
        (Modality.ON_SITE, True, False, True),
        (Modality.ON_SITE, False, True, False),
        (Modality.REMOTE, False, True, True),
        (Modality.REMOTE, True, False, False),
        (Modality.MIXED, True, True, True),
        (Modality.MIXED, True, False, False),
        (Modality.MIXED, False, True, False),
        (None, True, False, True),
        (None, False, True, True),
        (None, False, False, False),
    ],
)
def test_where_a_session_was_held(modality, place, link, known_place):
    known = facts(sessions=(session(modality=modality, has_place=place, has_link=link),))
    assert (judged("session_place_recorded", known).n == 1) is known_place


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ""),
        ({"hours": None}, "la durée en heures"),
        ({"hours": None, "modality": None}, "la durée en heures, la modalité"),
        ({"ended": None, "first_day": date(2026, 10, 1)}, "la date de fin"),
    ],
)
def test_what_the_schedule_of_a_session_lacks(fields, missing):
    found = judged("session_schedule_recorded", facts(sessions=(session(**fields),)))
    said = [plain(found.sentence(subject)) for subject in found.missing]
    assert said == ([f"{plain(found.subjects[0].label)} : il manque {missing}."] if missing else [])


@pytest.mark.parametrize(("trainers", "given_to", "assigned"), [(("t1",), None, True), ((), "sub", True), ((), None, False)])
def test_somebody_is_assigned_to_a_session(trainers, given_to, assigned):
    known = facts(sessions=(session(trainer_ids=trainers, given_to_id=given_to),))
    assert (judged("session_trainer_assigned", known).n == 1) is assigned


@pytest.mark.usefixtures("additions_always_asked")
@pytest.mark.parametrize(
    ("modality", "mark"),
    [(Modality.ON_SITE, None), (None, Mark.TO_CLARIFY), (Modality.REMOTE, Mark.MISSING), (Modality.MIXED, Mark.MISSING)],
)
def test_a_modality_not_said_is_to_be_clarified(modality, mark):
    found = judged("remote_following_verified_2026", facts(sessions=(session(modality=modality),)), profile(remote=True))
    assert found.marks == ((mark,) if mark else ())


def test_nothing_recorded_yet_is_never_demonstrable():
    for key, sentence in (
        ("public_sheet_complete", "Aucune formation en vente n'est enregistrée."),
        ("course_programme_designed", "Aucune formation n'a encore été réalisée sur la période."),
        ("session_need_analysed", "Aucune session n'a commencé sur la période."),
        ("session_has_answers", "Aucune session n'est terminée sur la période."),
        ("trainer_profile_on_file", "Aucun formateur n'est affecté aux sessions de la période."),
    ):
        found = judged(key, facts(courses=(), sessions=(), trainers=()))
        assert (found.outcome, plain(found.reasons[0])) == (Outcome.CANNOT_BE_JUDGED, sentence)


def test_an_audit_to_come_and_the_day_of_reading():
    assert AUDIT > TODAY
    known = facts(sessions=(session(ended=date(2026, 12, 1)),))
    assert counted("session_has_answers", known, today=date(2026, 12, 2)) == ["S1"]

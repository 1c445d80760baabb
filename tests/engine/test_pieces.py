"""Documents of the organisation, of its parties and of the things it publishes."""

from dataclasses import replace
from datetime import date

import pytest

from evidence.engine.facts import Audience, NetworkFacts
from evidence.engine.result import Mark, Outcome, SubjectKind
from qualiopi.standard.book import expectations
from tests.engine.builders import (
    AUDIT,
    course,
    document,
    facts,
    judged,
    parties,
    piece,
    plain,
    profile,
    references,
    session,
    subcontractors,
    trainer,
)
from trainings.facts.rows import Asked

GOOD, RISK, BAD, CANNOT, NEUTRAL = (
    Outcome.DEMONSTRABLE, Outcome.AT_RISK, Outcome.INSUFFICIENT, Outcome.CANNOT_BE_JUDGED, Outcome.WITHOUT_OBJECT,
)  # fmt: skip


@pytest.mark.parametrize(
    ("documents", "outcome"),
    [
        ((), BAD),
        ((piece("internal_rules", 9),), GOOD),
        ((piece("internal_rules", 10),), BAD),  # linked to another indicator
        ((document("internal_rules", session_ids=("s1",)),), BAD),  # linked to a session
        ((piece("welcome_booklet", 9),), BAD),  # another kind
        ((piece("internal_rules", 9, None),), RISK),
        ((piece("internal_rules", 9, date(2022, 1, 1)), piece("internal_rules", 9)), GOOD),
    ],
)
def test_a_piece_of_the_organisation(documents, outcome):
    assert judged("internal_rules_in_force", facts(documents=documents)).outcome is outcome


@pytest.mark.parametrize(
    ("key", "kind", "documents", "n", "outcome"),
    [
        # one watch log satisfies the whole measure
        ("legal_watch_kept", "watch_log", [date(2026, 9, 1)], 4, GOOD),
        ("legal_watch_kept", "watch_log", [date(2025, 9, 1)], 0, BAD),
        ("legal_watch_kept", "watch_log", [None], 0, CANNOT),
        # each piece counts for one
        ("legal_watch_used", "watch_use", [date(2026, 9, 1)], 1, GOOD),
        ("insertion_actions_held", "insertion_action", [date(2026, 9, 1)], 1, RISK),
        ("insertion_actions_held", "insertion_action", [date(2026, 9, 1), date(2026, 10, 1)], 2, GOOD),
        ("insertion_actions_held", "insertion_action", [date(2026, 9, 1), None], 1, CANNOT),
    ],
)
def test_what_a_document_counts_for(key, kind, documents, n, outcome):
    indicator = expectations().by_key[key].indicator
    known = facts(documents=tuple(piece(kind, indicator, on) for on in documents))
    found = judged(key, known, profile("CFA"))
    assert (found.n, found.outcome) == (n, outcome)


@pytest.mark.parametrize(
    ("ticked", "n", "outcome"),
    [
        ((), 0, BAD),
        (("disability_referent_and_actions",), 1, BAD),
        (("disability_referent_and_actions", "mobility_support_and_actions"), 2, GOOD),
        (("disability_referent_and_actions", "contacts"), 1, BAD),
    ],
)
def test_lines_ticked_are_counted_where_the_expectation_says_so(ticked, n, outcome):
    known = facts(documents=(piece("role_appointment", 20, contents=frozenset(ticked)),))
    found = judged("apprenticeship_roles_named", known, profile("CFA"))
    assert (found.n, found.needed, found.outcome, found.tally) == (n, 2, outcome, (True,) * n + (False,) * (2 - n))


def test_unticked_lines_are_printed_and_change_no_status():
    known = facts(documents=(piece("positioning_procedure", 8, contents=frozenset({"tool", "moment"})),))
    found = judged("positioning_procedure", known)
    assert (found.outcome, found.unticked) == (GOOD, ("contrôle des prérequis", "usage du résultat"))


@pytest.mark.parametrize(("as_of", "said"), [(date(2026, 10, 20), True), (date(2026, 12, 15), False)])
def test_a_line_of_the_checklist_may_belong_to_one_grid(as_of, said):
    found = judged("public_sheet_complete", facts(), as_of=as_of)
    assert ("modalités d'accès" in plain(found.sentence(found.missing[0]))) is said


@pytest.mark.parametrize(
    ("network", "outcome", "missing"),
    [
        (NetworkFacts(), RISK, 1),
        (NetworkFacts(adopted_on=date(2026, 9, 1)), GOOD, 0),
        (NetworkFacts(adopted_on=date(2026, 2, 1), newer_version_on=date(2026, 3, 1)), RISK, 0),
    ],
)
def test_a_procedure_of_the_network_counts_once_adopted(network, outcome, missing):
    found = judged("complaint_procedure_known", facts(documents=(piece("complaint_procedure", 31, network=network),)))
    assert (found.outcome, len(found.missing)) == (outcome, missing)


def test_an_item_of_the_network_counts_as_collected_and_a_person_never_comes_from_it():
    watch = facts(documents=(piece("watch_log", 23, network=NetworkFacts()),))
    chart = facts(documents=(piece("organisation_chart", 18, network=NetworkFacts(adopted_on=date(2026, 9, 1))),))
    assert judged("legal_watch_kept", watch).outcome is GOOD
    assert judged("functions_identified", chart).outcome is BAD


# -- links -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("links", "satisfied"),
    [
        ({"course_ids": ("c1",)}, True),
        ({"session_ids": ("s1",)}, True),  # a session of the course
        ({"course_ids": ("c2",)}, False),
        ({"indicators": frozenset({6})}, False),
    ],
)
def test_what_proves_something_about_a_course(links, satisfied):
    known = facts(documents=(document("detailed_programme", **links),))
    assert (judged("course_programme_designed", known).n == 1) is satisfied


@pytest.mark.parametrize(
    ("links", "satisfied"),
    [({"session_ids": ("s1",)}, True), ({"course_ids": ("c1",)}, False), ({"indicators": frozenset({4})}, False)],
)
def test_what_proves_something_about_a_session(links, satisfied):
    known = facts(documents=(document("need_analysis", **links),))
    assert (judged("session_need_analysed", known).n == 1) is satisfied


@pytest.mark.usefixtures("additions_always_asked")
def test_an_accreditation_is_linked_to_the_course_and_valid_on_the_first_day():
    certifying = (course(certifying=True),)
    known = facts(courses=certifying, documents=(document("accreditation", course_ids=("c1",), valid_until=date(2026, 10, 1)),))
    expired = replace(known, documents=(document("accreditation", course_ids=("c1",), valid_until=date(2026, 9, 30)),))
    who = profile(certifying=True)
    assert judged("certification_right_2026", known, who).outcome is GOOD
    assert references(judged("certification_right_2026", expired, who)) == ["S1"]


@pytest.mark.parametrize(
    ("links", "satisfied"),
    [
        ({"session_ids": ("s1",)}, True),
        ({"trainer_ids": ("t1",)}, True),
        ({"subcontractor_ids": ("sub",)}, True),
        ({"trainer_ids": ("t2",)}, False),
    ],
)
def test_a_subcontract_may_be_linked_to_whoever_teaches(links, satisfied):
    known = facts(
        sessions=(session(given_to_id="sub"),),
        subcontractors=subcontractors("Sub"),
        documents=(document("subcontract", **links),),
    )
    assert (judged("session_subcontract_on_file", known, profile(subcontracts_out=True)).n == 1) is satisfied


@pytest.mark.parametrize(
    ("key", "who", "fields", "expected"),
    [
        ("trainer_profile_on_file", {}, {}, ["Nom t1", "Nom t2"]),
        ("staff_development_done", {}, {"subcontractor": True}, ["Nom t1"]),
        ("staff_development_done", {}, {"carried": True}, ["Nom t1", "Nom t2"]),
        ("staff_development_done", {}, {"first_session_on": date(2026, 6, 16)}, ["Nom t1"]),
        ("staff_development_done", {}, {"first_session_on": date(2026, 6, 15)}, ["Nom t1", "Nom t2"]),
        ("carried_trainer_checked", {"salary_portage": True}, {"carried": True}, ["Nom t2"]),
    ],
)
def test_which_trainers_count(key, who, fields, expected):
    known = facts(sessions=(session(trainer_ids=("t1", "t2")),), trainers=(trainer("t1"), trainer("t2", **fields)))
    assert references(judged(key, known, profile(**who), today=AUDIT)) == expected


def test_an_answered_survey_checks_the_mastery_of_whoever_led_the_session():
    known = facts(
        sessions=(session("s1", trainer_ids=("t1",)), session("s2", trainer_ids=("t2",), asked=Asked(date(2026, 10, 2)))),
        trainers=(trainer("t1"), trainer("t2")),
    )
    assert references(judged("trainer_mastery_checked", known)) == ["Nom t2"]


# -- audiences ---------------------------------------------------------------------------------------------------------


def companies(*documents):
    return facts(
        sessions=(session(company_ids=("a", "b")), session("s2", run_for_another=True, client_id="c")),
        companies=parties("A", "B", "C"),
        documents=documents,
    )


@pytest.mark.parametrize(
    ("documents", "n", "outcome"),
    [
        ((), 0, BAD),
        ((piece("survey_summary", 30, audience=Audience.COMPANY),), 3, GOOD),
        ((piece("survey_summary", 30, audience=Audience.TRAINEE),), 0, BAD),
        ((piece("survey_summary", 30),), 0, BAD),  # it names no audience
        ((piece("survey_summary", 30, date(2025, 5, 1), audience=Audience.COMPANY),), 0, BAD),
        ((piece("survey_summary", 30, None, audience=Audience.COMPANY),), 0, CANNOT),
    ],
)
def test_companies_asked(documents, n, outcome):
    found = judged("companies_asked", companies(*documents))
    assert (found.n, found.n + len(found.missing) + found.marks.count(Mark.TO_CLARIFY), found.outcome) == (n, 3, outcome)
    assert {subject.kind for subject in found.subjects} == {SubjectKind.COMPANY}


@pytest.mark.parametrize(
    ("documents", "missing", "outcome"),
    [
        ((), ["A", "B"], BAD),
        ((piece("funder_exchange", 30, party_ids=("a",)),), ["B"], RISK),
        ((piece("funder_exchange", 30, party_ids=("a",)), piece("funder_exchange", 30, party_ids=("b",))), [], GOOD),
        ((piece("funder_exchange", 30, audience=Audience.FUNDER), piece("funder_exchange", 30, party_ids=("b",))), [], GOOD),
        ((piece("funder_exchange", 30, audience=Audience.FUNDER),), [], CANNOT),  # one of the two, which one?
    ],
)
def test_each_exchange_names_its_funder(documents, missing, outcome):
    known = facts(sessions=(session(funder_ids=("a", "b")),), funders=parties("A", "B"), documents=documents)
    found = judged("funders_asked", known)
    assert (references(found), found.outcome) == (missing, outcome)


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        ({"company_known": 0}, CANNOT, "Les inscriptions n'indiquent pas s'il y a une entreprise."),
        ({"company_known": 8}, NEUTRAL, "Sans objet : rien de tel ne s'est produit, à assumer devant l'auditeur."),
    ],
)
def test_no_company_and_not_knowing_are_not_the_same(fields, outcome, reason):
    found = judged("companies_asked", facts(sessions=(session(**fields),)))
    assert (found.outcome, plain(found.reasons[0])) == (outcome, reason)


# -- things of the organisation ------------------------------------------------------------------------------------------


def results_page(*categories, on=date(2026, 9, 1)):
    return piece("results_page", 2, on, id=f"page-{categories}-{on}", categories=frozenset(categories))


@pytest.mark.parametrize(
    ("documents", "missing", "outcome"),
    [
        ((), ["AF", "BC"], BAD),
        ((results_page(),), [], GOOD),  # it names no category: it counts for all
        ((results_page("AF"),), ["BC"], RISK),
        ((results_page("AF"), results_page("BC")), [], GOOD),
        ((results_page(on=date(2025, 6, 1)),), [], RISK),  # between one and two years
        ((results_page(on=date(2024, 6, 1)),), ["AF", "BC"], BAD),
        ((results_page(on=None),), [], CANNOT),
    ],
)
def test_results_are_published_for_each_category_held(documents, missing, outcome):
    found = judged("results_published", facts(documents=documents), profile("AF", "BC"))
    assert (references(found), found.outcome) == (missing, outcome)


def test_a_category_run_for_another_publishes_nothing_of_its_own():
    known = facts(courses=(course(category="BC"),), sessions=(session(run_for_another=True),))
    assert references(judged("results_published", known, profile("AF", "BC"))) == ["AF"]


@pytest.mark.parametrize(
    ("documents", "outcome"),
    [
        ((), NEUTRAL),  # nothing published, nothing to explain
        ((results_page(on=date(2026, 3, 1)),), BAD),  # published before the decree, not read again since
        ((results_page(on=date(2026, 9, 1)),), GOOD),
        ((results_page(on=date(2026, 3, 1)), piece("results_method", 2)), GOOD),
    ],
)
def test_a_published_result_says_how_it_is_worked_out(documents, outcome):
    assert judged("results_method_shown_2026", facts(documents=documents)).outcome is outcome


@pytest.mark.parametrize(
    ("evaluated_on", "shared", "outcome"),
    [(None, False, NEUTRAL), (date(2026, 9, 1), False, BAD), (date(2026, 9, 1), True, GOOD), (date(2026, 10, 1), False, NEUTRAL)],
)
def test_an_evaluation_of_teaching_is_shared_within_sixty_days(evaluated_on, shared, outcome):
    documents = (piece("teaching_evaluation", 33, evaluated_on),) if evaluated_on else ()
    documents += (piece("teaching_evaluation_review", 33, date(2026, 11, 1)),) if shared else ()
    assert judged("teaching_evaluation_shared_2026", facts(documents=documents), profile("CFA")).outcome is outcome

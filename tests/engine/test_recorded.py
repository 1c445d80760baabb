"""What the work itself proves, expectation by expectation: one truth table each, under the timing rule of the data."""

from datetime import date

import pytest

from evidence.engine.facts import Modality
from evidence.engine.recorded import COUNTED, RECORDED, is_recorded, is_tracked
from evidence.engine.result import Mark, Outcome
from qualiopi.standard.book import expectations
from tests.engine.builders import (
    AUDIT,
    FORMER_AUDIT,
    course,
    document,
    facts,
    judged,
    plain,
    profile,
    session,
    trainer,
    work,
)
from tests.engine.lived import FIRST, LAST, mark, of_work
from trainings.facts.rows import People, Record, Right, Sheet, Taught, Version


def test_every_line_of_the_engine_is_about_an_expectation_that_may_be_recorded():
    book = expectations().by_key
    assert {key for key in (*RECORDED, *COUNTED) if book[key].recorded is None} == set()


def test_what_is_followed_has_its_words_and_what_is_not_is_known():
    tracked = [expectation for expectation in expectations().expectations if is_tracked(expectation)]
    assert [expectation.key for expectation in tracked if expectation.wording is None] == []
    assert {expectation.key for expectation in expectations().expectations if not is_tracked(expectation)} == {
        "violence_reports_handled_2026",
        "minor_apprentices_informed_2026",
        "site_suitability_documented",
        "complaints_and_incidents_answered",
        "actions_followed_to_effect",
    }


def test_a_document_alone_is_no_recorded_way():
    assert not is_recorded(expectations().by_key["internal_rules_in_force"])


class TestBefore:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, Mark.MISSING),
            ({"needs": People(8, date(2026, 9, 30))}, Mark.SATISFIED),
            ({"needs": People(8, FIRST)}, Mark.MISSING),  # made afterwards, it is none
            ({"needs": People(7, date(2026, 9, 1))}, Mark.MISSING),
            ({"need_on": date(2026, 9, 30)}, Mark.SATISFIED),
            ({"need_on": FIRST}, Mark.MISSING),
            ({"need_on": FIRST, "needs": People(8, date(2026, 9, 1))}, Mark.SATISFIED),
        ],
    )
    def test_need(self, fields, expected):
        assert mark(of_work("session_need_analysed", **fields)) is expected

    def test_half_done_says_how_much(self):
        found = of_work("session_need_analysed", needs=People(5, date(2026, 9, 1)))
        assert plain(found.sentence(found.missing[0])).endswith(" : besoin analysé pour 5 inscrits sur 8.")

    def test_nobody_enrolled_proves_nothing(self):
        found = of_work("session_need_analysed", session_fields={"enrolled": 0})
        assert mark(found) is Mark.MISSING

    @pytest.mark.parametrize(
        ("people", "expected"),
        [
            (People(8, FIRST), Mark.SATISFIED),
            (People(8, LAST), Mark.MISSING),
            (People(7, FIRST), Mark.MISSING),
            (People(), Mark.MISSING),
        ],
    )
    def test_positioning_by_the_first_day(self, people, expected):
        assert mark(of_work("session_positioning_done", positioned=people)) is expected

    @pytest.mark.parametrize(
        ("people", "cpf", "expected"),
        [
            (People(8, date(2026, 9, 30)), 0, Mark.SATISFIED),
            (People(8, FIRST), 0, Mark.LATE),
            (People(5, date(2026, 9, 30)), 0, Mark.MISSING),
            (People(5, date(2026, 9, 30)), 3, Mark.SATISFIED),
        ],
    )
    def test_agreements_of_those_whom_the_cpf_does_not_pay_alone(self, people, cpf, expected):
        found = of_work("agreement_states_objectives", agreed=people, session_fields={"enrolled_cpf_only": cpf})
        assert mark(found) is expected

    def test_no_agreement_where_the_cpf_pays_for_all(self):
        found = of_work("agreement_states_objectives", session_fields={"enrolled_cpf_only": 8})
        assert found.subjects == ()

    @pytest.mark.parametrize(
        ("people", "expected"),
        [
            (People(8, date(2026, 9, 30)), Mark.SATISFIED),
            (People(8, FIRST), Mark.MISSING),
            (People(7, date(2026, 9, 1)), Mark.MISSING),
        ],
    )
    def test_joining_instructions_leave_before_the_first_day(self, people, expected):
        assert mark(of_work("session_joining_instructions", told=people)) is expected

    def test_a_document_does_as_well(self):
        known = facts(sessions=(session(),), documents=(document("joining_instructions", date(2026, 9, 1), session_ids=("s1",)),))
        found = judged("session_joining_instructions", known)
        assert (mark(found), found.kept) == (Mark.SATISFIED, frozenset())

    def test_what_the_work_proves_is_kept(self):
        found = of_work("session_joining_instructions", told=People(8, date(2026, 9, 1)))
        assert found.kept == {"s1"}


REGISTER = {
    "half_days": 4,
    "half_days_held": 4,
    "lines_expected": 32,
    "lines": 32,
    "countersigned": 4,
    "register_on": LAST,
}


class TestDuring:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, Mark.SATISFIED),
            ({"lines": 31}, Mark.MISSING),
            ({"countersigned": 3}, Mark.MISSING),
            ({"register_on": date(2026, 10, 18)}, Mark.LATE),
            ({"half_days_held": 0, "lines_expected": 0, "lines": 0}, Mark.MISSING),
            ({"lines_expected": 30, "lines": 30}, Mark.SATISFIED),  # somebody left on the way
        ],
    )
    def test_register(self, fields, expected):
        assert mark(of_work("attendance_and_follow_up_traced", **{**REGISTER, **fields})) is expected

    def test_a_register_half_kept_says_what_lacks(self):
        found = of_work("attendance_and_follow_up_traced", **{**REGISTER, "lines": 31, "countersigned": 3})
        said = "31 présences ou absences notées sur 32, 3 demi-journées contresignées sur 4."
        assert plain(found.sentence(found.missing[0])).endswith(said)

    @pytest.mark.usefixtures("additions_always_asked")
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"remote_held": 4, "remote_expected": 32, "lines_timed": 32}, Mark.SATISFIED),
            ({"remote_held": 2, "remote_expected": 16, "lines_timed": 16}, Mark.SATISFIED),
            ({"remote_held": 4, "remote_expected": 32, "lines_timed": 31}, Mark.MISSING),
            ({"remote_held": 0, "remote_expected": 0, "lines_timed": 32}, Mark.MISSING),
            ({"remote_held": 4, "remote_expected": 30, "lines_timed": 30}, Mark.SATISFIED),
            # two half-days on site after somebody left take nothing away from what the others owe at a distance
            ({"remote_held": 2, "remote_expected": 16, "lines_timed": 0, "lines_expected": 16}, Mark.MISSING),
        ],
    )
    def test_following_at_a_distance(self, fields, expected):
        found = of_work(
            "remote_following_verified_2026",
            profile(remote=True),
            session_fields={"modality": Modality.REMOTE},
            **{**REGISTER, **fields},
        )
        assert mark(found) is expected

    @pytest.mark.parametrize(
        ("records", "expected"),
        [
            ((), Mark.MISSING),
            ((Record("qualification", frozenset({"habilitation", "b2v"}), FIRST, LAST),), Mark.SATISFIED),
            ((Record("qualification", frozenset({"habilitation", "b2v"}), FIRST, FIRST),), Mark.MISSING),  # expired on the way
            ((Record("qualification", frozenset({"habilitation", "b2v"}), LAST),), Mark.MISSING),  # renewed too late
            ((Record("qualification", frozenset({"habilitation"}), FIRST),), Mark.MISSING),
            ((Record("cv", frozenset({"habilitation", "b2v"}), FIRST),), Mark.MISSING),
            ((Record("diploma", frozenset({"habilitation", "b2v", "titre"})),), Mark.SATISFIED),
            (
                (
                    Record("qualification", frozenset({"habilitation", "b2v"}), date(2024, 1, 1), FIRST),
                    Record("qualification", frozenset({"habilitation", "b2v"}), LAST, date(2028, 1, 1)),
                ),
                Mark.SATISFIED,
            ),
        ],
    )
    def test_qualified_on_every_day(self, records, expected):
        known = facts(courses=(course(required=frozenset({"habilitation", "b2v"})),), trainers=(trainer(records=records),))
        assert mark(judged("trainer_qualified_on_session_days", known)) is expected

    def test_only_the_days_one_taught_count(self):
        first_day = Record("qualification", frozenset({"b2v"}), FIRST, FIRST)
        known = facts(
            sessions=(session(work=work(half_days=4, taught=(Taught("t1", (FIRST,)),))),),
            courses=(course(required=frozenset({"b2v"})),),
            trainers=(trainer(records=(first_day,)),),
        )
        assert mark(judged("trainer_qualified_on_session_days", known)) is Mark.SATISFIED

    @pytest.mark.parametrize(
        ("days", "valid", "expected"),
        [
            (
                (date(2026, 9, 1), date(2026, 10, 2)),
                [(date(2026, 9, 1), date(2026, 9, 1)), (LAST, LAST)],
                Mark.SATISFIED,
            ),  # a gap
            ((date(2026, 9, 1), date(2026, 10, 2)), [(date(2026, 9, 1), date(2026, 9, 30))], Mark.MISSING),
            ((), [], Mark.SATISFIED),  # none of its half-days, up to today
        ],
    )
    def test_gaps_and_days_to_come_ask_for_nothing(self, days, valid, expected):
        records = tuple(Record("qualification", frozenset({"b2v"}), start, end) for start, end in valid)
        taught = (Taught("t1", days),) if days else ()
        known = facts(
            sessions=(session(first_day=date(2026, 9, 1), work=work(half_days=4, taught=taught)),),
            courses=(course(required=frozenset({"b2v"})),),
            trainers=(trainer(records=records),),
        )
        assert mark(judged("trainer_qualified_on_session_days", known)) is expected

    @pytest.mark.parametrize(("until", "expected"), [(date(2026, 11, 23), Mark.SATISFIED), (date(2026, 11, 22), Mark.MISSING)])
    def test_a_session_that_goes_on_is_judged_up_to_today(self, until, expected):
        known = facts(
            sessions=(session(first_day=date(2026, 11, 2), ended=date(2027, 3, 1)),),
            courses=(course(required=frozenset({"b2v"})),),
            trainers=(trainer(records=(Record("qualification", frozenset({"b2v"}), FIRST, until),)),),
        )
        assert mark(judged("trainer_qualified_on_session_days", known)) is expected

    def test_nothing_required_concerns_nobody(self):
        assert judged("trainer_qualified_on_session_days", facts()).outcome is Outcome.WITHOUT_OBJECT


class TestAfter:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"evaluated": People(8, LAST)}, Mark.SATISFIED),
            ({"evaluated": People(8, date(2026, 10, 18))}, Mark.LATE),
            ({"evaluated": People(8, date(2026, 9, 30))}, Mark.MISSING),  # before the first day
            ({"evaluated": People(7, LAST)}, Mark.MISSING),
            ({"evaluated": People(7, LAST), "completed": 7}, Mark.SATISFIED),
        ],
    )
    def test_learning(self, fields, expected):
        assert mark(of_work("session_learning_evaluated", **fields)) is expected

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"candidates": 3, "presented": People(3, date(2026, 9, 1))}, Mark.SATISFIED),
            ({"candidates": 3, "presented": People(3)}, Mark.SATISFIED),
            ({"candidates": 3, "presented": People(2, date(2026, 9, 1))}, Mark.TO_COME),
        ],
    )
    def test_candidates(self, fields, expected):
        found = of_work("candidates_presented_properly", profile(certifying=True), certifying=True, **fields)
        assert mark(found) is expected

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, None),
            ({"invited": 8, "invited_answered": 8}, None),
            ({"invited": 8, "invited_answered": 5}, Mark.MISSING),
            ({"invited": 8, "invited_answered": 5, "reminded_on": date(2026, 10, 9)}, Mark.SATISFIED),
            ({"invited": 8, "invited_answered": 5, "reminded_on": date(2026, 10, 30)}, Mark.LATE),
        ],
    )
    def test_reminders(self, fields, expected):
        assert mark(of_work("non_respondents_reminded", **fields)) is expected


ALL_SAID = frozenset(
    {
        "prerequisites", "objectives", "duration", "access_time", "access_terms_2019", "price", "contact", "methods", "assessment",
        "disability_access", "recognition", "teaching_arrangements", "funding_arrangements", "blocks", "equivalences", "gateways",
        "next_steps", "further_studies_2026", "outlets", "eligibility",
    }
)  # fmt: skip


def sheet(without=(), **fields):
    written = date(2026, 9, 1)
    return Sheet(**{"answered": ALL_SAID - set(without), "since": written, "written_on": written, "found": True, **fields})


class TestCourses:
    @pytest.mark.parametrize(
        ("told", "category", "items"),
        [
            (sheet(), "AF", None),
            (sheet(["price", "contact"]), "AF", "tarifs, contact"),
            (sheet(["prerequisites"]), "BC", None),
            (sheet(["eligibility"]), "AF", None),
            (sheet(["eligibility"]), "VAE", "examen de la recevabilité et de la faisabilité"),
            (sheet(["access_terms_2019"]), "AF", None),  # asked by the 2019 grid alone
        ],
    )
    def test_public_sheet(self, told, category, items):
        known = facts(courses=(course(sheet=told, category=category),))
        found = judged("public_sheet_complete", known, profile(category))
        assert (mark(found) is Mark.SATISFIED) is (items is None)
        if items:
            assert set(found.items_by_subject["c1"].split(", ")) == {
                expectations().contents.get(line, line) for line in ({"price", "contact"} if "contact" in items else {items})
            }

    def test_the_2019_grid_asks_how_to_get_in(self):
        known = facts(courses=(course(sheet=sheet(["access_terms_2019"])),))
        assert mark(judged("public_sheet_complete", known, as_of=FORMER_AUDIT, today=FORMER_AUDIT)) is Mark.MISSING

    def test_a_sheet_begun_after_an_audit_gone_by_does_not_count(self):
        known = facts(courses=(course(sheet=sheet(since=date(2026, 10, 25), written_on=date(2026, 10, 25))),))
        assert mark(judged("public_sheet_complete", known, as_of=FORMER_AUDIT)) is Mark.MISSING

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            (sheet(), Mark.SATISFIED),
            (sheet(["recognition"]), Mark.MISSING),
            (sheet(since=date(2026, 1, 1), written_on=date(2026, 2, 1)), Mark.MISSING),
            (sheet(since=date(2026, 1, 1), written_on=date(2026, 2, 1), proofread_on=date(2026, 8, 4)), Mark.SATISFIED),
        ],
    )
    def test_the_headings_of_2026_are_looked_at_since_the_decree(self, told, expected):
        assert mark(judged("public_sheet_additions_2026", facts(courses=(course(sheet=told),)))) is expected

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"proofread_on": date(2026, 1, 1), "said_alike": True}, Mark.SATISFIED),
            ({"proofread_on": date(2026, 1, 1)}, Mark.MISSING),
            ({"proofread_on": date(2025, 12, 15), "said_alike": True}, Mark.MISSING),
            ({"proofread_on": date(2026, 1, 1), "said_alike": True, "found": False}, Mark.MISSING),
            ({}, Mark.MISSING),
        ],
    )
    def test_proofreading(self, fields, expected):
        assert (
            mark(judged("public_information_proofread", facts(courses=(course(sheet=sheet(**fields)),)), today=AUDIT)) is expected
        )

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"certification": frozenset({"exact_title", "rncp_rs_code", "certifier", "registration_date"})}, Mark.SATISFIED),
            ({"certification": frozenset({"exact_title", "rncp_rs_code", "certifier"})}, Mark.MISSING),
            ({}, Mark.MISSING),
        ],
    )
    def test_certification_named(self, fields, expected):
        known = facts(courses=(course(certifying=True, **fields),))
        assert mark(judged("certifying_sheet_complete", known, profile(certifying=True))) is expected

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            (sheet(), Mark.SATISFIED),
            (sheet(["outlets"]), Mark.MISSING),
            (sheet(since=date(2025, 1, 1), written_on=date(2025, 6, 1)), Mark.OLD),
        ],
    )
    def test_prospects(self, told, expected):
        known = facts(courses=(course(certifying=True, sheet=told),))
        assert mark(judged("certification_prospects_described", known, profile(certifying=True))) is expected

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, Mark.MISSING),
            ({"rates_on": (date(2026, 1, 1),)}, Mark.SATISFIED),
            ({"rates_on": (date(2025, 1, 1),)}, Mark.OLD),
            ({"rates_on": (date(2024, 1, 1),)}, Mark.MISSING),
            ({"first_exam_on": date(2026, 12, 1)}, Mark.SATISFIED),
            ({"first_exam_on": date(2026, 10, 1)}, Mark.MISSING),
        ],
    )
    def test_rates(self, fields, expected):
        known = facts(courses=(course(certifying=True, **fields),))
        assert mark(judged("certification_rates_published", known, profile(certifying=True))) is expected

    @pytest.mark.parametrize(
        ("key", "lacks", "expected"),
        [
            ("course_objectives_evaluable", (), Mark.SATISFIED),
            ("course_objectives_evaluable", ("objectives",), Mark.MISSING),
            ("course_objectives_evaluable", ("assessment_of_each",), Mark.MISSING),
            ("course_objectives_evaluable", ("sequences",), Mark.SATISFIED),
            ("course_programme_designed", ("objectives",), Mark.SATISFIED),
            ("course_programme_designed", ("sequence_lengths",), Mark.MISSING),
            ("course_programme_designed", ("remote_work_and_time",), Mark.SATISFIED),  # on site
            ("certification_mapping", ("contents",), Mark.SATISFIED),
            ("certification_mapping", ("skill_tests",), Mark.MISSING),
        ],
    )
    def test_programmes(self, key, lacks, expected):
        programme = Version(date(2026, 1, 1), frozenset(lacks))
        known = facts(courses=(course(certifying=True, programme=programme),))
        assert mark(judged(key, known, profile(certifying=True))) is expected

    def test_work_at_a_distance_is_described_where_there_is_some(self):
        programme = Version(date(2026, 1, 1), frozenset({"remote_work_and_time"}))
        known = facts(courses=(course(programme=programme),), sessions=(session(modality=Modality.MIXED),))
        assert mark(judged("course_programme_designed", known)) is Mark.MISSING

    def test_a_programme_of_three_years_is_old(self):
        known = facts(courses=(course(programme=Version(date(2023, 6, 1))),))
        assert mark(judged("course_programme_designed", known)) is Mark.OLD

    @pytest.mark.usefixtures("additions_always_asked")
    @pytest.mark.parametrize(
        ("rights", "registered", "expected"),
        [
            ((Right(FIRST),), (date(2024, 1, 1), None), Mark.SATISFIED),
            ((Right(LAST),), (date(2024, 1, 1), None), Mark.MISSING),  # renewed later does not mend the past
            ((Right(date(2024, 1, 1), FIRST),), (date(2024, 1, 1), None), Mark.SATISFIED),  # who began may finish
            ((Right(FIRST),), (date(2024, 1, 1), date(2026, 9, 30)), Mark.MISSING),
            ((Right(FIRST),), (None, None), Mark.MISSING),
            ((), (date(2024, 1, 1), None), Mark.MISSING),
        ],
    )
    def test_right_to_prepare(self, rights, registered, expected):
        held = course(certifying=True, rights=rights, registered_on=registered[0], registered_until=registered[1])
        assert mark(judged("certification_right_2026", facts(courses=(held,)), profile(certifying=True))) is expected

    @pytest.mark.usefixtures("additions_always_asked")
    @pytest.mark.parametrize(
        ("threshold", "named", "expected"), [(0, True, Mark.SATISFIED), (0, False, Mark.MISSING), (1, False, None)]
    )
    def test_referent_above_the_threshold_of_the_order(self, threshold, named, expected):
        known = facts(courses=(course(has_referent=named),), settings={"pedagogical_referent_threshold": threshold})
        assert mark(judged("pedagogical_referent_named_2026", known)) is expected

    @pytest.mark.parametrize("key", ["pedagogical_referent_named_2026", "permanent_share_supervised_2026"])
    def test_an_order_that_is_not_known_judges_nothing(self, key):
        assert judged(key, facts(), profile("CFA", work_study=True)).outcome is Outcome.CANNOT_BE_JUDGED

"""Documents that the guide accepts for many sessions at once: booklets given to all, yearly syntheses; each reviewed."""

from datetime import date

import pytest

from evidence.engine.result import Mark
from tests.engine.builders import course, document, facts, judged, profile, references, session, trainer, unanswered

SUMMARY, TEACHING = "survey_summary", "teaching_evaluation"
AUTUMN, LAST_YEAR = date(2026, 10, 2), date(2025, 10, 2)


def silent(identifier, ended, **fields):
    return unanswered(session(identifier, ended, **fields))


def satisfied(found):
    return [subject.reference for subject in found.having(Mark.SATISFIED, Mark.LATE)]


@pytest.mark.parametrize("key", ["trainees_asked", "session_has_answers"])
@pytest.mark.parametrize(
    ("kind", "on", "links", "accepted", "expected"),
    [
        (SUMMARY, date(2026, 11, 2), {"course_ids": ("c1",)}, True, ["S1", "S2"]),
        (SUMMARY, date(2026, 10, 1), {"course_ids": ("c1",)}, True, ["S1"]),  # made before the second ended
        (SUMMARY, AUTUMN, {"course_ids": ("c1",)}, True, ["S1", "S2"]),
        (SUMMARY, date(2027, 2, 1), {"course_ids": ("c1",)}, True, []),  # dated after the day of reading
        (SUMMARY, date(2026, 11, 2), {"course_ids": ("c2",)}, True, []),
        (SUMMARY, date(2026, 11, 2), {"course_ids": ("c1",)}, False, []),  # nobody read it
        (SUMMARY, None, {"course_ids": ("c1",)}, True, []),
        (SUMMARY, date(2026, 11, 2), {"course_ids": ("c1",), "session_ids": ("s1",)}, True, ["S1"]),  # it names its sessions
        ("survey_answers", date(2026, 11, 2), {"course_ids": ("c1",)}, True, []),  # answers are those of sessions
        ("watch_log", date(2026, 11, 2), {"course_ids": ("c1",)}, True, []),
    ],
)
def test_a_yearly_synthesis_of_surveys(key, kind, on, links, accepted, expected):
    known = facts(
        courses=(course(), course("c2")),
        sessions=(silent("s1", date(2026, 2, 2)), silent("s2", AUTUMN)),
        documents=(document(kind, on, accepted=accepted, **links),),
    )
    assert satisfied(judged(key, known)) == expected


def test_a_synthesis_speaks_of_the_twelve_months_before_it():
    known = facts(
        sessions=(silent("s1", LAST_YEAR), silent("s2", date(2025, 11, 3))),
        documents=(document(SUMMARY, date(2026, 11, 2), course_ids=("c1",)),),
    )
    assert satisfied(judged("trainees_asked", known)) == ["S2"]


@pytest.mark.parametrize(
    ("links", "accepted", "expected"),
    [
        ({"course_ids": ("c1",)}, True, Mark.SATISFIED),
        ({"course_ids": ("c1",)}, False, Mark.MISSING),
        ({"session_ids": ("s1",)}, True, Mark.SATISFIED),
        ({"course_ids": ("c2",)}, True, Mark.MISSING),
    ],
)
def test_a_yearly_evaluation_of_teaching(links, accepted, expected):
    known = facts(
        courses=(course(category="CFA"), course("c2", category="CFA")),
        sessions=(session("s1", date(2026, 11, 6), first_day=date(2025, 11, 10)),),
        documents=(document(TEACHING, date(2026, 11, 9), accepted=accepted, **links),),
    )
    assert judged("teaching_evaluated_by_class_2026", known, profile("CFA")).marks == (expected,)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("apprentice_handbook", {}, ["S1", "S2"]),
        ("apprentice_handbook", {"accepted": False}, []),
        ("apprentice_handbook", {"indicators": frozenset({9})}, []),  # of another indicator
        ("apprentice_handbook", {"session_ids": ("s1",)}, ["S1"]),  # it names its session
        ("briefing_record", {}, []),  # a meeting is of somebody
    ],
)
def test_a_handbook_given_to_all_apprentices(kind, fields, expected):
    said = {"on": date(2026, 1, 5), "indicators": frozenset({15}), **fields}
    known = facts(
        courses=(course(category="CFA"),),
        sessions=(session("s1", date(2026, 6, 30)), session("s2", AUTUMN)),
        documents=(document(kind, **said),),
    )
    assert satisfied(judged("apprentices_informed", known, profile("CFA"))) == expected


@pytest.mark.parametrize(
    ("kind", "on", "of", "accepted", "lacking", "to_read"),
    [
        (SUMMARY, date(2026, 11, 2), "s1", True, ["Nom t2"], 0),
        ("survey_answers", date(2026, 11, 2), "s1", True, ["Nom t2"], 0),
        (SUMMARY, date(2026, 11, 2), "s1", False, ["Nom t2"], 1),
        (SUMMARY, date(2026, 9, 1), "s1", True, ["Nom t1", "Nom t2"], 0),  # made before the session
        (SUMMARY, date(2025, 3, 1), "s1", True, ["Nom t1", "Nom t2"], 0),  # before the last audit
        (SUMMARY, date(2026, 11, 2), "other", True, ["Nom t1", "Nom t2"], 0),
    ],
)
def test_opinions_filed_with_a_session_check_who_led_it_as_those_kept_here_do(kind, on, of, accepted, lacking, to_read):
    known = facts(
        sessions=(silent("s1", AUTUMN, trainer_ids=("t1",)), silent("s2", AUTUMN, trainer_ids=("t2",))),
        trainers=(trainer("t1"), trainer("t2")),
        documents=(document(kind, on, session_ids=(of,), accepted=accepted),),
    )
    found = judged("trainer_mastery_checked", known)
    assert (references(found), len(found.having(Mark.TO_READ))) == (lacking, to_read)

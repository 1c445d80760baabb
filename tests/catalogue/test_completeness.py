"""The pure rules of what a course lacks, one truth table each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from trainings.catalogue.completeness import (
    COURSE_COLUMNS,
    SHEET_COLUMNS,
    Gap,
    ProgrammeState,
    Right,
    asked_headings,
    concerned_headings,
    every_heading,
    leads_to_certification,
    missing_headings,
    programme_gaps,
    proofreading_gaps,
    right_gaps,
    says_at_work,
    says_remote,
)
from trainings.catalogue.models import Course, PublicSheet

COMMON = ["objectives", "duration", "access_time", "price", "contact", "methods", "assessment", "disability_access"]
ADDED = ["recognition", "teaching_arrangements", "funding_arrangements"]
CERTIFYING = ["exact_title", "rncp_rs_code", "certifier", "registration_date"]
PROSPECTS = ["blocks", "equivalences", "gateways", "next_steps"]
TODAY = date(2026, 11, 23)
FULL = ProgrammeState(objectives=2, sequences=2, contents=True, modality=True, remote_work=True, work_based=True, skills=2)


def keys(headings):
    return sorted(heading.key for heading in headings)


@pytest.mark.parametrize(
    ("grid", "category", "certifying", "expected"),
    [
        ("2019", "AF", False, [*COMMON, "prerequisites", "access_terms_2019"]),
        ("2026", "AF", False, [*COMMON, "prerequisites", *ADDED]),
        ("2026", "", None, [*COMMON, "prerequisites", *ADDED]),
        ("2026", "BC", False, [*COMMON, *ADDED]),
        ("2019", "BC", None, [*COMMON, "access_terms_2019"]),
        ("2019", "AF", True, [*COMMON, "prerequisites", "access_terms_2019", *CERTIFYING, *PROSPECTS, "outlets"]),
        (
            "2026",
            "AF",
            True,
            [*COMMON, "prerequisites", *ADDED, *CERTIFYING, *PROSPECTS, "further_studies_2026", "outlets"],
        ),
        (
            "2026",
            "VAE",
            None,
            [*COMMON, "prerequisites", "eligibility", *ADDED, *CERTIFYING, *PROSPECTS, "further_studies_2026", "outlets"],
        ),
        ("2026", "CFA", False, [*COMMON, "prerequisites", *ADDED, *CERTIFYING, *PROSPECTS, "further_studies_2026", "outlets"]),
    ],
)
def test_what_is_asked_follows_grid_category_and_certification(grid, category, certifying, expected):
    assert keys(asked_headings(grid=grid, category=category, certifying=certifying)) == sorted(expected)


def test_every_heading_has_its_column_its_indicator_and_its_words():
    columns = {field.name for model in (Course, PublicSheet) for field in model._meta.get_fields()}
    assert {heading.column for heading in every_heading()} == {*COURSE_COLUMNS, *SHEET_COLUMNS}
    assert {heading.column for heading in every_heading()} <= columns
    assert {heading.indicator for heading in every_heading()} == {1, 3}
    assert [heading.key for heading in every_heading() if not heading.label or not heading.grids] == []


def test_both_grids_together_concern_a_course():
    both = {heading for grid in ("2019", "2026") for heading in asked_headings(grid=grid, category="VAE", certifying=True)}
    assert set(concerned_headings(category="VAE", certifying=True)) == both


@pytest.mark.parametrize(
    ("value", "missing"), [(None, True), ("", True), (" \n", True), ("aucun", False), ("Sans objet", False), (TODAY, False)]
)
def test_an_answer_is_whatever_is_written(value, missing):
    values = dict.fromkeys([*COURSE_COLUMNS, *SHEET_COLUMNS], "écrit") | {"registered_on": value}
    found = missing_headings(values, grid="2026", category="AF", certifying=True)
    assert keys(found) == (["registration_date"] if missing else [])


def test_a_course_without_a_sheet_lacks_every_heading():
    asked = asked_headings(grid="2026", category="AF", certifying=True)
    assert missing_headings({}, grid="2026", category="AF", certifying=True) == asked


@pytest.mark.parametrize(
    ("category", "certifying", "expected"),
    [
        ("AF", True, True),
        ("AF", False, False),
        ("AF", None, None),
        ("", None, None),
        ("VAE", None, True),
        ("CFA", False, True),
        ("BC", None, None),
    ],
)
def test_vae_and_apprenticeship_always_certify(category, certifying, expected):
    assert leads_to_certification(category, certifying) is expected


@pytest.mark.parametrize(
    ("grid", "values", "expected"),
    [
        ("2026", {}, ["found_at", "proofread"]),
        ("2026", {"found_at": "site", "proofread_on": TODAY, "said_alike": True}, []),
        ("2026", {"found_at": "site", "proofread_on": TODAY, "said_alike": None}, ["said_alike"]),
        ("2026", {"found_at": "site", "proofread_on": TODAY, "said_alike": False}, ["said_alike"]),
        ("2019", {"found_at": "site", "proofread_on": TODAY, "said_alike": None}, []),
        ("2026", {"found_at": " ", "proofread_on": TODAY, "said_alike": True}, ["found_at"]),
        ("2026", {"found_at": "site", "proofread_on": date(2025, 11, 23), "said_alike": True}, []),
        ("2026", {"found_at": "site", "proofread_on": date(2025, 11, 22), "said_alike": True}, ["proofread_old"]),
        ("2026", {"found_at": "site", "proofread_on": date(2026, 11, 24), "said_alike": True}, ["proofread"]),
    ],
)
def test_a_proofreading_is_recent_placed_and_since_2026_compared(grid, values, expected):
    assert [gap.key for gap in proofreading_gaps(values, grid=grid, as_of=TODAY)] == expected


def test_a_year_before_the_29th_of_february_is_the_28th():
    values = {"found_at": "site", "said_alike": True}
    day = date(2028, 2, 29)
    assert proofreading_gaps(values | {"proofread_on": date(2027, 2, 28)}, grid="2026", as_of=day) == ()
    assert [gap.key for gap in proofreading_gaps(values | {"proofread_on": date(2027, 2, 27)}, grid="2026", as_of=day)] == [
        "proofread_old"
    ]


@pytest.mark.parametrize(
    ("changes", "options", "expected"),
    [
        ({}, {"certifying": True, "remote": True}, []),
        ({"objectives": 0}, {"certifying": False}, [("objectives", 5, 1)]),
        ({"without_evaluation": 2}, {"certifying": False}, [("assessment_of_each", 5, 2)]),
        ({"contents": False}, {"certifying": False}, [("contents", 6, 1)]),
        ({"sequences": 0}, {"certifying": False}, [("sequences", 6, 1)]),
        ({"without_hours": 1}, {"certifying": False}, [("sequence_lengths", 6, 1)]),
        ({"modality": False}, {"certifying": False}, [("modality", 6, 1)]),
        ({"remote_work": False}, {"certifying": False}, []),
        ({"remote_work": False}, {"certifying": False, "remote": True}, [("remote_work_and_time", 6, 1)]),
        ({"remote_work": False, "remote": True}, {"certifying": False}, [("remote_work_and_time", 6, 1)]),
        ({"work_based": False}, {"certifying": False}, []),
        ({"work_based": False, "at_work": True}, {"certifying": False}, [("work_based_phases", 6, 1)]),
        ({"skills": 0}, {"certifying": False}, []),
        ({"skills": 0}, {"certifying": None}, []),
        ({"skills": 0}, {"certifying": True}, [("skills", 7, 1)]),
        ({"uncovered": 1, "without_test": 2}, {"certifying": True}, [("uncovered_skills", 7, 1), ("skill_tests", 7, 2)]),
    ],
)
def test_a_programme_lacks_what_indicators_5_6_and_7_ask(changes, options, expected):
    found = programme_gaps(replace(FULL, **changes), **options)
    assert [(gap.key, gap.indicator, gap.count) for gap in found] == expected


def test_without_a_programme_that_is_all_that_is_missing():
    assert programme_gaps(None, certifying=True) == (Gap("programme", 6, "course_programme_designed"),)


@pytest.mark.parametrize(
    ("rights", "registered", "expected"),
    [
        ([(date(2026, 1, 1), None)], (date(2024, 1, 1), None), []),
        ([(date(2026, 1, 1), TODAY)], (TODAY, TODAY), []),
        ([(date(2026, 1, 1), date(2026, 11, 22))], (date(2024, 1, 1), None), ["right_over"]),
        ([(date(2026, 11, 24), None)], (date(2024, 1, 1), None), ["right_over"]),
        ([(date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), None)], (date(2024, 1, 1), None), []),
        ([], (date(2024, 1, 1), None), ["right"]),
        ([], (None, None), ["registration_unknown", "right"]),
        ([(date(2026, 1, 1), None)], (date(2024, 1, 1), date(2026, 11, 22)), ["registration_over"]),
        ([(date(2026, 1, 1), None)], (date(2026, 11, 24), None), ["registration_over"]),
    ],
)
def test_the_right_to_prepare_is_that_of_the_day(rights, registered, expected):
    found = right_gaps(TODAY, [Right(*right) for right in rights], registered_on=registered[0], registered_until=registered[1])
    assert [gap.key for gap in found] == expected


@pytest.mark.parametrize(
    ("modality", "remote", "at_work"),
    [
        ("présentiel", False, False),
        ("À distance, en visio", True, False),
        ("mixte", True, False),
        ("hybride", True, False),
        ("AFEST", False, True),
        ("formation en situation de travail", False, True),
        ("", False, False),
    ],
)
def test_the_words_of_a_modality(modality, remote, at_work):
    assert (says_remote(modality), says_at_work(modality)) == (remote, at_work)

"""What the law says beside the indicators: dated, with its source and how sure one is. Grid and guide are two choices."""

from dataclasses import replace
from datetime import date

import pytest

from qualiopi.standard import grids
from qualiopi.standard.book import expectations
from qualiopi.standard.duties import SURE, duties, duties_on, load_duties
from qualiopi.standard.grids import grid, grid_for, guides_for, standard
from qualiopi.standard.located import StandardDataError
from qualiopi.standard.model import Guide

V9 = next(guide for guide in standard().guides if guide.version == "V9")
V10 = Guide(version="V10", published=date(2026, 12, 10), applicable_from=date(2027, 2, 10), note="")


@pytest.mark.parametrize(
    ("day", "usable", "grid_id"),
    [
        (date(2024, 1, 7), [], "2019"),
        (date(2024, 1, 8), ["V9"], "2019"),  # online: it may be used
        (date(2024, 3, 8), ["V9"], "2019"),
        (date(2026, 10, 31), ["V9"], "2019"),
        (date(2026, 11, 1), ["V9"], "2026"),  # the grid changes, the guide does not
        (date(2026, 12, 9), ["V9"], "2026"),
        (date(2026, 12, 10), ["V9", "V10"], "2026"),
        (date(2027, 2, 9), ["V9", "V10"], "2026"),
        (date(2027, 2, 10), ["V10"], "2026"),
    ],
)
def test_grid_and_guide_are_two_choices(monkeypatch, day, usable, grid_id):
    known = replace(standard(), guides=(V9, V10))
    monkeypatch.setattr(grids, "standard", lambda: known)
    assert ([guide.version for guide in guides_for(day)], grid_for(day).id) == (usable, grid_id)


def test_a_guide_that_is_not_online_is_no_choice():
    assert [guide.version for guide in standard().guides] == ["V9", "V10"]
    assert [guide.version for guide in guides_for(date(2030, 1, 1))] == ["V9"]


def test_every_duty_says_how_sure_one_is_and_where_it_comes_from():
    assert {duty.sure for duty in duties()} <= set(SURE)
    assert [duty.key for duty in duties() if not duty.source or not duty.says] == []


@pytest.mark.parametrize(
    ("number", "day", "found"),
    [
        (22, date(2025, 10, 23), []),
        (22, date(2025, 10, 24), ["course_of_career_interview"]),
        (1, date(2026, 4, 1), ["cpf_caps"]),
        (1, date(2026, 4, 2), ["cpf_caps", "cpf_holder_share"]),
        (27, date(2026, 11, 30), ["cpf_subcontracting_campaign_2025", "cpf_subcontracting_campaign_2026"]),
        (11, date(2026, 11, 30), ["prevention_passport", "proofs_kept"]),
        (10, date(2026, 11, 30), ["proofs_kept", "control_ten_years"]),
        (24, date(2026, 11, 30), []),
    ],
)
def test_what_is_told_of_an_indicator_on_a_day(number, day, found):
    assert [duty.key for duty in duties_on(number, day)] == found


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("sure: surely", "how sure one is"),
        ("indicators: [34]", "no such indicator"),
        ("since: soon", "date"),
    ],
)
def test_a_faulty_duty_is_refused_with_its_line(tmp_path, fault, said):
    fields = {"says": "Dit.", "since": "null", "source": "Texte", "sure": "deduced", "indicators": "[1]"}
    name, _colon, value = fault.partition(": ")
    fields[name] = value
    text = "state_of: '2026-11-29'\nduties:\n  one:\n" + "".join(f"    {key}: {said_of}\n" for key, said_of in fields.items())
    path = tmp_path / "duties.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StandardDataError, match=said):
        load_duties(path)


def test_indicator_20_asks_for_supervision_and_for_control_of_quality():
    expectation = expectations().by_key["permanent_share_supervised_2026"]
    assert "supervision et un contrôle de la qualité" in expectation.expected
    assert expectation.document.contents == ("reinforced_supervision", "reinforced_quality_control")
    assert "supervision et contrôle" in grid("2026").indicator(20).summary


def test_33_is_gradable_by_deduction_and_says_so():
    assert standard().grading.deduced == frozenset({33})
    assert "déduction" in grid("2026").indicator(33).minor_when
    assert not grid("2026").indicator(33).major_only

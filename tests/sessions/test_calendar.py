"""Half-days proposed: weekends and holidays skipped unless asked otherwise; the same half-days on other days."""

from datetime import date, time
from decimal import Decimal

import pytest

from trainings.sessions.calendar import (
    OpenDays,
    Skipped,
    Slot,
    TooLong,
    holiday_name,
    month_later,
    moved,
    postcode_in,
    propose,
)
from trainings.sessions.models import DayPart

WEEK = OpenDays()


def said(slots):
    """Days and parts, shortly."""
    return [f"{slot.day:%d/%m} {slot.part}" for slot in slots]


def whole_days(*days):
    """Mornings and afternoons of these days of November 2026."""
    times = {DayPart.MORNING: (time(9), time(12, 30)), DayPart.AFTERNOON: (time(14), time(17, 30))}
    return [Slot(date(2026, 11, day), part, *times[part]) for day in days for part in times]


def test_between_two_dates_weekends_and_holidays_are_left_out_and_told():
    proposal = propose(date(2026, 11, 10), last=date(2026, 11, 16), days=WEEK)
    assert said(proposal.slots) == [
        "10/11 am",
        "10/11 pm",
        "12/11 am",
        "12/11 pm",
        "13/11 am",
        "13/11 pm",
        "16/11 am",
        "16/11 pm",
    ]
    assert proposal.skipped == (
        Skipped(date(2026, 11, 11), "Armistice"),
        Skipped(date(2026, 11, 14)),
        Skipped(date(2026, 11, 15)),
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (OpenDays(weekends=True), ["10/11", "12/11", "13/11", "14/11", "15/11"]),
        (OpenDays(holidays=True), ["10/11", "11/11", "12/11", "13/11"]),
        (OpenDays(weekends=True, holidays=True), ["10/11", "11/11", "12/11", "13/11", "14/11", "15/11"]),
    ],
)
def test_unless_asked_otherwise(asked, expected):
    proposal = propose(date(2026, 11, 10), last=date(2026, 11, 15), days=asked, parts=(DayPart.MORNING,))
    assert [f"{slot.day:%d/%m}" for slot in proposal.slots] == expected


@pytest.mark.parametrize(
    ("hours", "expected", "ends_at"),
    [
        (Decimal("7"), ["10/11 am", "10/11 pm"], time(17, 30)),
        (Decimal("10"), ["10/11 am", "10/11 pm", "12/11 am"], time(12)),
        (Decimal("14"), ["10/11 am", "10/11 pm", "12/11 am", "12/11 pm"], time(17, 30)),
        (Decimal("1.5"), ["10/11 am"], time(10, 30)),
    ],
)
def test_from_a_duration_alone_the_last_half_day_is_shortened(hours, expected, ends_at):
    slots = propose(date(2026, 11, 10), hours=hours, days=WEEK).slots
    assert (said(slots), slots[-1].ends_at) == (expected, ends_at)
    assert sum(slot.minutes for slot in slots) == hours * 60


def test_without_an_end_or_a_duration_one_day_is_proposed():
    assert said(propose(date(2026, 11, 12), days=WEEK).slots) == ["12/11 am", "12/11 pm"]


def test_nothing_is_proposed_on_a_closed_day_alone():
    assert propose(date(2026, 11, 11), days=WEEK).slots == ()


@pytest.mark.parametrize("last", [date(2028, 1, 12), date(2099, 1, 1)])
def test_a_slip_on_the_year_is_refused(last):
    with pytest.raises(TooLong):
        propose(date(2026, 11, 10), last=last, days=WEEK)


def test_a_wrong_duration_does_not_run_for_ever():
    with pytest.raises(TooLong):
        propose(date(2026, 11, 10), hours=Decimal("99999"), days=WEEK)


@pytest.mark.parametrize(
    ("day", "postcode", "name"),
    [
        (date(2026, 4, 3), "", ""),
        (date(2026, 4, 3), "59000", ""),
        (date(2026, 4, 3), "57000", "Vendredi saint"),
        (date(2026, 4, 3), "67000", "Vendredi saint"),
        (date(2026, 12, 26), "68100", "Saint-Étienne"),
        (date(2026, 12, 20), "97400", "Abolition de l'esclavage"),
        (date(2026, 7, 14), "35000", "Fête nationale"),
        (date(2026, 5, 27), "97100", "Abolition de l'esclavage"),
        (date(2026, 5, 28), "97150", "Abolition de l'esclavage"),
        (date(2026, 5, 27), "97150", ""),
        (date(2026, 7, 21), "97150", "Fête de Victor Schoelcher"),
        (date(2026, 4, 3), "97150", ""),
        (date(2026, 10, 9), "97133", "Abolition de l'esclavage"),
        (date(2026, 5, 27), "97133", ""),
        (date(2026, 7, 21), "97133", ""),
    ],
)
def test_holidays_follow_the_postcode(day, postcode, name):
    assert holiday_name(day, postcode) == name


@pytest.mark.parametrize(
    ("place", "postcode"),
    [
        ("12, rue Inventée, 67000 Strasbourg", "67000"),
        ("Rennes", ""),
        ("1200345 chemin", ""),
        ("35000 Rennes ou 57000 Metz", "57000"),
    ],
)
def test_the_postcode_of_a_place(place, postcode):
    assert postcode_in(place) == postcode


@pytest.mark.parametrize(
    ("before", "to", "expected"),
    [
        # Monday and Tuesday, to a Friday: the second day goes over the weekend.
        ((2, 3), 20, [20, 23]),
        # A week later, the same weekdays; the Wednesday is a holiday.
        ((3, 4), 10, [10, 12]),
        # A gap of a week stays one.
        ((2, 9), 16, [16, 23]),
        # Backwards.
        ((16, 17), 2, [2, 3]),
        # Friday and Monday are one open day apart: Monday and Tuesday.
        ((13, 16), 23, [23, 24]),
        # Onto a Sunday: the Monday.
        ((2, 3), 8, [9, 10]),
        # A session that uses its Saturdays keeps them.
        ((6, 7), 20, [20, 21]),
    ],
)
def test_the_same_half_days_from_another_day(before, to, expected):
    slots = moved(whole_days(*before), date(2026, 11, to))
    assert [slot.day.day for slot in slots] == [day for day in expected for _part in range(2)]
    assert [slot.part for slot in slots] == [DayPart.MORNING, DayPart.AFTERNOON] * len(expected)


def test_nothing_moves_to_nothing():
    assert moved([], date(2026, 11, 2)) == ()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 10), 1, date(2026, 12, 8)),
        (date(2026, 11, 10), 2, date(2027, 1, 12)),
        (date(2026, 11, 30), 1, date(2026, 12, 28)),
        (date(2026, 11, 10), 14, date(2028, 1, 11)),
    ],
)
def test_a_month_later_is_the_same_weekday_at_the_same_rank(day, months, expected):
    assert month_later(day, months) == expected

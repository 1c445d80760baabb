"""Reading the register."""

from trainings.attendance.queries.grid import (
    HalfDayCount,
    PersonLine,
    expected_people,
    half_day_counts,
    half_day_counts_of_each,
    person_lines,
    unsaid,
)
from trainings.attendance.queries.hours import Count, Countersignature, count_lines, followed_minutes
from trainings.attendance.queries.register import current_marks, first_to_sign, half_days_shown, slots_of
from trainings.attendance.queries.remote import ToFollow, followed_share, minutes_by_person, to_follow
from trainings.attendance.queries.sheet import Sheet, SheetCell, SheetCountersignature, SheetPerson, sheet
from trainings.attendance.queries.whole import RegisterLine, RegisterPart, Stretch, WholeRegister, whole_registers

__all__ = [
    "Count",
    "Countersignature",
    "HalfDayCount",
    "PersonLine",
    "RegisterLine",
    "RegisterPart",
    "Sheet",
    "SheetCell",
    "SheetCountersignature",
    "SheetPerson",
    "Stretch",
    "ToFollow",
    "WholeRegister",
    "count_lines",
    "current_marks",
    "expected_people",
    "first_to_sign",
    "followed_minutes",
    "followed_share",
    "half_day_counts",
    "half_day_counts_of_each",
    "half_days_shown",
    "minutes_by_person",
    "person_lines",
    "sheet",
    "slots_of",
    "to_follow",
    "unsaid",
    "whole_registers",
]

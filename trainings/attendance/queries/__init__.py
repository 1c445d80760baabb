"""Reading the register."""

from trainings.attendance.queries.grid import expected_people, half_day_counts, person_lines
from trainings.attendance.queries.hours import followed_minutes
from trainings.attendance.queries.register import current_marks, first_to_sign, slots_of
from trainings.attendance.queries.sheet import Sheet, SheetCell, SheetCountersignature, SheetPerson, sheet

__all__ = [
    "Sheet",
    "SheetCell",
    "SheetCountersignature",
    "SheetPerson",
    "current_marks",
    "expected_people",
    "first_to_sign",
    "followed_minutes",
    "half_day_counts",
    "person_lines",
    "sheet",
    "slots_of",
]

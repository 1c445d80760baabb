"""Reading the register."""

from trainings.attendance.queries.hours import followed_minutes
from trainings.attendance.queries.register import current_marks

__all__ = ["current_marks", "followed_minutes"]

"""Reading the catalogue."""

from trainings.catalogue.queries.courses import course_of, courses_of
from trainings.catalogue.queries.programmes import (
    in_force_by_course,
    programme_in_force,
    programme_of,
    programme_states,
    with_contents,
)
from trainings.catalogue.queries.public import PublicPage, public_page
from trainings.catalogue.queries.states import CourseState, course_states

__all__ = [
    "CourseState",
    "PublicPage",
    "course_of",
    "course_states",
    "courses_of",
    "in_force_by_course",
    "programme_in_force",
    "programme_of",
    "programme_states",
    "public_page",
    "with_contents",
]

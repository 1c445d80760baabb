"""Reading the catalogue."""

from trainings.catalogue.queries.courses import courses_of
from trainings.catalogue.queries.programmes import (
    in_force_by_course,
    programme_in_force,
    programme_of,
    programme_states,
    with_contents,
)

__all__ = ["courses_of", "in_force_by_course", "programme_in_force", "programme_of", "programme_states", "with_contents"]

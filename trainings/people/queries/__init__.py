"""Reading people."""

from trainings.people.queries.trainees import trainees_of
from trainings.people.queries.trainers import trainers_of

__all__ = ["trainees_of", "trainers_of"]

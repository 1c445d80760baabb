"""What can be done with people."""

from trainings.people.verbs.trainees import find_or_create_trainee
from trainings.people.verbs.trainers import save_trainer

__all__ = ["find_or_create_trainee", "save_trainer"]

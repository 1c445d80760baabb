"""Forms of the people's pages."""

from trainings.people.forms.trainers import TrainerForm

__all__ = ["TrainerForm"]

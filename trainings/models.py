"""Every model of this floor, for Django alone: rooms import each other directly."""

from trainings.catalogue.models import Course
from trainings.people.models import Company, Funder, Subcontractor, Trainee, Trainer
from trainings.sessions.models import Enrolment, Session, SessionTrainer
from trainings.surveys.models import Answer, Campaign, Invitation, Response

__all__ = [
    "Answer",
    "Campaign",
    "Company",
    "Course",
    "Enrolment",
    "Funder",
    "Invitation",
    "Response",
    "Session",
    "SessionTrainer",
    "Subcontractor",
    "Trainee",
    "Trainer",
]

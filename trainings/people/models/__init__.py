"""People and companies of training sessions."""

from trainings.people.models.former import FormerIdentity, FormerLink
from trainings.people.models.people import Company, Funder, FunderKind, NamedParty, Trainee
from trainings.people.models.subcontracting import Exemption, Subcontract, Subcontractor, SubcontractorReview
from trainings.people.models.trainers import RecordKind, Trainer, TrainerLink, TrainerRecord, TrainerStatus

__all__ = [
    "Company",
    "Exemption",
    "FormerIdentity",
    "FormerLink",
    "Funder",
    "FunderKind",
    "NamedParty",
    "RecordKind",
    "Subcontract",
    "Subcontractor",
    "SubcontractorReview",
    "Trainee",
    "Trainer",
    "TrainerLink",
    "TrainerRecord",
    "TrainerStatus",
]

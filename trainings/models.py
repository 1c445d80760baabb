"""Every model of this floor, for Django alone: rooms import each other directly."""

from trainings.adaptations.models import AdaptationRequest, Measure
from trainings.attendance.models import Chain, Connection, ConnectionReport, FollowUp, Mark
from trainings.catalogue.models import Accreditation, Course, Objective, Programme, PublicSheet, Sequence, Skill
from trainings.documents.models import Batch, Counter, Issued, Sending, Style, Template
from trainings.learning.models import Evaluation, ExamResult, Intake, ObjectiveResult, PublishedRates, SessionNeed
from trainings.people.models import (
    Company,
    Funder,
    Subcontract,
    Subcontractor,
    SubcontractorReview,
    Trainee,
    Trainer,
    TrainerLink,
    TrainerRecord,
)
from trainings.sessions.models import (
    Enrolment,
    EnrolmentLink,
    Funding,
    HalfDay,
    Session,
    SessionChange,
    SessionTrainer,
    Step,
)
from trainings.surveys.models import Answer, Campaign, Invitation, Response

__all__ = [
    "Accreditation",
    "AdaptationRequest",
    "Answer",
    "Batch",
    "Campaign",
    "Chain",
    "Company",
    "Connection",
    "ConnectionReport",
    "Counter",
    "Course",
    "Enrolment",
    "EnrolmentLink",
    "Evaluation",
    "ExamResult",
    "FollowUp",
    "Funder",
    "Funding",
    "HalfDay",
    "Intake",
    "Invitation",
    "Issued",
    "Mark",
    "Measure",
    "Objective",
    "ObjectiveResult",
    "Programme",
    "PublicSheet",
    "PublishedRates",
    "Response",
    "Sending",
    "Sequence",
    "Session",
    "SessionChange",
    "SessionNeed",
    "SessionTrainer",
    "Skill",
    "Step",
    "Style",
    "Subcontract",
    "Subcontractor",
    "SubcontractorReview",
    "Template",
    "Trainee",
    "Trainer",
    "TrainerLink",
    "TrainerRecord",
]

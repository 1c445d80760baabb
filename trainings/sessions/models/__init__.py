"""Rows of the sessions: the session, its half-days and steps, who is enrolled."""

from trainings.sessions.models.enrolments import (
    NEVER_BEGAN,
    Aim,
    Enrolment,
    EnrolmentLink,
    EnrolmentState,
    Funding,
    LinkPurpose,
    PastDeparture,
    TraineeType,
)
from trainings.sessions.models.schedule import DayPart, HalfDay, SessionChange, Step
from trainings.sessions.models.session import Modality, Session, SessionKind, SessionTrainer
from trainings.states import SessionState

__all__ = [
    "NEVER_BEGAN",
    "Aim",
    "DayPart",
    "Enrolment",
    "EnrolmentLink",
    "EnrolmentState",
    "Funding",
    "HalfDay",
    "LinkPurpose",
    "Modality",
    "PastDeparture",
    "Session",
    "SessionChange",
    "SessionKind",
    "SessionState",
    "SessionTrainer",
    "Step",
    "TraineeType",
]

"""Forms of the sessions' pages."""

from trainings.sessions.forms.contracts import ContractForm
from trainings.sessions.forms.enrolments import (
    EndEnrolmentForm,
    EnrolmentForm,
    FactsForm,
    FundingLines,
    ReturnForm,
    funding_lines,
)
from trainings.sessions.forms.planning import DuplicateForm, HalfDayForm, MoveForm, PlanForm, ReasonForm
from trainings.sessions.forms.session import SessionForm
from trainings.sessions.forms.steps import SkipForm, StepForm

__all__ = [
    "ContractForm",
    "DuplicateForm",
    "EndEnrolmentForm",
    "EnrolmentForm",
    "FactsForm",
    "FundingLines",
    "HalfDayForm",
    "MoveForm",
    "PlanForm",
    "ReasonForm",
    "ReturnForm",
    "SessionForm",
    "SkipForm",
    "StepForm",
    "funding_lines",
]

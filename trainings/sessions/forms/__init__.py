"""Forms of the sessions' pages."""

from trainings.sessions.forms.enrolments import EndEnrolmentForm, EnrolmentForm, FactsForm, FundingLines, funding_lines
from trainings.sessions.forms.session import SessionForm

__all__ = ["EndEnrolmentForm", "EnrolmentForm", "FactsForm", "FundingLines", "SessionForm", "funding_lines"]

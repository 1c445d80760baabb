"""Forms of the sessions' pages."""

from trainings.sessions.forms.enrolments import EndEnrolmentForm, EnrolmentForm
from trainings.sessions.forms.session import SessionForm

__all__ = ["EndEnrolmentForm", "EnrolmentForm", "SessionForm"]

"""Reading sessions: lists, one session, who is enrolled, what a personal link opens."""

from trainings.sessions.queries.enrolments import enrolment_of, enrolments_of
from trainings.sessions.queries.links import Behind, LinkState, current_token, enrolment_behind
from trainings.sessions.queries.listing import session_of, sessions_of, totals

__all__ = [
    "Behind",
    "LinkState",
    "current_token",
    "enrolment_behind",
    "enrolment_of",
    "enrolments_of",
    "session_of",
    "sessions_of",
    "totals",
]

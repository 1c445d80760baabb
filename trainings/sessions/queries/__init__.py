"""Reading sessions: lists, one session, who is enrolled, what a personal link opens."""

from trainings.sessions.queries.coverage import Laid, Said, laid, last_day, last_days, papers_of, papers_of_each, said_by
from trainings.sessions.queries.enrolments import Paid, enrolment_of, paid_of
from trainings.sessions.queries.finding import sessions_named, sessions_saying
from trainings.sessions.queries.links import current_token, enrolment_behind
from trainings.sessions.queries.listing import forgotten, session_of, sessions_of
from trainings.sessions.queries.schedule import (
    Clash,
    Wanted,
    clashes,
    free_half_days,
    half_days_of,
    settled_half_days,
    wanted_by,
)
from trainings.sessions.queries.steps import changes_of, steps_of

__all__ = [
    "Clash",
    "Laid",
    "Paid",
    "Said",
    "Wanted",
    "changes_of",
    "clashes",
    "current_token",
    "enrolment_behind",
    "enrolment_of",
    "forgotten",
    "free_half_days",
    "half_days_of",
    "laid",
    "last_day",
    "last_days",
    "paid_of",
    "papers_of",
    "papers_of_each",
    "said_by",
    "session_of",
    "sessions_named",
    "sessions_of",
    "sessions_saying",
    "settled_half_days",
    "steps_of",
    "wanted_by",
]

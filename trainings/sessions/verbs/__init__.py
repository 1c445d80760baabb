"""What can be done with sessions and enrolments. Each verb checks that everything belongs to the same organisation."""

from trainings.sessions.verbs.enrolments import end_enrolment, enrol
from trainings.sessions.verbs.links import GivenLink, personal_link, personal_links
from trainings.sessions.verbs.saving import save_session
from trainings.sessions.verbs.steps import NotSendable

__all__ = [
    "GivenLink",
    "NotSendable",
    "end_enrolment",
    "enrol",
    "personal_link",
    "personal_links",
    "save_session",
]

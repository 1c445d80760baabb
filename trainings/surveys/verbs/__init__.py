"""What can be done with surveys."""

from trainings.surveys.verbs.answering import LinkRefusedError, answer, type_paper_answers
from trainings.surveys.verbs.campaigns import close_campaign, open_campaign, renew_link
from trainings.surveys.verbs.inviting import MailReport, invite, remind

__all__ = [
    "LinkRefusedError",
    "MailReport",
    "answer",
    "close_campaign",
    "invite",
    "open_campaign",
    "remind",
    "renew_link",
    "type_paper_answers",
]

"""What can be done with surveys."""

from trainings.surveys.verbs.answering import answer, type_paper_answers
from trainings.surveys.verbs.campaigns import close_campaign, open_campaign, renew_link
from trainings.surveys.verbs.inviting import invite, remind
from trainings.surveys.verbs.sending import remind_by_clock, send_step

__all__ = [
    "answer",
    "close_campaign",
    "invite",
    "open_campaign",
    "remind",
    "remind_by_clock",
    "renew_link",
    "send_step",
    "type_paper_answers",
]

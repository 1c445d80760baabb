"""What can be done with sessions and enrolments. Each verb checks that everything belongs to the same organisation."""

from trainings.sessions.verbs.contracts import give_to_subcontractor, run_for_another, run_for_ourselves
from trainings.sessions.verbs.enrolments import FundingLine, change_enrolment, end_enrolment, enrol, resume_enrolment
from trainings.sessions.verbs.half_days import plan_half_days, remove_half_day, save_half_day, take_half_days
from trainings.sessions.verbs.links import GivenLink, personal_link, personal_links
from trainings.sessions.verbs.saving import make_session, save_session
from trainings.sessions.verbs.schedule import duplicate_session, move_session
from trainings.sessions.verbs.states import advance_states, change_state, refused_change
from trainings.sessions.verbs.steps import (
    NotSendable,
    add_step,
    give_checklist,
    hand_step,
    reopen_step,
    skip_step,
    tick_step,
)

__all__ = [
    "FundingLine",
    "GivenLink",
    "NotSendable",
    "add_step",
    "advance_states",
    "change_enrolment",
    "change_state",
    "duplicate_session",
    "end_enrolment",
    "enrol",
    "give_checklist",
    "give_to_subcontractor",
    "hand_step",
    "make_session",
    "move_session",
    "personal_link",
    "personal_links",
    "plan_half_days",
    "refused_change",
    "remove_half_day",
    "reopen_step",
    "resume_enrolment",
    "run_for_another",
    "run_for_ourselves",
    "save_half_day",
    "save_session",
    "skip_step",
    "take_half_days",
    "tick_step",
]

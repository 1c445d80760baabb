"""Reading the surveys: links, how many answered, results of a session, figures of a period."""

from trainings.surveys.queries.counts import (
    SatisfactionFigures,
    SessionAnswers,
    answers_by_session,
    figures_of,
    satisfaction_figures,
    sessions_with_answers,
)
from trainings.surveys.queries.links import (
    Door,
    InvitationsCount,
    LinkState,
    campaign_of,
    current_session_token,
    door,
    invitations_count,
    remindable,
    room_left,
    waiting,
)
from trainings.surveys.queries.results import Comment, Distribution, Results, results_of, typed_rows

__all__ = [
    "Comment",
    "Distribution",
    "Door",
    "InvitationsCount",
    "LinkState",
    "Results",
    "SatisfactionFigures",
    "SessionAnswers",
    "answers_by_session",
    "campaign_of",
    "current_session_token",
    "door",
    "figures_of",
    "invitations_count",
    "remindable",
    "results_of",
    "room_left",
    "satisfaction_figures",
    "sessions_with_answers",
    "typed_rows",
    "waiting",
]

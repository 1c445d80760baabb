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
    campaign_of,
    campaigns_to_remind,
    current_session_token,
    door,
    invitations_count,
    remindable,
    room_left,
    waiting,
)
from trainings.surveys.queries.overview import AnsweredSurvey, AskedParty, SurveyLine, answered_surveys, surveys_of
from trainings.surveys.queries.recipients import FIELDS, REACHABLE, Recipient, asked, audience_size, recipients_of
from trainings.surveys.queries.results import Comment, Distribution, Results, results_of, typed_rows

__all__ = [
    "FIELDS",
    "REACHABLE",
    "AnsweredSurvey",
    "AskedParty",
    "Comment",
    "Distribution",
    "Door",
    "InvitationsCount",
    "Recipient",
    "Results",
    "SatisfactionFigures",
    "SessionAnswers",
    "SurveyLine",
    "answered_surveys",
    "answers_by_session",
    "asked",
    "audience_size",
    "campaign_of",
    "campaigns_to_remind",
    "current_session_token",
    "door",
    "figures_of",
    "invitations_count",
    "recipients_of",
    "remindable",
    "results_of",
    "room_left",
    "satisfaction_figures",
    "sessions_with_answers",
    "surveys_of",
    "typed_rows",
    "waiting",
]

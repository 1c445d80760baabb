"""Surveys: what trainees were asked and answered, by session; when companies, funders and trainers were last asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, Sum

from qualiopi.identifiers import Names, raw
from qualiopi.web.dates import as_date
from trainings.facts.moments import end_of
from trainings.facts.rows import Asked
from trainings.facts.scope import Scope
from trainings.surveys.models import Audience, Campaign, Invitation


class Invited(NamedTuple):
    """The personal invitations of one session's trainees."""

    sent: int = 0
    answered: int = 0
    reminded_on: date | None = None


@dataclass(slots=True)
class Opinions:
    """Everything asked. ``parties``: session -> company, funder or trainer -> the last day on which an invitation left."""

    asked: Mapping[str, Asked]
    invited: dict[str, Invited] = field(default_factory=dict)
    parties: dict[str, dict[str, date]] = field(default_factory=dict)


def read_opinions(scope: Scope, names: Names, *, until: date) -> Opinions:
    """Two queries."""
    opinions = Opinions(_asked(scope, names))
    end = end_of(until)
    rows = (
        scope.of(Invitation, "campaign__session")
        .filter(sent_at__lt=end)
        .order_by()
        .values_list(raw("campaign__session_id"), raw("company_id"), raw("funder_id"), raw("trainer_id"))
        .annotate(
            sent=Count("id"),
            used=Count("id", filter=Q(answered=True)),
            first_reminder=Min("reminded_at", filter=Q(reminded_at__lt=end)),
            last_sent_at=Max("sent_at"),
        )
    )
    for session, company, funder, trainer, sent, answered, reminded_at, sent_at in rows:
        party = company or funder or trainer
        if party is None:
            opinions.invited[names[session]] = Invited(sent, answered, as_date(reminded_at) if reminded_at else None)
        else:
            name, day = names[party], as_date(sent_at)
            of_session = opinions.parties.setdefault(names[session], {})
            of_session[name] = max(day, of_session.get(name, day))
    return opinions


def _asked(scope: Scope, names: Names) -> dict[str, Asked]:
    """Surveys put to trainees, by session."""
    rows = (
        scope.of(Campaign)
        .filter(audience=Audience.TRAINEE)
        .order_by()
        .values_list(raw("session_id"))
        .annotate(
            Min("opened_on"),
            Count("responses"),
            Min("responses__answered_on"),
            Max("responses__answered_on"),
            Sum("responses__overall"),
            Count("responses__overall"),
        )
    )
    return {
        names[session]: Asked(
            opened_on=opened_on,
            answers=answers,
            first_on=first_on,
            last_on=last_on,
            mean=total / marks if marks else None,
        )
        for session, opened_on, answers, first_on, last_on, total, marks in rows
    }

"""Surveys: what trainees were asked and answered, by session; when companies, funders and trainers were last asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, Sum

from qualiopi.identifiers import Names, raw
from qualiopi.organisations.models import Organisation
from qualiopi.web.dates import as_date
from trainings.facts.moments import end_of
from trainings.facts.rows import Asked
from trainings.surveys.models import Audience, Campaign, Invitation


class Invited(NamedTuple):
    """The personal invitations of one session's trainees."""

    sent: int = 0
    answered: int = 0
    reminded_on: date | None = None


@dataclass(slots=True)
class Opinions:
    """Everything asked. ``parties``: a company, a funder or a trainer -> the last day on which an invitation left."""

    asked: Mapping[str, Asked]
    invited: dict[str, Invited] = field(default_factory=dict)
    parties: dict[str, date] = field(default_factory=dict)


def read_opinions(organisation: Organisation, names: Names, *, until: date) -> Opinions:
    """Two queries."""
    opinions = Opinions(_asked(organisation, names))
    end = end_of(until)
    rows = (
        Invitation.objects.for_organisation(organisation)
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
            opinions.parties[name] = max(day, opinions.parties.get(name, day))
    return opinions


def _asked(organisation: Organisation, names: Names) -> dict[str, Asked]:
    """Surveys put to trainees, by session."""
    rows = (
        Campaign.objects.for_organisation(organisation)
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
        names[session]: Asked(opened_on, answers, first_on, last_on, total / marks if marks else None)
        for session, opened_on, answers, first_on, last_on, total, marks in rows
    }

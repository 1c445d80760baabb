"""What the first page reads beside the board: what trainees wrote."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from qualiopi.organisations.models import Organisation
from trainings.surveys.models import Audience, Response


@dataclass(frozen=True, slots=True)
class Voice:
    """What a trainee wrote, the overall mark beside it, and about which course."""

    text: str
    mark: int | None
    course: str
    session_id: UUID


def last_voices(organisation: Organisation, *, limit: int) -> list[Voice]:
    """The last comments of trainees, only from sessions with enough answers for nobody to be recognised; one query."""
    rows = (
        Response.objects.for_organisation(organisation)
        .filter(campaign__audience=Audience.TRAINEE)
        .exclude(comment="")
        .filter(
            campaign__in=Response.objects.for_organisation(organisation)
            .order_by()
            .values("campaign")
            .annotate(filled=Count("pk"))
            .filter(filled__gte=settings.SURVEY_MINIMUM_ANSWERS)
            .values("campaign")
        )
        .order_by("-answered_on", "id")
        .values_list("comment", "overall", "campaign__session__course__title", "campaign__session_id")
    )
    return [
        Voice(text, None if mark is None else int(mark.quantize(Decimal(1), rounding=ROUND_HALF_UP)), course, session)
        for text, mark, course, session in rows[:limit]
    ]

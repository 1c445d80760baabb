"""Reading companies and funders."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from qualiopi.folding import sought
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.people.models import Company, Funder

# From a company or a funder to the enrolments it stands behind.
_ENROLMENTS = {Company: "enrolments", Funder: "fundings__enrolment"}


def parties_of(organisation: Organisation, model: type[Company] | type[Funder], *, search: str = "") -> QuerySet[Any]:
    """Companies or funders by name."""
    rows: QuerySet[Any] = model.objects.for_organisation(organisation).order_by("name", "pk")
    return sought(rows, search, "found_by")


def with_counts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows with `session_count` and `trainee_count`: each session and each person once, departures included."""
    path = _ENROLMENTS[rows.model]
    counted: QuerySet[Any] = rows.annotate(
        session_count=Count(f"{path}__session", distinct=True), trainee_count=Count(f"{path}__trainee", distinct=True)
    )
    return counted


def unreachable_of(organisation: Organisation, model: type[Company] | type[Funder]) -> tuple[int, int]:
    """How many companies or funders there are, and how many of these have no e-mail address; one query."""
    counts = model.objects.for_organisation(organisation).aggregate(known=Count("pk"), lost=Count("pk", filter=Q(email="")))
    return counts["known"], counts["lost"]


def party_named(organisation: Organisation, model: type[Company] | type[Funder], name: str) -> Any:
    """The company or funder of that name, whatever its capitals and accents; None when there is none."""
    return model.objects.for_organisation(organisation).filter(name_key=comparison_key(name)[:200]).first()

"""What each piece needs from somebody, said once: the first of its needs. Counts and conditions, in as few queries as there are lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from evidence.library.models import IndicatorLink, ReviewState
from qualiopi.standard.model import Grid


class Need(IntEnum):
    """What a piece needs, the most pressing first; a piece that needs several things is under the first one."""

    EXPIRED = 1
    EXPIRING = 2
    TO_READ = 3
    UNLINKED = 4
    TO_FILE = 5
    REFUSED = 6
    NOTHING = 7
    WITHDRAWN = 8


@dataclass(frozen=True, slots=True)
class Criterion:
    """The pieces of one criterion of the grid that need nothing: how many, and how many serve each of its indicators."""

    number: int
    title: str
    pieces: int
    indicators: tuple[tuple[int, int], ...]


def with_needs(documents: QuerySet[Any], *, today: date, audit_date: date) -> QuerySet[Any]:
    """The same pieces (read by `documents_of`), each with its `need`, the most pressing first, then the last filed.

    The day of the audit itself is still covered; a piece that was refused proves nothing, whenever it expires.
    """
    need = Case(
        When(withdrawn_at__isnull=False, then=Value(Need.WITHDRAWN.value)),
        When(has_file=False, then=Value(Need.TO_FILE.value)),
        When(review_state=ReviewState.REFUSED, then=Value(Need.REFUSED.value)),
        When(valid_until__lt=today, then=Value(Need.EXPIRED.value)),
        When(valid_until__lt=audit_date, then=Value(Need.EXPIRING.value)),
        When(review_state=ReviewState.NOT_REVIEWED, then=Value(Need.TO_READ.value)),
        When(has_indicator=False, then=Value(Need.UNLINKED.value)),
        default=Value(Need.NOTHING.value),
        output_field=IntegerField(),
    )
    found: QuerySet[Any] = documents.annotate(need=need).order_by("need", "-created_at", "id")
    return found


def needing(documents: QuerySet[Any]) -> QuerySet[Any]:
    """Of pieces with their need, those that somebody has to take in hand."""
    return documents.filter(need__lt=Need.NOTHING)


def tallies(documents: QuerySet[Any]) -> dict[tuple[Need, date], int]:
    """How many of these pieces with their need there are by need and month of filing (its first day), in one query."""
    rows = documents.order_by().annotate(month=TruncMonth("created_at")).values_list("need", "month")
    return {(Need(need), month.date()): count for need, month, count in rows.annotate(count=Count("pk"))}


def by_need(counted: Mapping[tuple[Need, date], int]) -> dict[Need, int]:
    """The same, whatever the month: every need, even those that no piece has."""
    found = dict.fromkeys(Need, 0)
    for (need, _month), count in counted.items():
        found[need] += count
    return found


def settled_by_criterion(documents: QuerySet[Any], grid: Grid) -> list[Criterion]:
    """Of these pieces with their need, those that need nothing, under the criteria of the indicators they serve; one query.

    A piece that serves two criteria is in both, once in each. Empty criteria are left out.
    """
    settled = documents.order_by().filter(Q(need=Need.NOTHING)).values("pk")
    links = IndicatorLink.objects.filter(document__in=settled).order_by().values_list("document", "indicator")
    pieces: dict[int, set[Any]] = defaultdict(set)
    indicators: dict[int, Counter[int]] = defaultdict(Counter)
    for document, number in links:
        if grid.has(number):
            criterion = grid.indicator(number).criterion
            pieces[criterion].add(document)
            indicators[criterion][number] += 1
    return [
        Criterion(each.number, each.title, len(pieces[each.number]), tuple(sorted(indicators[each.number].items())))
        for each in grid.criteria
        if each.number in pieces
    ]

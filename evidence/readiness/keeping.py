"""The board of today as it was judged last: a cache that any change makes void, that may be dropped at any time, and that no audit reads
(ADR 148)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.db import InternalError, OperationalError, transaction
from django.db.models import Model

from evidence.engine.result import Status
from evidence.readiness.models import KeptBoard
from evidence.readiness.packing import pack_outline, pack_statuses, unpack_outline, unpack_statuses
from evidence.readiness.queries import Board, board
from evidence.readiness.remembering import Recalled
from qualiopi.organisations.models import Organisation
from qualiopi.standard.grids import grid_for
from qualiopi.zones import today_of
from trainings.facts.keeping import Standing, standing, unchanged_since

_ROOMS = ("qualiopi/standard", "trainings/facts", "evidence/engine", "evidence/library", "evidence/readiness")


class Summary(NamedTuple):
    """What the head of a network compares."""

    concerned: int
    asking: int
    counts: Mapping[Status, int]


def board_of_today(organisation: Organisation) -> Board:
    """What `board` says of this organisation today. One query when nothing changed since it was last asked for.

    Otherwise it is judged, and kept unless something changed meanwhile: with the facts of sessions, this is what a page that shows may
    write.
    """
    today = today_of(organisation)
    row = _standing(KeptBoard.objects.filter(organisation=organisation, read_on=today)).first()
    if row is not None:
        return _unpacked(organisation, row)
    before = standing(organisation)
    recalled = Recalled(organisation, _code(), before)
    found = board(organisation=organisation, observed_on=today, recalled=recalled)
    if standing(organisation) == before.once_read:
        _keep(found, recalled, before.once_read)
    return found


def board_asked(organisation: Organisation, audit_date: date | None) -> Board:
    """That of today, or what `board` says of a day that somebody chose."""
    return board_of_today(organisation) if audit_date is None else board(organisation=organisation, audit_date=audit_date)


def board_read_on(organisation: Organisation, day: date) -> Board:
    """That of today where ``day`` is its today, or what `board` says of the next audit as facts stand on that day."""
    return board_of_today(organisation) if day == today_of(organisation) else board(organisation=organisation, observed_on=day)


def summaries(organisations: Iterable[Organisation]) -> dict[UUID, Summary]:
    """The same of many, by organisation: one query for all those of which nothing changed."""
    asked = list(organisations)
    days = {organisation.pk: today_of(organisation) for organisation in asked}
    rows = _standing(KeptBoard.objects.filter(organisation__in=asked)).values_list("organisation_id", "read_on", "summary")
    found = {key: _summary(told) for key, day, told in rows if day == days[key]}
    for organisation in asked:
        if organisation.pk not in found:
            found[organisation.pk] = _summary(_told(board_of_today(organisation)))
    return found


def _standing(rows: Any) -> Any:
    """Those that still say what would be judged now."""
    return unchanged_since(rows.filter(made_with=_code()))


def _keep(found: Board, recalled: Recalled, read: Standing) -> None:
    row = KeptBoard(
        organisation=found.organisation,
        read_on=found.observed_on,
        made_with=_code(),
        revision=read.revision,
        summary=_told(found),
        judged=pack_statuses(found.audit_date, found.profile, found.statuses),
        outline=pack_outline(found.outline),
    )
    seen = recalled.row(read.shared)
    try:
        with transaction.atomic():
            _write(row)
            if seen is not None:
                _write(seen)
    except (OperationalError, InternalError):
        pass  # a database that cannot be written now: what was judged serves this once


def _write(row: Model) -> None:
    renewed = [each.name for each in row._meta.fields if not each.primary_key]
    type(row)._default_manager.bulk_create([row], update_conflicts=True, unique_fields=["organisation"], update_fields=renewed)


def _told(found: Board) -> dict[str, Any]:
    counts = {status.value: number for status, number in found.counts.items()}
    return {"concerned": found.concerned, "asking": found.asking, "counts": counts}


def _summary(told: Mapping[str, Any]) -> Summary:
    return Summary(told["concerned"], told["asking"], {Status(key): number for key, number in told["counts"].items()})


def _unpacked(organisation: Organisation, row: KeptBoard) -> Board:
    audit_date, profile, statuses = unpack_statuses(row.judged)
    return Board(
        organisation=organisation,
        audit_date=audit_date,
        observed_on=row.read_on,
        grid=grid_for(audit_date),
        profile=profile,
        # Many pages never look at it.
        read_outline=lambda: unpack_outline(row.outline),
        statuses=statuses,
    )


@cache
def _code() -> str:
    """A digest of the code and of the data that a board is judged by."""
    found = hashlib.sha256()
    top = Path(__file__).parents[2]
    for room in _ROOMS:
        for path in sorted((top / room).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                found.update(path.read_bytes())
    return found.hexdigest()[:16]

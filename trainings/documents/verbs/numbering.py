"""Numbers of documents: each is given once, and none is lost when the work stops halfway."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from qualiopi.organisations.models import Organisation
from trainings.documents.models import Counter, Reservation
from trainings.documents.queries import Target
from trainings.documents.wording import facts_of
from trainings.sessions.models import Session


def reserve_numbers(*, session: Session, kind: str, year: int, targets: Sequence[Target]) -> list[str]:
    """A number for each target of a session, in their order: « CR-2026-0042 ». Whoever was given one and got no document keeps it.

    Two who ask at once for the same target are given the same number, and only one of them can use it: see `reserved_numbers`.
    Four queries, whatever the number of targets.
    """
    if not targets:
        return []
    organisation = session.organisation
    with transaction.atomic():
        Counter.objects.get_or_create(organisation=organisation, kind=kind, year=year)
        counter = Counter.objects.select_for_update().get(organisation=organisation, kind=kind, year=year)
        held = reserved_numbers(session=session, kind=kind, year=year)
        without = [target for target in targets if target.key not in held]
        if without:
            numbers = _next_numbers(counter, len(without))
            Reservation.objects.bulk_create(
                Reservation(
                    organisation=organisation, kind=kind, year=year, number=number, session=session, target=UUID(target.key)
                )
                for target, number in zip(without, numbers, strict=True)
            )
            held |= {target.key: number for target, number in zip(without, numbers, strict=True)}
    return [held[target.key] for target in targets]


def reserved_numbers(*, session: Session, kind: str, year: int) -> dict[str, str]:
    """The numbers that wait for a document of this session, by target. One query."""
    rows = Reservation.objects.filter(session=session, kind=kind, year=year).values_list("target", "number")
    return {str(target): number for target, number in rows}


def release_numbers(*, organisation: Organisation, numbers: Sequence[str]) -> None:
    """Forget the reservations of numbers that a document now carries. To be called in the transaction that writes it."""
    Reservation.objects.for_organisation(organisation).filter(number__in=numbers).delete()


def _next_numbers(counter: Counter, count: int) -> list[str]:
    """Move the locked counter by that many."""
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    prefix = facts_of(counter.kind).prefix
    return [f"{prefix}-{counter.year}-{number:04d}" for number in range(first, first + count)]

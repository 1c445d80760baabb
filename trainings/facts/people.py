"""Trainers with their files, subcontractors with their contracts and reviews, companies and funders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Q

from qualiopi.identifiers import Names, raw
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.facts.moments import end_of
from trainings.facts.rows import Contract, Party, Record, SessionRow, SubcontractorRow, TrainerRow
from trainings.people.models import Company, Funder, Subcontract, Subcontractor, Trainer, TrainerRecord, TrainerStatus


def read_parties(
    model: type[Company] | type[Funder], organisation: Organisation, names: Names, asked: Mapping[str, date]
) -> list[Party]:
    """Companies, or funders, by name. One query."""
    rows = model.objects.for_organisation(organisation).order_by("name", "id").values_list(raw("id"), "name")
    return [Party(names[key], name, asked.get(names[key])) for key, name in rows]


def read_subcontractors(organisation: Organisation, names: Names, *, until: date) -> list[SubcontractorRow]:
    """Subcontractors by name, in two queries. A contract that is not signed binds nobody; a review counts when nothing was left out."""
    contracts: defaultdict[str, list[Contract]] = defaultdict(list)
    held = Subcontract.objects.for_organisation(organisation).filter(signed_on__lte=until).order_by("signed_on", "id")
    for key, company, signed_on, start, end, missions, clause, check in held.values_list(
        raw("id"),
        raw("subcontractor_id"),
        "signed_on",
        "valid_from",
        "valid_until",
        "missions",
        "compliance_clause",
        "right_to_check",
    ):
        contracts[names[company]].append(
            Contract(
                id=names[key],
                signed_on=signed_on,
                valid_from=start,
                valid_until=end,
                lists_missions=bool(missions),
                keeps_to_standard=clause and check,
            )
        )
    complete = Q(
        reviews__held_on__lte=until,
        reviews__identity_checked=True,
        reviews__skills_checked=True,
        reviews__results_read=True,
    )
    rows = (
        Subcontractor.objects.for_organisation(organisation)
        .annotate(checked_on=Max("reviews__held_on", filter=complete))
        .order_by("name", "id")
        .values_list(raw("id"), "name", "checked_on", "certified_from", "certified_until", "exemption")
    )
    return [
        SubcontractorRow(
            id=names[key],
            name=name,
            contracts=tuple(contracts.get(names[key], ())),
            checked_on=checked_on,
            certified_from=start,
            certified_until=end,
            exempted=bool(exemption),
        )
        for key, name, checked_on, start, end, exemption in rows
    ]


def outline_of_trainers(organisation: Organisation, names: Names) -> list[TrainerRow]:
    """Trainers by name and how they are paid, without their file. One query."""
    rows = Trainer.objects.for_organisation(organisation).order_by("last_name", "first_name", "id")
    return [
        _outline(names, *row) for row in rows.values_list(raw("id"), "first_name", "last_name", "status", raw("subcontractor_id"))
    ]


def _outline(names: Names, key: Any, first_name: str, last_name: str, status: str, company: Any) -> TrainerRow:
    name = names[key]
    invoices = None if not status else status == TrainerStatus.SUBCONTRACTOR
    return TrainerRow(
        id=name,
        name=f"{first_name} {last_name}".strip(),
        subcontractor=invoices,
        carried=None if not status else status == TrainerStatus.CARRIED,
        subcontractor_id=(names[company] if company is not None else name) if invoices else None,
    )


def read_trainers(
    organisation: Organisation, names: Names, sessions: list[SessionRow], asked: Mapping[str, date], *, until: date
) -> list[TrainerRow]:
    """Trainers by name, with the first day they ever led a session that was held, in two queries.

    Of a file, what was withdrawn by that day is left out, and what a trainer sent counts once somebody looked at it.
    """
    records: defaultdict[str, list[Record]] = defaultdict(list)
    lines = TrainerRecord.objects.for_organisation(organisation).filter(
        Q(dropped=False) | Q(checked_at__isnull=False), Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=end_of(until))
    )
    for trainer, kind, key, dated_on, valid_until, note, title, covers in lines.order_by("dated_on", "id").values_list(
        raw("trainer_id"), "kind", "title_key", "dated_on", "valid_until", "note", "title", "covers"
    ):
        record = Record(
            kind=kind,
            words=frozenset(key.split()),
            dated_on=dated_on,
            valid_until=valid_until,
            concluded=bool(note.strip()),
            title=title,
            covers=tuple(frozenset(comparison_key(each).split()) for each in covers),
        )
        records[names[trainer]].append(record)
    first: dict[str, date] = {}
    for session in sessions:
        if session.held:
            for name in session.trainer_ids:
                if name not in first or session.first_day < first[name]:
                    first[name] = session.first_day
    return [
        trainer._replace(
            first_session_on=first.get(trainer.id), records=tuple(records.get(trainer.id, ())), asked_on=asked.get(trainer.id)
        )
        for trainer in outline_of_trainers(organisation, names)
    ]

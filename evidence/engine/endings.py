"""What is signed or granted up to a day: contracts, certificates, titles and rights that hold today and end before an audit to come.

They are judged on the days of sessions, so no later reading of the past finds them: their own last day is read instead (ADR 162).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from evidence.engine.result import Subject
from evidence.engine.situation import Situation

_TITLES = ("qualification", "diploma")
_ONE_DAY = timedelta(days=1)


class Ending(NamedTuple):
    """Of whom or of what, in which words, and the last day on which it holds."""

    subject: Subject
    label: str
    until: date


def endings(situation: Situation, key: str) -> list[Ending]:
    """What this expectation will ask for again: held on the day of reading, and no longer on the day of the audit."""
    read = _BY_EXPECTATION.get(key)
    if read is None:
        return []
    today, audit = situation.reference_day, situation.as_of
    return sorted((each for each in read(situation) if today <= each.until < audit), key=lambda each: (each.until, each.label))


def held_until(periods: Iterable[tuple[date | None, date | None]], day: date) -> date | None:
    """To which day periods (first, last; None: open) hold from this day on, one after the other without a gap; None: without end.

    The eve when nothing holds on this day.
    """
    until = day - _ONE_DAY
    for first, last in sorted(periods, key=lambda period: period[0] or date.min):
        if first is not None and first > until + _ONE_DAY:
            break
        if last is None:
            return None
        until = max(until, last)
    return until


def _contracts(situation: Situation) -> Iterator[Ending]:
    """Contracts that say the missions, signed by the day of reading."""
    today = situation.reference_day
    for identifier, known in situation.subcontractors.items():
        signed = [one for one in known.contracts if one.lists_missions and one.signed_on <= today]
        until = held_until(((one.valid_from, one.valid_until) for one in signed), today)
        if until is not None:
            yield Ending(situation.subcontractor_view(identifier).subject, f"{known.name}, contrat", until)


def _certificates(situation: Situation) -> Iterator[Ending]:
    """Certificates of those who run sessions that the CPF pays: no text asks for one elsewhere."""
    asked = {each for view in situation.sessions if view.facts.enrolled_cpf_only for each in view.subcontractor_ids}
    for identifier, known in situation.subcontractors.items():
        if identifier in asked and not known.exempted and known.certified_until is not None:
            until = held_until([(known.certified_from, known.certified_until)], situation.reference_day)
            if until is not None:
                yield Ending(situation.subcontractor_view(identifier).subject, f"{known.name}, certificat Qualiopi", until)


def _titles(situation: Situation) -> Iterator[Ending]:
    """The last end of each title of a trainer: what renewed it counts."""
    for identifier, trainer in situation.trainers.items():
        last: dict[frozenset[str], tuple[date, str]] = {}
        for record in trainer.records:
            if record.kind in _TITLES and (record.dated_on is None or record.dated_on <= situation.reference_day):
                known = last.get(record.words, (date.min, ""))
                last[record.words] = max(known, (record.valid_until or date.max, record.title))
        for until, title in last.values():
            yield Ending(situation.trainer_view(identifier).subject, f"{trainer.name}, {title}", until)


def _rights(situation: Situation) -> Iterator[Ending]:
    """The right to prepare for a certification, and its registration, of the courses that are given."""
    today = situation.reference_day
    for view in situation.courses.values():
        facts = view.facts
        if not facts.certifying or (facts.archived_on is not None and facts.archived_on <= today):
            continue
        until = held_until(((one.valid_from, one.valid_until) for one in facts.rights), today)
        if until is not None:
            yield Ending(view.subject, f"{view.subject.label}, habilitation", until)
        if facts.registered_until is not None:
            yield Ending(view.subject, f"{view.subject.label}, enregistrement de la certification", facts.registered_until)


_BY_EXPECTATION: dict[str, Callable[[Situation], Iterator[Ending]]] = {
    "session_subcontract_on_file": _contracts,
    "subcontractor_checked": _certificates,
    "trainer_qualified_on_session_days": _titles,
    "certification_right_2026": _rights,
}

"""Indicators 21, 22 and 27: the files of trainers, contracts and reviews of subcontractors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from evidence.engine.facts import SubcontractorFacts
from evidence.engine.populations import View
from evidence.engine.recorded.proof import GOOD_PROOF, NO_DAYS, NO_PROOF, PROOFS, Proof, Recorded, dated
from evidence.engine.situation import PersonView, SessionView, Situation
from evidence.engine.timing import Clock, Lasting, Verdict
from trainings.facts.rows import Contract, Record

# Kinds of lines of a trainer's file.
_CV, _DIPLOMA, _QUALIFICATION, _TRAINING, _INTERVIEW, _CHARTER = (
    "cv",
    "diploma",
    "qualification",
    "training",
    "interview",
    "charter",
)


def _of_kind(view: View, until: date, *kinds: str) -> list[Record]:
    """The lines of these kinds in a trainer's file, those dated later than that day left out."""
    records = view.trainer.records if isinstance(view, PersonView) and view.trainer else ()
    return [record for record in records if record.kind in kinds and (record.dated_on is None or record.dated_on <= until)]


def _worth(records: Iterable[Record], clock: Clock) -> Proof:
    verdicts = (clock.fact(record.dated_on, NO_DAYS, Lasting(record.valid_until)) for record in records)
    return PROOFS[max(verdicts, default=Verdict.NONE)]


def _profile(view: View, situation: Situation, clock: Clock) -> Proof:
    """A dated career summary, or a diploma, title or proof of experience: one of them, recorded or filed."""
    return _worth(_of_kind(view, situation.as_of, _CV, _DIPLOMA, _QUALIFICATION), clock)


def _mastery(view: View, situation: Situation, clock: Clock) -> Proof:
    """In the period: an answered end-of-session survey about a session this person led, or an observation with its conclusion."""
    if not isinstance(view, PersonView):
        return NO_PROOF
    if view.id in situation.answered_trainers(clock.period):
        return GOOD_PROOF
    return _worth((record for record in _of_kind(view, situation.as_of, _INTERVIEW) if record.concluded), clock)


def _qualified(view: View, situation: Situation, clock: Clock) -> Proof:
    """Each person assigned holds what the course asks for, valid on every day they taught."""
    course = situation.courses.get(view.facts.course_id) if isinstance(view, SessionView) else None
    if not isinstance(view, SessionView) or course is None or not view.facts.trainer_ids:
        return NO_PROOF
    taught = {days.trainer_id: (days.first_day, days.last_day) for days in view.facts.work.taught}
    whole = (view.facts.first_day, view.facts.last_day or view.facts.first_day)
    for identifier in dict.fromkeys((*view.facts.trainer_ids, *taught)):
        trainer = situation.trainers.get(identifier)
        records = [record for record in trainer.records if _answers_to(record, course.facts.required)] if trainer else []
        if not _cover(records, *taught.get(identifier, whole)):
            return NO_PROOF
    return GOOD_PROOF


def _answers_to(record: Record, required: frozenset[str]) -> bool:
    return record.kind in (_QUALIFICATION, _DIPLOMA) and required <= record.words


def _cover(records: Iterable[Record], first: date, last: date) -> bool:
    """Every day from the first to the last is covered by a line. Without a date it always held; without an end it still does."""
    day = first
    for record in sorted(records, key=lambda record: record.dated_on or date.min):
        if record.dated_on is not None and record.dated_on > day:
            return False
        if record.valid_until is None or record.valid_until >= last:
            return True
        day = max(day, record.valid_until + timedelta(days=1))
    return False


def _development(view: View, situation: Situation, clock: Clock) -> Proof:
    """A course followed, an exchange of practice or an interview."""
    return _worth(_of_kind(view, situation.as_of, _TRAINING, _INTERVIEW), clock)


def _carried(view: View, situation: Situation, clock: Clock) -> Proof:
    """The commitment is signed, and a check is dated."""
    signed = _of_kind(view, situation.as_of, _CHARTER)
    return _worth(_of_kind(view, situation.as_of, _INTERVIEW), clock) if signed else NO_PROOF


# -- subcontracting ---------------------------------------------------------------------------------------------------


def _contracts(situation: Situation, identifier: str) -> tuple[Contract, ...]:
    known = situation.subcontractors.get(identifier)
    return known.contracts if known else ()


def _contract_of_session(view: View, situation: Situation, clock: Clock) -> Proof:
    """A contract that lists the missions given and covers the session, with each subcontractor who runs a part of it."""
    if not isinstance(view, SessionView) or not view.subcontractor_ids:
        return NO_PROOF
    worst = Verdict.GOOD
    for identifier in view.subcontractor_ids:
        verdicts = [
            clock.fact(contract.signed_on, view.days)
            for contract in _contracts(situation, identifier)
            if contract.lists_missions and (contract.id == view.facts.contract_id or _in_force(contract, view))
        ]
        worst = min(worst, max(verdicts, default=Verdict.NONE))
    return PROOFS[worst]


def _in_force(contract: Contract, view: SessionView) -> bool:
    last = view.facts.last_day or view.facts.first_day
    return contract.valid_from <= view.facts.first_day and (contract.valid_until is None or contract.valid_until >= last)


def _keeps_to_standard(view: View, situation: Situation, clock: Clock) -> Proof:
    """The contract in force has the clause, and the right to check it."""
    day = situation.as_of
    for contract in _contracts(situation, view.subject.id):
        in_force = contract.valid_from <= day and (contract.valid_until is None or contract.valid_until >= day)
        if in_force and contract.keeps_to_standard:
            return dated(clock, contract.signed_on)
    return NO_PROOF


def _checked(view: View, situation: Situation, clock: Clock) -> Proof:
    """A complete review; where the CPF pays, a certificate valid on the day, or the exemption named."""
    known = situation.subcontractors.get(view.subject.id)
    if known is None or known.checked_on is None:
        return NO_PROOF
    for session in situation.sessions:
        facts = session.facts
        paid_by_cpf = facts.enrolled_cpf_only and known.id in session.subcontractor_ids
        if paid_by_cpf and facts.first_day >= clock.period.start and not _certified(known, facts.first_day):
            return NO_PROOF
    return dated(clock, known.checked_on)


def _certified(subcontractor: SubcontractorFacts, day: date) -> bool:
    if subcontractor.exempted:
        return True
    start, end = subcontractor.certified_from, subcontractor.certified_until
    return end is not None and day <= end and (start is None or start <= day)


RECORDED: dict[str, Recorded] = {
    "trainer_profile_on_file": _profile,
    "trainer_mastery_checked": _mastery,
    "trainer_qualified_on_session_days": _qualified,
    "staff_development_done": _development,
    "carried_trainer_checked": _carried,
    "session_subcontract_on_file": _contract_of_session,
    "subcontract_traces_compliance_2026": _keeps_to_standard,
    "subcontractor_checked": _checked,
}

"""Indicators 21, 22 and 27: the files of trainers, contracts and reviews of subcontractors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from evidence.engine.dates import french_day
from evidence.engine.facts import SubcontractorFacts
from evidence.engine.populations import View, in_force_on
from evidence.engine.recorded.proof import (
    CONTRARY,
    GOOD_PROOF,
    NO_DAYS,
    NO_PROOF,
    PROOFS,
    Proof,
    Recorded,
    covered,
    dated,
    mission,
)
from evidence.engine.situation import PersonView, SessionView, Situation
from evidence.engine.timing import Clock, Days, Lasting, Verdict
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
    return _worth(_of_kind(view, situation.reference_day, _CV, _DIPLOMA, _QUALIFICATION), clock)


def _mastery(view: View, situation: Situation, clock: Clock) -> Proof:
    """In the period: an answered end-of-session survey about a session this person led, or an observation with its conclusion."""
    if not isinstance(view, PersonView):
        return NO_PROOF
    if view.id in situation.answered_trainers(clock.period):
        return GOOD_PROOF
    return _worth((record for record in _of_kind(view, situation.reference_day, _INTERVIEW) if record.concluded), clock)


def _qualified(view: View, situation: Situation, clock: Clock) -> Proof:
    """Each person holds what the course asks for on the days they taught up to today: gaps and days to come ask for nothing."""
    course = situation.courses.get(view.facts.course_id) if isinstance(view, SessionView) else None
    if not isinstance(view, SessionView) or course is None or not view.facts.trainer_ids:
        return NO_PROOF
    taught = {one.trainer_id: one.days for one in view.facts.work.taught}
    first, last = mission(view, situation)
    whole = tuple(first + timedelta(days=place) for place in range((last - first).days + 1))
    for identifier in dict.fromkeys((*view.facts.trainer_ids, *taught)):
        trainer = situation.trainers.get(identifier)
        records = [record for record in trainer.records if _answers_to(record, course.facts.required)] if trainer else []
        # Whoever taught none of its half-days up to today owes nothing.
        days = taught.get(identifier, () if view.facts.work.half_days else whole)
        if not all(covered([(record.dated_on, record.valid_until) for record in records], day, day) for day in days):
            return NO_PROOF
    return GOOD_PROOF


def _answers_to(record: Record, required: frozenset[str]) -> bool:
    return record.kind in (_QUALIFICATION, _DIPLOMA) and required <= record.words


def _development(view: View, situation: Situation, clock: Clock) -> Proof:
    """A course followed, an exchange of practice or an interview."""
    return _worth(_of_kind(view, situation.reference_day, _TRAINING, _INTERVIEW), clock)


def _carried(view: View, situation: Situation, clock: Clock) -> Proof:
    """The commitment is signed, and a check is dated."""
    signed = _of_kind(view, situation.reference_day, _CHARTER)
    return _worth(_of_kind(view, situation.reference_day, _INTERVIEW), clock) if signed else NO_PROOF


# -- subcontracting ---------------------------------------------------------------------------------------------------


def _contracts(situation: Situation, identifier: str) -> tuple[Contract, ...]:
    known = situation.subcontractors.get(identifier)
    return known.contracts if known else ()


def _contract_of_session(view: View, situation: Situation, clock: Clock) -> Proof:
    """Contracts that list the missions given, signed before the first day, and cover the days of the mission one after the other; so
    with each subcontractor who runs a part of it. One signed or ended at other days says the contrary of any file."""
    if not isinstance(view, SessionView) or not view.subcontractor_ids:
        return NO_PROOF
    first, last = mission(view, situation)
    found = []
    for identifier in view.subcontractor_ids:
        known = [contract for contract in _contracts(situation, identifier) if contract.signed_on <= situation.reference_day]
        named = [contract for contract in known if contract.id == view.facts.contract_id]
        held = [
            (contract.valid_from, contract.valid_until)
            for contract in known
            if contract.lists_missions and clock.fact(contract.signed_on, Days(max(first, contract.valid_from))) is Verdict.GOOD
        ]
        found.append(GOOD_PROOF if covered(held, first, last) else _lacking_contract(named) if named else NO_PROOF)
    return min(found, key=lambda proof: (proof.verdict, not proof.contrary))


def _lacking_contract(named: list[Contract]) -> Proof:
    """The contract by which the session was given does not cover it: it is named with its dates."""
    contract = named[0]
    if not contract.lists_missions:
        return Proof(Verdict.NONE, partly="le contrat ne dit pas les missions confiées.", contrary=True)
    until = f" au {french_day(contract.valid_until)}" if contract.valid_until else ""
    said = f"contrat signé le {french_day(contract.signed_on)}, valable du {french_day(contract.valid_from)}{until} :"
    return Proof(Verdict.NONE, partly=f"{said} il ne couvre pas les jours de la mission.", contrary=True)


def _keeps_to_standard(view: View, situation: Situation, clock: Clock) -> Proof:
    """Each contract in force on the day of reading has the clause, and the right to check it."""
    day = situation.reference_day
    in_force = [contract for contract in _contracts(situation, view.subject.id) if in_force_on(contract, day)]
    if not in_force:
        return NO_PROOF
    if all(contract.keeps_to_standard for contract in in_force):
        return dated(clock, max(contract.signed_on for contract in in_force))
    return CONTRARY


def _checked(view: View, situation: Situation, clock: Clock) -> Proof:
    """A complete review; where the CPF pays, a certificate valid over the days of the mission, or the exemption named.

    Only sessions begun by the day of reading count: one that is planned never spoils a check that was made.
    """
    known = situation.subcontractors.get(view.subject.id)
    if known is None:
        return NO_PROOF
    checked = dated(clock, known.checked_on) if known.checked_on is not None else NO_PROOF
    for session in situation.sessions:
        facts = session.facts
        paid_by_cpf = facts.enrolled_cpf_only and known.id in session.subcontractor_ids
        begun = clock.period.start <= facts.first_day <= situation.reference_day
        if paid_by_cpf and begun and not _certified(known, *mission(session, situation)):
            return Proof(Verdict.NONE, partly=_without_certificate(known, session, checked), contrary=True)
    return checked


def _certified(subcontractor: SubcontractorFacts, first: date, last: date) -> bool:
    if subcontractor.exempted:
        return True
    end = subcontractor.certified_until
    return end is not None and covered([(subcontractor.certified_from, end)], first, last)


def _without_certificate(known: SubcontractorFacts, session: SessionView, checked: Proof) -> str:
    """Which certificate there is, until when, and which session of the CPF it leaves uncovered."""
    check = f"contrôle du {french_day(known.checked_on)}, mais " if checked.mark is not None and known.checked_on else ""
    certificate = "aucun certificat Qualiopi enregistré"
    if known.certified_until is not None:
        certificate = f"le certificat Qualiopi valable jusqu'au {french_day(known.certified_until)}"
        return f"{check}{certificate} ne couvre pas {session.subject.label}, payée par le CPF."
    return f"{check}{certificate} pour {session.subject.label}, payée par le CPF."


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

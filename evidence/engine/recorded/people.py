"""Indicators 21, 22 and 27: the files of trainers, contracts and reviews of subcontractors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from evidence.engine.dates import french_day
from evidence.engine.facts import DocumentFacts
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
from evidence.engine.tally import MARKS
from evidence.engine.timing import Clock, Days, Lasting, Verdict
from trainings.facts.rows import Contract, Record, SubcontractorRow

# Kinds of lines of a trainer's file.
_CV, _DIPLOMA, _QUALIFICATION, _TRAINING, _INTERVIEW, _CHARTER = (
    "cv",
    "diploma",
    "qualification",
    "training",
    "interview",
    "charter",
)

# Where what expired in somebody's file is told.
PROFILES = "trainer_profile_on_file"
# Types of documents that are a commitment, and a check.
_COMMITMENT, _CHECK = "compliance_charter", "trainer_review"


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
    """In the period: an answered end-of-session survey about a session this person led, kept here or filed with the session, or an
    observation with its conclusion."""
    if not isinstance(view, PersonView):
        return NO_PROOF
    if view.id in situation.answered_trainers(clock.period):
        return GOOD_PROOF
    observed = _worth((record for record in _of_kind(view, situation.reference_day, _INTERVIEW) if record.concluded), clock)
    verdict = max((clock.document(one, days) for one, days in situation.opinions_of(view.id)), default=Verdict.NONE)
    return _filed(verdict) if verdict > observed.verdict else observed


def _filed(verdict: Verdict) -> Proof:
    return Proof(verdict, MARKS.get(verdict), filed=True)


def _qualified(view: View, situation: Situation, clock: Clock) -> Proof:
    """Each person holds what the course asks for on the days they taught up to today: gaps and days to come ask for nothing."""
    course = situation.courses.get(view.facts.course_id) if isinstance(view, SessionView) else None
    if not isinstance(view, SessionView) or course is None or not view.facts.trainer_ids:
        return NO_PROOF
    taught = {one.trainer_id: one.days for one in view.facts.work.taught}
    first, last = mission(view, situation)
    whole = tuple(first + timedelta(days=place) for place in range((last - first).days + 1))
    readers: set[str] = set()
    by_files = 0  # 1: files that somebody accepted, 2: files that nobody has read
    for identifier in dict.fromkeys((*view.facts.trainer_ids, *taught)):
        # Whoever taught none of its half-days up to today owes nothing.
        days = taught.get(identifier, () if view.facts.work.half_days else whole)
        recorded, filed = _titles_held(situation, identifier, course.facts.required)
        if all(covered(recorded, day, day) for day in days):
            continue
        read = [document for document in filed if document.accepted]
        if all(covered([*recorded, *map(_span, read)], day, day) for day in days):
            readers |= {document.read_by for document in read if document.read_by}
            by_files = max(by_files, 1)
        elif all(covered([*recorded, *map(_span, filed)], day, day) for day in days):
            by_files = 2
        else:
            return NO_PROOF
    if not by_files:
        return GOOD_PROOF
    verdict = Verdict.GOOD if by_files == 1 else Verdict.TO_READ
    return Proof(verdict, MARKS.get(verdict), read_by=tuple(sorted(readers)) if verdict is Verdict.GOOD else (), filed=True)


def _span(document: DocumentFacts) -> tuple[date | None, date | None]:
    return document.effective_on, document.valid_until


Spans = list[tuple[date | None, date | None]]


def _titles_held(situation: Situation, identifier: str, required: frozenset[str]) -> tuple[Spans, list[DocumentFacts]]:
    """When this person held what a course requires by the lines of their file, and the dated files linked to them that say the same."""
    said = situation.covered_by_titles
    trainer = situation.trainers.get(identifier)
    recorded: Spans = [
        (record.dated_on, record.valid_until)
        for record in (trainer.records if trainer else ())
        if record.kind in (_QUALIFICATION, _DIPLOMA) and _covers(record.words, required, said)
    ]
    filed = [
        document
        for document in situation.documents_of_trainers.get(identifier, ())
        if document.type == _QUALIFICATION and document.effective_on is not None and _covers(document.words, required, said)
    ]
    return recorded, filed


def _covers(words: frozenset[str], required: frozenset[str], said: Mapping[frozenset[str], frozenset[frozenset[str]]]) -> bool:
    """Every word that is required is in the title, or somebody said that this title covers it."""
    return required <= words or required in said.get(words, frozenset())


def _development(view: View, situation: Situation, clock: Clock) -> Proof:
    """A course followed, an exchange of practice or an interview."""
    return _worth(_of_kind(view, situation.reference_day, _TRAINING, _INTERVIEW), clock)


def _carried(view: View, situation: Situation, clock: Clock) -> Proof:
    """The commitment is signed, and a check is dated: a line of the file and a file linked to the person count alike."""
    if not isinstance(view, PersonView):
        return NO_PROOF
    filed = situation.documents_of_trainers.get(view.id, ())
    signed, checked = (
        max(
            _worth(_of_kind(view, situation.reference_day, kind), clock).verdict,
            *(clock.document(document, NO_DAYS) for document in filed if document.type == filed_as),
            Verdict.NONE,
        )
        for kind, filed_as in ((_CHARTER, _COMMITMENT), (_INTERVIEW, _CHECK))
    )
    # A commitment signed long ago still binds: its age says nothing, that of the check does.
    least = min(Verdict.GOOD if signed > Verdict.TO_READ else signed, checked)
    if least >= Verdict.TO_READ:
        of_the_file = (_of_kind(view, situation.reference_day, kind) for kind in (_CHARTER, _INTERVIEW))
        return PROOFS[least] if all(of_the_file) else _filed(least)
    if max(signed, checked) < Verdict.TO_READ:
        return NO_PROOF
    lacks = "engagement signé, contrôle à dater." if signed >= Verdict.TO_READ else "contrôle daté, engagement à signer."
    return Proof(Verdict.NONE, partly=lacks, contrary=True)


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


def _certified(subcontractor: SubcontractorRow, first: date, last: date) -> bool:
    if subcontractor.exempted:
        return True
    end = subcontractor.certified_until
    return end is not None and covered([(subcontractor.certified_from, end)], first, last)


def _without_certificate(known: SubcontractorRow, session: SessionView, checked: Proof) -> str:
    """Which certificate there is, until when, and which session of the CPF it leaves uncovered."""
    check = f"contrôle du {french_day(known.checked_on)}, mais " if checked.mark is not None and known.checked_on else ""
    certificate = "aucun certificat Qualiopi enregistré"
    if known.certified_until is not None:
        certificate = f"le certificat Qualiopi valable jusqu'au {french_day(known.certified_until)}"
        return f"{check}{certificate} ne couvre pas {session.subject.label}, payée par le CPF."
    return f"{check}{certificate} pour {session.subject.label}, payée par le CPF."


def expired(view: PersonView, situation: Situation) -> list[str]:
    """Titles of this person that have expired and that nothing of the same title renewed: told even where no course requires them."""
    day = situation.reference_day
    records = view.trainer.records if view.trainer else ()
    held = [(record.words, record.title, record.valid_until) for record in records if record.kind in (_QUALIFICATION, _DIPLOMA)]
    filed = situation.documents_of_trainers.get(view.id, ())
    held += [(document.words, document.title, document.valid_until) for document in filed if document.type == _QUALIFICATION]
    last: dict[frozenset[str], tuple[date, str]] = {}
    for words, title, until in held:
        known = last.get(words, (date.min, ""))
        last[words] = max(known, (until or date.max, title))
    return [f"{title}, échu le {french_day(until)}" for until, title in sorted(last.values()) if until < day]


RECORDED: dict[str, Recorded] = {
    PROFILES: _profile,
    "trainer_mastery_checked": _mastery,
    "trainer_qualified_on_session_days": _qualified,
    "staff_development_done": _development,
    "carried_trainer_checked": _carried,
    "session_subcontract_on_file": _contract_of_session,
    "subcontract_traces_compliance_2026": _keeps_to_standard,
    "subcontractor_checked": _checked,
}

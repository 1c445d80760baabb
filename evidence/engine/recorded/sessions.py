"""What a session shows by itself: dates, trainer, place; what was asked and told before; who was there; what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from evidence.engine.facts import Modality
from evidence.engine.populations import View
from evidence.engine.recorded.proof import GOOD_PROOF, NO_PROOF, PROOFS, Proof, Recorded, dated, everyone, none_of
from evidence.engine.sentences import number
from evidence.engine.situation import SessionView, Situation
from evidence.engine.timing import Clock, Verdict
from trainings.facts.rows import Work


def _schedule(view: View, situation: Situation, clock: Clock) -> Proof:
    if not isinstance(view, SessionView):
        return NO_PROOF
    items = [
        name
        for name, known in (
            ("la date de fin", view.facts.last_day is not None),
            ("la durée en heures", view.facts.hours is not None),
            ("la modalité", bool(view.facts.modality)),
        )
        if not known
    ]
    return Proof(Verdict.NONE, items=", ".join(items)) if items else GOOD_PROOF


def _trainer(view: View, situation: Situation, clock: Clock) -> Proof:
    assigned = isinstance(view, SessionView) and (view.facts.trainer_ids or view.facts.given_to_id)
    return GOOD_PROOF if assigned else NO_PROOF


def _place(view: View, situation: Situation, clock: Clock) -> Proof:
    """On site: a place; remote: a link; mixed: both; modality not known: either one will do."""
    if not isinstance(view, SessionView):
        return NO_PROOF
    place, link, modality = view.facts.has_place, view.facts.has_link, view.facts.modality
    both = (place or modality == Modality.REMOTE) and (link or modality == Modality.ON_SITE)
    known = both if modality else place or link
    return GOOD_PROOF if known else NO_PROOF


# -- before -----------------------------------------------------------------------------------------------------------


def _need(view: View, situation: Situation, clock: Clock) -> Proof:
    """The need of the group, or of each person: their own, or that of their company; with what was concluded from it."""
    if not isinstance(view, SessionView):
        return NO_PROOF
    work = view.facts.work
    if work.need_on is not None:
        of_group = dated(clock, work.need_on, view.days)
        if of_group.mark is not None:
            return of_group
    return everyone(work.needs, view.facts.enrolled, clock, view.days, "besoin analysé pour {people}.")


def _positioning(view: View, situation: Situation, clock: Clock) -> Proof:
    if not isinstance(view, SessionView):
        return NO_PROOF
    people = view.facts.work.positioned
    return everyone(people, view.facts.enrolled, clock, view.days, "positionnement fait pour {people}.")


def _agreement(view: View, situation: Situation, clock: Clock) -> Proof:
    """Signed for each company or person concerned; who is paid by the CPF alone has its general terms."""
    if not isinstance(view, SessionView):
        return NO_PROOF
    owed = view.facts.enrolled - view.facts.enrolled_cpf_only
    return everyone(view.facts.work.agreed, owed, clock, view.days, "convention ou contrat signé pour {people}.")


def _joining_instructions(view: View, situation: Situation, clock: Clock) -> Proof:
    if not isinstance(view, SessionView):
        return NO_PROOF
    return everyone(view.facts.work.told, view.facts.enrolled, clock, view.days, "convocation envoyée à {people}.")


# -- during -----------------------------------------------------------------------------------------------------------


def _attendance(view: View, situation: Situation, clock: Clock) -> Proof:
    """For each half-day held so far, each person is signed in, connected or marked absent, and a trainer confirmed it."""
    if not isinstance(view, SessionView):
        return NO_PROOF
    work = view.facts.work
    if not work.half_days_held or not work.lines_expected:
        return NO_PROOF
    if work.lines >= work.lines_expected and work.countersigned >= work.half_days_held:
        return dated(clock, work.register_on, view.days)
    if not work.lines and not work.countersigned:
        return none_of(work.lines_expected)
    return replace(_register_so_far(work), rest=dated(clock, work.register_on, view.days).verdict)


def _register_so_far(work: Work) -> Proof:
    lines = f"{number(min(work.lines, work.lines_expected))} présences ou absences notées sur {number(work.lines_expected)}"
    signed = f"{number(work.countersigned)} demi-journées contresignées sur {number(work.half_days_held)}"
    counts = (min(work.lines, work.lines_expected), work.lines_expected)
    if counts[0] == counts[1]:
        # Everybody is noted: what lacks is that a trainer confirms it.
        counts = (work.countersigned, work.half_days_held)
    return Proof(Verdict.NONE, partly=f"{lines}, {signed}.", contrary=True, counts=counts)


def _remote_following(view: View, situation: Situation, clock: Clock) -> Proof:
    """For each half-day at a distance, the minutes each person followed stand beside those planned, or the person is marked absent."""
    if not isinstance(view, SessionView):
        return NO_PROOF
    work = view.facts.work
    # Each owes the remote half-days held while they were enrolled, and only traces of those count.
    owed = work.remote_expected
    if not work.remote_held or owed <= 0 or work.lines_timed < owed:
        if not work.lines_timed:
            return none_of(owed if work.remote_held else 0)
        said = f"{number(work.lines_timed)} suivis à distance notés, ou absences, sur {number(owed)}." if owed > 0 else ""
        counts = (work.lines_timed, owed) if owed > 0 else None
        return Proof(
            Verdict.NONE, partly=said, contrary=True, rest=dated(clock, work.register_on, view.days).verdict, counts=counts
        )
    return dated(clock, work.register_on, view.days)


# -- after ------------------------------------------------------------------------------------------------------------


def _evaluation(view: View, situation: Situation, clock: Clock) -> Proof:
    """Each person who took part to the end has at least one result."""
    if not isinstance(view, SessionView):
        return NO_PROOF
    work = view.facts.work
    return everyone(work.evaluated, work.completed, clock, view.days, "acquis évalués pour {people}.")


def _candidates(view: View, situation: Situation, clock: Clock) -> Proof:
    """Each person who aims at the certification was told, registered in time, and one knows what became of it."""
    if not isinstance(view, SessionView):
        return NO_PROOF
    work = view.facts.work
    if work.candidates and work.presented.number >= work.candidates and work.presented.last_on is None:
        return GOOD_PROOF  # nobody sat, and each has a reason
    if work.candidates and work.presented.number >= work.candidates:
        # One registers for an examination well before the first day: only lateness matters.
        return PROOFS[Verdict.LATE if clock.late(work.presented.last_on, view.days) else Verdict.GOOD]
    return everyone(work.presented, work.candidates, clock, view.days, "présentation à l'examen suivie pour {people}.")


def _answered(view: SessionView, until: date) -> bool:
    """Facts dated after the day of reading don't count, nor an end-of-session answer given before the first day."""
    facts = view.facts
    if not facts.asked.answers or (facts.asked.first_on is not None and facts.asked.first_on > until):
        return False
    return facts.asked.last_on is None or facts.asked.last_on >= facts.first_day


def _answers(view: View, situation: Situation, clock: Clock) -> Proof:
    if not isinstance(view, SessionView) or not _answered(view, situation.reference_day):
        return NO_PROOF
    late = clock.late(view.facts.asked.first_on, view.days)
    return PROOFS[Verdict.LATE if late else Verdict.GOOD]


def _trainees_asked(view: View, situation: Situation, clock: Clock) -> Proof:
    if isinstance(view, SessionView):
        opened_on = view.facts.asked.opened_on
        if opened_on is not None and opened_on <= situation.reference_day:
            late = clock.late(opened_on, view.days)
            return PROOFS[Verdict.LATE if late else Verdict.GOOD]
    return _answers(view, situation, clock)


def _reminded(view: View, situation: Situation, clock: Clock) -> Proof:
    """At least one reminder left for the people invited who had not answered."""
    reminded_on = view.facts.work.reminded_on if isinstance(view, SessionView) else None
    return dated(clock, reminded_on, view.days) if isinstance(view, SessionView) and reminded_on else NO_PROOF


RECORDED: dict[str, Recorded] = {
    "session_schedule_recorded": _schedule,
    "session_trainer_assigned": _trainer,
    "session_place_recorded": _place,
    "session_need_analysed": _need,
    "session_positioning_done": _positioning,
    "agreement_states_objectives": _agreement,
    "session_joining_instructions": _joining_instructions,
    "attendance_and_follow_up_traced": _attendance,
    "remote_following_verified_2026": _remote_following,
    "session_learning_evaluated": _evaluation,
    "candidates_presented_properly": _candidates,
    "session_has_answers": _answers,
    "trainees_asked": _trainees_asked,
    "non_respondents_reminded": _reminded,
}

"""What is expected of each enrolled person: counted by session, so that nobody is named and 100,000 people weigh nothing."""

from __future__ import annotations

from datetime import timedelta

from evidence.engine.recorded.proof import NOBODY_CONCERNED, Counted, Headcount, headcount
from evidence.engine.situation import SessionView, Situation
from evidence.engine.timing import Clock


def _question_asked(view: SessionView, situation: Situation, clock: Clock) -> Headcount:
    """The question about adaptation needs has an answer; not wishing to say is one."""
    asked = view.facts.work.asked
    return headcount(asked.number, view.facts.enrolled, clock, view, last_on=asked.last_on)


def _needs_answered(view: SessionView, situation: Situation, clock: Clock) -> Headcount:
    """What was decided with each person who declared a need."""
    work = view.facts.work
    return headcount(work.needs_answered.number, work.needs_declared, clock, view, last_on=work.needs_answered.last_on)


def _adaptations(view: SessionView, situation: Situation, clock: Clock) -> Headcount:
    """Every adaptation decided is done, under way or given up."""
    work = view.facts.work
    return headcount(work.carried_out, work.adapted, clock, view, last_on=None)


def _by_objective(view: SessionView, situation: Situation, clock: Clock) -> Headcount:
    """A result for each objective of the programme followed; a session that follows none has no such result."""
    work = view.facts.work
    return headcount(work.by_objective.number, work.completed, clock, view, last_on=work.by_objective.last_on)


def _certified(view: SessionView, situation: Situation, clock: Clock) -> Headcount:
    work = view.facts.work
    return headcount(work.certified.number, work.completed, clock, view, last_on=work.certified.last_on)


def _followed(view: SessionView, situation: Situation, clock: Clock) -> Headcount:
    """Absences without explanation and departures: a contact within the days, with the reason and what was done."""
    departures = view.facts.work.departures
    if not departures:
        return NOBODY_CONCERNED
    days = timedelta(days=situation.figure("absence_contact_days"))
    satisfied = missing = to_come = 0
    late = False
    for departure in departures:
        due_on = departure.on + days if departure.on is not None else None
        if departure.followed_on is not None:
            satisfied += 1
            late = late or (due_on is not None and departure.followed_on > due_on)
        elif due_on is not None and due_on >= situation.reference_day:
            to_come += 1
        else:
            missing += 1
    return Headcount(satisfied, missing, to_come, late)


COUNTED: dict[str, Counted] = {
    "adaptation_question_asked": _question_asked,
    "adaptations_carried_out": _adaptations,
    "trainee_results_by_objective": _by_objective,
    "end_certificates_issued": _certified,
    "absences_and_dropouts_followed": _followed,
    "disability_needs_answered": _needs_answered,
}

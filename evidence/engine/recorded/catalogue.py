"""Indicators 1, 3, 5, 6, 7 and 19: what is written of a course, the version of its programme, the right to prepare for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from evidence.engine.dates import french_day
from evidence.engine.facts import Modality
from evidence.engine.populations import View
from evidence.engine.recorded.proof import NO_DAYS, NO_PROOF, PROOFS, Proof, Recorded, dated
from evidence.engine.situation import CourseView, SessionView, Situation
from evidence.engine.timing import Clock, Lasting, Verdict

# Skills assessments have no prerequisites to announce; VAE tells how eligibility and feasibility are examined.
_WITHOUT_PREREQUISITES, _EXAMINED = "BC", "VAE"
# Lines of a programme or of a sheet that the checklists of the standard don't name.
_OTHER_LINES = {
    "eligibility": "examen de la recevabilité et de la faisabilité",
    "sequences": "séquences",
    "skills": "compétences visées",
    "uncovered_skills": "séquences de chaque compétence",
    "skill_tests": "épreuve de chaque compétence",
}
NEW_GRID = "2026"
_REMOTE_WORK = "remote_work_and_time"


def sheet_says(key: str) -> Recorded:
    """Every line of the checklist of this expectation is answered on the public sheet; "aucun" is an answer."""

    def proof(view: View, situation: Situation, clock: Clock) -> Proof:
        sheet = view.facts.sheet if isinstance(view, CourseView) else None
        if not isinstance(view, CourseView) or sheet is None or sheet.since > situation.reference_day:
            return NO_PROOF
        lines = [line for line in situation.checklist(key) if line != "prerequisites" or view.category != _WITHOUT_PREREQUISITES]
        lacking = [line for line in lines if line not in sheet.answered]
        if key == "public_sheet_complete" and view.category == _EXAMINED and "eligibility" not in sheet.answered:
            lacking.append("eligibility")
        if lacking:
            return _lines_lack(situation, lacking)
        looked_at = max(
            (day for day in (sheet.written_on, sheet.proofread_on) if day is not None and day <= situation.reference_day),
            default=None,
        )
        return dated(clock, sheet.since, NO_DAYS, Lasting(reviewed_on=looked_at))

    return proof


def certification_named(view: View, situation: Situation, clock: Clock) -> Proof:
    """Exact title, code, certifier and date of registration."""
    if not isinstance(view, CourseView) or not view.facts.certification:
        return NO_PROOF
    lines = situation.checklist("certifying_sheet_complete")
    lacking = [line for line in lines if line not in view.facts.certification]
    return _lines_lack(situation, lacking) if lacking else PROOFS[Verdict.GOOD]


def _lines_lack(situation: Situation, lacking: list[str]) -> Proof:
    return Proof(Verdict.NONE, items=_named(situation, lacking), contrary=True, lacking=tuple(lacking))


def lines_of_course(keys: Iterable[str], contents: Mapping[str, str]) -> dict[str, str]:
    """Lines of a sheet or of a programme -> their French words. ``contents``: those of the checklists of the standard."""
    return {key: _OTHER_LINES.get(key) or contents[key] for key in keys}


def _named(situation: Situation, lacking: Iterable[str]) -> str:
    return ", ".join(lines_of_course(lacking, situation.book.contents).values())


def proofread(view: View, situation: Situation, clock: Clock) -> Proof:
    """One knows where it is found, and a person read it again; in the 2026 grid, every place says the same and misleads nobody."""
    sheet = view.facts.sheet if isinstance(view, CourseView) else None
    if sheet is None or not sheet.found or sheet.proofread_on is None:
        return NO_PROOF
    if situation.grid.id == NEW_GRID and not sheet.said_alike:
        read = f"relue le {french_day(sheet.proofread_on)},"
        if sheet.said_alike is None:
            return Proof(Verdict.NONE, partly=f"{read} sans dire si tout ce qui est publié dit la même chose.")
        return Proof(Verdict.NONE, partly=f"{read} et tout ce qui est publié ne dit pas la même chose.", contrary=True)
    return dated(clock, sheet.proofread_on)


def rates_published(view: View, situation: Situation, clock: Clock) -> Proof:
    """Both rates were published; or no examination took place yet, and the day of the first one is known."""
    if not isinstance(view, CourseView):
        return NO_PROOF
    published = _last_by(view.facts.rates_on, situation.reference_day)
    if published is not None:
        return dated(clock, published)
    first = view.facts.first_exam_on
    return PROOFS[Verdict.GOOD] if first is not None and first >= situation.reference_day else NO_PROOF


def _last_by(days: tuple[date, ...], until: date) -> date | None:
    return max((day for day in days if day <= until), default=None)


def programme_says(*gaps: str) -> Recorded:
    """The version in force lacks none of these."""
    needed = frozenset(gaps)

    def proof(view: View, situation: Situation, clock: Clock) -> Proof:
        programme = view.facts.programme if isinstance(view, CourseView) else None
        if programme is None:
            return NO_PROOF
        lacking = programme.lacks & needed
        return _programme_lacks(situation, lacking) if lacking else dated(clock, programme.in_force_from)

    return proof


_designed: Callable[[View, Situation, Clock], Proof] = programme_says(
    "contents", "sequences", "sequence_lengths", "modality", "work_based_phases"
)


def programme_designed(view: View, situation: Situation, clock: Clock) -> Proof:
    """Contents, modality, sequences with their length; where some of it is at a distance, the work asked and how long it takes."""
    programme = view.facts.programme if isinstance(view, CourseView) else None
    found = _designed(view, situation, clock)
    if programme is not None and _REMOTE_WORK in programme.lacks and (programme.remote or _remote(view, situation)):
        return _programme_lacks(situation, {*found.lacking, _REMOTE_WORK})
    return found


def _programme_lacks(situation: Situation, lacking: Iterable[str]) -> Proof:
    lines = tuple(sorted(lacking))
    said = f"le programme en vigueur ne dit pas tout ({_named(situation, lines)})."
    return Proof(Verdict.NONE, partly=said, contrary=True, lacking=lines)


def _remote(view: View, situation: Situation) -> bool:
    distant = (Modality.REMOTE, Modality.MIXED)
    return any(session.facts.modality in distant for session in situation.sessions_by_course.get(view.subject.id, ()))


def right_to_prepare(view: View, situation: Situation, clock: Clock) -> Proof:
    """On the first day the registration runs, and a right is valid: who began may finish. What was renewed later does not mend the
    past."""
    course = situation.courses.get(view.facts.course_id) if isinstance(view, SessionView) else None
    if not isinstance(view, SessionView) or course is None:
        return NO_PROOF
    first, facts = view.facts.first_day, course.facts
    if facts.registered_on is None:
        return NO_PROOF
    if first < facts.registered_on:
        return _unregistered(f"qu'à partir du {french_day(facts.registered_on)}")
    if facts.registered_until is not None and first > facts.registered_until:
        return _unregistered(f"que jusqu'au {french_day(facts.registered_until)}")
    verdicts = (clock.fact(right.valid_from, view.days, Lasting(right.valid_until)) for right in facts.rights)
    return PROOFS[max(verdicts, default=Verdict.NONE)]


def _unregistered(when: str) -> Proof:
    return Proof(Verdict.NONE, partly=f"commence alors que la certification n'est enregistrée {when}.", contrary=True)


def referent_named(view: View, situation: Situation, clock: Clock) -> Proof:
    return PROOFS[Verdict.GOOD] if isinstance(view, CourseView) and view.facts.has_referent else NO_PROOF


RECORDED: dict[str, Recorded] = {
    "public_sheet_complete": sheet_says("public_sheet_complete"),
    "public_sheet_additions_2026": sheet_says("public_sheet_additions_2026"),
    "certifying_sheet_complete": certification_named,
    "public_information_proofread": proofread,
    "certification_prospects_described": sheet_says("certification_prospects_described"),
    "certification_rates_published": rates_published,
    "course_objectives_evaluable": programme_says("objectives", "assessment_of_each"),
    "course_programme_designed": programme_designed,
    "certification_mapping": programme_says("skills", "uncovered_skills", "skill_tests"),
    "certification_right_2026": right_to_prepare,
    "pedagogical_referent_named_2026": referent_named,
}

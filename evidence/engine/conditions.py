"""Conditions of an expectation: of the profile (is it asked at all?) and of each subject (does it count?).

Three answers: True, False, and None when nothing tells.
"""

from collections.abc import Callable
from datetime import timedelta

from evidence.engine.facts import Modality
from evidence.engine.populations import Populations, View
from evidence.engine.situation import ALWAYS_CERTIFYING, PersonView, SessionView, Situation
from qualiopi.standard.model import CATEGORIES

Test = Callable[[View], bool | None]

# What is asked of one person is looked at where people are counted.
_OF_A_PERSON = frozenset({"need_declared", "adaptation_decided", "absent_or_interrupted", "minor_under_2026_grid"})
_UNKNOWN_OF_CONDITION = {
    "certifying_course": "certifying_unknown",
    "remote_or_mixed": "modality_unknown",
    "work_study_session": "work_study_unknown",
    "workplace_session": "workplace_unknown",
    "given_to_subcontractor": "subcontracting_unknown",
    "longer_than_two_days_session": "duration_unknown",
}
_TWO_DAYS = 2
_TWO_DAYS_IN_HOURS = 14


def longer_than_two_days(view: SessionView) -> bool | None:
    """More than two training days when half-days are recorded, otherwise more than 14 hours; a short span says no."""
    facts = view.facts
    if facts.training_days is not None:
        return facts.training_days > _TWO_DAYS
    if facts.hours is not None:
        return facts.hours > _TWO_DAYS_IN_HOURS
    if facts.last_day is not None and (facts.last_day - facts.first_day).days < _TWO_DAYS:
        return False
    return None


class ProfileConditions:
    """What the profile says; a "no" or a silence gives way to recorded facts that show "yes"."""

    def __init__(self, situation: Situation, populations: Populations) -> None:
        self.situation = situation
        self.populations = populations
        self._answers: dict[str, tuple[bool | None, bool]] = {}

    def holds(self, key: str) -> bool | None:
        return self._answer(key)[0]

    def contradicted(self, key: str) -> bool:
        """Facts show "yes" although the profile does not."""
        return self._answer(key)[1]

    def _answer(self, key: str) -> tuple[bool | None, bool]:
        if key not in self._answers:
            if key == "several_people":
                self._answers[key] = (self._several_people(), False)
            elif key == "longer_than_two_days":
                self._answers[key] = (self._any_long_session(), False)
            else:
                self._answers[key] = self._from_profile(key)
        return self._answers[key]

    def _from_profile(self, key: str) -> tuple[bool | None, bool]:
        flags = self.situation.book.profile_conditions[key].profile_flags
        values = [getattr(self.situation.profile, flag) for flag in flags]
        if any(values) or self._always(key):
            return True, False
        if self._shown_by_facts(key):
            return True, True
        return (None if None in values else False), False

    def _always(self, key: str) -> bool:
        """Apprenticeship and VAE lead to a certification; apprenticeship is work-study with periods at the workplace."""
        held = self.situation.held_categories
        if key == "certifying":
            return bool(held & ALWAYS_CERTIFYING)
        return key in ("work_study", "workplace_periods") and "CFA" in held

    def _shown_by_facts(self, key: str) -> bool:
        situation = self.situation
        sessions = situation.sessions
        if key == "certifying":
            return any(course.certifying for course in situation.courses.values())
        if key == "work_study":
            return any(view.facts.work_study for view in sessions)
        if key == "workplace_periods":
            return any(view.facts.workplace_periods or view.facts.work_study for view in sessions)
        if key == "remote":
            return any(view.facts.modality in (Modality.REMOTE, Modality.MIXED) for view in sessions)
        given = any(view.given for view in sessions)
        carried = any(trainer.carried for trainer in situation.trainers.values())
        return {"subcontracts_out": given, "salary_portage": carried, "subcontracts_out_or_portage": given or carried}[key]

    def _several_people(self) -> bool | None:
        trainers = self.populations.trainers_active("audit_period")
        if not trainers:
            return None
        return len(trainers) > 1 or bool(self.situation.facts.organisation.has_other_staff)

    def _any_long_session(self) -> bool | None:
        answers = {longer_than_two_days(view) for view in self.populations.sessions("sessions_under_way", "audit_period")}
        if True in answers:
            return True
        return None if None in answers or not answers else False


class SubjectConditions:
    """Whether one subject is concerned."""

    def __init__(self, situation: Situation, populations: Populations) -> None:
        self.situation = situation
        self.populations = populations
        self._session_tests: dict[str, Callable[[SessionView], bool | None]] = {
            "remote_or_mixed": _remote_or_mixed,
            "work_study_session": _work_study,
            "workplace_session": _workplace,
            "agreement_needed": lambda view: not view.facts.enrolled or view.facts.enrolled_cpf_only < view.facts.enrolled,
            "given_to_subcontractor": lambda view: view.given,
            "longer_than_two_days_session": longer_than_two_days,
            "qualification_required": self._qualification_required,
            "was_invited": _was_invited,
            "ran_three_months": self._ran_three_months,
        }

    def tests(self, keys: tuple[str, ...], period: str) -> list[tuple[str, Test]]:
        """The tests of subjects behind these names; those of a person are none."""
        return [(key, self.test(key, period)) for key in keys if key not in _OF_A_PERSON]

    def test(self, key: str, period: str) -> Test:
        """The test behind a condition's name."""
        if key == "above_referent_threshold":
            return self._above_referent_threshold(period)
        if key == "certifying_course":
            return _certifying
        if key == "led_a_finished_session":
            leaders = {
                trainer for view in self.populations.sessions("sessions_finished", period) for trainer in view.facts.trainer_ids
            }
            return lambda view: isinstance(view, PersonView) and view.id in leaders
        test = self._session_tests[key]
        return lambda view: test(view) if isinstance(view, SessionView) else None

    def _qualification_required(self, view: SessionView) -> bool:
        course = self.situation.courses.get(view.facts.course_id)
        return course is not None and bool(course.facts.required)

    def _above_referent_threshold(self, period: str) -> Test:
        """More different trainers on the course in the period than the order says."""
        threshold = self.situation.setting("pedagogical_referent_threshold")
        teaching: dict[str, set[str]] = {}
        for view in self.populations.sessions("sessions_under_way", period):
            teaching.setdefault(view.facts.course_id, set()).update(view.facts.trainer_ids)
        return lambda view: None if threshold is None else len(teaching.get(view.subject.id, ())) > threshold

    def _ran_three_months(self, view: SessionView) -> bool:
        last, today = view.facts.last_day, self.situation.reference_day
        days = self.situation.figure("work_study_ran_days")
        return (last is not None and last < today) or view.facts.first_day + timedelta(days=days) <= today


def unknown_membership(view: View, tests: list[tuple[str, Test]]) -> tuple[str, ...] | None:
    """None: the subject is not concerned. Otherwise the unknown facts that prevent one from telling, none if it is."""
    unknown: tuple[str, ...] = ()
    for key, test in tests:
        answer = test(view)
        if answer is False:
            return None
        if answer is None:
            unknown = (*unknown, _UNKNOWN_OF_CONDITION[key])
    return unknown


def _was_invited(view: SessionView) -> bool:
    """Personal invitations left, and not everybody answered."""
    work = view.facts.work
    return work.invited_answered < work.invited


def _certifying(view: View) -> bool | None:
    return None if isinstance(view, PersonView) else view.certifying


def _remote_or_mixed(view: SessionView) -> bool | None:
    modality = view.facts.modality
    return None if modality is None else modality is not Modality.ON_SITE


def _work_study(view: SessionView) -> bool | None:
    return True if view.category == "CFA" else view.facts.work_study


def _workplace(view: SessionView) -> bool | None:
    if view.category == "CFA" or view.facts.work_study:
        return True
    return view.facts.workplace_periods


def category_matters(expectation_categories: frozenset[str], held: frozenset[str]) -> bool:
    """Whether a course without a category leaves a doubt: the organisation holds, or may hold, some for which this isn't asked."""
    return not (held or set(CATEGORIES)) <= expectation_categories


def category_unknown(view: View) -> bool:
    return not isinstance(view, PersonView) and view.category is None

"""Conditions of an expectation: of the profile (is it asked at all?) and of each subject (does it count?).

Three answers: True, False, and None when nothing tells.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import chain

from evidence.engine.facts import Modality
from evidence.engine.populations import Populations, View
from evidence.engine.situation import ALWAYS_CERTIFYING, PersonView, SessionView, Situation
from qualiopi.standard.model import CATEGORIES
from qualiopi.standard.typography import french

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
_CLASSES = "CFA"
_TWO_DAYS = 2
_AT_A_DISTANCE = (Modality.REMOTE, Modality.MIXED)
_TWO_DAYS_IN_HALF_DAYS = 4
_TWO_DAYS_IN_HOURS = 14


def longer_than_two_days(view: SessionView) -> bool | None:
    """More than four half-days when they are recorded, otherwise more than 14 hours; a short span says no."""
    facts = view.facts
    if facts.work.half_days:
        return facts.work.half_days > _TWO_DAYS_IN_HALF_DAYS
    if facts.hours is not None:
        return facts.hours > _TWO_DAYS_IN_HOURS
    if facts.last_day is not None and (facts.last_day - facts.first_day).days < _TWO_DAYS:
        return False
    return None


def everybody_left(view: SessionView) -> bool:
    """Nobody took part to the end, although some had begun."""
    return view.facts.enrolled > 0 and view.facts.work.completed == 0


def somebody_aims(view: SessionView) -> bool:
    """One at least of those who took part to the end aims at the certification; nobody enrolled, or everybody gone, says nothing."""
    return not view.certifying or view.facts.work.candidates > 0 or view.facts.work.completed == 0


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

    def contradiction(self, key: str) -> str:
        """The sentence that says which fact shows what the profile does not."""
        said = self.situation.book.profile_conditions[key].contradiction.removesuffix(".")
        return french(f"{said} : {self.shown_by(key)}.")

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
        if self.shown_by(key):
            return True, True
        return (None if None in values else False), False

    def _always(self, key: str) -> bool:
        """Apprenticeship and VAE lead to a certification; apprenticeship is work-study with periods at the workplace."""
        held = self.situation.held_categories
        if key == "certifying":
            return bool(held & ALWAYS_CERTIFYING)
        return key in ("work_study", "workplace_periods") and "CFA" in held

    def shown_by(self, key: str) -> str:
        """The first course, session or trainer of the period, or to come, that shows it; "" when none does."""
        return next(iter(self._showing(key)), "")

    def _showing(self, key: str) -> Iterable[str]:
        if key == "certifying":
            delivered = {view.facts.course_id for view in self._sessions()}
            on_sale = {view.facts.id for view in self.populations.courses_on_sale()}
            return (
                view.facts.title
                for view in self.situation.courses.values()
                if view.certifying and view.facts.id in delivered | on_sale
            )
        given = (view.subject.label for view in self._sessions() if view.given)
        teaching = {trainer for view in self._sessions() for trainer in view.facts.trainer_ids}
        carried = (one.name for one in self.situation.trainers.values() if one.carried and one.id in teaching)
        shown: dict[str, Callable[[], Iterable[str]]] = {
            "work_study": lambda: (view.subject.label for view in self._sessions() if view.facts.work_study),
            "workplace_periods": lambda: (
                view.subject.label for view in self._sessions() if view.facts.workplace_periods or view.facts.work_study
            ),
            "remote": lambda: (view.subject.label for view in self._sessions() if view.facts.modality in _AT_A_DISTANCE),
            "subcontracts_out": lambda: given,
            "salary_portage": lambda: carried,
            "subcontracts_out_or_portage": lambda: chain(given, carried),
        }
        return shown[key]()

    def _sessions(self) -> Iterable[SessionView]:
        """Those of the audit period, and those to come: what is long past contradicts nobody."""
        start = self.situation.audit_period.start
        return (view for view in self.situation.sessions if (view.facts.last_day or view.facts.first_day) >= start)

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
            "somebody_stayed": lambda view: not everybody_left(view),
            "somebody_aims": somebody_aims,
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

    def of_additions(self, period: str) -> Test:
        """Whether what the decree of 2026 adds is asked: of a session that begins from that day on, of a class that goes on after it,
        of a course that has one of these."""
        return lambda view: (
            self._asked_for_additions(view)
            if isinstance(view, SessionView)
            else any(
                self._asked_for_additions(each)
                for each in self.populations.sessions("sessions_under_way", period)
                if each.facts.course_id == view.subject.id
            )
        )

    def _asked_for_additions(self, view: SessionView) -> bool:
        since = self.situation.book.days["additions_apply_from"]
        last = view.facts.last_day
        return view.facts.first_day >= since or (view.category == _CLASSES and (last is None or last >= since))

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
    return modality != Modality.ON_SITE if modality else None


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

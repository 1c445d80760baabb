"""Facts without which an expectation can't be judged at all. Looked at before anything is counted."""

from collections.abc import Callable

from evidence.engine.populations import Populations
from evidence.engine.situation import Situation
from qualiopi.standard.expectations import Expectation


class UnknownFacts:
    """Which of the organisation-level unknown facts of an expectation hold."""

    def __init__(self, situation: Situation, populations: Populations) -> None:
        self.situation = situation
        self.populations = populations
        self._tests: dict[str, Callable[[str], bool]] = {
            "no_course_on_sale": lambda period: not populations.courses_on_sale(),
            "no_course_delivered": lambda period: not populations.courses_delivered(period),
            "no_session_started": lambda period: not populations.sessions("sessions_started", period),
            "no_session_under_way": lambda period: not populations.sessions("sessions_under_way", period),
            "no_session_finished": lambda period: not populations.sessions("sessions_finished", period),
            "no_enrolment": self._no_enrolment,
            "no_trainer": lambda period: not populations.trainers_active(period),
            "carried_unknown": self._carried_unknown,
            "company_unknown": self._company_unknown,
            "funder_unknown": self._funder_unknown,
            "need_not_asked": self._need_not_asked,
            "referent_threshold_unknown": lambda period: situation.setting("pedagogical_referent_threshold") is None,
            "permanent_threshold_unknown": lambda period: situation.setting("permanent_hours_threshold") is None,
            # Hours are kept by session; nothing says which trainers are permanent.
            "teaching_hours_unknown": lambda period: True,
        }

    def holding(self, expectation: Expectation) -> list[str]:
        """The keys that hold, in the order of the expectation."""
        facts = self.situation.book.unknown_facts
        return [
            key for key in expectation.unknown_facts if facts[key].organisation_level and self._tests[key](expectation.period)
        ]

    def _no_enrolment(self, period: str) -> bool:
        return not any(view.facts.enrolled for view in self.populations.sessions("sessions_under_way", period))

    def _need_not_asked(self, period: str) -> bool:
        return not any(view.facts.work.asked.number for view in self.populations.sessions("sessions_started", period))

    def _carried_unknown(self, period: str) -> bool:
        """The profile says portage, but no trainer is marked as carried or not."""
        trainers = self.populations.trainers_active(period)
        return bool(self.situation.profile.salary_portage) and all(
            view.trainer is None or view.trainer.carried is None for view in trainers
        )

    def _company_unknown(self, period: str) -> bool:
        return not any(view.facts.company_known for view in self.populations.sessions("sessions_finished", period))

    def _funder_unknown(self, period: str) -> bool:
        return not any(view.facts.funder_known for view in self.populations.sessions("sessions_finished", period))

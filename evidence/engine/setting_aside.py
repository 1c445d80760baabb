"""What a named person set aside by hand: on which grounds one may, and whether recorded facts let it stand. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evidence.engine.conditions import ProfileConditions, longer_than_two_days
from evidence.engine.dates import french_day
from evidence.engine.facts import HandSet
from evidence.engine.populations import Populations
from evidence.engine.situation import Situation
from qualiopi.standard.expectations import Ground
from qualiopi.standard.model import Indicator
from qualiopi.standard.typography import french

# Condition of an indicator -> condition of its expectations.
PROFILE_CONDITION = {
    "certifying": "certifying",
    "work_study": "work_study",
    "workplace_periods": "workplace_periods",
    "subcontracting_or_portage": "subcontracts_out_or_portage",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """``sentence``: who said it, until when, why; empty when nobody did. ``contradicted_by``: the fact that outranks it."""

    sentence: str = ""
    contradicted_by: str = ""

    @property
    def holds(self) -> bool:
        return bool(self.sentence) and not self.contradicted_by


NOBODY_SAID = Aside()


class SettingAside:
    """Declarations of an indicator, against the facts."""

    def __init__(self, situation: Situation, populations: Populations, conditions: ProfileConditions) -> None:
        self.situation = situation
        self.populations = populations
        self.conditions = conditions
        self._contrary: dict[str, Callable[[Indicator], str]] = {
            "all_for_another": lambda indicator: self._own_session(),
            "no_long_session": lambda indicator: self._long_session(),
            "no_such_activity": self._activity,
        }

    def grounds(self, indicator: Indicator) -> tuple[Ground, ...]:
        """On which grounds one may set it aside today: those of the standard that no recorded fact contradicts."""
        possible = self.situation.book.grounds_of(indicator.number, self.situation.grid.id)
        return tuple(ground for ground in possible if not self._contrary[ground.key](indicator))

    def said_of(self, indicator: Indicator) -> Aside:
        """The declaration that stands, failing that one that facts contradict."""
        possible = {ground.key: ground for ground in self.situation.book.grounds_of(indicator.number, self.situation.grid.id)}
        found = NOBODY_SAID
        for entry in self.situation.facts.hand_set:
            if entry.indicator != indicator.number or entry.ground not in possible or not self.situation.holds(entry):
                continue
            aside = Aside(_sentence(entry, possible[entry.ground]), self._contrary[entry.ground](indicator))
            if aside.holds:
                return aside
            found = found if found.sentence else aside
        return found

    def _own_session(self) -> str:
        sessions = self.populations.sessions("sessions_under_way", "audit_period")
        return next((view.subject.label for view in sessions if not view.facts.run_for_another), "")

    def _long_session(self) -> str:
        sessions = self.populations.sessions("sessions_under_way", "audit_period")
        return next((view.subject.label for view in sessions if longer_than_two_days(view)), "")

    def _activity(self, indicator: Indicator) -> str:
        """What shows the condition of the indicator; failing a condition, a session of one of its categories."""
        if indicator.condition is not None:
            return self.conditions.shown_by(PROFILE_CONDITION[indicator.condition.key])
        sessions = self.populations.sessions("sessions_under_way", "audit_period")
        return next((view.subject.label for view in sessions if view.category in indicator.categories), "")


def _sentence(entry: HandSet, ground: Ground) -> str:
    said = f"Mis de côté par {entry.person} le {french_day(entry.decided_on)}, jusqu'au {french_day(entry.until)}."
    return french(f"{said} {ground.says} {entry.reason}")


def outranked(aside: Aside) -> str:
    """What is said of a declaration that a recorded fact contradicts."""
    return french(f"{aside.sentence} Mais un fait enregistré dit le contraire, et l'emporte : {aside.contradicted_by}.")

"""The moments in the life of an organisation that the demonstration tells, and what it is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random


class Stage(StrEnum):
    """Moments in the life of an organisation."""

    ONBOARDING = "onboarding"
    RUNNING = "running"
    PRE_AUDIT = "pre_audit"
    POST_AUDIT = "post_audit"


@dataclass(slots=True)
class World:
    """What the demonstration is made from. `today` in Paris; `sessions`: how many per organisation."""

    stage: Stage
    seed: int
    sessions: int
    today: date
    password: str
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed}-{self.stage}")  # noqa: S311 - demonstration data, not a secret

    def back(self, months: int, days: int = 0) -> date:
        """A day some months and days ago."""
        return self.today - timedelta(days=30 * months + days)

"""The steps every session is given, from a data file read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("checklist.yaml")


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One line of the checklist. `days` counts from the first day of a session, or from its last; `phase`: its point on the thread."""

    key: str
    label: str
    phase: str
    after_last: bool
    days: int
    for_trainer: bool
    automatic: bool

    def due_on(self, first: date, last: date) -> date:
        """The day it is due for a session that runs from `first` to `last`."""
        return (last if self.after_last else first) + timedelta(days=self.days)


@cache
def checklist() -> dict[str, PlannedStep]:
    """Every planned step by key, in the order of the file. Raises KeyError or ValueError when the file is wrong."""
    steps = {}
    for line in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        landmark, owner = line["from"], line["owner"]
        if landmark not in ("first", "last") or owner not in ("manager", "trainer") or line["key"] in steps:
            raise ValueError(f"checklist.yaml: {line['key']}")
        steps[line["key"]] = PlannedStep(
            key=line["key"],
            label=line["label"],
            phase=line["phase"],
            after_last=landmark == "last",
            days=int(line["days"]),
            for_trainer=owner == "trainer",
            automatic=bool(line.get("automatic", False)),
        )
    return steps

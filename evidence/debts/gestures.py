"""Which kind of work mends a thing that is owed, and how long it takes. No query."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy

from evidence.debts.queries import STEP, Owed
from evidence.engine.recorded import comes_too_late
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Expectation, Work


class Gesture(StrEnum):
    """One kind of work, done in one place; the first ones first."""

    FATE = "fate"  # say what became of a session whose dates have passed
    PLAN = "plan"
    REGISTER = "register"
    RESULTS = "results"
    AGREEMENTS = "agreements"
    PAPERS = "papers"
    OPINIONS = "opinions"
    NEEDS = "needs"
    ADAPTATIONS = "adaptations"
    EXAMS = "exams"
    PIECES = "pieces"
    STEPS = "steps"
    OTHERS = "others"  # what is beyond the most that is told


OF_WORK: Final = {
    Work.NEEDS: Gesture.NEEDS,
    Work.ADAPTATIONS: Gesture.ADAPTATIONS,
    Work.DOCUMENTS: Gesture.PAPERS,
    Work.REGISTER: Gesture.REGISTER,
    Work.RESULTS: Gesture.RESULTS,
    Work.EXAMS: Gesture.EXAMS,
    Work.OPINIONS: Gesture.OPINIONS,
    Work.PLANNING: Gesture.PLAN,
    Work.CARD: Gesture.PLAN,
    Work.LIBRARY: Gesture.PIECES,
}
_OF_STEP: Final = {
    "intake": Gesture.NEEDS,
    "conclude": Gesture.NEEDS,
    "agreement": Gesture.AGREEMENTS,
    "document": Gesture.PAPERS,
    "survey": Gesture.OPINIONS,
    "attendance": Gesture.REGISTER,
    "results": Gesture.RESULTS,
}
NAMES: Final = {
    Gesture.FATE: gettext_lazy("Sessions à trancher"),
    Gesture.PLAN: gettext_lazy("Fiches et dates"),
    Gesture.REGISTER: gettext_lazy("Présences"),
    Gesture.RESULTS: gettext_lazy("Acquis"),
    Gesture.AGREEMENTS: gettext_lazy("Conventions"),
    Gesture.PAPERS: gettext_lazy("Documents"),
    Gesture.OPINIONS: gettext_lazy("Avis"),
    Gesture.NEEDS: gettext_lazy("Besoins et positionnements"),
    Gesture.ADAPTATIONS: gettext_lazy("Adaptations"),
    Gesture.EXAMS: gettext_lazy("Examens"),
    Gesture.PIECES: gettext_lazy("Pièces à déposer"),
    Gesture.STEPS: gettext_lazy("Étapes"),
    Gesture.OTHERS: gettext_lazy("Le reste"),
}
# How long a gesture takes: seconds to begin with, seconds for each thing.
_TIME: Final = {
    Gesture.FATE: (60, 0),
    Gesture.PLAN: (60, 60),
    Gesture.NEEDS: (60, 0),
    Gesture.ADAPTATIONS: (60, 60),
    Gesture.AGREEMENTS: (60, 60),
    Gesture.PAPERS: (60, 15),
    Gesture.REGISTER: (30, 30),
    Gesture.RESULTS: (0, 120),
    Gesture.EXAMS: (60, 120),
    Gesture.OPINIONS: (60, 0),
    Gesture.PIECES: (0, 180),
    Gesture.STEPS: (0, 120),
    Gesture.OTHERS: (0, 120),
}


def minutes_of(gesture: Gesture, n: int) -> int:
    """How many minutes ``n`` things take, one at least."""
    begin, each = _TIME[gesture]
    return max(1, round((begin + each * n) / 60))


def gesture_of(expectation: Expectation) -> Gesture:
    """Where its hole is mended: by the work it belongs to, or by a piece where the work comes too late."""
    if comes_too_late(expectation):
        return Gesture.PIECES
    return Gesture.AGREEMENTS if "agreement" in expectation.closes else OF_WORK[expectation.work]


def gesture_of_owed(each: Owed) -> Gesture:
    """Where a thing that is owed is done."""
    if each.key.startswith(STEP):
        return gesture_of_step(each.key.removeprefix(STEP))
    return Gesture.FATE if each.key == "forgotten" else gesture_of(expectations().by_key[each.key])


def gesture_of_step(key: str) -> Gesture:
    """Where a step is done."""
    return _OF_STEP.get(key.partition(":")[0], Gesture.STEPS)

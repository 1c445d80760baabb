"""What is owed of sessions, courses and files, by gesture: how many, since when, how long it takes. No query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from evidence.debts.gestures import Gesture, gesture_of_owed, minutes_of
from evidence.debts.queries import Owed
from evidence.home import sentences
from qualiopi.web.typography import some

# So many sessions or people are named; beyond, how many others.
NAMED = 2


@dataclass(frozen=True, slots=True)
class GestureGroup:
    """Everything owed that one gesture mends. ``n``: how many things; ``since``: the oldest of them."""

    gesture: Gesture
    n: int
    minutes: int
    since: date
    title: str
    names: str
    url: str


def groups_of(slug: str, owed: Iterable[Owed]) -> list[GestureGroup]:
    """The gestures that mend most first; the one that nothing groups comes last."""
    by_gesture: dict[Gesture, list[Owed]] = defaultdict(list)
    for each in owed:
        by_gesture[gesture_of_owed(each)].append(each)
    found = [_group(slug, gesture, lines) for gesture, lines in by_gesture.items()]
    return sorted(found, key=lambda group: (-group.n, list(Gesture).index(group.gesture)))


def _group(slug: str, gesture: Gesture, lines: list[Owed]) -> GestureGroup:
    minutes = sum(minutes_of(gesture, len(same)) for same in _by_place(lines).values())
    return GestureGroup(
        gesture=gesture,
        n=len(lines),
        minutes=minutes,
        since=min(each.since for each in lines),
        title=sentences.group_words(gesture, len(lines)),
        names=some([*dict.fromkeys(each.short_label for each in lines)], most=NAMED),
        url=reverse("debts:index", args=[slug], query={"geste": gesture.value}),
    )


def _by_place(lines: list[Owed]) -> dict[str, list[Owed]]:
    """What is done in one go: the lines of one session, or of one file."""
    found: dict[str, list[Owed]] = defaultdict(list)
    for each in lines:
        found[each.session or each.label].append(each)
    return found

"""What views hand to the components that show lists: plain values, no models."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Point:
    """A point of the thread. `state`: "done", "now" or "to_come"."""

    when: str
    what: str
    state: str = "done"
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """One of at most four figures: label, figure, unit or total, what it is made of."""

    label: str
    value: str
    unit: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Option:
    """One view of a switch, one tab, one filter of a board."""

    label: str
    url: str
    current: bool = False
    icon: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class StatusCount:
    """A count of the head of a board; `status` is "" for the count of all."""

    status: str
    count: int
    word: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Evidence:
    """A card of the list of pieces. `kind` is "PDF", "XLSX"..., or "" for facts kept here, which show `icon`."""

    title: str
    url: str
    kind: str
    detail: str
    links: Sequence[Option] = field(default_factory=tuple)
    validity: str = ""
    validity_detail: str = ""
    alert: bool = False
    icon: str = "refresh"

"""What views hand to the components that show lists: plain values, no models."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Point:
    """A point of the thread. `state`: "done", "due" (awaited since its day), "now", "today" (a point of its own) or "to_come"."""

    when: str
    what: str
    state: str = "done"
    detail: str = ""
    url: str = ""

    @property
    def css(self) -> str:
        """The class of its line; KeyError for a state that does not exist."""
        return {"done": "", "due": "attendu-fil", "now": "ici", "today": "aujourdhui", "to_come": "avenir"}[self.state]


@dataclass(frozen=True)
class Step:
    """A step of an import; neither done nor current, it is to come."""

    label: str
    done: bool = False
    current: bool = False


@dataclass(frozen=True)
class Button:
    """A link drawn as a button, with the name of its icon; at most one of a page is primary."""

    label: str
    url: str
    icon: str
    primary: bool = False

    @property
    def css(self) -> str:
        """Its classes."""
        return "btn btn-primary" if self.primary else "btn btn-doux"


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


@dataclass(frozen=True)
class SettingLine:
    """One thing that is set, and how it stands; `url` is "" for who may not change it. `lacking`: something is still to be said."""

    label: str
    icon: str
    url: str
    told: str
    lacking: bool = False

    @property
    def css(self) -> str:
        """The classes of what is told."""
        return "ss c-risque" if self.lacking else "ss"


@dataclass(frozen=True)
class Refusal:
    """What the page of a link that does nothing says. `title`: of the browser's tab; `ask`: why one would write to the organisation."""

    heading: str
    words: str
    title: str = ""
    ask: str = ""

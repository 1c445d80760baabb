"""What can be found: a room writes a `Kind`, SEARCH_KINDS names it. Whole texts will be one more, with their own way of looking."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, cast

from django.conf import settings
from django.utils.module_loading import import_string

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Capability
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.queries import Access
from qualiopi.text import search_words

# Shown of each kind; its list shows the others.
MOST = 25


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and where."""

    organisation: Organisation
    user: User
    access: Access

    def allows(self, *capabilities: Capability) -> bool:
        """Whether their role has one of these."""
        return any(self.access.allows(capability) for capability in capabilities)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `detail` tells it from its namesakes; `mark`: a word without which it would mislead (« annulée »)."""

    title: str
    url: str
    detail: str = ""
    mark: str = ""


class Kind(ABC):
    """One kind of thing. `capabilities`: who may read it has one of them, and finds no more than their pages show."""

    title: ClassVar[Any]
    icon: ClassVar[str]
    capabilities: ClassVar[tuple[Capability, ...]]

    @abstractmethod
    def hits(self, reader: Reader, text: str, most: int) -> Sequence[Hit]:
        """The first `most` that say each word of the text, in a constant number of queries."""

    def list_url(self, reader: Reader) -> str:
        """The list that `?q=` filters the same way; "" where this reader has none."""
        return ""


@dataclass(frozen=True, slots=True)
class Found:
    """What answers, of one kind; `more`: there are others than these."""

    kind: Kind
    hits: tuple[Hit, ...]
    more: bool
    list_url: str


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of the page."""
    return tuple(cast(Kind, import_string(path)()) for path in settings.SEARCH_KINDS)


def open_to(reader: Reader, among: Iterable[Kind]) -> list[Kind]:
    """Those of these kinds that this reader may find."""
    return [kind for kind in among if reader.allows(*kind.capabilities)]


def search(reader: Reader, text: str, among: Iterable[Kind]) -> list[Found]:
    """What answers, by kind; kinds without an answer are left out. A text without a letter nor a figure asks nothing."""
    if not search_words(text):
        return []
    found = []
    for kind in open_to(reader, among):
        hits = kind.hits(reader, text, MOST + 1)
        if hits:
            found.append(Found(kind, tuple(hits[:MOST]), len(hits) > MOST, kind.list_url(reader)))
    return found

"""From what was found to what a page shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest

from qualiopi.search import sentences
from qualiopi.search.kinds import Found, Hit

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Group:
    """One kind on the page: its anchor, its title, what was found, and its list, already filtered ("" without one)."""

    anchor: str
    title: str
    icon: str
    hits: tuple[Hit, ...]
    list_url: str
    list_label: str


def asked(request: HttpRequest) -> str:
    """What somebody looks for (`?q=`): its blanks tidied, no longer than the field."""
    return " ".join(request.GET.get("q", "")[:LONGEST].split())


def groups_of(found: Iterable[Found], text: str, **kept: str) -> list[Group]:
    """One group per kind, in their order. `kept`: what every address carries besides, as the language of the reader."""
    return [
        Group(
            anchor=f"trouve-{number}",
            title=sentences.heading(each.kind),
            icon=each.kind.icon,
            hits=tuple(replace(hit, url=_with(hit.url, kept)) for hit in each.hits),
            list_url=_with(each.list_url, {"q": text, **kept}) if each.list_url else "",
            list_label=sentences.all_of(each),
        )
        for number, each in enumerate(found, start=1)
    ]


def _with(url: str, values: Mapping[str, str]) -> str:
    """An address with these values in its query."""
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, urlencode(values)]))
    return urlunsplit(parts._replace(query=query))

"""Lists: fifty lines a page, filters as removable chips, and the same list as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import Promise

from qualiopi.web.parts import Chip

LINES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """What stands around a list (`layout/list.html`): its tab, its name, its search, and the button of a new line."""

    tab: str
    plural: Promise
    find: Promise
    new: Promise
    create_url: str


def page_of(request: HttpRequest, rows: Any, *, lines: int = LINES, known: int | None = None) -> Page[Any]:
    """The page the URL asks for (`?page=`), the nearest one when it is out of range. `known`: how many rows there are, counted already."""
    paginator = Paginator(rows, lines)
    if known is not None:
        paginator.count = known
    return paginator.get_page(request.GET.get("page"))


def chips_of(request: HttpRequest, labels: Iterable[tuple[str, str, str]]) -> list[Chip]:
    """One chip per active filter. `labels`: (parameter, label, shown value) of each active filter."""
    chips = []
    for parameter, label, value in labels:
        query = request.GET.copy()
        query.pop(parameter, None)
        query.pop("page", None)
        chips.append(Chip(label=f"{label} : {value}", url=f"?{query.urlencode()}" if query else request.path))
    return chips


def active_filters(filterset: Any) -> list[tuple[str, str, str]]:
    """(parameter, label, shown value) of each filter of a filterset that has a valid value."""
    form = filterset.form
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name) if form.is_valid() else None
        if value in (None, ""):
            continue
        choices = dict(getattr(field, "choices", [])) if not hasattr(field, "queryset") else {}
        shown = choices.get(value, f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value)
        found.append((name, str(field.label), str(shown)))
    return found

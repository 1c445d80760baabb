"""The map of the indicators as one picture, for the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qualiopi.web.status import STATUS_ORDER, look, status_group, status_word

from .svg import frame, num, text

TILE_WIDTH, TILE_HEIGHT, ROW, PER_ROW = 40, 29, 34, 2


@dataclass(frozen=True)
class MapCriterion:
    """A criterion of the map: its number and its indicators as (number, status)."""

    number: int
    indicators: Sequence[tuple[int, str]]


def indicator_map(criteria: Sequence[MapCriterion]) -> SafeString:
    """Draw every indicator by criterion, number and shape in the colour of its status; two tiles in a row."""
    if not criteria:
        return SafeString("")
    column = 660 / len(criteria)
    parts: list[SafeString] = []
    rows = 1
    for place, criterion in enumerate(criteria):
        left = place * column
        parts.append(text(left, 12, _("Critère %(number)s") % {"number": criterion.number}, size=11, anchor="start"))
        for i, (number, status) in enumerate(criterion.indicators):
            row, col = divmod(i, PER_ROW)
            rows = max(rows, row + 1)
            parts.append(_tile(left + 0.5 + col * 44, 22.5 + row * ROW, number, status))
    return frame(660, 26 + rows * ROW, _label(criteria), parts, css="grille")


def _tile(x: float, y: float, number: int, status: str) -> SafeString:
    shown = look(status)
    # Inverted, so that the eye finds it first.
    inverted = status == "insufficient"
    ground, ink = (shown.ink, "#ffffff") if inverted else (shown.ground, shown.ink)
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="5" fill="{}" stroke="{}"{}/>{}{}',
        num(x),
        num(y),
        TILE_WIDTH,
        TILE_HEIGHT,
        ground,
        shown.ink if inverted else shown.edge,
        SafeString(' stroke-dasharray="3 2"') if status == "cannot_be_judged" else "",
        text(x + 6.5, y + 19, number, size=12.5, fill=ink, anchor="start", weight=700),
        status_group(status, x + 24, y + 8.5, 12, inverted=inverted),
    )


def _label(criteria: Sequence[MapCriterion]) -> str:
    found: dict[str, list[int]] = {status: [] for status in STATUS_ORDER}
    for criterion in criteria:
        for number, status in criterion.indicators:
            found[str(status)].append(number)
    told = []
    for status, numbers in found.items():
        if not numbers:
            continue
        words = f"{len(numbers)} {status_word(status, len(numbers))}"
        listed = status in ("at_risk", "insufficient", "cannot_be_judged")
        told.append(f"{words} ({', '.join(map(str, sorted(numbers)))})" if listed else words)
    total = sum(map(len, found.values()))
    return _("Carte des %(total)s indicateurs : %(told)s") % {"total": total, "told": ", ".join(told)}

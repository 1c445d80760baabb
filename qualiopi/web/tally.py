"""The tally: n of d drawn as d small marks, the missing ones hollow and dashed at their real place."""

from collections.abc import Collection, Sequence
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .status import look

INK = "#4a4453"
ONE_ROW, LARGEST = 30, 60


def pips(seen: int, expected: int, missing: Collection[int] = (), *, status: str = "at_risk", height: int = 22) -> SafeString:
    """Draw `seen` of `expected`. `missing`: places (from 0, in time order) of what is missing.

    Without places, or when their number is not the number missing, the hollow marks come last. Under 3 nothing is drawn
    (the figure says it all), above 30 the marks stand in two rows, above 60 a plain bar takes over. `height` is that of a
    mark, in pixels (14 in the PDF).
    """
    seen = max(0, min(seen, expected))
    if expected < 3:
        return SafeString("")
    label = _("%(seen)s sur %(expected)s") % {"seen": seen, "expected": expected}
    if expected > LARGEST:
        return _bar(seen, expected, label, status, height)
    holes = set(missing)
    if len(holes) != expected - seen or any(not 0 <= place < expected for place in holes):
        holes = set(range(seen, expected))
    width = 9 if height >= 20 else 6
    gap = 4 if height >= 20 else 3
    rows = 1 if expected <= ONE_ROW else 2
    columns = ceil(expected / rows)
    marks = [
        _mark(column * (width + gap), row * (height + gap), width, height, place in holes, status)
        for place in range(expected)
        for row, column in [divmod(place, columns)]
    ]
    return _frame(columns * (width + gap) - gap, rows * (height + gap) - gap, label, marks)


def _mark(x: int, y: int, width: int, height: int, hollow: bool, status: str) -> SafeString:
    if hollow:
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" rx="1.5" fill="#fff" stroke="{}" stroke-width="1.5"'
            ' stroke-dasharray="2.4 1.6"/>',
            x + 0.5,
            y + 0.5,
            width - 1,
            height - 1,
            look(status).mark,
        )
    return format_html('<rect x="{}" y="{}" width="{}" height="{}" rx="1.5" fill="{}"/>', x, y, width, height, INK)


def _bar(seen: int, expected: int, label: str, status: str, height: int) -> SafeString:
    full, thickness = 320, max(10, height // 2)
    done = round(full * seen / expected)
    parts: list[SafeString] = []
    if 0 < seen < expected:
        done = max(3, min(done, full - 5))
    if done:
        parts.append(format_html('<rect width="{}" height="{}" rx="1.5" fill="{}"/>', done, thickness, INK))
    if seen < expected:
        start = done + 2 if done else 0
        parts.append(_mark(start, 0, full - start, thickness, True, status))
    return _frame(full, thickness, label, parts)


def _frame(width: int, height: int, label: str, parts: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg class="pips" role="img" aria-label="{label}" width="{w}" height="{h}" viewBox="-1 -1 {w} {h}">'
        "<title>{label}</title>{parts}</svg>",
        label=label,
        w=width + 2,
        h=height + 2,
        parts=format_html_join("", "{}", ((part,) for part in parts)),
    )

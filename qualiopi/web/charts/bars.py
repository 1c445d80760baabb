"""Distributions: marks 1 to 5, recommendation 0 to 10, indicators by status."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qualiopi.web.status import STATUS_ORDER, look, status_word

from .svg import INK, LINE_STRONG, PLUM, SCALE, SCALE_EDGE, frame, join, path, rect, text

GAP = 2
NARROWEST = 4


def _shares(counts: Sequence[int], full: float) -> list[tuple[float, float]]:
    """Return (x, width) of each part of a bar of 100 %; what exists stays visible however small it is."""
    present = [count for count in counts if count]
    room = full - GAP * max(0, len(present) - 1)
    small = [count for count in present if room * count / sum(present) < NARROWEST]
    spare = room - NARROWEST * len(small)
    large_total = sum(present) - sum(small)
    places, x = [], 0.0
    for count in counts:
        if not count:
            places.append((x, 0.0))
            continue
        width = NARROWEST if count in small else spare * count / large_total
        places.append((x, width))
        x += width + GAP
    return places


def marks_bar(counts: Sequence[int], *, height: float = 32) -> SafeString:
    """Draw how many gave 1, 2, 3, 4, 5 as one bar of 100 %. `counts`: five numbers. Nothing when nobody answered."""
    if len(counts) != len(SCALE):
        raise ValueError("marks_bar attend cinq nombres, de la note 1 à la note 5.")
    if not sum(counts):
        return SafeString("")
    label = ", ".join(
        _("note %(mark)s : %(count)s") % {"mark": mark, "count": count} for mark, count in enumerate(counts, start=1)
    )
    parts = [
        rect(x, 0, width, height, SCALE[place], edge=SCALE_EDGE if place < 3 else "")
        for place, (x, width) in enumerate(_shares(counts, 560))
        if counts[place]
    ]
    return frame(560, height, label, parts, css="repart__barre", stretch=True)


def swatch(mark: int) -> SafeString:
    """Draw the small square of the legend for a mark from 1 to 5."""
    return format_html(
        '<svg viewBox="0 0 14 14" aria-hidden="true"><rect x=".6" y=".6" width="12.8" height="12.8" rx="3"'
        ' fill="{}" stroke="{}" stroke-width="1.2"/></svg>',
        SCALE[mark - 1],
        SCALE_EDGE,
    )


def recommendation_columns(counts: Sequence[int]) -> SafeString:
    """Draw the eleven columns of "would you recommend us?", with the three groups named. `counts`: from 0 to 10."""
    if len(counts) != 11:
        raise ValueError("recommendation_columns attend onze nombres, de la note 0 à la note 10.")
    if not sum(counts):
        return SafeString("")
    label = _("Répartition des notes de recommandation de 0 à 10 :") + " "
    label += ", ".join(_("%(count)s fois %(mark)s") % {"mark": mark, "count": n} for mark, n in enumerate(counts) if n)
    base, tallest, step, width, left = 154.0, 132.0, 30.9, 22.9, 14.0
    parts: list[SafeString] = []
    for mark, count in enumerate(counts):
        x = left + mark * step
        parts.append(text(x + width / 2, 172, mark, size=14))
        if not count:
            continue
        height = max(2.0, tallest * count / max(counts))
        parts.append(_column(mark, x, base - height, width, height))
        parts.append(text(x + width / 2, base - height - 6, count, size=14, fill=INK, weight=700))
    parts.append(path(f"M10 {base + 0.5}H350", LINE_STRONG))
    for first, last, name in ((0, 6, _("détracteurs")), (7, 8, _("passifs")), (9, 10, _("promoteurs"))):
        start, end = left + first * step + 2, left + last * step + width - 2
        parts.append(path(f"M{start:.1f} 180v4H{end:.1f}v-4", LINE_STRONG))
        parts.append(text((start + end) / 2, 198, name, fill=INK))
    return frame(360, 204, label, parts)


def _column(mark: int, x: float, y: float, width: float, height: float) -> SafeString:
    if mark >= 9:
        return rect(x, y, width, height, PLUM, rx=4)
    if mark >= 7:
        return rect(x, y, width, height, SCALE[2], rx=4)
    hatching = [path(f"M{x + 2:.1f} {y + offset:.1f}h{width - 4:.1f}", PLUM) for offset in range(5, max(5, int(height)), 5)]
    return join([rect(x, y, width, height, "#fff", rx=4, edge=PLUM), *hatching])


def status_bar(counts: Mapping[str, int], *, height: float = 18) -> SafeString:
    """Draw how many indicators stand in each status, with a pattern besides the colour; "not applicable" is not drawn."""
    shown = [status for status in STATUS_ORDER if status != "not_applicable" and counts.get(status)]
    if not shown:
        return SafeString("")
    label = ", ".join(f"{counts[status]} {status_word(status, counts[status])}" for status in shown)
    places = _shares([counts[status] for status in shown], 640)
    parts = [_status_part(status, x, width, height) for status, (x, width) in zip(shown, places, strict=True)]
    return frame(640, height, label, parts, stretch=True)


def _status_part(status: str, x: float, width: float, height: float) -> SafeString:
    colour = look(status).mark
    if status == "cannot_be_judged":
        return format_html(
            '<rect x="{}" y=".75" width="{}" height="{}" rx="3" fill="#fff" stroke="{}" stroke-width="1.5"'
            ' stroke-dasharray="3 2"/>',
            f"{x + 0.75:.1f}",
            f"{max(1.0, width - 1.5):.1f}",
            f"{height - 1.5:.1f}",
            colour,
        )
    block = rect(x, 0, width, height, colour)
    if status == "at_risk":
        dots = [
            format_html('<circle cx="{}" cy="{}" r="1.3" fill="#fff"/>', f"{x + at:.1f}", f"{height / 2:.1f}")
            for at in range(5, max(5, int(width) - 2), 7)
        ]
        return join([block, *dots])
    if status == "insufficient":
        edges = range(4, max(4, int(width) - 2), 6)
        strokes = [
            path(f"M{x + start:.1f} {height - 3:.1f}L{x + end:.1f} 3", "#fff", width=1.2) for start, end in pairwise(edges)
        ]
        return join([block, *strokes])
    return block

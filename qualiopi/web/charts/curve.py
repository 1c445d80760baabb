"""Time: how many indicators were demonstrable, and the window in which the surveillance audit must fall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import GLOW, INK, LINE, LINE_STRONG, PLUM, PLUM_50, PLUM_100, PLUM_200, frame, path, rect, text


@dataclass(frozen=True)
class CurvePoint:
    """One moment: its short label ("oct.") and the number reached."""

    label: str
    value: int


def time_curve(
    points: Sequence[CurvePoint], maximum: int, *, subject: str, events: Mapping[int, str] | None = None
) -> SafeString:
    """Draw a number over time on a full axis, from zero to `maximum`.

    `subject` names what is counted, for the text equivalent. `events` maps the place of a point to what happened then
    (a change of grid). The first point, the turning ones and the last (lit) carry their value. Nothing under two points.
    """
    if len(points) < 2 or maximum < 1:
        return SafeString("")
    events = events or {}
    base, top, left, right = 156.0, 18.0, 18.0, 366.0
    step = (right - left) / (len(points) - 1)
    places = [(left + i * step, base - (base - top) * min(p.value, maximum) / maximum) for i, p in enumerate(points)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts = [
        path(f"M8 {top:.1f}H386", LINE_STRONG, dash="2 4"),
        text(390, top + 4.5, maximum, anchor="start"),
        path(f"M8 {base:.1f}H386", LINE),
        format_html('<polygon points="{},{} {} {},{}" fill="{}"/>', left, base, line, right, base, PLUM_50),
        format_html(
            '<polyline points="{}" fill="none" stroke="{}" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>',
            line,
            PLUM,
        ),
    ]
    for place, name in sorted(events.items()):
        x = places[place][0]
        after = place < len(points) / 2
        parts.append(path(f"M{x:.1f} 12V{base:.1f}", PLUM_200, width=1.5, dash="4 3"))
        parts.append(text(x + (6 if after else -6), base - 8, name, fill=PLUM, anchor="start" if after else "end"))
    every = max(1, -(-len(points) // 7))
    for i, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        last = i == len(points) - 1
        parts.append(_dot(x, y, lit=last))
        if last or (i % every == 0 and i + every <= len(points) - 1):
            parts.append(text(x, 180, point.label))
        if last:
            parts.append(text(x + 12, y + 6, point.value, size=20, fill=PLUM, anchor="start", weight=700))
        elif i == 0 or _turns(points, i):
            parts.append(text(x, y - 9, point.value, size=14, fill=INK, weight=600))
    label = _("%(subject)s : %(values)s, sur %(maximum)s") % {
        "subject": subject,
        "values": ", ".join(f"{point.label} {point.value}" for point in points),
        "maximum": maximum,
    }
    return frame(420, 190, label, parts, css="graph graph--temps")


def _turns(points: Sequence[CurvePoint], i: int) -> bool:
    before, here, after = (points[j].value for j in (i - 1, i, i + 1))
    return (here > before and here > after) or (here < before and here < after)


def _dot(x: float, y: float, *, lit: bool) -> SafeString:
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>',
        f"{x:.1f}",
        f"{y:.1f}",
        5 if lit else 3,
        GLOW if lit else PLUM,
        PLUM,
        2 if lit else 0,
    )


def month_window(
    *, now: float, opens: int, closes: int, length: int = 24, audit: float | None = None, audit_label: str = ""
) -> SafeString:
    """Draw the surveillance window on the life of the certificate, all in months since it began.

    `now` may stand before, in or after the window; `audit` is the month of the date chosen, when there is one.
    """
    left, right = 12.0, 408.0

    def place(month: float) -> float:
        return left + (right - left) * max(0.0, min(month, length)) / length

    here, start, end = place(now), place(opens), place(closes)
    parts = [
        path(f"M{left:g} 36H{right:g}", "#d6d0c8", width=2),
        rect(start, 27, end - start, 18, PLUM_100, rx=9, edge=PLUM_200),
        text(start, 64, _("%(month)se mois") % {"month": opens}),
        text(end, 64, _("%(month)se mois") % {"month": closes}),
        path(f"M{left:g} 36H{here:.1f}", PLUM, width=3),
        format_html('<circle cx="{}" cy="36" r="6.5" fill="{}" stroke="{}" stroke-width="2"/>', f"{here:.1f}", GLOW, PLUM),
    ]
    flag = place(audit) if audit is not None else None
    flip = flag is not None and flag > 280
    clash = flag is not None and _overlap(here, flag, flip, audit_label)
    parts.append(text(max(46, min(here, 370)), 84 if clash else 20, _("aujourd’hui"), fill=INK))
    label = _("Fenêtre de surveillance du %(opens)se au %(closes)se mois ; nous sommes au %(now)se mois") % {
        "opens": opens,
        "closes": closes,
        "now": int(now),
    }
    if flag is not None:
        parts.append(path(f"M{flag:.1f} 14V47", PLUM, width=2))
        parts.append(format_html('<path d="M{} 14h13l-3 4.5 3 4.5h-13z" fill="{}"/>', f"{flag:.1f}", PLUM))
        x = flag - 8 if flip else flag + 18
        parts.append(text(x, 22, audit_label, fill=PLUM, anchor="end" if flip else "start", weight=700))
        label += f" ; {audit_label}"
    return frame(420, 90 if clash else 74, label, parts, css="graph graph--temps")


def _overlap(here: float, flag: float, flip: bool, audit_label: str) -> bool:
    """Tell whether "today" (centred over its dot) would run into the flag or its label; 8 units per letter."""
    room = 8 * len(audit_label)
    start, end = (flag - 8 - room, flag + 13) if flip else (flag, flag + 18 + room)
    return here + 44 > start and here - 44 < end

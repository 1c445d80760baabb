"""Rows of small marks: one per half-day of a person, or one per person of a half-day. Full is there, dashed is awaited."""

from collections.abc import Sequence
from enum import StrEnum

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .svg import LINE_STRONG, PLUM, PLUM_400, join, num

AWAITED, AWAITED_GROUND, LATE = "#7a4a00", "#fffaf0", "#b06f00"
PITCH, WIDTH, HEIGHT = 9.0, 6.0, 18.0


class Slot(StrEnum):
    """What one mark says."""

    SIGNED = "signed"
    LATE = "late"  # signed, after the day
    AWAITED = "awaited"
    ABSENT = "absent"
    TO_COME = "to_come"
    AWAY = "away"  # not enrolled that day: nothing is drawn


def mark_parts(
    slots: Sequence[Slot], x: float, y: float, *, pitch: float = PITCH, width: float = WIDTH, height: float = HEIGHT
) -> SafeString:
    """The marks side by side from (x, y): one path for each kind, however many there are."""
    places: dict[Slot, list[float]] = {}
    for place, slot in enumerate(slots):
        places.setdefault(slot, []).append(x + place * pitch)
    parts: list[SafeString] = []
    signed = places.get(Slot.SIGNED, []) + places.get(Slot.LATE, [])
    if signed:
        d = "".join(f"M{num(left)} {num(y)}h{num(width)}v{num(height)}h-{num(width)}z" for left in sorted(signed))
        parts.append(format_html('<path d="{}" fill="{}"/>', d, PLUM))
    if Slot.LATE in places:
        d = "".join(f"M{num(left - 1)} {num(y + height + 2)}h{num(width + 2)}" for left in places[Slot.LATE])
        parts.append(format_html('<path d="{}" stroke="{}" stroke-width="2.4"/>', d, LATE))
    for slot, stroke, ground, dash in (
        (Slot.AWAITED, AWAITED, AWAITED_GROUND, "2.6 2"),
        (Slot.TO_COME, PLUM_400, "none", "2.6 2"),
        (Slot.ABSENT, LINE_STRONG, "none", ""),
    ):
        if slot in places:
            wide, high = num(width - 1.4), num(height - 1.4)
            d = "".join(f"M{num(left + 0.7)} {num(y + 0.7)}h{wide}v{high}h-{wide}z" for left in places[slot])
            if slot is Slot.ABSENT:
                d += "".join(f"M{num(left + 0.7)} {num(y + height - 0.7)}l{wide} -{high}" for left in places[slot])
            dashes = format_html(' stroke-dasharray="{}"', dash) if dash else ""
            parts.append(format_html('<path d="{}" fill="{}" stroke="{}" stroke-width="1.4"{}/>', d, ground, stroke, dashes))
    return join(parts)


def marks_row(slots: Sequence[Slot]) -> SafeString:
    """A row of marks by itself. Decorative: words stand beside it."""
    if not slots:
        return SafeString("")
    return format_html(
        '<svg class="marques" viewBox="-1 -1 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        num(len(slots) * PITCH),
        num(HEIGHT + 6),
        mark_parts(slots, 0, 0),
    )

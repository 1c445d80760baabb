"""A session as one strip: what comes before, each half-day with a mark per person and the trainer's, what comes after, and today.

Two drawings of the same: wide for screens, narrow (from top to bottom) for phones and paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .marks import AWAITED, AWAITED_GROUND, Slot, mark_parts
from .picture import linked, picture, today_dot
from .svg import INK, INK_2, LINE, PLUM, PLUM_200, PLUM_400, join, num, path, rect, text

WIDE, NARROW = 1046.0, 300.0
# Marks by name up to so many people and half-days; beyond, one column for each half-day.
MOST_PEOPLE, MOST_CARDS = 24, 8
STAGE, TODAY, GAP = 80.0, 58.0, 20.0
_EDGE, _EDGE_AWAITED = "#d6d0c8", "#b98a35"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step before or after. ``state``: "done", "due" (awaited since its day) or "to_come"; ``told``: all of it, read aloud."""

    label: str
    count: str
    day: str
    state: str
    told: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Half:
    """A half-day: a mark per person, none when they are too many; who countersigns, by initials, and whether they did.

    ``state``: as of a stage; ``part``: « matin »; ``day``: « jeudi 19 ».
    """

    part: str
    day: str
    slots: Sequence[Slot]
    signed: int
    expected: int
    initials: str
    countersigned: bool
    state: str
    told: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """``today``: on which side it stands, before which stage; None while the training runs. ``all_url``: where all half-days are."""

    title: str
    before: Sequence[Stage]
    halves: Sequence[Half]
    after: Sequence[Stage]
    dates: str = ""
    today: tuple[str, int] | None = None
    all_url: str = ""
    legend: Sequence[str] = field(default_factory=tuple)

    @property
    def by_name(self) -> bool:
        """Whether each person has a mark."""
        return len(self.halves) <= MOST_CARDS and all(
            len(half.slots) <= MOST_PEOPLE and (half.slots or not half.expected) for half in self.halves
        )


def wide_strip(strip: Strip) -> SafeString:
    """Draw it from left to right."""
    lit = {side: TODAY if strip.today and strip.today[0] == side else 0.0 for side in ("before", "after")}
    before, after = len(strip.before) * STAGE + lit["before"], len(strip.after) * STAGE + lit["after"]
    left = before + GAP if before else 0.0
    right = WIDE - after - (GAP if after else 0.0)
    parts = [
        *(_head(0, before, _("Avant")) if before else []),
        *_head(left, right, _("Pendant")),
        *(_head(WIDE - after, WIDE, _("Après")) if after else []),
    ]
    if strip.dates:
        parts.append(text(right, 13, strip.dates, anchor="end"))
    first, last = STAGE / 2 if before else left, WIDE - STAGE / 2 if after else right
    here = _place_of_today(strip, first, left, right, WIDE - after)
    parts += [
        path(f"M{num(first)} 66H{num(here)}", PLUM, width=2),
        path(f"M{num(here)} 66H{num(last)}", PLUM_400, width=2, dash="5 4"),
    ]
    parts += _stages(strip, "before", 0.0) + _halves(strip, left, right) + _stages(strip, "after", WIDE - after)
    return picture("bande-large", "image image--large", WIDE, 148, strip.title, parts)


def narrow_strip(strip: Strip, *, links: bool = True) -> SafeString:
    """Draw it from top to bottom; without ``links``, for paper."""
    y, parts, points = 0.0, [], []

    def heading(words: str) -> None:
        nonlocal y
        parts.append(rect(0, y, 72, 20, "#fff"))
        parts.append(text(0, y + 14, words, fill=INK_2, anchor="start", weight=600))
        y += 24

    def stages(side: str, found: Sequence[Stage]) -> None:
        nonlocal y
        for place in range(len(found) + 1):
            if strip.today == (side, place):
                points.append(y + 12)
                parts.extend([today_dot(12, y + 12), text(32, y + 17, _("aujourd’hui"), fill=PLUM, anchor="start", weight=600)])
                y += 30
            if place < len(found):
                stage = found[place]
                points.append(y + 12)
                drawn = [
                    rect(0, y - 3, NARROW, 30, "transparent", rx=8),
                    _dot(12, y + 12, stage.state),
                    text(32, y + 17, stage.label, fill=INK, anchor="start", weight=600),
                    text(212, y + 17, stage.day, anchor="end"),
                    text(NARROW, y + 17, stage.count, fill=_ink(stage.state), anchor="end", weight=_weight(stage.state)),
                ]
                parts.append(linked(stage.url if links else "", stage.told, drawn))
                y += 30

    if strip.before:
        heading(_("Avant"))
        stages("before", strip.before)
    heading(_("Pendant"))
    if not strip.by_name or not strip.halves:
        points.append(y + 26)
        parts.append(
            linked(strip.all_url if links else "", strip.dates or _("Demi-journées"), _columns(strip, 26, NARROW, y + 2))
        )
        y += 76
    for half in strip.halves if strip.by_name else ():
        points.append(y + 28)
        drawn = [
            _box(26, y, NARROW - 26, 56, half.state),
            text(36, y + 18, f"{half.day}, {half.part}", fill=INK, anchor="start", weight=600),
            text(NARROW - 10, y + 18, _shown(half), fill=_ink(half.state), anchor="end", weight=_weight(half.state)),
            mark_parts(half.slots, 36, y + 28, pitch=min(9.0, 190 / max(1, len(half.slots)))),
            *_countersign(half, NARROW - 46, y + 37),
        ]
        parts.append(linked(half.url if links else "", half.told, drawn))
        y += 64
    if strip.after:
        heading(_("Après"))
        stages("after", strip.after)
    line = [path(f"M12 {num(points[0])}V{num(points[-1])}", PLUM_200, width=2)] if points else []
    return picture("bande-etroite", "image image--tel", NARROW, y, strip.title, [*line, *parts])


def strip_key() -> list[tuple[SafeString, str]]:
    """What each sign means, for the key under the picture."""

    def mark(slot: Slot) -> SafeString:
        return format_html('<svg viewBox="-2 -1 10 24" aria-hidden="true">{}</svg>', mark_parts([slot], 0, 0))

    def dot(state: str) -> SafeString:
        return format_html('<svg viewBox="0 0 20 20" aria-hidden="true">{}</svg>', _DOTS[state])

    return [
        (mark(Slot.SIGNED), _("a signé")),
        (mark(Slot.LATE), _("a signé en retard, souligné")),
        (mark(Slot.AWAITED), _("à signer")),
        (mark(Slot.ABSENT), _("absence")),
        (dot("done"), _("fait")),
        (dot("due"), _("attendu, pas encore complet")),
        (dot("to_come"), _("à venir")),
    ]


def _head(left: float, right: float, words: str) -> list[SafeString]:
    return [
        text(left, 13, words, fill=INK_2, anchor="start", weight=600),
        path(f"M{num(left)} 22H{num(right)}", LINE),
    ]


def _place_of_today(strip: Strip, first: float, left: float, right: float, after: float) -> float:
    """Up to where the line is solid."""
    if strip.today is None:
        return (left + right) / 2 if strip.halves else left
    side, place = strip.today
    return (0.0 if side == "before" else after) + place * STAGE + TODAY / 2


def _stages(strip: Strip, side: str, x: float) -> list[SafeString]:
    parts, found = [], strip.before if side == "before" else strip.after
    for place in range(len(found) + 1):
        if strip.today == (side, place):
            parts += [today_dot(x + TODAY / 2, 66), text(x + TODAY / 2, 46, _("aujourd’hui"), fill=PLUM, weight=600)]
            x += TODAY
        if place < len(found):
            stage, middle = found[place], x + STAGE / 2
            drawn = [
                rect(x, 44, STAGE, 102, "transparent", rx=8),
                _dot(middle, 66, stage.state),
                text(middle, 104, stage.label, fill=INK, weight=600),
                text(middle, 122, stage.count, fill=_ink(stage.state), weight=_weight(stage.state)),
                text(middle, 140, stage.day),
            ]
            parts.append(linked(stage.url, stage.told, drawn))
            x += STAGE
    return parts


def _halves(strip: Strip, left: float, right: float) -> list[SafeString]:
    if not strip.halves:
        return [text((left + right) / 2, 104, _("aucune demi-journée"))]
    if not strip.by_name:
        return [linked(strip.all_url, strip.dates or _("Demi-journées"), _columns(strip, left, right, 40))]
    n = len(strip.halves)
    width = min(150.0, (right - left - 6 * (n - 1)) / n)
    x = left + (right - left - n * width - 6 * (n - 1)) / 2
    parts = []
    for half in strip.halves:
        pitch = min(9.0, (width - 10) / max(1, len(half.slots)))
        marks = x + (width - pitch * len(half.slots)) / 2 + pitch / 6
        middle = x + width / 2
        drawn = [
            _box(x, 34, width, 64, half.state),
            mark_parts(half.slots, marks, 42, pitch=pitch, width=max(1.5, pitch * 2 / 3)),
            path(f"M{num(x + 6)} 72.5H{num(x + width - 6)}", LINE),
            *_countersign(half, middle - 22, 84),
            *([text(middle, 116, half.part, fill=INK, weight=600)] if width > 66 else []),
            text(middle, 134, _shown(half), fill=_ink(half.state), weight=_weight(half.state)),
        ]
        parts.append(linked(half.url, half.told, drawn))
        x += width + 6
    return parts


def _columns(strip: Strip, left: float, right: float, y: float) -> list[SafeString]:
    """One bar for each half-day, filled by how many signed; a dot under those that are countersigned."""
    n = max(1, len(strip.halves))
    step = min(18.0, (right - left) / n)
    x = left + (right - left - n * step) / 2
    parts = [rect(left, y - 6, right - left, 66, "transparent", rx=8)]
    for place, half in enumerate(strip.halves):
        parts.append(_bar(x + place * step + step * 0.12, y, step * 0.76, 44, half))
    done = [x + (place + 0.5) * step for place, half in enumerate(strip.halves) if half.countersigned]
    if done:
        parts.append(path("".join(f"M{num(at - 1.5)} {num(y + 52)}h3" for at in done), PLUM, width=3))
    return parts


def _bar(x: float, y: float, width: float, height: float, half: Half) -> SafeString:
    share = half.signed / half.expected if half.expected else 0.0
    full = height * share
    parts = [rect(x, y + height - full, width, full, PLUM, rx=1)] if full else []
    if share < 1:
        edge = AWAITED if half.state == "due" else PLUM_400
        d = f"M{num(x + 0.6)} {num(y + height - full)}V{num(y + 0.6)}h{num(width - 1.2)}V{num(y + height - full)}"
        parts.append(path(d, edge, width=1.1, dash="2.6 2"))
    return join(parts)


def _shown(half: Half) -> str:
    return _("%(n)s sur %(d)s") % {"n": half.signed, "d": half.expected} if half.expected else ""


def _countersign(half: Half, x: float, y: float) -> list[SafeString]:
    if half.countersigned:
        sign = format_html(
            '<path d="M{} {}l3 3 6-6.5" fill="none" stroke="{}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>',
            num(x),
            num(y),
            PLUM,
        )
    else:
        stroke, ground = (AWAITED, AWAITED_GROUND) if half.state == "due" else (PLUM_400, "none")
        sign = format_html(
            '<circle cx="{}" cy="{}" r="4.6" fill="{}" stroke="{}" stroke-width="1.4" stroke-dasharray="2.4 1.8"/>',
            num(x + 4),
            num(y),
            ground,
            stroke,
        )
    return [sign, text(x + 14, y + 5, half.initials, fill=INK_2, anchor="start")]


def _box(x: float, y: float, width: float, height: float, state: str) -> SafeString:
    return format_html(
        '<rect class="image__fond" x="{}" y="{}" width="{}" height="{}" rx="8" fill="#fff" stroke="{}" stroke-width="1.2"{}/>',
        num(x),
        num(y),
        num(width),
        num(height),
        _EDGE_AWAITED if state == "due" else _EDGE,
        SafeString(' stroke-dasharray="4 3"') if state != "done" else "",
    )


def _dot(x: float, y: float, state: str) -> SafeString:
    return format_html('<g transform="translate({} {})">{}</g>', num(x - 10), num(y - 10), _DOTS[state])


_DOTS = {
    "done": SafeString(
        f'<circle cx="10" cy="10" r="9" fill="{PLUM}"/><path d="M6 10.2l2.7 2.7 5.3-5.6" fill="none" stroke="#fff"'
        ' stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round"/>'
    ),
    "due": SafeString(f'<circle cx="10" cy="10" r="8.5" fill="{AWAITED_GROUND}" stroke="{AWAITED}" stroke-width="2"/>'),
    "to_come": SafeString(
        f'<circle cx="10" cy="10" r="8" fill="#fff" stroke="{PLUM_400}" stroke-width="2" stroke-dasharray="3 2.5"/>'
    ),
}


def _ink(state: str) -> str:
    return AWAITED if state == "due" else INK_2


def _weight(state: str) -> int:
    return 600 if state == "due" else 400


def mini_strip(title: str, groups: Sequence[Sequence[str]]) -> SafeString:
    """The same for one line of a list: a dot for each thing expected, before, during and after. ``groups``: their states."""
    x, places = 4.0, {"done": [], "due": [], "to_come": []}  # type: tuple[float, dict[str, list[float]]]
    for group in groups:
        for state in group:
            places[state].append(x)
            x += 9
        x += 5 if group else 0
    circle = "M{} 5a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"
    parts = [
        format_html('<path d="{}" {}/>', "".join(circle.format(num(at - 3)) for at in places[state]), look)
        for state, look in _MINI.items()
        if places[state]
    ]
    return format_html(
        '<svg class="bande-mini" role="img" aria-label="{}" viewBox="0 0 {} 10"><title>{}</title>{}</svg>',
        title,
        num(max(x - 5, 1)),
        title,
        join(parts),
    )


_MINI = {
    "done": SafeString(f'fill="{PLUM}" stroke="{PLUM}"'),
    "due": SafeString(f'fill="{AWAITED_GROUND}" stroke="{AWAITED}" stroke-width="1.6"'),
    "to_come": SafeString(f'fill="none" stroke="{PLUM_400}" stroke-dasharray="1.8 1.4"'),
}

"""Twelve months on one line: sessions by month, the window of a visit and the visits, what expires, and today.

Two drawings of the same: wide for screens, narrow (from top to bottom) for phones and paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .marks import AWAITED, AWAITED_GROUND
from .picture import linked, picture, today_dot
from .svg import INK, INK_2, LINE, PLUM, PLUM_50, PLUM_100, PLUM_200, PLUM_400, join, num, path, rect, text

LEFT, COLUMN, NARROW = 86.0, 80.0, 300.0
# A dot for each session up to so many of one month; beyond, a bar cut in the same proportions.
MOST_DOTS = 12
_PITCH = 11.0


@dataclass(frozen=True, slots=True)
class Month:
    """One month: how many of its sessions wait, are complete, are to come; how many things expire. ``year``: said where it begins."""

    label: str
    year: str
    waiting: int
    complete: int
    coming: int
    told: str
    url: str
    expiring: int = 0
    expiring_label: str = ""
    expiring_told: str = ""
    expiring_url: str = ""

    @property
    def sessions(self) -> int:
        """All of them."""
        return self.waiting + self.complete + self.coming


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or the days up to another, counted in months since the first one."""

    at: float
    label: str
    told: str
    url: str
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months; ``today`` is counted as a moment is."""

    title: str
    months: Sequence[Month]
    today: float
    visits: Sequence[Moment] = ()
    window: Moment | None = None


def wide_year(year: Year) -> SafeString:
    """Draw it from left to right."""
    width = LEFT + COLUMN * len(year.months)

    def place(at: float) -> float:
        return LEFT + COLUMN * at

    here, rows = place(year.today), ((70.0, _("Sessions")), (178.0, _("Audits")), (230.0, _("Expire")))
    parts = [text(0, y, words, fill=INK_2, anchor="start", weight=600) for y, words in rows]
    for number, month in enumerate(year.months):
        x = place(number)
        parts.append(text(x + COLUMN / 2, 14, month.label, fill=INK, weight=600))
        if month.year:
            parts.append(text(x + COLUMN / 2, 30, month.year))
        parts.append(path(f"M{num(x)} 122V134", LINE))
        if month.sessions:
            box = _box(x + 4, 38, COLUMN - 8, 70)
            parts.append(
                linked(
                    month.url,
                    month.told,
                    [box, _sessions(month, x + 14, 60 if month.sessions <= 6 else 54, 6), *_counts(month, x + 14, x + 70, 98)],
                )
            )
        if month.expiring:
            area = rect(x + 4, 212, COLUMN - 8, 30, "transparent", rx=8)
            drawn = [area, *_expiring(x + COLUMN / 2, 226, month.expiring)]
            parts.append(linked(month.expiring_url, month.expiring_told, drawn))
    parts += [
        path(f"M{num(LEFT)} 128H{num(here)}", PLUM, width=2),
        path(f"M{num(here)} 128H{num(width)}", PLUM_400, width=2, dash="5 4"),
    ]
    if year.window:
        x, end = place(year.window.at), place(year.window.until)
        band = [rect(x, 162, end - x, 24, PLUM_100, rx=8, edge=PLUM_200)]
        if end - x > 7.5 * len(year.window.label):
            band.append(text(x + 10, 178, year.window.label, fill=PLUM, anchor="start"))
        parts.append(linked(year.window.url, year.window.told, band))
    for visit in year.visits:
        x = place(visit.at)
        label = text(min(x, width - 44), 203, visit.label, fill=PLUM, weight=600)
        parts.append(linked(visit.url, visit.told, [path(f"M{num(x)} 128V190", PLUM, width=2), _flag(x, 128), label]))
    parts += [today_dot(here, 128), text(max(LEFT + 36, min(here, width - 36)), 152, _("aujourd’hui"), fill=PLUM, weight=600)]
    return picture("annee-large", "image image--large", width, 248, year.title, parts)


def narrow_year(year: Year, *, links: bool = True) -> SafeString:
    """Draw it from top to bottom; without ``links``, for paper."""
    parts: list[SafeString] = []
    tops: list[float] = []
    y = 0.0

    def url(address: str) -> str:
        return address if links else ""

    for number, month in enumerate(year.months):
        tops.append(y)
        name = f"{month.label} {month.year}".strip()
        drawn = [rect(24, y, NARROW - 24, 30, "transparent", rx=8), text(30, y + 20, name, fill=INK, anchor="start", weight=600)]
        if month.sessions:
            drawn += [_sessions(month, 118, y + 15, MOST_DOTS), *_counts(month, NARROW, NARROW, y + 20)]
        parts.append(linked(url(month.url) if month.sessions else "", month.told, drawn))
        y += 32
        if month.expiring:
            area = rect(24, y, NARROW - 24, 26, "transparent", rx=8)
            words = text(58, y + 18, month.expiring_label, fill=INK_2, anchor="start")
            drawn = [area, *_expiring(40, y + 13, month.expiring), words]
            parts.append(linked(url(month.expiring_url), month.expiring_told, drawn))
            y += 28
        window = year.window
        if window and number <= window.at < number + 1:
            said = text(30, y + 18, window.label, fill=PLUM, anchor="start")
            area = rect(24, y, NARROW - 24, 26, PLUM_50, rx=8)
            parts.append(linked(url(window.url), window.told, [area, said]))
            y += 28
        for visit in (each for each in year.visits if number <= each.at < number + 1):
            area = rect(24, y, NARROW - 24, 26, "transparent", rx=8)
            said = text(30, y + 18, visit.label, fill=PLUM, anchor="start", weight=600)
            parts.append(linked(url(visit.url), visit.told, [area, _flag(10, y + 13), said]))
            y += 28
        if number <= year.today < number + 1:
            here = y + 13
            parts += [today_dot(10, here), text(30, y + 18, _("aujourd’hui"), fill=PLUM, anchor="start", weight=600)]
            y += 28
    line = [
        path(f"M10 0V{num(here)}", PLUM, width=2),
        path(f"M10 {num(here)}V{num(y)}", PLUM_400, width=2, dash="5 4"),
    ]
    return picture("annee-tel", "image image--tel", NARROW, y, year.title, [*line, *parts])


def year_key() -> list[tuple[SafeString, str]]:
    """What each sign means, for the key under the picture."""

    def sign(drawn: SafeString) -> SafeString:
        return format_html('<svg viewBox="0 0 20 20" aria-hidden="true">{}</svg>', drawn)

    return [
        (sign(_dots("waiting", [(10, 10)])), _("session à compléter, « dont 2 »")),
        (sign(_dots("complete", [(10, 10)])), _("session complète")),
        (sign(_dots("coming", [(10, 10)])), _("session à venir")),
        (sign(_flag(10, 10)), _("audit")),
        (sign(join(_expiring(10, 10, None))), _("ce qui expire")),
    ]


_LOOKS = {
    "waiting": SafeString(f'fill="{AWAITED_GROUND}" stroke="{AWAITED}" stroke-width="1.8"'),
    "complete": SafeString(f'fill="{PLUM}" stroke="{PLUM}"'),
    "coming": SafeString(f'fill="#fff" stroke="{PLUM_400}" stroke-width="1.4" stroke-dasharray="2 1.6"'),
}


def _sessions(month: Month, x: float, y: float, by_row: int) -> SafeString:
    """The sessions of one month from (x, y), those that wait first: one path for each kind; a bar when they are too many."""
    kinds = [("waiting", month.waiting), ("complete", month.complete), ("coming", month.coming)]
    if month.sessions > MOST_DOTS:
        return _bar(kinds, month.sessions, x - 4, y - 6, _PITCH * by_row)
    drawn, place = [], 0
    for kind, number in kinds:
        places = [(x + _PITCH * (n % by_row), y + 13 * (n // by_row)) for n in range(place, place + number)]
        place += number
        if places:
            drawn.append(_dots(kind, places))
    return join(drawn)


def _bar(kinds: Sequence[tuple[str, int]], total: int, x: float, y: float, width: float) -> SafeString:
    drawn = []
    for kind, number in kinds:
        if number:
            part = width * number / total
            look = _LOOKS[kind]
            shape = '<rect x="{}" y="{}" width="{}" height="12" rx="2" {}/>'
            drawn.append(format_html(shape, num(x), num(y), num(max(part - 2, 2)), look))
            x += part
    return join(drawn)


def _dots(kind: str, places: Sequence[tuple[float, float]]) -> SafeString:
    circles = "".join(f"M{num(x - 4)} {num(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0" for x, y in places)
    return format_html('<path d="{}" {}/>', circles, _LOOKS[kind])


def _counts(month: Month, left: float, right: float, y: float) -> list[SafeString]:
    """How many sessions; how many of them wait. On one spot, the second goes before the first."""
    if left == right:
        words = (
            _("%(n)s, dont %(waiting)s") % {"n": month.sessions, "waiting": month.waiting} if month.waiting else month.sessions
        )
        return [text(right, y, words, fill=AWAITED if month.waiting else INK_2, anchor="end", weight=600)]
    found = [text(left - 4, y, month.sessions, fill=INK, anchor="start", weight=600)]
    if month.waiting:
        found.append(text(right, y, _("dont %(n)s") % {"n": month.waiting}, fill=AWAITED, anchor="end", weight=600))
    return found


def _expiring(x: float, y: float, number: int | None) -> list[SafeString]:
    ring = format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="#fff" stroke="{}" stroke-width="1.6" stroke-dasharray="3 2.4"/>',
        num(x),
        num(y),
        "8" if number is None else "12",
        AWAITED,
    )
    return [ring] if number is None else [ring, text(x, y + 4.5, number, fill=AWAITED, weight=600)]


def _flag(x: float, y: float) -> SafeString:
    return format_html('<path d="M{} {}l7 7-7 7-7-7z" fill="{}"/>', num(x), num(y - 7), PLUM)


def _box(x: float, y: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="image__fond" x="{}" y="{}" width="{}" height="{}" rx="8" fill="#fff" stroke="{}" stroke-width="1.2"/>',
        num(x),
        num(y),
        num(width),
        num(height),
        LINE,
    )

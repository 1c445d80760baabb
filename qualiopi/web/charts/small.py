"""Small signs: the way through a survey, a mark on its scale, a point of the thread."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .svg import GLOW, LINE_STRONG, PLUM, PLUM_400, join, num, rect


def progress_marks(done: int, total: int) -> SafeString:
    """Draw the way through `total` steps: solid up to `done`, dashed after. Decorative: the sentence says it."""
    width = (320 - 6 * (total - 1)) / total
    parts = []
    for step in range(total):
        x = step * (width + 6)
        if step < done:
            parts.append(rect(x, 2, width, 8, PLUM, rx=4))
        else:
            parts.append(
                format_html(
                    '<rect x="{}" y="3" width="{}" height="6" rx="3" fill="none" stroke="{}" stroke-width="1.3"'
                    ' stroke-dasharray="4 3"/>',
                    num(x + 1),
                    num(max(1, width - 2)),
                    PLUM_400,
                )
            )
    return format_html('<svg viewBox="0 0 320 12" preserveAspectRatio="none" aria-hidden="true">{}</svg>', join(parts))


def scale_dots(value: int, top: int = 5) -> SafeString:
    """Draw `value` of `top` as full and hollow dots. Decorative: the words say it."""
    dots = [
        format_html(
            '<circle cx="{}" cy="5.5" r="{}" fill="{}" stroke="{}" stroke-width="1.2"/>',
            num(5.5 + place * 9.7),
            4 if place < value else 3.4,
            PLUM if place < value else "none",
            PLUM if place < value else LINE_STRONG,
        )
        for place in range(top)
    ]
    return format_html('<svg viewBox="0 0 {} 11" aria-hidden="true">{}</svg>', num(11 + 9.7 * (top - 1)), join(dots))


_POINTS = {
    "done": SafeString(
        f'<circle cx="10" cy="10" r="9" fill="{PLUM}"/><path d="M6 10.2l2.7 2.7 5.3-5.6" fill="none" stroke="#fff"'
        ' stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round"/>'
    ),
    "now": SafeString(
        f'<circle cx="10" cy="10" r="8.5" fill="#fff" stroke="{PLUM}" stroke-width="2"/>'
        f'<circle cx="10" cy="10" r="4.2" fill="{GLOW}" stroke="{PLUM}" stroke-width="1.3"/>'
    ),
    "to_come": SafeString(
        f'<circle cx="10" cy="10" r="8" fill="#fff" stroke="{PLUM_400}" stroke-width="2" stroke-dasharray="3 2.5"/>'
    ),
}

_POINTS["today"] = _POINTS["now"]
_POINTS["due"] = SafeString('<circle cx="10" cy="10" r="8.5" fill="#fffaf0" stroke="#7a4a00" stroke-width="2"/>')


def thread_point(state: str) -> SafeString:
    """Draw a point of the thread: "done" (solid, ticked), "due" (a hollow amber ring), "now" and "today" (lit), "to_come" (dashed)."""
    return format_html('<svg class="fil__pt" viewBox="0 0 20 20" aria-hidden="true">{}</svg>', _POINTS[state])

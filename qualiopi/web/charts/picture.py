"""What pictures with links inside share: a frame whose title is read aloud, a part that leads somewhere, the lit dot of today."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .svg import FONTS, GLOW, PLUM, join, num


def picture(key: str, css: str, width: float, height: float, title: str, parts: Sequence[SafeString]) -> SafeString:
    """Return a picture; `key`: the id of its title, one of its own on a page."""
    return format_html(
        '<svg class="{}" role="group" aria-labelledby="{}" viewBox="-4 0 {} {}" font-family="{}"><title id="{}">{}</title>{}</svg>',
        css,
        key,
        num(width + 8),
        num(height),
        FONTS,
        key,
        title,
        join(parts),
    )


def linked(url: str, told: str, parts: Sequence[SafeString]) -> SafeString:
    """Return these parts as a link, read aloud as `told`; a mere group without an address."""
    if not url:
        return format_html("<g>{}</g>", join(parts))
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, told, join(parts))


def today_dot(x: float, y: float) -> SafeString:
    """Return the dot that marks today, the only lit thing of a picture."""
    return format_html(
        '<circle cx="{x}" cy="{y}" r="8.5" fill="#fff" stroke="{plum}" stroke-width="2"/>'
        '<circle cx="{x}" cy="{y}" r="4.2" fill="{glow}" stroke="{plum}" stroke-width="1.3"/>',
        x=num(x),
        y=num(y),
        plum=PLUM,
        glow=GLOW,
    )

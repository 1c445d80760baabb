"""What every picture shares: the frame with its title, text, and the house colours."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK, INK_2, INK_3 = "#241f2b", "#4a4453", "#625b6b"
LINE, LINE_STRONG = "#e4dfd8", "#8a8392"
PLUM, PLUM_50, PLUM_100, PLUM_200, PLUM_400 = "#6a2c5e", "#f6ecf3", "#ead7e5", "#d3afca", "#a8679b"
GLOW = "#f4b940"
SCALE = ("#e3d3df", "#cdaac4", "#b183a7", "#8b4c7f", "#5a2450")
SCALE_EDGE = "#8b4c7f"
FONTS = "Chiffres, Atkinson Hyperlegible Next, sans-serif"


def frame(
    width: float, height: float, label: str, parts: Iterable[SafeString], *, css: str = "graph", stretch: bool = False
) -> SafeString:
    """Return the picture with its text equivalent (read aloud on screen and in a tagged PDF)."""
    return format_html(
        '<svg class="{css}" role="img" aria-label="{label}" viewBox="0 0 {w} {h}"{stretch} font-family="{fonts}">'
        "<title>{label}</title>{parts}</svg>",
        css=css,
        label=label,
        w=num(width),
        h=num(height),
        stretch=SafeString(' preserveAspectRatio="none"') if stretch else "",
        fonts=FONTS,
        parts=join(parts),
    )


def join(parts: Iterable[SafeString]) -> SafeString:
    """Put pieces of a picture side by side."""
    return format_html_join("", "{}", ((part,) for part in parts))


def num(value: float) -> str:
    """Write a length with one decimal at most, a point whatever the language."""
    return f"{value:.1f}".removesuffix(".0")


def rect(x: float, y: float, width: float, height: float, fill: str, *, rx: float = 3, edge: str = "") -> SafeString:
    """Return a rectangle; with `edge`, its outline stays inside its box."""
    if not edge:
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}"/>',
            num(x),
            num(y),
            num(width),
            num(height),
            num(rx),
            fill,
        )
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" stroke="{}" stroke-width="1.2"'
        ' vector-effect="non-scaling-stroke"/>',
        num(x + 0.6),
        num(y + 0.6),
        num(max(0.5, width - 1.2)),
        num(height - 1.2),
        num(rx),
        fill,
        edge,
    )


def path(d: str, stroke: str, *, width: float = 1, dash: str = "") -> SafeString:
    """Return a line without filling."""
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}"{}/>',
        d,
        stroke,
        num(width),
        format_html(' stroke-dasharray="{}"', dash) if dash else "",
    )


def text(
    x: float, y: float, content: object, *, size: float = 13, fill: str = INK_3, anchor: str = "middle", weight: int = 400
) -> SafeString:
    """Return a piece of text."""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>',
        num(x),
        num(y),
        anchor,
        num(size),
        weight,
        fill,
        content,
    )

"""Tabler outline icons, drawn into the page: no icon font, no request per icon."""

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS_DIR = Path(__file__).resolve().parents[2] / "static" / "vendor" / "tabler-icons" / "outline"
_SHAPES = re.compile(r'<(?:path|circle|rect|line|polyline)\b(?![^>]*stroke="none")[^>]*/>')


class UnknownIconError(LookupError):
    """No vendored icon has this name."""


@cache
def _shapes(name: str) -> SafeString:
    try:
        source = (ICONS_DIR / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownIconError(f"static/vendor/tabler-icons/outline/{name}.svg") from None
    return mark_safe("".join(_SHAPES.findall(source)))  # noqa: S308  (our own vendored files)


@cache
def icon_svg(name: str, size: str = "") -> SafeString:
    """Return the icon as decorative SVG. `size`: "" (1.25em), "s" (16 px) or "l" (24 px). Raises UnknownIconError.

    How it is drawn is said once, by `.i` in `css/base.css`; for paper, by `qualiopi.web.pdf_render`.
    """
    return format_html(
        '<svg class="i{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f" i-{size}" if size else "",
        _shapes(name),
    )

"""How a status is shown: always a word, a shape and a colour, whatever the room that computed it."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class StatusLook:
    """Word, CSS suffix, text colour, strong colour for marks, and outline of one status."""

    word: Promise
    css: str
    ink: str
    mark: str
    ground: str
    edge: str
    shape: str


_OK = (
    '<circle cx="10" cy="10" r="8.5" fill="{c}"/><path d="M6 10.3l2.7 2.7L14.2 7.4" fill="none" stroke="#fff"'
    ' stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>'
)
_RISK = (
    '<path d="M8.5 2.9a1.75 1.75 0 0 1 3 0l7 12.2a1.75 1.75 0 0 1-1.5 2.6H3a1.75 1.75 0 0 1-1.5-2.6z" fill="{c}"/>'
    '<path d="M10 7v4.6" stroke="#fff" stroke-width="2.1" stroke-linecap="round"/>'
    '<circle cx="10" cy="14.6" r="1.25" fill="#fff"/>'
)
_INSUFFICIENT = (
    '<path d="M6.6 1.6h6.8l5 5v6.8l-5 5H6.6l-5-5V6.6z" fill="{c}"/>'
    '<path d="M7 7l6 6M13 7l-6 6" stroke="{hole}" stroke-width="2.2" stroke-linecap="round"/>'
)
_UNKNOWN = (
    '<circle cx="10" cy="10" r="8.2" fill="none" stroke="{c}" stroke-width="1.8" stroke-dasharray="3.4 2.2"/>'
    '<path d="M7.9 7.9c.1-1.2 1-2 2.2-2 1.2 0 2.1.8 2.1 1.9 0 1.5-2.1 1.7-2.1 3.3" fill="none" stroke="{c}"'
    ' stroke-width="1.9" stroke-linecap="round"/><circle cx="10.1" cy="14" r="1.15" fill="{c}"/>'
)
_NA = (
    '<circle cx="10" cy="10" r="8.2" fill="none" stroke="{c}" stroke-width="1.4"/>'
    '<path d="M6.2 10h7.6" stroke="{c}" stroke-width="1.8" stroke-linecap="round"/>'
)

LOOKS: Final[dict[str, StatusLook]] = {
    "demonstrable": StatusLook(_("démontrable"), "ok", "#17603f", "#17603f", "#e2f1e8", "#b4d9c4", _OK),
    "at_risk": StatusLook(_("à risque"), "risque", "#7a4a00", "#b06f00", "#fcefd0", "#d9ae52", _RISK),
    "insufficient": StatusLook(_("insuffisant"), "insuf", "#9b1c1c", "#9b1c1c", "#fbe5e2", "#efbdb7", _INSUFFICIENT),
    "cannot_be_judged": StatusLook(_("impossible à juger"), "inconnu", "#2c4c80", "#2c4c80", "#e5ecf8", "#7f9bc8", _UNKNOWN),
    "not_applicable": StatusLook(_("non applicable"), "na", "#575262", "#575262", "#ffffff", "#d6d0c8", _NA),
}
STATUS_ORDER: Final[tuple[str, ...]] = tuple(LOOKS)


def look(status: str) -> StatusLook:
    """Return how `status` (a value of the readiness engine) is shown. Raises KeyError on anything else."""
    return LOOKS[str(status)]


def status_word(status: str, count: int = 1) -> str:
    """Return the word of a status, agreeing with `count`: "démontrable", "démontrables"."""
    match str(status):
        case "demonstrable":
            return ngettext("démontrable", "démontrables", count)
        case "insufficient":
            return ngettext("insuffisant", "insuffisants", count)
        case "not_applicable":
            return ngettext("non applicable", "non applicables", count)
        case other:
            return str(look(other).word)


def status_shape(status: str, css_class: str = "ic-statut") -> SafeString:
    """Return the decorative SVG shape of a status in the current text colour."""
    shape = look(status).shape.format(c="currentColor", hole="var(--perce,#fff)")
    return format_html(
        '<svg class="{}" viewBox="0 0 20 20" aria-hidden="true">{}</svg>',
        css_class,
        mark_safe(shape),  # noqa: S308  (constants of this module)
    )


def status_symbols() -> SafeString:
    """Return the shapes drawn once, for a page that shows hundreds of them with `status_use`."""
    symbols = (
        format_html(
            '<symbol id="s-{}" viewBox="0 0 20 20">{}</symbol>',
            each.css,
            mark_safe(each.shape.format(c="currentColor", hole="var(--perce,#fff)")),  # noqa: S308  (constants of this module)
        )
        for each in LOOKS.values()
    )
    return format_html('<svg class="visuellement-cache" aria-hidden="true">{}</svg>', SafeString("".join(symbols)))


def status_use(status: str, said: str = "") -> SafeString:
    """Return the shape of a status, as `status_symbols` drew it on the same page; `said`: read aloud in its place."""
    told = format_html('role="img" aria-label="{}"', said) if said else SafeString('aria-hidden="true"')
    return format_html('<svg {}><use href="#s-{}"/></svg>', told, look(status).css)


def status_group(status: str, x: float, y: float, size: float = 12, *, inverted: bool = False) -> SafeString:
    """Return the shape as an SVG group for a picture or a PDF: colours as attributes, top left at (x, y).

    `inverted`: white, with its sign in the colour of the status.
    """
    ink = look(status).ink
    shape = look(status).shape.format(c="#fff" if inverted else ink, hole=ink if inverted else "#fff")
    return format_html(
        '<g transform="translate({} {}) scale({})">{}</g>',
        f"{x:g}",
        f"{y:g}",
        f"{size / 20:g}",
        mark_safe(shape),  # noqa: S308  (constants of this module)
    )


def status_badge(status: str, suffix: str = "", *, large: bool = False) -> SafeString:
    """Return the badge of a status. `suffix` follows the word: "à risque, 2 pièces"."""
    return format_html(
        '<span class="statut statut--{}{}">{}{}{}</span>',
        look(status).css,
        " statut--grand" if large else "",
        status_shape(status),
        look(status).word,
        f", {suffix}" if suffix else "",
    )

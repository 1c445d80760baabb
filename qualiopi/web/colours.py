"""Whether a colour is read on white paper: the contrast of WCAG 2.2 (success criterion 1.4.3)."""

from __future__ import annotations

# What ordinary text asks for.
LEAST_CONTRAST = 4.5


def contrast_on_white(colour: str) -> float:
    """The contrast of a colour written `#6a2c5e` with white: from 1 (white) to 21 (black)."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable_on_white(colour: str) -> str:
    """The same colour, darkened as little as it takes to be read on white."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    for share in range(100, -1, -1):
        darker = "#" + "".join(f"{part * share // 100:02x}" for part in parts)
        if contrast_on_white(darker) >= LEAST_CONTRAST:
            return darker
    return "#000000"


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

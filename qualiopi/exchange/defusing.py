"""What a spreadsheet may take for a formula, how a CSV says that it is a text, and how that is read again."""

import re

# OWASP, CSV injection; the last four are those of wide characters.
_START = r"[=+\-@\t\r\n＝＋－＠]"
_RISKY = re.compile(_START)
# A text that has apostrophes of its own there takes one more: taking one off then gives every text back.
_DEFUSABLE = re.compile(f"'*{_START}")
_DEFUSED = re.compile(f"'+{_START}")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula."""
    return _RISKY.match(text) is not None


def safe_text(text: str) -> str:
    """A text for a CSV, that no spreadsheet runs: an apostrophe goes before what begins like a formula. A workbook needs none."""
    return f"'{text}" if _DEFUSABLE.match(text) else text


def bare_text(text: str) -> str:
    """The text that `safe_text` was given."""
    return text[1:] if _DEFUSED.match(text) else text

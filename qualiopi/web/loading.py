"""How templates are read: laid out for who reviews them, without the blanks of that layout for who downloads the page."""

from __future__ import annotations

import re
from typing import Final

from django.template import Origin
from django.template.loaders import cached

# Kept as written: text where blanks are letters, and sentences that are looked up by what they hold.
_KEPT: Final = re.compile(
    r"<(pre|textarea)\b.*?</\1>|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*verbatim\b.*?{%\s*endverbatim\b",
    re.DOTALL | re.IGNORECASE,
)
_INDENTATION: Final = re.compile(r"[ \t]*\n[ \t]*")
# A condition alone on its line: the line break before it is always written, so that the one after it adds nothing.
_ALONE: Final = re.compile(r"(?<=\n)({%\s*if\b[^%\n]*%})\n")
# Blanks at the edges of a table, a row or a cell, or before the row that a loop writes, are never shown.
_PART: Final = r"(?:table|caption|thead|tbody|tfoot|tr|th|td)"
_EDGES: Final = re.compile(
    rf"(<{_PART}(?:\s(?:[^<>{{]|{{{{[^{{}}]*}}}}|{{%[^%]*%}})*)?>)\n+|\n+(</{_PART}>)|(?<=%}})\n+(?=<tr\b)"
)


def lean(source: str) -> str:
    """The source of an HTML template without its indentation, nor the line breaks that change nothing.

    A line break is a blank like the indentation around it, so that a browser shows the same words at the same places.
    """
    parts, start = [], 0
    for kept in _KEPT.finditer(source):
        parts += [_without_layout(source[start : kept.start()]), kept.group()]
        start = kept.end()
    return "".join([*parts, _without_layout(source[start:])])


def _without_layout(text: str) -> str:
    text = _ALONE.sub(r"\1", _INDENTATION.sub("\n", text))
    return _EDGES.sub(lambda found: found[1] or found[2] or "", text)


class Loader(cached.Loader):
    """Keeps each template once read, as Django's does; those of HTML are made lean, plain text is not.

    Where errors are shown with the source (DEBUG), the source stays as it is written.
    """

    def get_contents(self, origin: Origin) -> str:
        """The source of a template, as it is compiled."""
        contents: str = super().get_contents(origin)
        if self.engine.debug or not str(origin.template_name).endswith(".html"):
            return contents
        return lean(contents)

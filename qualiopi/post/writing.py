"""From the words of a message to its two parts: what a plain text shows, and the same words laid out (ADR 141).

The template of a kind of message is a few tags of HTML, so that Django escapes what it is given. Both parts are made of it: they cannot
say different things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

FRAME: Final = "post/email/frame.html"

# The tags that a template may use, each as a mail reader is told to show it: most of them read no style sheet. Colours and sizes are
# those of the house; the frame holds those of a dark screen.
_STYLES: Final[dict[str, str]] = {
    "p": "margin:0 0 16px",
    "h2": "margin:24px 0 8px;font-size:18px;line-height:1.3",
    "ul": "margin:0 0 16px;padding:0 0 0 20px",
    "li": "margin:0 0 12px",
    "a": "color:#6a2c5e",
    "a.action": (
        "display:inline-block;padding:13px 22px;border-radius:8px;background-color:#6a2c5e;color:#ffffff;font-weight:600;"
        "text-decoration:none"
    ),
    "address": "margin:24px 0 16px;font-style:normal;color:#4a4453",
    "p.small": "margin:0 0 8px;font-size:14px;color:#4a4453",
    "hr": "margin:24px 0;border:0;border-top:1px solid #e4dfd8",
    "br": "",
}
_BLOCKS: Final = frozenset({"p", "h2", "li", "address"})
_KEPT: Final = ("class", "href", "lang")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A message in words: one line of subject, then the same text plain and laid out."""

    subject: str
    text: str
    html: str


def write(template: str, words: dict[str, Any], *, language: str) -> Written:
    """Fill a template in this language, and make both parts of it. Raises ValueError for a tag that messages do not know."""
    with translation.override(language):
        return _written(render_to_string(template, words), language)


def lay_out(subject: str, text: str, *, language: str) -> Written:
    """Both parts of a plain text that a library wrote: a blank line parts two paragraphs."""
    paragraphs = [escape(each.strip()).replace("\n", "<br>") for each in re.split(r"\n[ \t]*\n", text) if each.strip()]
    return _written(f"<title>{escape(subject)}</title>" + "".join(f"<p>{each}</p>" for each in paragraphs), language)


def _written(source: str, language: str) -> Written:
    reader = _Reader(source)
    frame = {"subject": reader.subject, "language": language, "content": SafeString(reader.html)}
    return Written(reader.subject, reader.text, render_to_string(FRAME, frame))


class _Reader(HTMLParser):
    """Reads what a template gave, and writes both parts."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._title: list[str] = []
        self._in_title = False
        self._markup: list[str] = []
        # Of the plain text: each block with its tag.
        self._blocks: list[tuple[str, str]] = []
        self._tag = ""
        self._words: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._addresses: list[str] = []
        self.feed(source)
        self.close()

    @property
    def subject(self) -> str:
        """What the title says, on one line."""
        return _one_line("".join(self._title))

    @property
    def html(self) -> str:
        """The content laid out, without its frame."""
        return "".join(self._markup)

    @property
    def text(self) -> str:
        """The content in plain text, ending with a line break."""
        text = ""
        for place, (tag, block) in enumerate(self._blocks):
            together = tag == "li" and place > 0 and self._blocks[place - 1][0] == "li"
            text += ("\n" if together else "\n\n") + block
        return text.strip("\n") + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = True
            return
        told = {name: value or "" for name, value in attrs}
        style = _STYLES.get(f"{tag}.{told['class']}" if "class" in told else tag)
        if style is None or not told.keys() <= set(_KEPT):
            raise ValueError(f"A message cannot hold {self.get_starttag_text()}.")
        kept = "".join(f' {name}="{escape(told[name])}"' for name in _KEPT if name in told)
        if tag in _BLOCKS:
            self._end_block()
            self._tag = tag
        elif tag == "a":
            self._links.append((told["href"], len(self._words)))
        elif tag == "br":
            self._words.append("\n")
        elif tag == "hr":
            self._blocks.append((tag, "--"))
        styled = f' style="{style}"' if style else ""
        self._markup.append(f"<{tag}{kept}{styled}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
            return
        if tag == "a":
            href, start = self._links.pop()
            if href.removeprefix("mailto:") != _one_line("".join(self._words[start:])):
                self._addresses.append(href)
        elif tag in _BLOCKS:
            self._end_block()
        self._markup.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        elif self._tag:
            words = _BLANKS.sub(" ", data)
            self._words.append(words)
            self._markup.append(escape(words, quote=False))
        elif data.strip():
            raise ValueError(f"These words of a message stand in no paragraph: {data.strip()}")

    def _end_block(self) -> None:
        lines = [_one_line(line) for line in "".join(self._words).split("\n")] if self._words else []
        lines = [line for line in lines if line] + self._addresses
        if lines:
            self._blocks.append((self._tag, "- " + "\n  ".join(lines) if self._tag == "li" else "\n".join(lines)))
        self._tag, self._words, self._addresses = "", [], []


def _one_line(text: str) -> str:
    """Blanks as a browser shows them; those that do not break a line stay."""
    return _BLANKS.sub(" ", text).strip(" ")

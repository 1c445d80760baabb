"""What a person reads of each part of a message, found out another way than it was written."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Reading(HTMLParser):
    """What is seen of a page of HTML, and where its links lead."""

    def __init__(self, page):
        super().__init__()
        self.hidden, self.words, self.links, self.asked, self.languages = 0, [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.hidden += tag in ("title", "style", "script", "head")
        self.links += [told["href"]] if tag == "a" else []
        self.languages += [told["lang"]] if "lang" in told else []
        self.asked += [value for key, value in told.items() if key in ("src", "background", "srcset")] + re.findall(
            r"url\(|@import", told.get("style", "")
        )

    def handle_endtag(self, tag):
        self.hidden -= tag in ("title", "style", "script", "head")

    def handle_data(self, data):
        self.words += [] if self.hidden else data.split()


def address_lines(text):
    """Lines of a plain text that hold an address and nothing else."""
    return [line.strip() for line in text.splitlines() if re.fullmatch(r"(https?://|mailto:)\S+", line.strip())]


def plain_words(text):
    """The words of a plain text, without its marks of lists and rules and without the addresses that stand on lines of their own."""
    kept = [line.strip() for line in text.splitlines() if line.strip() not in ("--", *address_lines(text))]
    return " ".join(line.removeprefix("- ") for line in kept).split()

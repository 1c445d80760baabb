"""What a browser would send of a page: its forms, read without a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What a form sends without anybody having chosen it.
BUTTONS = {"submit", "button", "image", "reset"}


@dataclass
class Sheet:
    """One form of a page: by name, what it sends as it stands, and the names a person can change."""

    action: str = ""
    sent: dict[str, list[str]] = field(default_factory=dict)
    changeable: set[str] = field(default_factory=set)
    came_back: bool = False

    def send(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)

    def value(self, name: str) -> str | list[str]:
        """What a field holds as it stands; empty for a box that is not ticked."""
        values = self.sent.get(name, [])
        return values if len(values) > 1 else "".join(values)

    def tells(self, name: str) -> bool:
        """Whether the page says what it showed of a field: by itself, or with the list of which it is a line."""
        return f"vu-{name}" in self.sent or f"vu-{name.split('-')[0]}" in self.sent

    def typed(self, values: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
        """What is sent once these were typed; an empty list unticks everything."""
        given = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        unknown = sorted(set(given) - self.changeable)
        if unknown:
            raise KeyError(f"Cette page n'a pas de champ {unknown} : {sorted(self.changeable)}")
        return {name: several for name, several in {**self.sent, **given}.items() if several}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.inside: Sheet | None = None
        self.select = self.area = ""
        self.options: list[tuple[str, bool]] = []
        self.several = False
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Sheet(said.get("action", "")) if said.get("method", "").lower() == "post" else None
            if self.inside is not None:
                self.sheets.append(self.inside)
        elif self.inside is None:
            return
        elif tag == "input" and said.get("name"):
            self._input(said)
        elif tag == "select":
            self.select, self.options, self.several = said["name"], [], "multiple" in said
            self.inside.changeable.add(self.select)
        elif tag == "option" and self.select:
            self.options.append((said.get("value", ""), "selected" in said))
        elif tag == "textarea":
            self.area, self.text = said["name"], ""
            self.inside.changeable.add(self.area)

    def _input(self, said: dict[str, str]) -> None:
        assert self.inside is not None
        name, kind = said["name"], said.get("type", "text")
        if kind in BUTTONS:
            return
        if kind != "hidden":
            self.inside.changeable.add(name)
        if kind == "file" or (kind in ("radio", "checkbox") and "checked" not in said):
            return
        self.inside.send(name, said.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select" and self.inside is not None and self.select:
            chosen = [value for value, selected in self.options if selected]
            if not chosen and not self.several:
                chosen = [value for value, _selected in self.options[:1]]
            for value in chosen:
                self.inside.send(self.select, value)
            self.select = ""
        elif tag == "textarea" and self.inside is not None:
            # A browser ends lines with a carriage return and a line feed, and leaves out the first line feed of an area.
            self.inside.send(self.area, self.text.removeprefix("\n").replace("\n", "\r\n"))
            self.area = ""


def sheets_of(page: str) -> list[Sheet]:
    """The forms of a page that are sent by POST."""
    reader = _Reader()
    reader.feed(page)
    return reader.sheets


def editing_sheet(page: str) -> Sheet:
    """The form of this page that says what it showed."""
    return next(sheet for sheet in sheets_of(page) if any(name.startswith("vu-") for name in sheet.sent))

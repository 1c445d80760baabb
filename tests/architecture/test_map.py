"""The page of architecture names every room, every module and every address, and nothing else."""

import inspect
import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import FLOORS, ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
# Sign-in pages are those of a library, opened by our room.
LIBRARIES = {"allauth/account": "qualiopi/accounts"}


def rows(title: str) -> list[list[str]]:
    """Cells of the table under a title, its head left out."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def tree() -> set[str]:
    """Rooms (`floor/room`) and modules (`floor/module.py`) as they stand."""
    return {
        f"{floor}/{path.name}"
        for floor in FLOORS
        for path in (ROOT / floor).iterdir()
        if (path.is_dir() and (path / "__init__.py").exists()) or (path.suffix == ".py" and path.name != "__init__.py")
    }


def prefixes() -> dict[str, str]:
    return {address.strip("`"): room.strip("`") for address, room in rows("Addresses")}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    """Every address with the room of its view."""
    for entry in resolver.url_patterns:
        whole = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            view = inspect.unwrap(getattr(entry.callback, "view_class", entry.callback))
            room = "/".join(view.__module__.split(".")[:2])
            yield whole.replace("<slug:organisation>", "<organisation>"), LIBRARIES.get(room, room)
        else:
            yield from addresses(entry, whole)


def prefix_of(address: str) -> str:
    """The longest prefix of the page that an address begins with; `/`, the home of an organisation, the list of sessions and the page of
    one stand for themselves alone: what is done from them is another room's, which the page writes with « … » where it has to."""
    homes = {"/", "/o/<organisation>/", "/o/<organisation>/sessions/", "/o/<organisation>/sessions/<uuid:pk>/"}

    def leads(each: str) -> bool:
        if address == each:
            return True
        under = each.removesuffix("…")
        return each not in homes and address.startswith(under) and (under == each or address != under)

    return max(filter(leads, prefixes()), key=lambda each: len(each.removesuffix("…")), default="")


def test_every_room_and_module_is_on_the_page():
    named = [name for cell, _ in rows("Rooms, from the lowest") for name in re.findall(r"`([^`]+)`", cell)]
    assert sorted(named) == sorted(tree())


def test_every_room_says_what_it_holds():
    assert [cells[0] for cells in rows("Rooms, from the lowest") if len(cells) != 2 or not cells[1]] == []


def test_every_address_leads_to_the_room_the_page_says():
    told = prefixes()
    wrong = {
        address: (told.get(prefix_of(address), "not on the page"), room)
        for address, room in addresses(get_resolver())
        if told.get(prefix_of(address)) != room
    }
    assert wrong == {}


def test_no_address_of_the_page_is_gone():
    used = {prefix_of(address) for address, _ in addresses(get_resolver())}
    assert sorted(set(prefixes()) - used) == []

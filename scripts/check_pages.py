"""Walk through the whole demonstration as each of its people, and let the Nu checker read every kind of page.

`DATABASE_URL=... python scripts/check_pages.py [FOLDER]`, on a database that `seed_demo` filled: from the home page, the sign-in page and
the standard, links and panels are followed with GET alone, in French and in English; a few pages of each address are kept in FOLDER. What
the checker finds is told by kind, with some of the pages that have it; the exit status is then 1.
"""

from __future__ import annotations

import html
import os
import re
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

PER_ADDRESS = 4  # pages of one address, with the same filters, that are read for one person
STARTS = ("/", "/compte/connexion/", "/compte/mot-de-passe/", "/referentiel/", "/inconnu/")
LINK = re.compile(r"""(?:href|hx-get|action)=["']([^"'#][^"']*)["']""")
LEFT_OUT = ("account_logout", "404")


def walk(client: Any) -> Iterator[tuple[str, str, str]]:
    """Every whole page that this browser reaches: the name of its address, its path, its HTML."""
    waiting, seen, read = deque(STARTS), set(), Counter()
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path)
        if path in seen or read[kind] >= PER_ADDRESS or (kind[0] in LEFT_OUT and path not in STARTS):
            continue
        seen.add(path)
        read[kind] += 1
        response = client.get(path)
        if response.status_code in (301, 302):
            waiting.append(urljoin(path, response["Location"]))
        elif response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            page = response.content.decode()
            waiting.extend(leads_to(path, page))
            if page.lstrip().startswith("<!DOCTYPE"):
                yield kind[0], path, page


def kind_of(path: str) -> tuple[str, tuple[str, ...]]:
    """The name of an address, and of the filters that it is given."""
    from django.urls import Resolver404, resolve

    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        name = "404"
    return name, tuple(sorted(part.split("=")[0] for part in urlsplit(path).query.split("&")))


def leads_to(path: str, page: str) -> Iterator[str]:
    """The paths of our own that a page names."""
    for found in LINK.findall(page):
        link = urldefrag(urljoin(path, html.unescape(found))).url
        if link.startswith("/") and not link.startswith("/static/"):
            yield link


def keep(folder: Path) -> dict[str, str]:
    """Write the pages of everybody; give back, for each file, who read which path."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    kept: dict[str, str] = {}
    names: set[str] = set()
    for person in [None, *get_user_model().objects.filter(is_active=True).order_by("email")]:
        for language, _label in settings.LANGUAGES:
            client = Client(raise_request_exception=False)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            if person is not None:
                client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
            who = f"{person.email if person else 'personne'}-{language}"
            for name, path, page in walk(client):
                names.add(name)
                file = folder / f"{len(kept):05}-{name.replace(':', '.')}.html"
                file.write_text(page, encoding="utf-8")
                kept[file.name] = f"{who} {path}"
    print(f"{len(kept)} pages, {len(names)} adresses")
    return kept


def main(folder: Path) -> int:
    """The exit status."""
    from tests.harness import nu

    kept = keep(folder)
    kinds: dict[str, list[str]] = {}
    for finding in nu.of_pages(folder / name for name in kept):
        kinds.setdefault(finding.kind, []).append(f"{kept[finding.file]} : {finding}")
    for kind, where in sorted(kinds.items(), key=lambda item: -len(item[1])):
        print(f"\n{len(where)} fois : {kind}", *where[:: max(1, len(where) // 5)], sep="\n    ")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualiopi.settings.development")
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    with tempfile.TemporaryDirectory() as made:
        where = Path(*sys.argv[1:2] or [made])
        where.mkdir(parents=True, exist_ok=True)
        sys.exit(main(where))

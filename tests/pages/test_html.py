"""What a browser is given is HTML and CSS as they are written down: the Nu checker finds nothing in any page nor in any sheet."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from weasyprint import CSS

from qualiopi.web.pdf import PAGED
from tests.harness import nu
from tests.harness.worlds import shared
from tests.pages.world import House, build, whole
from tests.policy.test_matrix import standing_client

pytestmark = pytest.mark.django_db
SHEETS = settings.BASE_DIR / "static" / "css"

house = shared(build)


def shown_to(house: House) -> Iterator[tuple[str, str | None]]:
    """Each page of the working house, of the auditor and of the public, in the languages it has; and what is said of an empty form."""
    for role, languages in (("network_head", "fr"), ("trainer", "fr"), ("auditor", ("fr", "en"))):
        for language in [languages] if isinstance(languages, str) else languages:
            client = standing_client(house.person(role))
            for name, path in [*house.around(), *house.of_role(role)]:
                if name != "account_logout":
                    yield f"{role}-{language}-{name}", whole(client.get(path, {"lang": language}))
            if role == "network_head":
                yield from empty_forms(client, house)
    for language in ("fr", "en"):
        for path in house.public:
            yield f"public-{language}-{path.strip('/').replace('/', '.')}", whole(Client().get(path, {"lang": language}))


def empty_forms(client: Client, house: House) -> Iterator[tuple[str, str | None]]:
    """What each address answers to a form with nothing in it."""
    for name, path in house.of_role("network_head"):
        with transaction.atomic():
            response = client.post(path)
            transaction.set_rollback(True)
        yield f"vide-{name}", whole(response)


def test_the_checker_finds_nothing_in_any_page(house, tmp_path):
    written: list[Path] = []
    for name, page in shown_to(house):
        if page is not None:
            written.append(tmp_path / f"{len(written):04}-{name.replace(':', '.')[:80]}.html")
            written[-1].write_text(page, encoding="utf-8")
    assert len(written) > 400
    assert [str(finding) for finding in nu.of_pages(written)] == []


def test_the_checker_finds_nothing_in_any_sheet_that_a_browser_loads():
    assert [str(finding) for finding in nu.of_sheets(SHEETS.glob("*.css"))] == []


def test_the_checker_bites(tmp_path):
    page, sheet = tmp_path / "page.html", tmp_path / "feuille.css"
    page.write_text(
        '<!DOCTYPE html><html lang="fr"><head><title>Essai</title></head><body><main><h1>Essai</h1><form hx-get="/">'
        '<fieldset><input name="a"><legend>Trop tard</legend></fieldset></form></main></body></html>'
    )
    sheet.write_text(".a { colour: red; }")
    assert [(found.file, found.kind) for found in nu.of_pages([page])] == [
        (
            "page.html",
            "Element “…” not allowed as child of element “…” in this context. (Suppressing further errors from this subtree.)",
        )
    ]
    assert [(found.file, found.line) for found in nu.of_sheets([sheet])] == [("feuille.css", 1)]


def test_the_writer_of_pdf_files_ignores_nothing_of_the_sheets_for_paper(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        for sheet in sorted(PAGED.glob("css/*.css")):
            CSS(filename=sheet)
        assert caplog.messages == []
        CSS(string=".a { colour: red }")
    assert caplog.messages == ["Ignored `colour: red ` at 1:6, unknown property."]


def test_no_browser_is_given_a_sheet_for_paper():
    names = {sheet.name for sheet in PAGED.glob("css/*.css")}
    assert names == {"pdf.css", "document.css"}
    assert [name for name in names if finders.find(f"css/{name}")] == []

"""Every HTML answer, to the test client or to a browser, keeps to the strict policy: what it breaks fails the test."""

import gzip
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.base import BaseHandler

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADING = {"src", "href", "srcset", "poster", "data", "action"}
LOADED_BY = {"script", "link", "img", "iframe", "source", "video", "audio", "object", "embed"}

TEST_SERVER = "testserver"  # the name under which Django's test client asks

_broken: list[str] = []
_given: list[Any] = []


class PageRules(HTMLParser):
    """Collects what a page may not hold in `broken`."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: list[str] = []
        self.ids: set[str] = set()
        self.headings = 0
        self.last_tag = ""
        self.whole_page = False
        self.language: str | None = None
        self.unprotected_form: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.last_tag = tag
        values = {name: value or "" for name, value in attrs}
        where = f"<{tag}> ligne {self.getpos()[0]}"
        if tag == "html":
            self.whole_page = True
            self.language = values.get("lang")
        if tag == "h1":
            self.headings += 1
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") != "application/json"):
            self.broken.append(f"{where} : style ou script écrit dans la page")
        self._check_attributes(tag, values, where)
        self._check_form(tag, values, where)

    def _check_attributes(self, tag: str, values: dict[str, str], where: str) -> None:
        for name, value in values.items():
            address = value.strip().lower()
            if name == "style" or name.startswith(("on", "hx-on")):
                self.broken.append(f"{where} : attribut {name} écrit dans la page")
            if name in LOADING and address.startswith(("javascript:", "data:")):
                self.broken.append(f"{where} : adresse {address[:40]}")
            if tag in LOADED_BY and name in LOADING and urlsplit(address).netloc:
                if tag == "link" and values.get("rel") in ("canonical", "alternate"):
                    continue
                self.broken.append(f"{where} : chargé d'ailleurs ({address[:60]})")
        if "id" in values:
            if values["id"] in self.ids:
                self.broken.append(f"{where} : identifiant {values['id']} en double")
            self.ids.add(values["id"])
        if tag == "a" and values.get("target") == "_blank" and "noopener" not in values.get("rel", ""):
            self.broken.append(f"{where} : target=_blank sans rel=noopener")

    def _check_form(self, tag: str, values: dict[str, str], where: str) -> None:
        if tag == "form" and values.get("method", "get").lower() == "post":
            self.unprotected_form = where
        if tag == "input" and values.get("name") == "csrfmiddlewaretoken":
            self.unprotected_form = None

    def handle_data(self, data: str) -> None:
        if self.last_tag == "option" and data.strip() and not data.strip(" -–—"):
            self.broken.append("un choix vide fait de tirets")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.unprotected_form:
            self.broken.append(f"{self.unprotected_form} : formulaire POST sans jeton csrf")
            self.unprotected_form = None

    def close(self) -> None:
        super().close()
        if self.whole_page and self.headings != 1:
            self.broken.append(f"{self.headings} titre(s) h1 au lieu d'un")
        if self.whole_page and not self.language:
            self.broken.append("langue de la page absente")


def broken_rules(html: str) -> list[str]:
    """What this page or partial breaks, as sentences; an empty list when all is well."""
    return list(_broken_in(html))


@lru_cache(maxsize=128)
def _broken_in(html: str) -> tuple[str, ...]:
    # A refusal is the same page some thousand times.
    rules = PageRules()
    rules.feed(html)
    rules.close()
    return tuple(rules.broken)


def html_of(response: Any) -> str:
    """What a browser reads in the answer, which may have left compressed."""
    body = gzip.decompress(response.content) if response.get("Content-Encoding") == "gzip" else response.content
    return body.decode(response.charset)


@pytest.fixture(autouse=True, scope="session")
def _pages_are_checked():
    """Look at each answer where all of them pass: between Django and the client or the server."""
    patch = pytest.MonkeyPatch()
    original = BaseHandler.get_response

    def get_response(self: BaseHandler, request: Any) -> Any:
        response = original(self, request)
        if request.META.get("SERVER_NAME") == TEST_SERVER and (file := getattr(response, "file_to_stream", None)) is not None:
            _given.append(file)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            found = broken_rules(html_of(response))
            _broken.extend(f"{request.method} {request.path} : {sentence}" for sentence in found)
        return response

    patch.setattr(BaseHandler, "get_response", get_response)
    yield
    patch.undo()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item):
    """Fail the test during which a page broke a rule; close the files whose answer nobody read, as a server does."""
    _broken.clear()
    try:
        result = yield
    finally:
        while _given:
            _given.pop().close()
    if _broken:
        pytest.fail("\n".join(dict.fromkeys(_broken)), pytrace=False)
    return result

"""The browser's harness bites too."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.harness.browser import answering, assert_accessible, assert_fits, await_answers, patient, watch
from tests.harness.serving import entered_in_turn, in_turn, left_in_turn
from tests.harness.waiting import PATIENCE

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(chromium):
    """A page outside of the live server, and what its watch noted."""
    wrong: list[str] = []
    context = chromium.new_context(viewport={"width": 360, "height": 600})
    watch(context, wrong)
    yield context.new_page(), wrong
    context.close()


class InTwoGoes(BaseHTTPRequestHandler):
    """A page whose end comes once somebody waits for it, as late as from a machine that is slow."""

    somebody_waits: threading.Event

    beginning = b"<!doctype html><html lang='fr'><head><title>Essai</title></head><body><a href='/suite'>Suite</a>"
    end = b"<p>La fin</p></body></html>"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.beginning)
        self.wfile.flush()
        self.somebody_waits.wait(PATIENCE)
        self.wfile.write(self.end)

    def log_message(self, *args):
        """Nothing on the terminal."""


@pytest.fixture
def slow_site(monkeypatch):
    monkeypatch.setattr(InTwoGoes, "somebody_waits", threading.Event(), raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), InTwoGoes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    InTwoGoes.somebody_waits.set()
    server.shutdown()
    server.server_close()


def wake_when_waiting(monkeypatch, waiting, name):
    """Let the page end when this method is called: whoever does not call it never sees the end."""
    original = getattr(waiting, name)

    def wait(*args, **kwargs):
        InTwoGoes.somebody_waits.set()
        return original(*args, **kwargs)

    monkeypatch.setattr(waiting, name, wait)


@pytest.mark.parametrize("act", [lambda link: link.click(), lambda link: link.press("Enter")], ids=["click", "press"])
def test_after_an_act_the_page_it_leads_to_is_whole(watched, slow_site, act, monkeypatch):
    page, _ = watched
    page.goto(slow_site, wait_until="commit")
    wake_when_waiting(monkeypatch, Page, "wait_for_load_state")
    act(page.get_by_role("link", name="Suite"))
    assert (page.url, page.get_by_text("La fin").count()) == (f"{slow_site}suite", 1)


class Begun:
    """A page, as far as its patience goes."""

    def set_default_timeout(self, milliseconds):
        self.patience = milliseconds


def test_whoever_begins_a_page_is_given_the_one_bound(chromium):
    assert patient(lambda _browser: Begun())(None).patience == PATIENCE * 1000
    assert [begin.__qualname__ for begin in (Browser.new_page, Browser.new_context)] == ["patient.<locals>.begun"] * 2


def test_no_answer_goes_on_after_the_test_that_asked_for_it(watched, slow_site, monkeypatch):
    page, _ = watched
    page.goto(slow_site, wait_until="commit")
    assert len(answering()) == 1
    page.context.close()
    wake_when_waiting(monkeypatch, threading.Thread, "join")
    await_answers()
    assert answering() == []


def test_no_two_answers_share_the_connection_of_a_database_in_memory():
    """Whoever comes while one is being given is not let in; once it has left, the next is."""
    given = []

    def run(name, _application):
        if name == "first":
            with pytest.raises(AssertionError, match="n’est pas partie après 0 s"):
                answer("meanwhile", None)
        given.append(name)

    answer = in_turn(run, threading.Lock(), patience=0)
    answer("first", None)
    answer("next", None)
    assert given == ["first", "next"]


def test_a_test_opens_no_transaction_while_an_answer_is_on_its_way():
    turn, done = threading.Lock(), []
    enter = entered_in_turn(lambda _block: done.append("entered"), turn, patience=0)
    leave = left_in_turn(lambda _block: done.append("left"), turn)
    with turn, pytest.raises(AssertionError):
        enter(None)
    enter(None)
    assert turn.locked()
    leave(None)
    assert (done, turn.locked()) == (["entered", "left"], False)


def test_an_error_in_the_console_is_noted(watched):
    page, wrong = watched
    page.evaluate("console.error('rien ne va')")
    assert wrong == ["console : rien ne va"]


def test_a_request_to_another_host_is_noted(watched):
    page, wrong = watched
    with page.expect_event("requestfailed"):
        page.set_content("<img src='http://ailleurs.example/a.png' alt=''>")
    assert wrong == ["requête vers http://ailleurs.example/a.png"]


def test_an_uncaught_exception_is_noted(watched):
    page, wrong = watched
    with page.context.expect_event("weberror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('aïe') }, 0) }")
    assert wrong == ["exception : aïe"]


def test_a_picture_without_text_is_refused(watched):
    page, _ = watched
    page.set_content("<html lang='fr'><title>Essai</title><main><h1>Essai</h1><img src=''></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


def test_a_page_wider_than_the_window_is_refused(watched):
    page, _ = watched
    page.set_content("<html lang='fr'><body><div style='width:900px'>large</div></body></html>")
    with pytest.raises(AssertionError, match="dépasse de"):
        assert_fits(page)

"""The browser's harness bites too."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.harness.browser import assert_accessible, assert_fits, await_answers, watch

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
    """A page whose end comes half a second after its beginning, as from a machine that is slow."""

    beginning = b"<!doctype html><html lang='fr'><head><title>Essai</title></head><body><a href='/suite'>Suite</a>"
    end = b"<p>La fin</p></body></html>"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.beginning)
        self.wfile.flush()
        time.sleep(0.5)
        self.wfile.write(self.end)

    def log_message(self, *args):
        """Nothing on the terminal."""


@pytest.fixture
def slow_site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), InTwoGoes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("act", [lambda link: link.click(), lambda link: link.press("Enter")], ids=["click", "press"])
def test_after_an_act_the_page_it_leads_to_is_whole(watched, slow_site, act):
    page, _ = watched
    page.goto(slow_site)
    act(page.get_by_role("link", name="Suite"))
    assert (page.url, page.get_by_text("La fin").count()) == (f"{slow_site}suite", 1)


def test_no_answer_goes_on_after_the_test_that_asked_for_it(watched, slow_site):
    page, _ = watched
    page.goto(slow_site)
    page.evaluate("fetch('/suite').then(() => null)")
    page.context.close()
    await_answers()
    assert [thread.name for thread in threading.enumerate() if "process_request_thread" in thread.name] == []


def test_an_error_in_the_console_is_noted(watched):
    page, wrong = watched
    page.evaluate("console.error('rien ne va')")
    assert wrong == ["console : rien ne va"]


def test_a_request_to_another_host_is_noted(watched):
    page, wrong = watched
    page.set_content("<img src='http://ailleurs.example/a.png' alt=''>")
    page.wait_for_load_state("networkidle")
    assert wrong == ["requête vers http://ailleurs.example/a.png"]


def test_an_uncaught_exception_is_noted(watched):
    page, wrong = watched
    page.evaluate("() => new Promise(done => { setTimeout(() => { throw new Error('aïe') }, 0); setTimeout(done, 50) })")
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

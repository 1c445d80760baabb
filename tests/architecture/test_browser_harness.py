"""The browser's harness bites too."""

import pytest

from tests.harness.browser import assert_accessible, assert_fits, watch

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(chromium):
    """A page outside of the live server, and what its watch noted."""
    wrong: list[str] = []
    context = chromium.new_context(viewport={"width": 360, "height": 600})
    watch(context, wrong)
    yield context.new_page(), wrong
    context.close()


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

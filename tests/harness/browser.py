"""A real Chromium, in which an error in the console or a request to elsewhere fails the test, and axe."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.harness.waiting import PATIENCE, until

if TYPE_CHECKING:  # pytest reads a plugin itself before anybody imports it
    from tests.harness.worlds import Standing

WIDTHS = (360, 768, 1440)
# What a failure says is the element itself; axe need not work out the selector of each element that it looks at.
GOOD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    # The one rule of 2.2 that axe leaves off unless it is asked for: what one touches is 24 px, or has room around it.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "selectors": False,
    # Films and sounds are read before a rule asks; no rule of ours asks for the style sheets, which axe would fetch again.
    "preload": {"assets": ["media"]},
}
# A page that answers 404 or 403 on purpose is told to the console as well: the test itself looks at the status.
EXPECTED_IN_CONSOLE = "Failed to load resource"

# Half a megabyte: what a context gives to each of its pages is compiled once, what a page is told is compiled each time.
AXE = Axe().axe_script

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium(standing_world: "Standing", django_db_blocker: Any) -> Iterator[Browser]:
    """Debian's Chromium, once per worker, unable to look any other name up.

    Django has another connection where an event loop runs: no world stands on the one when the other begins to be used.
    """
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert executable, "Chromium manque : « make test » l'installe (paquet Debian chromium-headless-shell)."
    # The driver keeps an event loop in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with django_db_blocker.unblock():
        standing_world.become(())
    with sync_playwright() as driver, pytest.MonkeyPatch.context() as patched:
        for act in ("click", "press"):
            patched.setattr(Locator, act, until_whole(getattr(Locator, act)))
        for begin in ("new_context", "new_page"):
            patched.setattr(Browser, begin, patient(getattr(Browser, begin)))
        browser = driver.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
        with django_db_blocker.unblock():
            standing_world.become(())


def patient(begin: Callable[..., Any]) -> Callable[..., Any]:
    """The same context or page, where nothing is given up after the driver's own half minute: a slow machine is no fault."""

    def begun(browser: Browser, *args: Any, **kwargs: Any) -> Any:
        made = begin(browser, *args, **kwargs)
        made.set_default_timeout(PATIENCE * 1000)
        return made

    return begun


def until_whole(act: Callable[..., None]) -> Callable[..., None]:
    """The same act, coming back once the page that it leads to is whole.

    The driver comes back at the first bytes of it: on a slow machine, what a test then counts is half a page, and "there is
    none" holds for nothing.
    """

    def done(locator: Locator, *args: Any, **kwargs: Any) -> None:
        act(locator, *args, **kwargs)
        locator.page.wait_for_load_state()

    return done


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[OpenPage]:
    """`open_page(user=None, width=1440, language="fr-FR", javascript=True, phone=False)` gives a page on the live server.

    Each call is another person: a context of its own, signed in as `user`. What goes wrong in any of them fails the test.
    """
    wrong: list[str] = []
    with ExitStack() as contexts:

        def open_one(
            user: Any = None, width: int = 1440, language: str = "fr-FR", javascript: bool = True, phone: bool = False
        ) -> Page:
            context = chromium.new_context(
                base_url=live_server.url,
                viewport={"width": width, "height": 900},
                locale=language,
                timezone_id="Europe/Paris",
                java_script_enabled=javascript,
                has_touch=phone,
                is_mobile=phone,
                accept_downloads=True,
            )
            contexts.callback(context.close)
            context.add_init_script(AXE)
            watch(context, wrong)
            if user is not None:
                sign_in(context, user, live_server.url)
            return context.new_page()

        yield open_one
    await_answers()
    assert wrong == [], "\n".join(wrong)


def await_answers() -> None:
    """Let the server's threads end, now that nobody listens: none works on in the next test's database, nor in none at all."""
    for thread in answering():
        thread.join(timeout=PATIENCE)
    assert answering() == [], f"Le serveur répond encore après {PATIENCE} s : {answering()}."


def answering() -> list[threading.Thread]:
    """The threads of a server that answer somebody."""
    return [thread for thread in threading.enumerate() if thread.name.endswith("(process_request_thread)")]


def watch(context: BrowserContext, wrong: list[str]) -> None:
    """Note console errors, uncaught exceptions, requests to another host and answers of 500."""

    def console(message: Any) -> None:
        if message.type in ("error", "warning") and EXPECTED_IN_CONSOLE not in message.text:
            wrong.append(f"console : {message.text}")

    def request(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in ("127.0.0.1", "localhost"):
            wrong.append(f"requête vers {request.url}")

    def response(response: Any) -> None:
        if response.status >= 500:
            wrong.append(f"{response.status} pour {response.url}")

    context.on("console", console)
    context.on("weberror", lambda error: wrong.append(f"exception : {error.error}"))
    context.on("request", request)
    context.on("response", response)


def sign_in(context: BrowserContext, user: Any, url: str) -> None:
    """Give the browser the session cookie of a signed-in person."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


# A message is read inside a page, which has its landmarks and its title: it brings none.
OF_PAGES = ("landmark-one-main", "page-has-heading-one", "region")


def assert_accessible(page: Page, *, message: bool = False) -> None:
    """WCAG 2.1 and 2.2 AA and good practice (landmarks, order of headings, size of targets) at zero on the page as it stands, says axe.

    `message`: what is shown is a message, not a page.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {**GOOD, "rules": {**GOOD["rules"], **{rule: {"enabled": False} for rule in OF_PAGES if message}}}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    said = [f"{v['id']} ({v['impact']}) : {v['help']} — {node['html'][:160]}" for v in found for node in v["nodes"]]
    assert said == [], f"{page.url} à {page.viewport_size}\n" + "\n".join(said)


def assert_fits(page: Page) -> None:
    """Nothing is wider than the window: no sideways scrolling of the page itself."""
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert excess <= 0, f"{page.url} dépasse de {excess} pixels à {page.viewport_size}"


def assert_fits_with_large_text(page: Page) -> None:
    """Nothing is wider than a phone of 360 px with letters twice as large; the size of letters, then of the window, come back."""
    before = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert_fits(page)
    page.evaluate("document.documentElement.style.removeProperty('font-size')")
    if before is not None:
        page.set_viewport_size(before)


# What moved by itself since the page began, fonts and pictures included: the measure of browsers, without what a person caused.
SHIFTED = """
    async () => {
        await document.fonts.ready;
        const moves = await new Promise(done => {
            new PerformanceObserver(list => done(list.getEntries())).observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => requestAnimationFrame(() => done([])));
        });
        return moves.filter(move => !move.hadRecentInput).map(move => [
            move.value, move.sources.map(source => (source.node?.outerHTML ?? "").slice(0, 80)).join(" | ")]);
    }
"""


def assert_stays_still(page: Page) -> None:
    """Less than a tenth of the window moved while the page came."""
    moves = page.evaluate(SHIFTED)
    assert sum(value for value, _what in moves) < 0.1, f"{page.url} à {page.viewport_size} : {moves}"


# A panel holds a link to its own address until it has come; what comes into no panel is being asked for.
PANELS_HAVE_COME = """
    document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling") === null &&
    [...document.querySelectorAll("[hx-trigger=load]")].every(
        panel => [...panel.children].every(child => child.getAttribute("href") !== panel.getAttribute("hx-get")))
"""


def wait_for_panels(page: Page) -> None:
    """Until every panel that the page asks for by itself has come."""
    # Playwright's own way evaluates a sentence inside the page, which our policy refuses.
    until(lambda: page.evaluate(PANELS_HAVE_COME), f"les panneaux de {page.url}")


def assert_good_at_all_widths(page: Page) -> None:
    """Accessible and fitting on a phone, a tablet and a laptop."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        assert_accessible(page)


def draw(page: Page) -> None:
    """A few strokes in the frame of a signature."""
    page.locator("[data-pad-box]").scroll_into_view_if_needed()
    box = page.locator("[data-pad-box]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 100)
    page.mouse.down()
    for across, down in ((80, 40), (120, 120), (180, 50), (240, 110)):
        page.mouse.move(box["x"] + across, box["y"] + down, steps=4)
    page.mouse.up()

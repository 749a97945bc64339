"""A server of the project's own data, and a Chromium that may not leave this machine."""

import logging
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest
from dash import Dash
from playwright.sync_api import BrowserContext, Error, Page, Request, expect
from werkzeug.serving import make_server

from benchmarks.browser import find_chromium
from tests.browser.journeys import wait_until

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SEEN = "localStorage.setItem('atlas62.visite', 'vue')"
"""The journeys are those of people who know the map: the tour is not offered again."""

NO_POINTER = """addEventListener("pointerover", (event) => {
    if (!event.clientX && !event.clientY) event.stopImmediatePropagation();
}, true)"""
"""A browser without windows has a pointer in the corner of the page, where nobody put it."""

expect.set_options(timeout=20_000)  # a busy machine is no failure


FIRST_FRAME = "#first-frame"


@pytest.fixture(scope="session", autouse=True)
def taken_over():
    """Let whoever goes to a page wait until its scripts have taken over from the first frame.

    Until then two pages lie over each other. A page that has no scripts, or whose frame itself is
    looked at, says so: ``page.stays_still = True``.
    """
    go, reload = Page.goto, Page.reload

    def waiting(act):
        def then(self, *args, **kwargs):
            answer = act(self, *args, **kwargs)
            if not getattr(self, "stays_still", False):
                with suppress(Error):  # the policy of the page may forbid to ask it often
                    wait_until(self, f"() => !document.querySelector('{FIRST_FRAME}')")
                expect(self.locator(FIRST_FRAME)).to_have_count(0, timeout=60_000)
            return answer

        return then

    Page.goto, Page.reload = waiting(go), waiting(reload)
    yield
    Page.goto, Page.reload = go, reload


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # half the work of the browser with windows, for the same pages
    chromium = find_chromium("chromium-headless-shell")
    if chromium is None:
        pytest.skip("Chromium absent : « apt-get install chromium »")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    # what a test evaluates in the page would be stopped by the page's own policy
    return {**browser_context_args, "viewport": DESK, "bypass_csp": True, "locale": "fr-FR"}


def whole(application):
    """Read each answer before it is sent.

    Werkzeug leaves an answer's file open when the browser goes away in the middle of it, and an
    open file fails whichever test runs then.
    """

    def answer(environ, start_response):
        with closing(application(environ, start_response)) as parts:
            return [b"".join(parts)]

    return answer


@pytest.fixture(scope="session")
def serve():
    """Serve an application; gives the address of its page."""
    servers = []
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    def start(application: Dash) -> str:
        server = make_server("127.0.0.1", 0, whole(application.server), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(serve, application) -> str:
    return serve(application)


@pytest.fixture
def strangers(context: BrowserContext) -> Iterator[list[str]]:
    """Note whatever would leave this machine, which finds no way; at the end, nothing has tried.

    Noted only: to be asked whether each request may go costs a page a tenth of its time.
    """
    tried: list[str] = []

    def note(request: Request) -> None:
        split = urlsplit(request.url)
        if split.scheme in {"http", "https", "ws", "wss"} and split.hostname != "127.0.0.1":
            tried.append(request.url)

    context.on("request", note)
    yield tried
    assert tried == []


@pytest.fixture
def page(page: Page, strangers) -> Page:  # noqa: ARG001 - noting is its effect
    """Give a page whose errors fail the test."""
    page.add_init_script(SEEN)
    page.add_init_script(NO_POINTER)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield page
    assert errors == []


@pytest.fixture
def phone(browser, browser_context_args) -> Iterator[Page]:
    context = browser.new_context(
        **{**browser_context_args, "viewport": PHONE}, has_touch=True, is_mobile=True
    )
    context.add_init_script(SEEN)
    yield context.new_page()
    context.close()

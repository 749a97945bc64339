"""The page's own policy, that all other journeys lift: nothing that the pages do is against it."""

import pytest
from playwright.sync_api import expect

from app.server import create_app
from app.settings import Settings
from tests.browser.conftest import DESK, NO_POINTER, SEEN

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push([event.violatedDirective, event.blockedURI, event.sourceFile, event.sample]);
});
"""
PREFIX = "/cartes/atlas"


@pytest.fixture
def strict(browser):
    """Give a page under its own policy, and the addresses that it has asked for."""
    context = browser.new_context(viewport=DESK, locale="fr-FR")
    context.add_init_script(SEEN)
    context.add_init_script(NO_POINTER)
    context.add_init_script(WATCH)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    context.close()


def use(page, address):
    """Look at the map, its fields and its table, then at the gaps."""
    page.goto(f"{address}?lieu=epci:200090751&couches=qpv")
    expect(page.locator("#sheet h2")).to_be_attached()
    page.get_by_role("button", name="Indicateur").first.dispatch_event("click")
    expect(page.locator("input#indicator")).to_be_focused()
    page.locator("#table-toggle").click()
    expect(page.locator("#table .ag-row").first).to_be_visible()
    assert page.evaluate("refused") == []
    page.goto(f"{address}ecarts")
    page.locator("#table-toggle").click()
    expect(page.locator("#gap-table .ag-row").first).to_be_visible()
    assert page.evaluate("refused") == []


def test_styles_of_the_pages_need_no_exception_and_all_stays_under_the_path(
    serve, strict, catalogue
):
    page, asked = strict
    settings = Settings(prefix=PREFIX, cache=Settings().cache / "prefixe")
    address = serve(create_app(settings, catalogue)) + PREFIX.removeprefix("/") + "/"
    use(page, address)
    here = address.removesuffix("/")
    assert [url for url in asked if not url.startswith((f"{here}/", "data:", "blob:"))] == []
    # what was asked for ahead of time is what the page then wants: not twice
    layouts = [url for url in asked if "_dash-layout" in url]
    assert len(layouts) == len(set(layouts)) == 2


def test_a_style_that_comes_as_html_is_not_applied(strict, address):
    page, _ = strict
    page.goto(address)
    expect(page.locator("#sheet h2")).to_be_attached()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<style>body { opacity: 0 }</style>"
        '<p id="brought" style="color: red">x</p>\')'
    )
    assert page.evaluate("getComputedStyle(document.body).opacity") == "1"
    assert page.evaluate("document.getElementById('brought').style.color") == ""
    assert len(page.evaluate("refused")) == 2

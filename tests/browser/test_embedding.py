"""A commune shows the map in a page of its own site."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def town_site(tmp_path, address):
    """Serve a page with the frame from another origin."""
    framed = (
        f'<iframe src="{address}integrer?lieu=epci:200072460" width="800" height="560"></iframe>'
    )
    (tmp_path / "index.html").write_text(framed)
    site = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)
    )
    Thread(target=site.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://localhost:{site.server_port}/"
    site.shutdown()
    site.server_close()


def test_a_frame_elsewhere_shows_a_place_and_leads_to_the_whole(browser, address, town_site):
    page = browser.new_page()  # the fixture's goes to our own server alone
    page.goto(town_site)
    frame = page.frame_locator("iframe")
    expect(frame.locator("#first-frame")).to_have_count(0, timeout=60_000)  # taken over
    expect(frame.locator("#sheet h2")).to_contain_text("CA de Béthune-Bruay")
    expect(frame.locator("#legend")).to_be_visible()
    expect(frame.locator("#search")).to_be_hidden()
    way = frame.get_by_role("link", name="Ouvrir dans l’Atlas 62")
    with page.context.expect_page() as opened:
        way.click()
    expect(opened.value).to_have_url(f"{address}?lieu=epci:200072460")
    page.close()


@pytest.mark.parametrize("size", [(800, 560), (320, 480)], ids=["beside", "under"])
def test_what_is_in_a_frame_is_read_by_everybody(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}integrer?lieu=commune:62119")
    expect(page.locator("#first-frame")).to_have_count(0, timeout=60_000)  # taken over
    expect(page.locator("#sheet h2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert violations(page) == []

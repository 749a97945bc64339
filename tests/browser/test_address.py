"""The address bar: each choice is a step back, and a link opens the view that it was made of."""

import re
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.gaps.address import format_gap_view, parse_gap_view
from app.gaps.calculator import GapCalculator
from app.view.state import format_view, parse_view
from app.view.words import make_vocabulary
from tests.browser.journeys import open_map
from tests.browser.test_gaps import ask

pytestmark = pytest.mark.browser

SEEN = """() => [
    document.getElementById("sheet-body").innerText,
    document.getElementById("legend").innerText,
    document.getElementById("map-title").textContent,
    [...document.querySelectorAll("[data-layer]:checked")].map((box) => box.dataset.layer).join(),
    [...document.querySelectorAll("[data-semester][aria-pressed=true]")].map(({ id }) => id).join(),
    document.getElementById("shell").dataset.table || "",
    document.title,
]"""
COUNT = """
    window.waiting = 0;
    const ask = window.fetch;
    window.fetch = (...what) => {
        window.waiting += 1;
        return ask(...what).finally(() => { window.waiting -= 1; });
    };
"""
WAITING = "window.waiting || 0"
WHERE = """() => {
    const map = dashExtensions.atlas.state.map;
    return [map.getZoom(), map.getCenter().lat.toFixed(3), map.getCenter().lng.toFixed(3)];
}"""
CHOOSE = "dashExtensions.atlas.choose('epci:200090751')"
GRAND_CALAIS = "CA Grand Calais Terres & Mers"


@pytest.fixture(autouse=True)
def counted(context):
    """Let each page say how many answers it waits for."""
    context.add_init_script(COUNT)


def query(page: Page) -> str:
    asked = urlsplit(page.url).query
    return f"?{asked}" if asked else ""


def settled(page: Page) -> list[str]:
    """Return what can be seen, once nothing is awaited and it no longer changes."""
    before = None
    for _ in range(200):
        now = [page.evaluate(WAITING), page.evaluate(SEEN)]
        if now == before and not now[0]:
            break
        before = now
        page.wait_for_timeout(100)
    return page.evaluate(SEEN)


def test_each_choice_is_a_step_and_each_step_is_found_again(page, address, catalogue, context):
    words = make_vocabulary(catalogue)
    open_map(page, address)
    steps = (
        (partial(page.evaluate, CHOOSE), "lieu=epci:200090751$"),
        (
            partial(page.locator("[data-layer=qpv]").check),
            "couches=(operations,qpv|qpv,operations)$",
        ),
        (partial(choose, page, "#indicator", "Densité"), "indicateur=densite"),
        (partial(choose, page, "#level", "Commune"), "niveau=commune"),
        (partial(page.locator("#semester-2025-S1").click), "periode=2025-S1,2025-S1"),
        (partial(page.locator("#table-toggle").click), "tableau=territoires"),
    )
    seen = [(query(page), settled(page))]
    for act, written in steps:
        act()
        expect(page).to_have_url(re.compile(written))
        seen.append((query(page), settled(page)))
        # Python writes the same
        view, remarks = parse_view(query(page), words)
        assert (format_view(view), remarks) == (query(page), ())
    page.get_by_role("button", name="Réduire la carte").click()
    expect(page).to_have_url(re.compile(r"&vue=[\d.]+,[\d.]+,[\d.]+$"))
    link, whole, where = page.url, settled(page), page.evaluate(WHERE)

    again = context.new_page()
    open_map(again, link)
    assert (again.url, settled(again), again.evaluate(WHERE)) == (link, whole, where)
    again.close()

    for address_then, seen_then in reversed(seen[:-1]):
        page.go_back()
        assert query(page) == address_then
        assert settled(page) == seen_then
    page.go_forward()
    assert (query(page), settled(page)) == seen[1]
    # a choice made on the way back is of the view that was gone back to
    page.locator("[data-layer=colleges]").check()
    expect(page).to_have_url(re.compile(r"\?lieu=epci:200090751&couches=operations,.*colleges"))
    assert "indicateur" not in page.url


def choose(page: Page, field: str, option: str) -> None:
    page.locator(field).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_an_answer_that_comes_after_going_back_is_not_written(page, address):
    open_map(page, address)
    page.evaluate(CHOOSE)
    expect(page.locator("#sheet h2")).to_have_text(GRAND_CALAIS)
    held = []
    page.route("**/choix/theme?*indicateur=densite*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    choose(page, "#indicator", "Densité")
    page.wait_for_timeout(300)
    page.go_back()
    expect(page.locator("#sheet h2")).to_have_text("Pas-de-Calais")
    for route in held:
        route.continue_()
    settled(page)
    assert query(page) == ""
    expect(page.locator("#map-title")).to_contain_text("FIT par habitant")
    page.go_forward()
    expect(page.locator("#sheet h2")).to_have_text(GRAND_CALAIS)
    assert query(page) == "?lieu=epci:200090751"


def test_questions_about_gaps_are_steps_and_links_too(page, address, catalogue, context):
    words = GapCalculator(catalogue).words
    ask(page, address)
    seen = [(query(page), settled(page)[:3])]
    preset = page.get_by_role("button", name="France services")
    scenario = page.get_by_role("button", name="Nouveau scénario")
    steps = (
        (partial(preset.click), r"\?service=france_services$"),
        (partial(set_threshold, page, "7.5"), "seuil=7.5"),
        (partial(page.locator("#gap-model").select_option, "distance"), "modele=distance"),
        (partial(put_site, page, "Bucquoy"), "sites=62181"),
        (partial(scenario.click), "sites=62181~62181&scenario=2"),
    )
    for act, written in steps:
        act()
        expect(page).to_have_url(re.compile(written))
        seen.append((query(page), settled(page)[:3]))
        view, remarks = parse_gap_view(query(page), words)
        assert (format_gap_view(view), remarks) == (query(page), ())
    again = context.new_page()
    ask(again, address, query(page))
    assert (again.url, settled(again)[:3]) == (page.url, seen[-1][1])
    again.close()
    for address_then, seen_then in reversed(seen[:-1]):
        page.go_back()
        assert query(page) == address_then
        assert settled(page)[:3] == seen_then


def set_threshold(page: Page, minutes: str) -> None:
    page.locator("#gap-threshold").fill(minutes)
    page.locator("#gap-threshold").press("Enter")


def put_site(page: Page, commune: str) -> None:
    page.locator("#gap-commune").fill(commune)
    page.locator("#gap-commune").press("Enter")

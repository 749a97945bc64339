"""What the first map makes a browser fetch: little, once, and nothing that can wait."""

import json
import platform
import re
from html import unescape

import pytest

from app.map.panes import points_url
from app.view.state import DEFAULT
from app.web.page_address import layout_url

MOST_BYTES = 900_000
"""Before the table is opened, brotli: the bar of the project."""
MOST_OF_THE_MAP = 450_000
"""Before anybody goes to a field; fonts in."""
SCRIPTS_BEFORE_THE_MAP = 300_000
LINKS = re.compile(r'<(?:link|script)\b[^>]*(?:src|href)="(/[^"]+)"')


def sizes(client, addresses):
    """Return the bytes of each answer, compressed as a browser asks for it."""
    found = {}
    for address in addresses:
        with client.get(address, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.status_code == 200, address
            found[address] = len(answer.data)
    return found


@pytest.fixture
def html(client):
    return client.get("/").text


@pytest.fixture
def linked(html):
    return [unescape(address) for address in LINKS.findall(html)]


def later(html, which):
    return unescape(re.search(rf'data-{which}-scripts="([^"]+)"', html)[1]).split()


def components(node):
    """Yield the library and the name of each component of a layout."""
    if isinstance(node, dict):
        if "namespace" in node:
            yield node["namespace"], node["type"]
        for value in node.values():
            yield from components(value)
    elif isinstance(node, list):
        for value in node:
            yield from components(value)


def test_the_first_view_stays_within_its_bytes(client, atlas, html, linked):
    shown = [points_url(atlas, layer) for layer in DEFAULT.layers]
    of_the_map = sizes(client, {"/", *linked, atlas.files["names"].url, *shown})
    of_the_fields = sizes(client, {*later(html, "late"), atlas.files["search"].url})
    largest = sorted(of_the_map.items(), key=lambda item: -item[1])[:8]
    assert sum(of_the_map.values()) < MOST_OF_THE_MAP, largest
    assert sum(of_the_map.values()) + sum(of_the_fields.values()) < MOST_BYTES


def test_few_scripts_run_before_the_map(client, linked):
    scripts = [address for address in linked if address.endswith(".js")]
    assert sum(sizes(client, scripts).values()) < SCRIPTS_BEFORE_THE_MAP
    assert len(linked) < 20


def test_the_fields_and_the_table_come_later_each_with_its_scripts(html, linked):
    (fields,), (table,) = later(html, "late"), later(html, "table")
    assert "mantine" in fields
    assert "ag_grid" in table
    assert {fields, table} & set(linked) == set()


def test_of_the_core_components_only_the_store_is_used(client):
    used = {
        name for library, name in components(client.get("/_dash-layout").json) if "core" in library
    }
    assert used == {"Store"}, "assets/late_fields.js has no other"


def beside_children(node, name="children"):
    """Yield the name of each property but ``children`` that holds a component."""
    if isinstance(node, dict) and "namespace" in node:
        if name != "children":
            yield name
        for part, value in node["props"].items():
            yield from beside_children(value, part)
    elif isinstance(node, list):
        for value in node:
            yield from beside_children(value, name)
    elif isinstance(node, dict):
        for value in node.values():
            yield from beside_children(value, name)


@pytest.mark.parametrize("page", ["/", "/ecarts"])
def test_the_renderer_is_told_of_no_version_and_of_no_component_beside_children(client, page):
    html = client.get(page).text
    (told,) = re.findall(r'<script id="_dash-config"[^>]*>(.*?)</script>', html, re.DOTALL)
    told = json.loads(told)
    assert told["children_props"] == {}
    assert not [
        name for name in told if name != "dash_version" and "version" in name and told[name]
    ]
    assert platform.python_version() not in html
    assert list(beside_children(client.get(layout_url(page, "")).json)) == []


def test_every_style_and_script_is_in_the_bundles(client, linked):
    bundles = "".join(client.get(address).text for address in linked if "/atlas/" in address)
    for word in ("--paper", "communeStyle", "bring_sheet", ".still-field"):
        assert word in bundles
    assert "document-footer" not in bundles
    fonts = set(re.findall(r'url\("([^"]+)"\)', bundles))
    assert fonts
    assert all(sizes(client, fonts).values())


def test_a_bundle_that_is_gone_is_refused_in_french(client):
    answer = client.get("/atlas/atlas-000000000000.js")
    assert answer.status_code == 404
    assert "rechargez" in answer.text


def test_no_geometry_is_sent_twice(client, atlas, linked):
    outlines = [address for address in linked if address.startswith("/geometrie/")]
    assert len(outlines) == len(set(outlines))
    for address in outlines:
        assert "immutable" in client.get(address).headers["Cache-Control"]
    for path in ("/", "/_dash-layout", atlas.files["names"].url):
        assert '"coordinates"' not in client.get(path).text

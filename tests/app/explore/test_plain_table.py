"""The table of who has no scripts: the rows of the grid, each once, a page at a time."""

import re

import pytest

from app.explore.plain_table import render_plain_table
from app.explore.table import table_rows
from app.first_frame.writing import Writer
from app.parts.markup import text_of
from app.view.state import parse_view
from tests.known_totals import ALL_COMMUNES

COMMUNES = "niveau=commune&tableau=territoires"


def elements(node, tag):
    """Yield the elements of a name in plain data."""
    if isinstance(node, (list, tuple)) and not hasattr(node, "tag"):
        for child in node:
            yield from elements(child, tag)
    elif hasattr(node, "tag"):
        if node.tag == tag:
            yield node
        yield from elements(list(node.children), tag)


@pytest.fixture
def draw(atlas):
    def render(query):
        return render_plain_table(atlas, parse_view(query, atlas.vocabulary)[0], query)

    return render


def names(table):
    (body,) = elements(table, "tbody")
    return [text_of(row.children[0]) for row in elements(body, "tr")]


def links(table):
    return {text_of(link): link.attributes["href"] for link in elements(table, "a")}


def test_its_pages_together_hold_every_row_once_and_lead_to_each_other(draw, atlas):
    query, seen = COMMUNES, []
    while query:
        table = draw(query)
        seen += names(table)
        query = links(table).get("Lignes suivantes", "").removeprefix("?")
    _, rows, _ = table_rows(atlas, parse_view(COMMUNES, atlas.vocabulary)[0])
    assert seen == [row["name"] for row in rows]
    assert len(seen) == ALL_COMMUNES
    assert names(draw(links(table)["Lignes précédentes"].removeprefix("?"))) == seen[-87:-37]


@pytest.mark.parametrize("asked", ["0", "-3", "x", "99999999999999999999", "1e3", "²", "900"])
def test_a_first_row_that_there_is_not_gives_a_page_that_there_is(draw, asked):
    assert 0 < len(names(draw(f"{COMMUNES}&ligne={asked}"))) <= 50


def test_the_first_row_is_no_mistake_of_an_address(atlas):
    assert parse_view(f"{COMMUNES}&ligne=51", atlas.vocabulary)[1] == ()


def test_an_unknown_value_says_so_and_is_not_zero(draw):
    html = Writer().write(draw("tableau=territoires"))
    assert "n.\u00a0d." in html
    assert "partiel" in html
    assert len(re.findall("<tr>", html)) == 21


def test_operations_lead_to_their_sheets(draw):
    table = draw("tableau=operations")
    found = links(table)
    assert any(address.startswith("/operation/") for address in found.values())
    assert found["Fermer le tableau"] == "?"

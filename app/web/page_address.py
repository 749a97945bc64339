"""The address of the layout of a page: all that the layout depends on but the layers one may see.

``assets/layout.js`` makes the same address in the browser.
"""

from typing import Final

from app.web.addresses import EXPLORE

LAYOUT: Final = "/_dash-layout"
PAGE: Final = "page="
"""Begins the query of the layout of every page but the Explorer."""
LONGEST: Final = 2_100
"""Characters of a page's query that go along; the pages read fewer, and say so."""


def layout_url(path: str, query: str) -> str:
    """Return the address of the layout of a page.

    Parameters
    ----------
    path, query
        Of the page, as the browser writes them.
    """
    page = path.rpartition("/")[2]
    parts = [f"{PAGE}{page}" if page else "", query[:LONGEST]]
    written = "&".join(part for part in parts if part)
    return f"{LAYOUT}?{written}" if written else LAYOUT


def page_of(layout_query: str) -> tuple[str, str]:
    """Return the path and the query of the page that a layout is asked for.

    Parameters
    ----------
    layout_query
        Of the layout's address, from outside, so anything.
    """
    first, _, rest = layout_query.partition("&")
    if not first.startswith(PAGE):
        return EXPLORE, layout_query
    return f"/{first.removeprefix(PAGE)}", rest

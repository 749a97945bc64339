"""The layouts of the pages that Dash draws, and how they are written.

Dash would look through every value for numpy arrays, which takes longer than making them.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

import orjson
from dash.development.base_component import Component
from flask import request

from app.explore import page as explore
from app.gaps import page as gaps
from app.gaps.address import parse_gap_view
from app.gaps.calculator import GapCalculator
from app.map.atlas import Atlas
from app.view.state import parse_view
from app.web.addresses import EMBED, GAPS
from app.web.page_address import page_of
from app.web.static_files import StaticFile

QUALITY: Final = 5
"""Brotli: two milliseconds for 130 KB; 9 would take twenty and save 2 %."""
MOST_BYTES: Final = 8_000
"""Of a query that is looked at: a long one is told as such by whoever reads it."""


def asked_page() -> tuple[str, str]:
    """Return the path and the query of the page whose layout is asked for, from its address."""
    return page_of(request.query_string[:MOST_BYTES].decode("utf-8", "replace"))


def render_layout(atlas: Atlas, desk: GapCalculator, path: str, query: str) -> Component:
    """Return the page of a path as its query asks for it; the Explorer unless it is Écarts."""
    if path == GAPS:
        asked, remarks = parse_gap_view(query, desk.words)
        return gaps.render_page(atlas, desk, asked, remarks, query)
    view, remarks = parse_view(query, atlas.vocabulary)
    return explore.render_page(atlas, view, remarks, query, embedded=path == EMBED)


def write_answer(stem: str, content: Component | Mapping[str, Any]) -> StaticFile:
    """Return components, elements and data as Dash's renderer and the page's scripts read them."""
    options = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS
    return StaticFile(stem, orjson.dumps(content, default=_plain, option=options), quality=QUALITY)


def _plain(value: object) -> list[Any] | dict[str, Any]:
    """Return a component as its dictionary, a named tuple as its list; refuse anything else."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Component):
        return cast("dict[str, Any]", value.to_plotly_json())
    raise TypeError(f"{type(value).__name__} has no place in a layout")

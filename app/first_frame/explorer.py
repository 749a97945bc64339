"""The first frames of the pages with a map, from the layouts that Dash gets."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dash.development.base_component import Component

from app.first_frame.card import draw_card
from app.first_frame.drawing import Draughtsman
from app.first_frame.explored import addresses_from, picture_of, selected_shapes
from app.first_frame.fields import Fields
from app.first_frame.page import Drawn, FirstFrame, describe, render_first_frame
from app.map.atlas import Atlas
from app.sheets.opened import opened_name, render_opened
from app.view.keys import EXPLORER, names
from app.view.state import DEFAULT, Drawing, TableRows, ViewState, format_view
from app.web.addresses import EXPLORE

PLACES: Final = ("territory", "epci", "commune")
"""Fields that choose a place."""


def explorer_frame(
    atlas: Atlas,
    draughtsman: Draughtsman,
    view: ViewState,
    layout: Component,
    table: object = None,
) -> FirstFrame:
    """Return the first frame of a view of the Explorer.

    Parameters
    ----------
    layout
        Of the same view.
    table
        The open table, None where it is closed.
    """
    picture = picture_of(atlas, draughtsman, view)
    html, rules = draughtsman.draw(picture)
    pair = atlas.indicators[view.indicator].pair
    opened = replace(view, table=TableRows.PERIMETERS)
    drawn = Drawn(
        html,
        rules,
        picture.title,
        addresses_from(view),
        {
            "data-drawing": str(view.drawing or atlas.usual_drawing(view.indicator)),
            "data-pair": "yes" if pair else "no",
            "data-table": "closed" if table is None else "open",
        },
        lambda writer: Fields(writer, EXPLORE, _queries(view), _links(atlas, view)),
        table=table,
        table_link=format_view(opened if table is None else replace(view, table=None)) or "?",
    )
    return render_first_frame(layout, drawn)


def explorer_card(atlas: Atlas, draughtsman: Draughtsman, view: ViewState) -> bytes:
    """Return the picture of a view for who gets its link, PNG."""
    sentence = describe(render_opened(atlas, view))
    name = opened_name(atlas, view)
    picture = picture_of(atlas, draughtsman, view)
    selected = selected_shapes(atlas, draughtsman, view)
    return draw_card(draughtsman, picture, selected, name, sentence)


def _queries(view: ViewState) -> Mapping[str, tuple[str, str]]:
    keys = names(EXPLORER, "place", "indicator", "level")
    placed = replace(view, place=DEFAULT.place, subject=None, compared=(), map_view=None)
    # another indicator comes in its usual drawing, and bounds are those of one indicator
    plain = replace(view, drawing=None, classes=DEFAULT.classes)
    return {
        **{field: (keys["place"], format_view(placed)) for field in PLACES},
        "indicator": (keys["indicator"], format_view(replace(plain, indicator=DEFAULT.indicator))),
        "level": (keys["level"], format_view(replace(view, level=DEFAULT.level))),
    }


def _links(atlas: Atlas, view: ViewState) -> Mapping[str, Mapping[str, str]]:
    indicator = atlas.indicators[view.indicator]
    plain = replace(view, drawing=None, classes=DEFAULT.classes)
    measures = {str(indicator.kind): format_view(view) or "?"}
    if indicator.pair:
        other = "rate" if indicator.kind == "total" else "total"
        measures[other] = format_view(replace(plain, indicator=indicator.pair)) or "?"
    drawings = {str(one): format_view(replace(view, drawing=one)) or "?" for one in Drawing}
    return {"measure": measures, "drawing": drawings}

"""What keeps the Explorer in step: stores go down to the parts; the browser's scripts fill stores.

A choice, wherever it is made (map, search, select, button, table), is written to the ``place``,
``choice`` or ``layers`` data by ``assets/``; everything below follows from these and from nothing
else, so that no part ever has to listen to another.
"""

from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from app.atlas import Atlas
from app.components.picker import level_options, listed, picked, step_options
from app.components.sheets import opened_name, render_opened
from app.components.table import render_table
from app.pages.explore import (
    CLASS_KEYS,
    CONTENTS,
    choice_of,
    render_theme_panel,
    render_view_trail,
    theme_data,
)
from app.pages.frame import content_id, render_remarks
from app.view_state import ViewState, format_view, parse_view
from geo.perimeter import Perimeter

CHOICE_KEYS: Final = {
    "indicator": "indicateur",
    "level": "niveau",
    "drawing": "dessin",
    **CLASS_KEYS,
}
"""Part of the ``choice`` store → key of the address."""


def register(app: Dash, atlas: Atlas) -> None:
    """Give the app the callbacks of this page."""
    _in_the_browser(app)

    @app.callback(
        Output(content_id("sheet-body"), "data"),
        Output(content_id("trail"), "data"),
        Output("epci", "data"),
        Output("commune", "data"),
        Output("territory", "value"),
        Output("epci", "value"),
        Output("commune", "value"),
        Output("picked", "data"),
        Output("place-name", "data"),
        Input("place", "data"),
        prevent_initial_call=True,
    )
    def show_place(text: str) -> tuple[Any, ...]:
        view = known_view(atlas, text)
        shown = picked(atlas.reference, view.place)
        options = step_options(atlas.reference, view.place)
        return (
            render_opened(atlas, view),
            render_view_trail(atlas, view),
            options["epci"],
            options["commune"],
            shown["territory"],
            shown["epci"],
            shown["commune"],
            shown,
            opened_name(atlas, view),
        )

    @app.callback(
        Output("theme", "data"),
        Output(content_id("legend"), "data"),
        Output("indicator", "value"),
        Output("measure", "value"),
        Output("level", "data"),
        Output("level", "value"),
        Output("drawing", "value"),
        Input("choice", "data"),
        prevent_initial_call=True,
    )
    def show_theme(choice: dict[str, str | None]) -> tuple[Any, ...]:
        view, remarks = known_choice(atlas, choice)
        return (
            theme_data(atlas, view, remarks),
            render_theme_panel(atlas, view, remarks),
            listed(atlas.indicators[view.indicator]),
            atlas.indicators[view.indicator].kind,
            level_options(atlas.indicators[view.indicator]),
            str(view.level),
            str(view.drawing or atlas.usual_drawing(view.indicator)),
        )

    @app.callback(
        Output("written", "data"),
        Input("place", "data"),
        Input("choice", "data"),
        Input("layers", "data"),
        prevent_initial_call=True,
    )
    def write_address(
        place: str, choice: dict[str, str | None], layers: list[str]
    ) -> dict[str, str]:
        chosen, _ = known_choice(atlas, choice)
        usual = chosen.drawing == atlas.usual_drawing(chosen.indicator)
        opened = known_view(atlas, place)
        view = replace(
            chosen,
            place=opened.place,
            subject=opened.subject,
            compared=opened.compared,
            drawing=None if usual else chosen.drawing,
            layers=tuple(layer for layer in atlas.vocabulary.layers if layer in layers),
        )
        return {"search": format_view(view)}

    @app.callback(
        Output("place", "data"),
        Output("choice", "data"),
        Output("layers", "data"),
        Output("frame", "data"),
        Output("remarks", "children"),
        Input("address", "data"),
        prevent_initial_call=True,
    )
    def open_address(search: str) -> tuple[Any, ...]:
        view, remarks = parse_view(str(search), atlas.vocabulary)
        frame = {
            "view": str(view.map_view) if view.map_view else None,
            "bounds": atlas.frame(view),
        }
        return (
            view.shown,
            choice_of(view),
            list(view.layers),
            frame,
            render_remarks(remarks),
        )

    @app.callback(
        Output("table-body", "children"),
        Input("table-level", "data"),
        State("place", "data"),
        prevent_initial_call=True,
    )
    def show_table(level: str, place: str) -> Component:
        wanted = known_choice(atlas, {"level": level})[0].level
        return render_table(atlas, wanted, known_place(atlas, place))


def known_view(atlas: Atlas, shown: object) -> ViewState:
    """Return what a ``place`` store shows, the département when a forged request holds none."""
    first, _, others = str(shown).replace("&", " ").partition(",")
    return parse_view(f"lieu={first}&comparer={others}", atlas.vocabulary)[0]


def known_place(atlas: Atlas, shown: object) -> Perimeter:
    """Return the place of a ``place`` store, the département when it holds none."""
    return known_view(atlas, shown).place


def known_choice(atlas: Atlas, choice: object) -> tuple[ViewState, tuple[str, ...]]:
    """Return the view of a ``choice`` store and what was refused of it, French sentences."""
    given = choice if isinstance(choice, dict) else {}
    texts = {key: given.get(name) for name, key in CHOICE_KEYS.items()}
    query = "&".join(f"{key}={quote(str(text))}" for key, text in texts.items() if text)
    return parse_view(query, atlas.vocabulary)


def _in_the_browser(app: Dash) -> None:
    def function(name: str) -> ClientsideFunction:
        return ClientsideFunction("atlas", name)

    for part in CONTENTS:
        app.clientside_callback(
            function("fill"), Input(content_id(part), "data"), State(part, "id")
        )
    app.clientside_callback(
        function("show_place"),
        Input("place", "data"),
        State("urls", "data"),
    )
    app.clientside_callback(
        function("show_theme"),
        Input("theme", "data"),
        State("urls", "data"),
    )
    app.clientside_callback(
        function("show_layers"),
        Input("layers", "data"),
        State("urls", "data"),
    )
    app.clientside_callback(
        function("offer_tour"),
        Input("tour-steps", "data"),
    )
    app.clientside_callback(
        function("start"),
        Input("urls", "data"),
        State("seen", "data"),
        State("place-name", "data"),
    )
    app.clientside_callback(
        function("choose_place"),
        Input("territory", "value"),
        Input("epci", "value"),
        Input("commune", "value"),
        State("picked", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        function("choose_theme"),
        Input("indicator", "value"),
        Input("measure", "value"),
        Input("level", "value"),
        Input("drawing", "value"),
        State("choice", "data"),
        State("theme", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        function("go_to_found"),
        Input("search", "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        function("write_address"),
        Input("written", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        function("restore_frame"),
        Input("frame", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        function("announce_place"),
        Input("place-name", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        function("choose_row"),
        Input("table", "selectedRows"),
        State("table-level", "data"),
        prevent_initial_call=True,
    )

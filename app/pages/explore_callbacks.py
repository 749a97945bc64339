"""What keeps the Explorer in step: stores go down to the parts; the browser's scripts fill stores.

A choice, wherever it is made (map, search, select, button, table), is written to the ``place``,
``choice`` or ``layers`` data by ``assets/``; everything below follows from these and from nothing
else, so that no part ever has to listen to another.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from dash import ClientsideFunction, Dash, Input, Output, State

from app.atlas import Atlas
from app.pages.explore import CONTENTS
from app.pages.explore_stores import CLASS_KEYS, OPERATION_KEYS, choice_of, operations_of
from app.pages.frame import content_id, render_remarks
from app.view_state import ViewState, format_view, parse_view

CHOICE_KEYS: Final = {
    "indicator": "indicateur",
    "level": "niveau",
    "drawing": "dessin",
    **CLASS_KEYS,
}
"""Part of the ``choice`` store → key of the address."""
BESIDE_KEYS: Final = {**OPERATION_KEYS, "table": "tableau"}
"""Part of the ``operations`` and ``table-kind`` stores → key of the address."""


def register(app: Dash, atlas: Atlas) -> None:
    """Give the app the callbacks of this page."""
    _in_the_browser(app)

    @app.callback(
        Output("written", "data"),
        Input("place", "data"),
        Input("choice", "data"),
        Input("layers", "data"),
        Input("operations", "data"),
        Input("table-kind", "data"),
        prevent_initial_call=True,
    )
    def write_address(
        place: str,
        choice: dict[str, str | None],
        layers: list[str],
        operations: dict[str, str | None],
        kind: str | None,
    ) -> dict[str, str]:
        chosen, _ = known_choice(atlas, choice)
        beside, _ = known_beside(atlas, operations, kind)
        usual = chosen.drawing == atlas.usual_drawing(chosen.indicator)
        opened = known_view(atlas, place)
        view = replace(
            chosen,
            place=opened.place,
            subject=opened.subject,
            compared=opened.compared,
            drawing=None if usual else chosen.drawing,
            operations=beside.operations,
            table=beside.table,
            layers=tuple(layer for layer in atlas.vocabulary.layers if layer in layers),
        )
        return {"search": format_view(view)}

    @app.callback(
        Output("place", "data"),
        Output("choice", "data"),
        Output("layers", "data"),
        Output("operations", "data"),
        Output("table-kind", "data"),
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
            operations_of(view),
            str(view.table) if view.table else None,
            frame,
            render_remarks(remarks),
        )


def known_view(atlas: Atlas, shown: object) -> ViewState:
    """Return what a ``place`` store shows, the département when a forged request holds none."""
    first, _, others = str(shown).replace("&", " ").partition(",")
    return parse_view(f"lieu={first}&comparer={others}", atlas.vocabulary)[0]


def known_choice(atlas: Atlas, choice: object) -> tuple[ViewState, tuple[str, ...]]:
    """Return the view of a ``choice`` store and what was refused of it, French sentences."""
    return _read_store(atlas, choice, CHOICE_KEYS)


def known_beside(
    atlas: Atlas, operations: object, kind: object = None
) -> tuple[ViewState, tuple[str, ...]]:
    """Return the view of an ``operations`` and a ``table-kind`` store, and what was refused."""
    given = operations if isinstance(operations, dict) else {}
    return _read_store(atlas, {**given, "table": kind}, BESIDE_KEYS)


def _read_store(
    atlas: Atlas, store: object, keys: Mapping[str, str]
) -> tuple[ViewState, tuple[str, ...]]:
    given = store if isinstance(store, dict) else {}
    texts = {key: given.get(name) for name, key in keys.items()}
    query = "&".join(f"{key}={quote(str(text))}" for key, text in texts.items() if text)
    return parse_view(query, atlas.vocabulary)


def _in_the_browser(app: Dash) -> None:
    def function(name: str) -> ClientsideFunction:
        return ClientsideFunction("atlas", name)

    app.clientside_callback(
        function("bring_sheet"),
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
    app.clientside_callback(
        function("bring_theme"),
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
        function("show_operations"),
        Input("operations-shown", "data"),
    )
    app.clientside_callback(
        function("show_table_kind"),
        Input("table-kind", "data"),
    )
    app.clientside_callback(
        function("choose_row"),
        Input("table", "selectedRows"),
        State("table-view", "data"),
        prevent_initial_call=True,
    )

"""What keeps the Explorer in step: stores go down to the parts; the browser's scripts fill stores.

A choice, wherever it is made (map, search, select, button, table), is written to the ``place``,
``choice`` or ``layers`` data by ``assets/``; everything below follows from these and from nothing
else, so that no part ever has to listen to another.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.dependencies import DashDependency

from app.explore.page import CONTENTS
from app.explore.stores import CHOICE, OPERATIONS, as_usual, choice_of, operations_of
from app.map.atlas import Atlas
from app.parts.frame import content_id, render_remarks
from app.view.state import ADDRESS, ViewState, format_view, parse_view
from app.web.dash_calls import Text

AT_ONCE: Final[Mapping[str, Sequence[DashDependency]]] = {
    "show_place": (Input("place", "data"), State("urls", "data")),
    "show_theme": (Input("theme", "data"), State("urls", "data")),
    "show_layers": (Input("layers", "data"), State("urls", "data")),
    "offer_tour": (Input("tour-steps", "data"),),
    "start": (
        Input("urls", "data"),
        *(State(store, "data") for store in ("seen", "written", "place-name", "picked")),
    ),
    "show_operations": (Input("operations-shown", "data"),),
    "show_table_kind": (Input("table-kind", "data"),),
}
"""Function of the browser's scripts that is called at first, and whenever an input changes."""
LATER: Final[Mapping[str, Sequence[DashDependency]]] = {
    "bring_sheet": (Input("place", "data"),),
    "bring_theme": (Input("choice", "data"),),
    "restore_frame": (Input("frame", "data"),),
    "announce_place": (Input("place-name", "data"),),
    "choose_row": (Input("table", "selectedRows"), State("table-view", "data")),
}
"""Function that is called when an input changes. Those that bring an answer have no outputs: Dash
would hold every later choice of a field until the answer is there."""


def register(app: Dash, atlas: Atlas) -> None:
    """Give the app the callbacks of this page."""
    _in_the_browser(app)

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
    def open_address(search: Text) -> tuple[Any, ...]:
        view, remarks = parse_view(str(search), atlas.vocabulary)
        frame = {
            "view": str(view.map_view) if view.map_view else None,
            "bounds": atlas.frame(view),
            "written": format_view(as_usual(atlas, view)),
        }
        return (
            view.shown,
            choice_of(atlas, view),
            list(view.layers),
            operations_of(view),
            str(view.table) if view.table else None,
            frame,
            render_remarks(remarks),
        )


def known_view(atlas: Atlas, shown: object) -> ViewState:
    """Return what a ``place`` store shows, the département when a forged request holds none."""
    first, _, others = str(shown).partition(",")
    return ADDRESS.take({"place": first, "compared": others}, atlas.vocabulary)[0]


def known_choice(atlas: Atlas, choice: object) -> tuple[ViewState, tuple[str, ...]]:
    """Return the view of a ``choice`` store and what was refused of it, French sentences."""
    return ADDRESS.take(_held(choice, CHOICE), atlas.vocabulary)


def known_beside(
    atlas: Atlas, operations: object, kind: object = None
) -> tuple[ViewState, tuple[str, ...]]:
    """Return the view of an ``operations`` and a ``table-kind`` store, and what was refused."""
    return ADDRESS.take({**_held(operations, OPERATIONS), "table": kind}, atlas.vocabulary)


def _held(store: object, parts: Iterable[str]) -> dict[str, object]:
    given = store if isinstance(store, dict) else {}
    return {part: given.get(part) for part in parts}


def _in_the_browser(app: Dash) -> None:
    for part in CONTENTS:
        fill = ClientsideFunction("atlas", "fill")
        app.clientside_callback(fill, Input(content_id(part), "data"), State(part, "id"))
    for name, parts in AT_ONCE.items():
        app.clientside_callback(ClientsideFunction("atlas", name), *parts)
    for name, parts in LATER.items():
        function = ClientsideFunction("atlas", name)
        app.clientside_callback(function, *parts, prevent_initial_call=True)

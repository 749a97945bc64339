"""The operations that are kept and the table under the map: both follow from what was chosen."""

from dataclasses import replace
from typing import Any

from dash import Dash, Input, NoUpdate, Output, State, no_update, set_props
from dash.development.base_component import Component

from app.explore.callbacks import known_beside, known_choice, known_view
from app.explore.stores import operations_shown
from app.explore.table import render_table, table_props
from app.explore.timeline import render_timeline
from app.map.atlas import Atlas
from app.parts.frame import content_id
from app.web.dash_calls import Choices, Scalar, Text


def register(app: Dash, atlas: Atlas) -> None:
    """Give the app the callbacks of the operations and of the table."""

    @app.callback(
        Output("operations-shown", "data"),
        Output(content_id("timeline"), "data"),
        Input("operations", "data"),
        prevent_initial_call=True,
    )
    def show_operations(operations: Choices | None) -> tuple[Any, ...]:
        view, remarks = known_beside(atlas, operations)
        return operations_shown(atlas, view), render_timeline(atlas, view.operations, remarks)

    @app.callback(
        Output("table-body", "children"),
        Input("table-view", "data"),
        State("place", "data"),
        prevent_initial_call=True,
    )
    def show_table(
        wanted: dict[Text, Choices | Scalar] | None, place: Text | None
    ) -> Component | NoUpdate:
        given = wanted if isinstance(wanted, dict) else {}
        view, _ = known_choice(atlas, given.get("choice"))
        beside, _ = known_beside(atlas, given.get("operations"), given.get("kind"))
        view = replace(
            view,
            place=known_view(atlas, place).place,
            operations=beside.operations,
            table=beside.table,
        )
        if not given.get("made"):
            return render_table(atlas, view)
        for part, props in table_props(atlas, view).items():
            set_props(part, props)
        return no_update

"""What keeps the page Écarts in step: an address is asked, everything on screen follows from it."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from app.gaps.address import parse_gap_view
from app.gaps.calculator import NO_ANSWER, GapCalculator
from app.gaps.page import render_parts
from app.gaps.table import render_gap_table, render_room_table
from app.gaps.view import GapView
from app.map.atlas import Atlas
from app.parts.frame import content_id, render_remarks
from app.parts.markup import Children
from app.web.dash_calls import Choices, Text


def register(app: Dash, atlas: Atlas, desk: GapCalculator) -> None:
    """Give the app the callbacks of this page."""

    def function(name: str) -> ClientsideFunction:
        return ClientsideFunction("atlas", name)

    @app.callback(
        Output("gaps", "data"),
        Output(content_id("legend"), "data", allow_duplicate=True),
        Output(content_id("gap-answer"), "data"),
        Output("remarks", "children", allow_duplicate=True),
        Input("gap-asked", "data"),
        prevent_initial_call=True,
    )
    def answer(asked: Choices | Text) -> tuple[Any, ...]:
        view, remarks = read_asked(desk, asked)
        return *render_parts(atlas, desk, view), render_remarks(remarks)

    @app.callback(
        Output("table-body", "children", allow_duplicate=True),
        Input("gap-table-open", "data"),
        prevent_initial_call=True,
    )
    def show_table(asked: Text) -> Component | Children:
        view, _ = read_asked(desk, asked)
        try:
            found = desk.answer(view)
            return render_room_table(found.room) if found.room else render_gap_table(found.shown)
        except NO_ANSWER:
            return []

    app.clientside_callback(
        function("fill"),
        Input(content_id("gap-question"), "data"),
        State("gap-question", "id"),
    )
    app.clientside_callback(
        function("fill_answer"),
        Input(content_id("gap-answer"), "data"),
        State("sheet-body", "id"),
    )
    app.clientside_callback(function("show_gaps"), Input("gaps", "data"), State("urls", "data"))


def read_asked(desk: GapCalculator, asked: object) -> tuple[GapView, tuple[str, ...]]:
    """Return the view that the browser asks for: an address, or one with something to do first.

    Parameters
    ----------
    asked
        From outside, so anything: a query string, or ``{"search": …, "adopt": true}`` to take the
        best sites as a scenario.
    """
    given = asked if isinstance(asked, dict) else {"search": asked}
    view, remarks = parse_gap_view(str(given.get("search") or ""), desk.words)
    if not given.get("adopt"):
        return view, remarks
    try:
        return desk.adopt_proposal(view), remarks
    except NO_ANSWER:
        return view, remarks

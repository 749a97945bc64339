"""The table: the map's accessible twin, a row for each perimeter of the level or each operation."""

from typing import Any, Final

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from app.explore.operation_table import operation_rows
from app.exports.formats import WRITERS
from app.exports.shown_table import table_indicators, table_url
from app.map.atlas import Atlas
from app.parts.grid_words import WORDS
from app.parts.typography import shown_name
from app.view.levels import LEVEL_NAMES
from app.view.state import TableRows, ViewState
from layers.french.wording import format_number, plural
from layers.indicators.definition import Indicator
from layers.indicators.states import SIGNS, Reading, State
from layers.model.layer import LayerError

KINDS: Final = {TableRows.PERIMETERS: "Territoires", TableRows.OPERATIONS: "Opérations FIT"}
FORMATS: Final = {"csv": "CSV", "xlsx": "Excel", "gpkg": "GeoPackage", "geojson": "GeoJSON"}

SAID: Final = "_dit"
"""Ends the name of what is said where a value is no number."""

FILES_SAID: Final = "Télécharger\u00a0: "

COUNT: Final = "table-count"
FILES: Final = "table-files"
NOTES: Final = "table-notes"
GRID: Final = "table"
"""Identifiers of the parts that follow from the view."""

Columns = list[dict[str, Any]]
Rows = list[dict[str, Any]]


def render_table(atlas: Atlas, view: ViewState) -> Component:
    """Return the grid that a view asks for, the choice of its rows and its files above it."""
    props = table_props(atlas, view)
    marked = props[GRID]["selectedRows"]["ids"]
    kinds = [
        html.Button(words, id=_button(one), type="button", **{"data-table-rows": str(one)},
                    **props[_button(one)])
        for one, words in KINDS.items()
    ]  # fmt: skip
    bar = [
        html.Div(kinds, className="table-kinds", role="group", **{"aria-label": "Lignes"}),
        html.Span(id=COUNT, className="note", **props[COUNT]),
        html.Div(id=FILES, className="table-files", **props[FILES]),
    ]
    grid = dag.AgGrid(
        id=GRID,
        **props[GRID],
        getRowId="params.data.code",
        **({"scrollTo": {"rowId": marked[0]}} if marked else {}),
        defaultColDef={"sortable": True, "resizable": True, "width": 120},
        dashGridOptions={
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "localeText": WORDS,
            "rowHeight": 36,
            "suppressDragLeaveHidesColumns": True,
            "animateRows": False,
            "ensureDomOrder": True,  # what is heard comes in the order of what is seen
            "theme": {"function": "atlasTableTheme(themeQuartz)"},
        },
        className="table-grid",
        style={"height": "100%", "width": "100%"},
    )
    notes = html.Div(id=NOTES, **props[NOTES])
    return html.Div([html.Div(bar, className="table-bar"), notes, grid], className="table-holder")


def table_props(atlas: Atlas, view: ViewState) -> dict[str, dict[str, Any]]:
    """Return what of a table follows from a view: properties by identifier of the part.

    A grid that is given these, and not made anew, keeps its order, its focus and its scroll.
    """
    kind = view.table or TableRows.PERIMETERS
    columns, rows, failures = table_rows(atlas, view)
    marked = kind is TableRows.PERIMETERS and view.place.level == view.level
    files = [
        html.A(FORMATS.get(name, name.upper()), href=table_url(view, name), download="")
        for name in sorted(WRITERS, key=[*FORMATS].index)
    ]
    return {
        **{_button(one): {"aria-pressed": str(one is kind).lower()} for one in KINDS},
        COUNT: {"children": plural(len(rows), "ligne")},
        FILES: {"children": [FILES_SAID, *files]},
        NOTES: {"children": [html.P(text, className="failure", role="note") for text in failures]},
        GRID: {
            "columnDefs": columns,
            "rowData": rows,
            "selectedRows": {"ids": [view.place.code] if marked else []},
        },
    }


def _button(kind: TableRows) -> str:
    return f"rows-{kind}"


def table_rows(atlas: Atlas, view: ViewState) -> tuple[Columns, Rows, list[str]]:
    """Return what the grid shows of a view.

    Returns
    -------
    columns
        AG Grid's column definitions: the name, then what is known.
    rows
        In French order of the names, or the documents' for operations; None where a value is
        unknown.
    failures
        French sentences about what could not be loaded; it has no column.
    """
    if view.table is TableRows.OPERATIONS:
        try:
            return (*operation_rows(atlas, view.operations), [])
        except LayerError as error:
            return [], [], [str(error)]
    return _perimeter_rows(atlas, view)


def _perimeter_rows(atlas: Atlas, view: ViewState) -> tuple[Columns, Rows, list[str]]:
    reference, level = atlas.reference, view.level
    rows: Rows = [
        {"code": place.code, "name": shown_name(reference, place)}
        for place in reference.perimeters(level)
    ]
    columns: Columns = [
        {
            "field": "name",
            "headerName": LEVEL_NAMES[level],
            "pinned": "left",
            "width": 250,
            "comparator": {"function": "atlasCollate"},
        }
    ]
    failures: list[str] = []
    for indicator in table_indicators(atlas, view):
        try:
            readings = indicator.readings(atlas.catalogue, level)
        except LayerError as error:
            failures.append(f"Indicateur « {indicator.title} » : {error}")
            continue
        columns.append(_column(indicator))
        for row in rows:
            reading = readings[row["code"]]
            row[indicator.id] = None if reading.value is None else float(reading.value)
            if not reading.state.measured:
                row[f"{indicator.id}{SAID}"] = _cell(indicator, reading)
    return columns, rows, sorted(set(failures))


def _cell(indicator: Indicator, reading: Reading) -> str:
    """Return what stands in the cell of a value that is no number: its sign, what is known."""
    if reading.state is not State.PARTIAL:
        return SIGNS[reading.state].cell
    known = format_number(reading.part, indicator.decimals)
    return f"{SIGNS[reading.state].cell}\u00a0: {known}"


def _column(indicator: Indicator) -> dict[str, Any]:
    return {
        "field": indicator.id,
        "headerName": indicator.title + (f" ({indicator.unit})" if indicator.unit else ""),
        "headerTooltip": indicator.meaning,
        "type": "rightAligned",
        "valueFormatter": {
            "function": f"atlasCell(params.value, {indicator.decimals}, "
            f"params.data.{indicator.id}{SAID})"
        },
        "wrapHeaderText": True,
        "autoHeaderHeight": True,
        "width": 140 if indicator.unit == "€" else 120,
    }

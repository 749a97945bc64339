"""The table: the map's accessible twin, a row for each perimeter of the level or each operation."""

import math
from typing import Any, Final

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from app.atlas import Atlas
from app.components.operation_table import operation_rows
from app.components.theme import LEVEL_NAMES
from app.components.typography import shown_name
from app.exports.formats import WRITERS
from app.exports.shown_table import table_indicators, table_url
from app.view_state import TableRows, ViewState
from layers.base import LayerError
from layers.indicator import Indicator
from layers.wording import plural

WORDS: Final = {
    "noRowsToShow": "Aucune ligne",
    "ariaSearch": "Rechercher",
    "ariaRowSelect": "Espace : sélectionner la ligne",
    "ariaSortableColumn": "Entrée : trier",
    "loadingOoo": "Chargement…",
}
KINDS: Final = {TableRows.PERIMETERS: "Territoires", TableRows.OPERATIONS: "Opérations FIT"}
FORMATS: Final = {"csv": "CSV", "xlsx": "Excel", "gpkg": "GeoPackage", "geojson": "GeoJSON"}

Columns = list[dict[str, Any]]
Rows = list[dict[str, Any]]


def render_table(atlas: Atlas, view: ViewState) -> Component:
    """Return the grid that a view asks for, the choice of its rows and its files above it."""
    kind = view.table or TableRows.PERIMETERS
    columns, rows, failures = table_rows(atlas, view)
    selected = [view.place.code] if view.place.level == view.level else []
    return html.Div(
        [
            _bar(view, kind, len(rows)),
            *(html.P(failure, className="failure", role="note") for failure in failures),
            dag.AgGrid(
                id="table",
                columnDefs=columns,
                rowData=rows,
                getRowId="params.data.code",
                selectedRows={"ids": selected if kind is TableRows.PERIMETERS else []},
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
                    "theme": {"function": "atlasTableTheme(themeQuartz)"},
                },
                className="table-grid",
                style={"height": "100%", "width": "100%"},
            ),
        ],
        className="table-holder",
        **{"data-rows": str(kind)},
    )


def _bar(view: ViewState, kind: TableRows, count: int) -> Component:
    choice = [
        html.Button(
            words,
            type="button",
            **{"data-table-rows": str(one), "aria-pressed": str(one is kind).lower()},
        )
        for one, words in KINDS.items()
    ]
    files = [
        html.A(FORMATS.get(name, name.upper()), href=table_url(view, name), download="")
        for name in sorted(WRITERS, key=[*FORMATS].index)
    ]
    return html.Div(
        [
            html.Div(choice, className="table-kinds", role="group", **{"aria-label": "Lignes"}),
            html.Span(plural(count, "ligne"), className="note"),
            html.Div(["Télécharger\u00a0: ", *files], className="table-files"),
        ],
        className="table-bar",
    )


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
            values = indicator.values(atlas.catalogue, level)
        except LayerError as error:
            failures.append(f"Indicateur « {indicator.title} » : {error}")
            continue
        columns.append(_column(indicator))
        for row in rows:
            value = float(values[row["code"]])
            row[indicator.id] = None if math.isnan(value) else value
    return columns, rows, sorted(set(failures))


def _column(indicator: Indicator) -> dict[str, Any]:
    return {
        "field": indicator.id,
        "headerName": f"{indicator.title} ({indicator.unit})",
        "headerTooltip": indicator.meaning,
        "type": "rightAligned",
        "valueFormatter": {"function": f"atlasCell(params.value, {indicator.decimals})"},
        "wrapHeaderText": True,
        "autoHeaderHeight": True,
        "width": 140 if indicator.unit == "€" else 120,
    }

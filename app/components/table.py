"""The table: the map's accessible twin, one row for each perimeter of the level."""

import math
from typing import Any, Final

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from app.atlas import Atlas
from app.components.theme import LEVEL_NAMES
from app.components.typography import shown_name
from geo.perimeter import Level, Perimeter
from layers.base import LayerError
from layers.indicator import Indicator
from layers.indicators import INDICATORS

WORDS: Final = {
    "noRowsToShow": "Aucune ligne",
    "ariaSearch": "Rechercher",
    "ariaRowSelect": "Espace : sélectionner la ligne",
    "ariaSortableColumn": "Entrée : trier",
    "loadingOoo": "Chargement…",
}


def render_table(atlas: Atlas, level: Level, place: Perimeter) -> Component:
    """Return the grid of a level, the selected place marked."""
    columns, rows, failures = table_rows(atlas, level)
    selected = [place.code] if place.level == level else []
    return html.Div(
        [
            *(html.P(failure, className="failure", role="note") for failure in failures),
            dag.AgGrid(
                id="table",
                columnDefs=columns,
                rowData=rows,
                getRowId="params.data.code",
                selectedRows={"ids": selected},
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
    )


def table_rows(
    atlas: Atlas, level: Level
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Return what the grid shows of a level.

    Returns
    -------
    columns
        AG Grid's column definitions: the name, then one column for each indicator.
    rows
        One for each perimeter, in French order of the names; None where a value is unknown.
    failures
        French sentences about indicators that could not be computed; they have no column.
    """
    reference = atlas.reference
    rows: list[dict[str, Any]] = [
        {"code": place.code, "name": shown_name(reference, place)}
        for place in reference.perimeters(level)
    ]
    columns: list[dict[str, Any]] = [
        {
            "field": "name",
            "headerName": LEVEL_NAMES[level],
            "pinned": "left",
            "width": 250,
            "comparator": {"function": "atlasCollate"},
        }
    ]
    failures: list[str] = []
    for indicator in INDICATORS:
        if level not in indicator.levels:
            continue
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

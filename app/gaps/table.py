"""The table of gaps under the map: every commune asked about, the farthest first."""

from typing import Any, Final

import dash_ag_grid as dag
import numpy as np
from dash import html
from dash.development.base_component import Component

from app.parts.grid_words import WORDS as GRID_WORDS
from app.parts.typography import typeset
from layers.gaps.capacity import Capacity
from layers.gaps.capacity_sentences import place_noun
from layers.gaps.measure import Gaps
from layers.gaps.public_words import WORDS
from layers.gaps.publics import Public
from layers.gaps.sentences import short_unit
from layers.gaps.table import situations

_MEASURES: Final = ("minutes", "minutes_low", "minutes_high", "second_minutes")


def render_gap_table(gaps: Gaps) -> Component:
    """Return the grid; a row that is chosen puts a site in its commune, or takes it away."""
    return _grid(columns(gaps), rows(gaps))


def render_room_table(found: Capacity) -> Component:
    """Return the grid of people for a place, where they are most first."""
    return _grid(room_columns(found), room_rows(found))


def _grid(named: list[dict[str, Any]], listed: list[dict[str, Any]]) -> Component:
    return html.Div(
        dag.AgGrid(
            id="gap-table",
            columnDefs=named,
            rowData=listed,
            getRowId="params.data.code",
            defaultColDef={"sortable": True, "resizable": True, "width": 110},
            dashGridOptions={
                "localeText": GRID_WORDS,
                "rowHeight": 36,
                "suppressDragLeaveHidesColumns": True,
                "animateRows": False,
                "theme": {"function": "atlasTableTheme(themeQuartz)"},
            },
            className="table-grid",
            style={"height": "100%", "width": "100%"},
        ),
        className="table-holder",
    )


def rows(gaps: Gaps) -> list[dict[str, Any]]:
    """Return one row a commune; None where nothing is in reach."""
    table = gaps.communes
    shown = table[["code", "population"]].assign(
        rank=np.arange(1, len(table) + 1),
        people=table["people"].round().astype(int),
        people_beyond=table["people_beyond"].round().astype(int),
        situation=situations(table),
        **{name: table[name].map(typeset, na_action="ignore") for name in _TEXTS},
    )
    for name in _MEASURES:
        shown[name] = table[name].round(1).astype(object).where(np.isfinite(table[name]), None)
    names = [str(name) for name in shown.columns]
    return [dict(zip(names, row, strict=True)) for row in shown.itertuples(index=False)]


_TEXTS: Final = ("commune", "epci", "nearest", "second")


def columns(gaps: Gaps) -> list[dict[str, Any]]:
    """Return AG Grid's column definitions."""
    unit = short_unit(gaps.model)
    word = "Temps" if gaps.measures == "temps" else "Distance"
    return [
        _number("rank", "Rang", 0, width=80, pinned="left"),
        _text("commune", "Commune", width=190, pinned="left"),
        _number("population", "Habitants", 0),
        *(
            [_number("people", WORDS[gaps.public].head, 0)]
            if gaps.public != Public.EVERYBODY
            else []
        ),
        _number("people_beyond", "dont au-delà", 0),
        _number("minutes", f"{word} ({unit})", 1),
        _number("minutes_low", f"au moins ({unit})", 1),
        _number("minutes_high", f"au plus ({unit})", 1),
        _text("situation", "Situation", width=160),
        _text("nearest", "Le plus proche", width=260),
        _number("second_minutes", f"Second choix ({unit})", 1),
        _text("second", "Second choix", width=260),
        _text("epci", "EPCI", width=240),
    ]


def room_rows(found: Capacity) -> list[dict[str, Any]]:
    """Return one row a commune; None where nothing is in reach."""
    table = found.communes
    shown = table[["code", "population"]].assign(
        rank=np.arange(1, len(table) + 1),
        people=table["people"].round().astype(int),
        people_without=table["people_without"].round().astype(int),
        places=table["places"].round(2),
        **{name: table[name].map(typeset) for name in ("commune", "epci")},
    )
    for name in _RATIOS:
        shown[name] = table[name].round(1).astype(object).where(np.isfinite(table[name]), None)
    names = [str(name) for name in shown.columns]
    return [dict(zip(names, row, strict=True)) for row in shown.itertuples(index=False)]


def room_columns(found: Capacity) -> list[dict[str, Any]]:
    """Return AG Grid's column definitions of people for a place."""
    noun, nouns = place_noun(found.question), place_noun(found.question, several=True)
    return [
        _number("rank", "Rang", 0, width=80, pinned="left"),
        _text("commune", "Commune", width=190, pinned="left"),
        _number("population", "Habitants", 0),
        _number("people", WORDS[found.public].head, 0),
        _number("people_without", "sans rien à portée", 0),
        _number("places", f"{nouns.capitalize()} qui leur reviennent", 2),
        _number("people_per_place", f"par {noun}", 1),
        _number("per_place_low", "au moins", 1),
        _number("per_place_high", "au plus", 1),
        _text("epci", "EPCI", width=240),
    ]


_RATIOS: Final = ("people_per_place", "per_place_low", "per_place_high")


def _number(field: str, title: str, decimals: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - of AG Grid
    return {
        "field": field,
        "headerName": title,
        "type": "rightAligned",
        "valueFormatter": {"function": f"atlasCell(params.value, {decimals})"},
        "wrapHeaderText": True,
        "autoHeaderHeight": True,
        **more,
    }


def _text(field: str, title: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - of AG Grid
    return {
        "field": field,
        "headerName": title,
        "comparator": {"function": "atlasCollate"},
        **more,
    }

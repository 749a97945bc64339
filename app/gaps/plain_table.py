"""The table of Écarts without scripts: the rows and columns of the grid, a page at a time."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.gaps.address import format_gap_view
from app.gaps.calculator import Answer
from app.gaps.table import columns, room_columns, room_rows, rows
from app.parts import markup as html
from app.parts.markup import Child, Element
from app.view.keys import FIRST_ROW
from app.view.query import whole_number
from layers.french.wording import format_number, plural

ROWS: Final = 50
"""On a page."""
DECIMALS: Final = re.compile(r"atlasCell\(params\.value, (\d)")
NOTHING: Final = "–"


def render_plain_table(answer: Answer, query: str) -> list[Element]:
    """Return the rows of an answer from the one that the query of the page names."""
    if answer.room:
        heads, all_rows = room_columns(answer.room), room_rows(answer.room)
    else:
        heads, all_rows = columns(answer.shown), rows(answer.shown)
    # whose row it is stays in sight
    heads.sort(key=lambda one: one["field"] != "commune")
    first = min(whole_number(query, FIRST_ROW, least=1), max(len(all_rows), 1))
    start = (first - 1) // ROWS * ROWS
    page = all_rows[start : start + ROWS]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(one["headerName"], scope="col") for one in heads])),
            html.Tbody([_row(row, heads) for row in page]),
        ],
        className="plain-table",
    )
    said = f"{plural(len(all_rows), 'commune')}, {start + 1} à {start + len(page)}"
    return [
        html.Div(
            [
                html.Span(said, className="note"),
                html.Span([*_turns(answer, start, len(all_rows))], className="note"),
            ],
            className="table-bar",
        ),
        html.Div(
            table,
            className="plain-table-room",
            tabindex="0",
            role="region",
            **{"aria-label": "Lignes du tableau"},
        ),
    ]


def _row(row: Mapping[str, Any], heads: list[dict[str, Any]]) -> Element:
    cells = [
        html.Th(_text(row, one), scope="row")
        if one["field"] == "commune"
        else html.Td(_text(row, one), className="number" if one.get("type") else None)
        for one in heads
    ]
    return html.Tr(cells)


def _text(row: Mapping[str, Any], column: Mapping[str, Any]) -> str:
    value = row[column["field"]]
    if value is None:
        return NOTHING
    decimals = DECIMALS.search(str(column.get("valueFormatter")))
    return format_number(value, int(decimals[1])) if decimals else str(value)


def _turns(answer: Answer, start: int, count: int) -> Iterator[Child]:
    here = format_gap_view(answer.view)
    joined = f"{here}&" if here else "?"
    if start:
        yield html.A("Lignes précédentes", href=f"{joined}{FIRST_ROW}={start - ROWS + 1}")
        yield " "
    if start + ROWS < count:
        yield html.A("Lignes suivantes", href=f"{joined}{FIRST_ROW}={start + ROWS + 1}")

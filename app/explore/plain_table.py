"""The table without scripts: the rows and columns of the grid, a page of them at a time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.explore.table import FILES_SAID, FORMATS, KINDS, SAID, table_rows
from app.exports.formats import WRITERS
from app.exports.shown_table import table_url
from app.map.atlas import Atlas
from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.markup import Child, Element
from app.view.keys import FIRST_ROW
from app.view.query import whole_number
from app.view.state import TableRows, ViewState, format_view
from app.web.addresses import operation_url
from geo.perimeter import Perimeter
from layers.french.wording import format_number, plural
from layers.indicators.states import SIGNS, State

ROWS: Final = 50
"""On a page."""
DRAWN: Final = frozenset({"span"})
"""Columns that hold a drawing, and no words."""
DECIMALS: Final = re.compile(r"atlasCell\(params\.value, (\d)")
TEXT: Final = "_text"
"""Ends the name of what is written for a value that has words of its own."""


def render_plain_table(atlas: Atlas, view: ViewState, query: str) -> list[Element]:
    """Return the rows that a view asks for, from the one that its query names.

    Parameters
    ----------
    query
        Of the page; :data:`app.view.keys.FIRST_ROW` says the first row.
    """
    columns, rows, failures = table_rows(atlas, view)
    shown = [column for column in columns if column["field"] not in DRAWN]
    first = min(whole_number(query, FIRST_ROW, least=1), max(len(rows), 1))
    start = (first - 1) // ROWS * ROWS
    page = rows[start : start + ROWS]
    head = html.Tr([html.Th(column["headerName"], scope="col") for column in shown])
    body = [_row(view, row, shown) for row in page]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="plain-table")
    said = plural(len(rows), "ligne")
    if len(rows) > ROWS:
        said += f", {format_number(start + 1)} à {format_number(start + len(page))}"
    return [
        html.Div(
            [
                html.Div(_kinds(view), className="table-kinds"),
                html.Span(said, className="note"),
                html.Span([*_turns(view, start, len(rows))], className="note"),
                html.Div([FILES_SAID, *_files(view)], className="table-files"),
            ],
            className="table-bar",
        ),
        *(html.P(failure, className="failure", role="note") for failure in failures),
        html.Div(table, className="plain-table-room", tabindex="0", role="region",
                 **{"aria-label": "Lignes du tableau"}),
    ]  # fmt: skip


def _row(view: ViewState, row: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> Element:
    first, *others = columns
    code, name = str(row["code"]), str(row[first["field"]])
    if view.table is TableRows.OPERATIONS:
        link = html.A(name, href=operation_url(code))
    else:
        link = go_to(Perimeter(view.level, code), name)
    cells = [
        html.Td(_text(row, column), className="number" if column.get("type") else None)
        for column in others
    ]
    return html.Tr([html.Th(link, scope="row"), *cells])


def _text(row: Mapping[str, Any], column: Mapping[str, Any]) -> str:
    field = column["field"]
    for said in (f"{field}{SAID}", f"{field}{TEXT}"):
        if row.get(said):
            return str(row[said])
    value = row[field]
    if value is None:
        return SIGNS[State.UNKNOWN].cell
    decimals = DECIMALS.search(str(column.get("valueFormatter")))
    return format_number(value, int(decimals[1])) if decimals else str(value)


def _kinds(view: ViewState) -> Iterator[Child]:
    for kind, words in KINDS.items():
        current = {"aria-current": "true"} if kind is view.table else {}
        yield html.A(words, href=format_view(replace(view, table=kind)), **current)
    yield html.A("Fermer le tableau", href=format_view(replace(view, table=None)) or "?")


def _turns(view: ViewState, start: int, count: int) -> Iterator[Child]:
    here = format_view(view)
    if start:
        yield html.A("Lignes précédentes", href=f"{here}&{FIRST_ROW}={start - ROWS + 1}")
        yield " "
    if start + ROWS < count:
        yield html.A("Lignes suivantes", href=f"{here}&{FIRST_ROW}={start + ROWS + 1}")


def _files(view: ViewState) -> Iterator[Child]:
    for name in sorted(WRITERS, key=[*FORMATS].index):
        yield html.A(FORMATS.get(name, name.upper()), href=table_url(view, name))
        yield " "

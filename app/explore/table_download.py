"""The address where the table under the map is taken away: its query is that of the view."""

from typing import Any, Final

from flask import Blueprint, Response, request

from app.explore.table import table_rows
from app.exports.formats import WRITERS
from app.exports.media_types import MEDIA_TYPES
from app.exports.shown_table import shown_table
from app.map.atlas import Atlas
from app.view.state import ViewState, parse_view
from app.web.notice import notice
from app.web.private import private
from geo.names import sort_key
from geo.perimeter import shorten
from layers.french.wording import enumerate_words
from layers.model.layer import LayerError
from layers.sheets.brought_figures import brought_beside

SORT: Final = "tri"
"""Key of the address: a column, ``,desc`` after it for the largest first."""


def serve_table(atlas: Atlas) -> Blueprint:
    """Return the route of the table's files."""
    routes = Blueprint("shown_table", __name__)

    @routes.get("/tableau.<file_format>")
    def table(file_format: str) -> Response:
        if file_format not in WRITERS:
            known = enumerate_words(f".{name}" for name in WRITERS)
            return notice(f"Format « .{shorten(file_format)} » inconnu ; formats : {known}.", 404)
        query, sort = _split_sort(request.query_string.decode("utf-8", "replace"))
        view, remarks = parse_view(query, atlas.vocabulary)
        if remarks:
            return notice(remarks[0], 400)
        column, _, order = sort.partition(",")
        try:
            layer, rows = shown_table(atlas, view)
            codes = sorted_codes(atlas, view, column, descending=order == "desc")
            rows = rows.set_index(layer.key, drop=False).loc[codes]
        except LayerError as error:
            return notice(str(error), 503)
        content = WRITERS[file_format](layer, rows)
        response = Response(content, content_type=MEDIA_TYPES[file_format])
        name = f"atlas62-{layer.id.replace('_', '-')}.{file_format}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        if brought_beside(atlas.catalogue):  # maybe of this reader alone
            return private(response)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return routes


def sorted_codes(atlas: Atlas, view: ViewState, column: str, *, descending: bool) -> list[str]:
    """Return the codes of the table's rows as the grid sorts them; unknown values come last.

    Parameters
    ----------
    column
        Of the grid; any other leaves the rows as they are.
    """
    _, rows, _ = table_rows(atlas, view)
    known = [row for row in rows if row.get(column) is not None]
    unknown = [row["code"] for row in rows if row.get(column) is None]
    known.sort(key=lambda row: _key(row[column]), reverse=descending)
    return [*(row["code"] for row in known), *unknown]


def _key(value: Any) -> Any:  # noqa: ANN401 - numbers with numbers, texts with texts
    return sort_key(value) if isinstance(value, str) else value


def _split_sort(query: str) -> tuple[str, str]:
    parts = query.split("&")
    sorts = [part.partition("=")[2] for part in parts if part.startswith(f"{SORT}=")]
    rest = "&".join(part for part in parts if not part.startswith(f"{SORT}="))
    return rest, (sorts or [""])[0].replace("%2C", ",")

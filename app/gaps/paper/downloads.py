"""The addresses where the answer of the page Écarts is taken away: note, table, contours, map."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import shapely
import structlog
from flask import Blueprint, Response, request

from app.exports.formats import WRITERS
from app.exports.moment import last_change, written_at
from app.exports.paper import PaperError
from app.gaps.address import format_gap_view, parse_gap_view
from app.gaps.calculator import NO_ANSWER, Answer, GapCalculator
from app.gaps.one_at_a_time import BusyError, OneAtATime
from app.gaps.paper.content import content_of
from app.gaps.paper.map import draw_map
from app.gaps.paper.note import write_note
from app.gaps.view import Measured
from app.web.addresses import GAPS
from app.web.notice import notice
from layers.catalogue.layers import Catalogue
from layers.gaps.capacity_table import as_capacity_layer
from layers.gaps.table import as_layer

MOST_FILES: Final = 16
"""Kept in memory, the last ones asked for."""

DEGREES: Final = 1e-5
"""Of a corner in a file: a metre."""

Make = Callable[[Answer, Catalogue], bytes]

log = structlog.get_logger("app.gaps.paper.downloads")


def _table(file_format: str) -> Make:
    def write(answer: Answer, catalogue: Catalogue) -> bytes:
        layer = as_layer(answer.shown, catalogue)
        if answer.room is not None:
            layer = as_capacity_layer(answer.room, catalogue)
        return WRITERS[file_format](layer, layer.load(catalogue.reference, catalogue.data))

    return write


def _bands(answer: Answer, _: Catalogue) -> bytes:
    """Return the bands around a site as GeoJSON; an empty collection where none are asked for."""
    if answer.bands is None:
        return b'{"type": "FeatureCollection", "features": []}'
    rows = answer.bands.outlines
    rows = rows[~rows.geometry.is_empty]
    rows = rows.set_geometry(shapely.set_precision(rows.geometry.to_numpy(), DEGREES))
    return str(rows.to_json(drop_id=True)).encode()


FILES: Final[Mapping[str, tuple[str, Make]]] = {
    "note.pdf": ("application/pdf", write_note),
    "communes.csv": ("text/csv; charset=utf-8", _table("csv")),
    "communes.gpkg": ("application/geopackage+sqlite3", _table("gpkg")),
    "bandes.geojson": ("application/geo+json; charset=utf-8", _bands),
    "carte.svg": (
        "image/svg+xml; charset=utf-8",
        lambda answer, catalogue: draw_map(content_of(answer), catalogue).encode(),
    ),
}
"""Name under the page's address → media type, what makes the bytes."""

WITH_PROPOSAL: Final = frozenset({"note.pdf", "carte.svg"})
"""Files that tell of the best sites, where they are asked for; to find them is dear."""


def serve_gap_downloads(find_desk: Callable[[], GapCalculator]) -> Blueprint:
    """Return the route of the files; the question is in their query, as in the page's address.

    Parameters
    ----------
    find_desk
        Gives the desk of whoever asks.
    """
    routes = Blueprint("gap-downloads", __name__, url_prefix=GAPS)

    def make(desk: GapCalculator, name: str, search: str) -> bytes:
        view, _ = parse_gap_view(search, desk.words)
        with written_at(last_change(desk.catalogue)):
            asked = view if name in WITH_PROPOSAL else replace(view, proposed=0)
            return FILES[name][1](desk.answer(asked), desk.catalogue)

    made = OneAtATime(make, MOST_FILES)

    @routes.get("/<name>")
    def download(name: str) -> Response:
        if name not in FILES:
            known = ", ".join(FILES)
            return notice(f"Fichier inconnu ; fichiers de cette page : {known}.", 404)
        desk = find_desk()
        view, _ = parse_gap_view(request.query_string.decode("utf-8", "replace"), desk.words)
        try:
            content = made(desk, name, format_gap_view(view))
        except BusyError as error:
            answer = notice(str(error), error.status)
            answer.headers.update(error.headers)
            return answer
        except NO_ANSWER as error:
            return notice(str(error), 422)
        except PaperError as error:
            log.warning("note failed", reason=str(error))
            return notice(str(error), 503)
        response = Response(content, content_type=FILES[name][0])
        subject = "places" if view.measured == Measured.ROOM else "ecarts"
        saved = f"atlas62-{subject}-{view.service}-{name}"
        response.headers["Content-Disposition"] = f'attachment; filename="{saved}"'
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
        return response

    return routes

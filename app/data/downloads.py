"""The addresses where a layer, or what lies in a perimeter, is taken away as a file."""

from functools import lru_cache
from typing import Final

import structlog
from flask import Blueprint, Response, request

from app.exports.formats import WRITERS
from app.exports.media_types import MEDIA_TYPES
from app.exports.moment import last_change, written_at
from app.readers.context import Readers
from app.web.notice import notice
from app.web.private import private
from geo.perimeter import DEPARTEMENT, Perimeter, PlaceError, shorten
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter, select
from layers.french.wording import enumerate_words
from layers.model.layer import LayerError

PREFIX: Final = "/telecharger"
PLACE: Final = "lieu"
"""Parameter of the address that names the perimeter."""
MOST_FILES: Final = 24
"""Kept in memory, the last ones asked for."""


log = structlog.get_logger("app.data.downloads")


class DownloadError(Exception):
    """What was asked cannot be given; the message is a French sentence, the status is HTTP's."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Downloads:
    """The files of what each reader sees; the data of all do not change while the server runs.

    Parameters
    ----------
    readers
        Who sees what.
    """

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        # a time that every worker finds by itself: their bytes are the same, which whoever fetches
        # a file in several parts relies on
        self.moment = last_change(readers.shared.catalogue)
        self._kept = lru_cache(maxsize=MOST_FILES)(self._file)

    @property
    def catalogue(self) -> Catalogue:
        """What the reader of this request sees."""
        return self.readers.catalogue

    def find(self, layer_id: str, file_format: str, place: str) -> tuple[bytes, str]:
        """Return a file and its name.

        Parameters
        ----------
        layer_id, file_format, place
            From an address, so anything; an empty place is the whole département.

        Raises
        ------
        DownloadError
            There is no such layer, format or place, or the layer cannot be loaded.
        """
        if file_format not in WRITERS:
            known = enumerate_words(f".{name}" for name in WRITERS)
            raise DownloadError(
                f"Format « .{shorten(file_format)} » inconnu ; formats : {known}.", 404
            )
        if layer_id not in self.catalogue.layers:
            raise DownloadError(
                f"Couche « {shorten(layer_id)} » inconnue ; couches : "
                f"{', '.join(self.catalogue.layers)}.",
                404,
            )
        try:
            perimeter = find_perimeter(self.catalogue, place).perimeter if place else DEPARTEMENT
            # what is not the same for all readers is not kept
            file = self._file if layer_id in self.readers.added() else self._kept
            content = file(layer_id, file_format, perimeter)
            return content, file_name(layer_id, file_format, perimeter)
        except PlaceError as error:
            raise DownloadError(str(error), 404) from error
        except LayerError as error:
            log.warning("download failed", path=request.path, reason=str(error))
            raise DownloadError(str(error), 503) from error

    def _file(self, layer_id: str, file_format: str, perimeter: Perimeter) -> bytes:
        layer, rows = self.catalogue.layer(layer_id), self.catalogue.load(layer_id)
        with written_at(self.moment):
            return WRITERS[file_format](*select(layer, rows, perimeter, self.catalogue.reference))


def file_name(layer_id: str, file_format: str, perimeter: Perimeter) -> str:
    """Return the name that a file is saved under, as ``atlas62-colleges-epci-200090751.csv``."""
    place = "" if perimeter == DEPARTEMENT else f"-{perimeter.level}-{perimeter.code}"
    return f"atlas62-{layer_id}{place}.{file_format}"


def download_url(layer_id: str, file_format: str, perimeter: Perimeter = DEPARTEMENT) -> str:
    """Return the address of a file on this server; QGIS opens it as a vector layer."""
    place = "" if perimeter == DEPARTEMENT else f"/{PLACE}/{perimeter}"
    return f"{PREFIX}{place}/{layer_id}.{file_format}"


def serve_downloads(readers: Readers) -> Blueprint:
    """Return the route of the files: whole, in parts, or not again when the reader has them."""
    routes, downloads = Blueprint("downloads", __name__, url_prefix=PREFIX), Downloads(readers)

    @routes.get("/<layer_id>.<file_format>")
    def download(layer_id: str, file_format: str) -> Response:
        return answer(layer_id, file_format, request.args.get(PLACE, ""), (PLACE,))

    @routes.get(f"/{PLACE}/<place>/<layer_id>.<file_format>")
    def download_of_place(place: str, layer_id: str, file_format: str) -> Response:
        # GDAL takes a file for what its name ends with: a query after it would hide that
        return answer(layer_id, file_format, place, ())

    def answer(layer_id: str, file_format: str, place: str, known: tuple[str, ...]) -> Response:
        unknown = next((name for name in request.args if name not in known), None)
        if unknown is not None:
            expected = f"attendu : « {PLACE} »" if known else "le lieu est déjà dans l’adresse"
            return notice(f"Paramètre « {shorten(unknown)} » inconnu ; {expected}.", 400)
        try:
            content, name = downloads.find(layer_id, file_format, place)
        except DownloadError as error:
            return notice(str(error), error.status)
        response = Response(content, content_type=MEDIA_TYPES[file_format])
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request, accept_ranges=True, complete_length=len(content))
        return private(response) if layer_id in readers.added() else response

    return routes

"""The addresses of the SCDL files, and of what keeps rows out of them."""

from collections.abc import Callable
from typing import Final

import structlog
from flask import Blueprint, Response, request

from app.exports.deliberations import collect_deliberations, read_matters
from app.exports.scdl import OpenFile
from app.published.dataset import datasets
from app.published.simple_catalogue import simple_catalogue
from app.settings import Settings
from app.web.caching import ASKED_AGAIN
from app.web.prefix import leave_addresses
from app.web.public_root import public_root
from layers.catalogue.layers import Catalogue
from layers.model.schema import LayerError

PREFIX: Final = "/scdl"
TEXT: Final = "text/plain; charset=utf-8"
NO_SUCH_FILE: Final = (
    "Fichier inconnu ; fichiers : catalogue.csv, deliberations.csv, et leur rapport en .txt."
)
NO_NAME: Final = "URL : attendu le nom du serveur, que le réglage ATLAS62_ADDRESS n’a pas dit."

log = structlog.get_logger("app.published.scdl_routes")


def serve_scdl(find_catalogue: Callable[[], Catalogue], settings: Settings) -> Blueprint:
    """Return the routes of the files and of their reports.

    A file of which no row is complete is not given: the answer says what is missing.

    Parameters
    ----------
    find_catalogue
        Gives what all readers see.
    """
    routes = Blueprint("scdl", __name__, url_prefix=PREFIX)

    def catalogue() -> OpenFile:
        root = public_root(settings.public_address)
        if not root.startswith("http"):
            raise LayerError(NO_NAME)
        return simple_catalogue(find_catalogue().derive(datasets), settings, root)

    def deliberations() -> OpenFile:
        return collect_deliberations(find_catalogue().data, read_matters(settings.matters_file))

    files: dict[str, Callable[[], OpenFile]] = {
        "catalogue": catalogue,
        "deliberations": deliberations,
    }

    @routes.get("/<name>.<ending>")
    def file(name: str, ending: str) -> Response:
        if name not in files or ending not in {"csv", "txt"}:
            return Response(NO_SUCH_FILE, 404, content_type=TEXT)
        try:
            made = files[name]()
        except LayerError as error:
            log.warning("file refused", path=request.path, reason=str(error))
            return Response(str(error), 503, content_type=TEXT)
        leave_addresses()
        if ending == "txt":
            return _answer(made.report().encode(), TEXT)
        if not made.complete:
            return Response(made.report(), 503, content_type=TEXT)
        return _answer(made.write(), "text/csv; charset=utf-8")

    return routes


def _answer(body: bytes, media: str) -> Response:
    response = Response(body, content_type=media)
    response.headers["Cache-Control"] = ASKED_AGAIN
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    response.make_conditional(request)
    return response

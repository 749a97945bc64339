"""The addresses by which a view goes into somebody else's page."""

from typing import Final
from urllib.parse import parse_qsl

import orjson
from flask import Blueprint, Response, request

from app.map.atlas import Atlas
from app.published.embedding import (
    LEAST,
    MOST,
    describe_frame,
    fit,
    frame_of,
    query_of,
    write_xml,
)
from app.settings import Settings
from app.view.state import format_view
from app.web.addresses import EMBED_CODE, OEMBED
from app.web.caching import ASKED_AGAIN
from app.web.public_root import public_root
from app.web.render import Renderer

SIZE: Final = ("largeur", "hauteur")
"""Keys of the size in the address of the page that gives the code."""
ROOM: Final = ("maxwidth", "maxheight")
"""The same of oEmbed."""
FORMS: Final = {"json": "application/json", "xml": "text/xml; charset=utf-8"}
NO_VIEW: Final = (
    "Paramètre « url » : attendu l’adresse d’une vue de cette carte, comme « Copier le lien » la "
    "donne."
)
NO_FORM: Final = "Paramètre « format » : attendu json ou xml."
CLOSED: Final = "L’intégration dans d’autres sites n’est pas ouverte (réglage ATLAS62_EMBED)."


def serve_embedding(atlas: Atlas, settings: Settings) -> Blueprint:
    """Return the routes of the code of a frame and of oEmbed.

    Parameters
    ----------
    atlas
        What all readers see: a frame elsewhere shows nobody's own layers.
    """
    routes, renderer = Blueprint("embedding", __name__), Renderer()

    @routes.get(EMBED_CODE)
    def code() -> Response:
        size = fit(request.args, SIZE, most=MOST)
        frame = frame_of(atlas, _query(), public_root(settings.public_address), size)
        written = format_view(frame.view)
        page = renderer.render(
            "embed_code.html",
            EMBED_CODE,
            frame=frame,
            kept=parse_qsl(written.removeprefix("?")),
            written=written,
            embedders=settings.embedders,
            fields=list(zip(SIZE, size, LEAST, MOST, strict=True)),
        )
        return _answer(page.encode(), "text/html; charset=utf-8")

    @routes.get(OEMBED)
    def oembed() -> Response:
        form = request.args.get("format", "json")
        if form not in FORMS:
            return _sentence(NO_FORM, 501)
        if not settings.embedders:
            return _sentence(CLOSED, 401)
        root = public_root(settings.public_address)
        query = query_of(request.args.get("url", ""), root)
        if query is None:
            return _sentence(NO_VIEW, 404)
        told = describe_frame(frame_of(atlas, query, root, fit(request.args, ROOM)))
        body = orjson.dumps(told) if form == "json" else write_xml(told)
        return _answer(body, FORMS[form])

    return routes


def _query() -> str:
    return request.query_string.decode("utf-8", "replace")


def _answer(body: bytes, media: str) -> Response:
    answer = Response(body, content_type=media)
    answer.headers["Cache-Control"] = ASKED_AGAIN
    return answer


def _sentence(text: str, status: int) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")

"""A view as a QR code, for the slide and the printed page: drawn here, asked of nobody."""

import io
import re
from typing import Final
from urllib.parse import urlsplit

import segno
from flask import Blueprint, Response, current_app, request
from werkzeug.sansio.utils import host_is_trusted

from app.map.atlas import Atlas
from app.view.query import LONGEST_QUERY
from app.view.state import format_view, parse_view
from app.view.vocabulary import Vocabulary

PATH: Final = "/qr.svg"
ORIGIN: Final = re.compile(r"https?://[a-z0-9.\-\[\]:]{1,253}", re.ASCII | re.IGNORECASE)
QUIET_ZONE: Final = 4
"""Modules around the code, as ISO/IEC 18004 asks for."""
SCALE: Final = 8
REFUSAL: Final = "Code QR refusé : on attend dans « adresse » l’adresse d’une vue de l’Atlas 62."


def serve_qr_codes(atlas: Atlas) -> Blueprint:
    """Return the route that draws the address of a view."""
    routes = Blueprint("qr", __name__)

    @routes.get(PATH)
    def draw() -> Response:
        asked = request.args.get("adresse", "")
        address = view_address(asked, atlas.vocabulary, request.root_path)
        if address is not None and not _is_ours(address):
            address = None
        if address is None:
            return Response(REFUSAL, 400, content_type="text/plain; charset=utf-8")
        return Response(qr_svg(address), content_type="image/svg+xml")

    return routes


def _is_ours(address: str) -> bool:
    """Tell whether an address is one of the map, where the operator has said which those are."""
    hosts: list[str] | None = current_app.config.get("TRUSTED_HOSTS")
    return hosts is None or host_is_trusted(urlsplit(address).netloc, hosts)


def view_address(text: str, vocabulary: Vocabulary, root: str = "") -> str | None:
    """Return the address of the view that an address shows, as this page writes it.

    The origin is the one the reader sees, which a server behind a proxy does not know; all that
    follows is read and written again, so that a code holds a view and nothing else.

    Parameters
    ----------
    root
        Path that the map is served under, without a slash at its end.

    Returns
    -------
    str or None
        None when the text is no address of a view.
    """
    if len(text) > LONGEST_QUERY:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.path not in {root, f"{root}/"} or not ORIGIN.fullmatch(origin):
        return None
    view, _ = parse_view(parts.query, vocabulary)
    return f"{origin}{root}/{format_view(view)}"


def qr_svg(address: str) -> str:
    """Return the QR code of an address as an SVG document."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(
        drawing, kind="svg", scale=SCALE, border=QUIET_ZONE, light="#ffffff", xmldecl=False
    )
    return drawing.getvalue().decode("utf-8")

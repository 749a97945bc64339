"""How an answer of the service leaves: its form and links, who may keep it, who may read it."""

import datetime as dt
import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import brotli
import orjson
from flask import Response, request

from app.api.links import HTML, JSON, Link
from app.api.refusals import ApiError, wrong_value
from app.web.caching import ASKED_AGAIN
from app.web.client import wants_page
from app.web.prefix import leave_addresses
from app.web.private import private
from app.web.render import Renderer

FORMS: Final[Mapping[str, str]] = {"json": JSON, "html": HTML}
"""Value of the parameter ``f`` → media type of what is answered, JSON for all that is no page."""
PACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=4),
    "gzip": lambda body: gzip.compress(body, compresslevel=5, mtime=0),
}
"""Encoding → what makes it, fast: every question has an answer of its own."""
ASKABLE: Final = "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match"
"""Headers that a script of another site may send: none that says who it is."""
EXPOSED: Final = "Content-Crs, ETag, Link"
"""Headers that a script of another site may read."""


def wanted_form() -> str:
    """Return ``json``, or ``html`` for who asks for a page: QGIS says nothing, and wants JSON.

    Raises
    ------
    ApiError
        The address asks for a form that there is not.
    """
    asked = request.args.get("f")
    if asked is None:
        return "html" if wants_page("application/json") else "json"
    if asked not in FORMS:
        raise wrong_value("f", asked, " ou ".join(FORMS), " or ".join(FORMS))
    return asked


def answer_json(
    content: Any,  # noqa: ANN401 - of JSON, or its bytes
    media: str = JSON,
    links: Iterable[Link] = (),
    *,
    alone: bool = False,
    changed: dt.datetime | None = None,
) -> Response:
    """Return plain data as an answer.

    Parameters
    ----------
    content
        Anything for JSON; bytes are JSON already.
    links
        Told in the header too.
    alone
        Whether it is for one reader: no cache keeps it, no script of another site reads it.
    changed
        When its data last changed, where that is known.
    """
    leave_addresses()
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    response = Response(body, content_type=media)
    for link in links:
        response.headers.add("Link", link.for_header())
    packing = _packing()
    if packing:
        # another encoding is another answer: it has a tag of its own
        response.set_etag(f"{hashlib.sha256(body).hexdigest()[:32]}-{packing}")
    response.vary.add("Accept-Encoding")
    _finish(response, alone=alone, changed=changed)
    if packing and response.status_code == 200:  # noqa: PLR2004
        response.set_data(PACKERS[packing](body))
        response.content_encoding = packing
    return response


def answer_page(page: str, *, alone: bool, changed: dt.datetime | None = None) -> Response:
    """Return a page as an answer."""
    response = Response(page, content_type="text/html; charset=utf-8")
    return _finish(response, alone=alone, changed=changed)


def answer_refusal(error: ApiError) -> Response:
    """Return a refusal: for programs in both languages, for people as a page."""
    if request.args.get("f") == "html" or (
        "f" not in request.args and wants_page("application/json")
    ):
        page = Renderer().render("notice.html", "", title="Demande refusée", message=error.french)
        response = Response(page, error.status, content_type="text/html; charset=utf-8")
    else:
        leave_addresses()
        body = orjson.dumps(error.for_program())
        response = Response(body, error.status, content_type=JSON)
        response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    return response


def let_ask(response: Response) -> Response:
    """Tell a browser that asks beforehand that a script of any site may ask."""
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = ASKABLE
    return response


def _packing() -> str:
    """Return the encoding that who asks takes, the smallest first; empty for none."""
    taken = request.accept_encodings
    return next((name for name in PACKERS if taken.quality(name) > 0), "")


def _finish(response: Response, *, alone: bool, changed: dt.datetime | None) -> Response:
    response.vary.add("Accept")
    if alone:
        return private(response)
    response.headers["Cache-Control"] = ASKED_AGAIN
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.last_modified = changed
    response.add_etag()
    response.make_conditional(request)
    return response

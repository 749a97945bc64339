"""How bytes leave the server: security headers, compression, caching."""

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from flask import Flask, Response, g, request
from flask_compress import Compress

from app.web.addresses import EMBED
from app.web.caching import keep
from app.web.document import INLINE
from app.web.static_files import KEPT_FOR_EVER, compress

HASHED: Final = ("/_dash-component-suites/", "/assets/")
DAY: Final = "public, max-age=86400"

QUALITY: Final = 5
"""Brotli, of what changes: ten milliseconds for the first page; 4 takes six, for 4 % more bytes."""

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def inline_hash(text: str) -> str:
    """Return the hash by which a policy allows an inline script or style."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def content_policy(
    script_hashes: Sequence[str],
    image_origins: Sequence[str] = (),
    style_nonce: str = "",
    embedders: Sequence[str] = (),
) -> str:
    """Return the Content-Security-Policy: this server, and a base map's tiles, nothing else.

    Nothing may be inline, but for the scripts whose hash is given, and the styles that scripts of
    the pages with a map make (:data:`app.web.document.SIGN_STYLES`).
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *script_hashes)),
        "style-src": f"'self' 'nonce-{style_nonce}'" if style_nonce else "'self'",
        "img-src": " ".join(("'self' data:", *image_origins)),
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(("'self'", *embedders)),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def deliver(
    server: Flask,
    script_hashes: Sequence[str],
    image_origins: Sequence[str] = (),
    embedders: Sequence[str] = (),
) -> None:
    """Give every answer of a server its headers, its compression and its life in caches.

    Parameters
    ----------
    embedders
        Sites that may show :data:`EMBED` in a frame, as a policy names them; nobody else may, and
        no other page is for frames.
    """
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_BR_LEVEL"] = QUALITY
    Compress(server)
    server.config["COMPRESS_MIMETYPES"].append("application/geo+json")
    hashes = (*script_hashes, *map(inline_hash, INLINE))
    policy = content_policy(hashes, image_origins)

    @server.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        framed_by = embedders if request.path == EMBED else ()
        if framed_by:
            del response.headers["X-Frame-Options"]  # it knows no list of sites
        nonce = g.get("style_nonce", "")
        said = content_policy(hashes, image_origins, nonce, framed_by) if nonce else policy
        # a drawing that carries its own letters says so itself
        response.headers.setdefault("Content-Security-Policy", said)
        good = response.status_code in {200, 304}
        if request.path.startswith(HASHED) and good:
            response.headers["Cache-Control"] = _of_a_file()
        else:
            keep(response)
        if request.method == "GET" and response.status_code == 200:  # noqa: PLR2004
            _pack(response)
        return response


def _of_a_file() -> str:
    dated = "m" in request.args or request.path.startswith("/_dash-component-suites/")
    return KEPT_FOR_EVER if dated else DAY


def _pack(response: Response) -> None:
    """Compress scripts and styles once and for all; what changes is left to flask-compress."""
    worth = response.mimetype in {"text/javascript", "application/javascript", "text/css"}
    accepted = request.accept_encodings.quality("br") > 0
    if not worth or not accepted or response.content_encoding:
        return
    response.direct_passthrough = False
    body = response.get_data()
    response.set_data(_packed(body))
    response.content_encoding = "br"
    response.vary.add("Accept-Encoding")


_packed = lru_cache(maxsize=128)(compress)

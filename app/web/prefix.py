"""The map under a path of a site, as ``/atlas``: asked for there, and every address that leaves.

Within the project all addresses begin at the root. Where the operator has set a path they are moved
under it here, at the door, in one place: no page, script or file has to know.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
from flask import Flask, Response, g, request

HEALTH: Final = "/healthz"
"""Asked for by whoever watches over the server, beside the proxy."""
ELSEWHERE: Final = "Cette page n’existe pas. Atlas 62 s’ouvre à l’adresse « {prefix}/ »."
MOST_TEXTS: Final = 128
"""Rewritten texts that are kept, a hundred kilobytes each."""
TEXTS: Final = {
    "text/html": "html",
    "application/json": "json",
    "text/javascript": "json",
    "application/javascript": "json",
    "text/css": "css",
}
"""Media type → how addresses stand in such a text."""
DASH: Final = '"requests_pathname_prefix":"\\u002f"'
"""Where Dash's script is told the root, as Dash writes it in the page."""


class UnderPrefix:
    """Answers below a path, and says on every other one where the map is.

    Parameters
    ----------
    application
        Knows nothing of the path.
    prefix
        As ``/atlas``.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], prefix: str) -> None:
        self._application, self._prefix = application, prefix

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        if path == self._prefix:
            query = environ.get("QUERY_STRING", "")
            answer = Response(status=308)
            answer.headers["Location"] = f"{self._prefix}/{f'?{query}' if query else ''}"
            answer.headers["Cache-Control"] = "no-cache"
            return answer(environ, start)
        if path.startswith(f"{self._prefix}/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + self._prefix
            environ["PATH_INFO"] = path.removeprefix(self._prefix)
        elif path != HEALTH:
            sentence = ELSEWHERE.format(prefix=self._prefix)
            answer = Response(sentence, 404, content_type="text/plain; charset=utf-8")
            answer.headers["Cache-Control"] = "no-store"
            return answer(environ, start)
        return self._application(environ, start)


def serve_under(server: Flask, prefix: str) -> None:
    """Let a server answer below a path, all its addresses with it.

    Parameters
    ----------
    server
        With all its routes; the last thing that is done to it.
    prefix
        As ``/atlas``; nothing is done for an empty one.
    """
    if not prefix:
        return
    rewrite = lru_cache(maxsize=MOST_TEXTS)(_rewriter(server, prefix))

    @server.after_request
    def move(response: Response) -> Response:
        location = response.headers.get("Location", "")
        if location.startswith("/"):
            response.headers["Location"] = prefix + location
        kind = TEXTS.get(response.mimetype or "")
        outline = request.path.startswith("/geometrie/")  # holds no address, and is large
        ready = g.get("whole_addresses", False) or response.status_code in {206, 304}
        if kind and not outline and not ready:
            _set_text(response, lambda text: rewrite(kind, text))
        return response

    under = UnderPrefix(server.wsgi_app, prefix)
    server.wsgi_app = under  # type: ignore[method-assign, assignment]


def _set_text(response: Response, rewrite: Callable[[bytes], bytes]) -> None:
    response.direct_passthrough = False
    body = response.get_data()
    packed = response.content_encoding == "br"
    response.set_data(rewrite(brotli.decompress(body) if packed else body))
    if packed:
        del response.headers["Content-Encoding"]  # compressed again on the way out
    if "ETag" in response.headers:
        response.add_etag(overwrite=True)


def _rewriter(server: Flask, prefix: str) -> Callable[[str, bytes], bytes]:
    """Return what moves the addresses of a text, in each of the forms that they have there."""
    first = {rule.rule.split("/")[1] for rule in server.url_map.iter_rules()}
    names = {name.partition("<")[0] for name in first} - {""}
    begun = "|".join(re.escape(name) for name in names if name.endswith("."))  # tableau.csv
    whole = "|".join(re.escape(name) for name in names if not name.endswith("."))
    known = rf"(?:{begun})|(?:{whole})(?=[/?#.\"' )]|$)|(?=[?#])"
    forms: dict[str, re.Pattern[str]] = {
        # values of attributes; several addresses in one; those that are shown as text
        "html": re.compile(
            r'(?:(?<==")|(?<= )(?=/_dash-component-suites/)|(?<=>)(?=/(?:telecharger|donnees)/))'
            rf'/(?:{known}|(?="))'
        ),
        "json": re.compile(rf'(?<=["`])/(?:{known})|(?<="href":")/(?=")'),
        "css": re.compile(rf'(?<=url\(")/(?:{known})'),
    }

    def rewrite(kind: str, text: bytes) -> bytes:
        moved = forms[kind].sub(lambda found: prefix + found[0], text.decode("utf-8"))
        root = DASH.replace("\\u002f", f"{prefix}/".replace("/", "\\u002f"))
        return moved.replace(DASH, root, 1).encode()

    return rewrite


def leave_addresses() -> None:
    """Leave the addresses of this answer as they are: its view has written them under the path."""
    g.whole_addresses = True


def cookie_path() -> str:
    """Return the path that a visitor's cookie is for: that of the map, not of its whole site."""
    return f"{request.root_path}/"

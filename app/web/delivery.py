"""How bytes leave the server: the page's frame, security headers, compression, caching."""

import base64
import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Final

from dash import Dash
from flask import Flask, Response, g, request
from flask_compress import Compress

from app.parts.patterns import PATTERNS
from app.web.bundles import bundle
from app.web.caching import keep
from app.web.page_address import layout_url
from app.web.private import private
from app.web.static_files import KEPT_FOR_EVER, StaticFile, compress, send

PAGE: Final = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<script nonce="NONCE">SIGN_STYLES</script>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Les contrats de territoire du Pas-de-Calais, sur une carte.">
<title>{%title%}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="preload" href="/assets/fonts/atlas-sans.woff2" as="font" type="font/woff2" crossorigin>
PRELOAD
<link rel="preload" href="LAYOUT" as="fetch" crossorigin>
<link rel="preload" href="/_dash-dependencies" as="fetch" crossorigin>
<link rel="preload" href="/_dash-component-suites/dash_leaflet/async-GeoJSON.js" as="script">
<link rel="stylesheet" href="STYLES">
{%css%}
</head>
<body>
PATTERNS
<noscript><p class="failure">La carte a besoin de JavaScript. Sans lui&nbsp;:
<a href="/financements">les financements</a>, <a href="/confiance">ce qui a été vérifié</a>,
<a href="/aide">l’aide et le plan du site</a>.</p></noscript>
{%app_entry%}
{%config%}
{%scripts%}
<script src="SCRIPTS"></script>
{%renderer%}
</body>
</html>
"""

SIGN_STYLES: Final = (
    "(()=>{const own=document.currentScript.nonce,make=document.createElement;"
    "document.createElement=function(name,...more){const made=make.call(this,name,...more);"
    'if(String(name).toLowerCase()==="style")made.nonce=own;return made}})()'
)
"""Lets the styles that Leaflet, Mantine and AG Grid write from scripts pass the page's policy: of
the three only one can be told the nonce. What is written into the page as HTML gets none."""

LATER: Final = {
    "/dash_mantine_components/": "data-late-scripts",
    "/dash_ag_grid/": "data-table-scripts",
}
"""Scripts that the first map can do without, and the attribute of the page's body that names them:
those of the fields come when somebody goes to them, those of the table when it is first opened."""
NEVER: Final = ("/polyfill@", "/dash_table/", "/dcc/")
"""Scripts that Dash loads for browsers of before 2020, for a table that is not used here, and for
components of which only the store is: ``assets/late_fields.js`` has it in a line."""

NONCE_BYTES: Final = 16
HASHED: Final = ("/_dash-component-suites/", "/assets/")
DAY: Final = "public, max-age=86400"

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Atlas62(Dash):
    """Dash, with a first load of what the first page needs."""

    written_layout: Callable[[], StaticFile]
    """Gives the layout for the reader of the current request, as JSON."""

    def serve_layout(self) -> Response:
        """Answer with the layout, which Dash asks for at this name."""
        return private(send(self.written_layout()))

    def interpolate_index(self, **parts: str) -> str:
        """Return the page, its scripts sorted into those for now, for later and for never."""
        tags = parts["scripts"].splitlines()
        now = [tag for tag in tags if not any(name in tag for name in (*LATER, *NEVER))]
        page = super().interpolate_index(**{**parts, "scripts": "\n".join(now)})
        later = " ".join(
            f'{attribute}="{" ".join(_address(tag) for tag in tags if name in tag)}"'
            for name, attribute in LATER.items()
        )
        asked = layout_url(request.path, request.query_string.decode("ascii", "replace"))
        g.style_nonce = secrets.token_urlsafe(NONCE_BYTES)
        page = page.replace('nonce="NONCE"', f'nonce="{g.style_nonce}"', 1)
        page = page.replace('href="LAYOUT"', f'href="{escape(asked)}"', 1)
        page = page.replace("Loading...", "Chargement…", 1)  # Dash's word, before its first paint
        return page.replace("<body>", f"<body {later}>", 1)


def _address(tag: str) -> str:
    return tag.partition('src="')[2].partition('"')[0]


def page_template(preloaded: Iterable[str]) -> str:
    """Return Dash's ``index_string``: French, with the first geometry asked for at once.

    Parameters
    ----------
    preloaded
        Addresses of what the first paint waits for.
    """
    links = (f'<link rel="preload" href="{url}" as="fetch" crossorigin>' for url in preloaded)
    page = PAGE.replace("PRELOAD", "\n".join(links)).replace("PATTERNS", PATTERNS)
    styles, scripts = bundle("atlas.css").url, bundle("atlas.js").url
    page = page.replace("SIGN_STYLES", SIGN_STYLES)
    return page.replace("STYLES", styles).replace("SCRIPTS", scripts)


def inline_hash(text: str) -> str:
    """Return the hash by which a policy allows an inline script or style."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def content_policy(
    script_hashes: Sequence[str], image_origins: Sequence[str] = (), style_nonce: str = ""
) -> str:
    """Return the Content-Security-Policy: this server, and a base map's tiles, nothing else.

    Nothing may be inline, but for the scripts whose hash is given, and the styles that scripts of
    the pages with a map make (:data:`SIGN_STYLES`).
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *script_hashes)),
        "style-src": f"'self' 'nonce-{style_nonce}'" if style_nonce else "'self'",
        "img-src": " ".join(("'self' data:", *image_origins)),
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def deliver(server: Flask, script_hashes: Sequence[str], image_origins: Sequence[str] = ()) -> None:
    """Give every answer of a server its headers, its compression and its life in caches."""
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_BR_LEVEL"] = 4
    Compress(server)
    server.config["COMPRESS_MIMETYPES"].append("application/geo+json")
    hashes = (*script_hashes, inline_hash(SIGN_STYLES))
    policy = content_policy(hashes, image_origins)

    @server.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        # a drawing that carries its own letters says so itself
        nonce = g.get("style_nonce", "")
        said = content_policy(hashes, image_origins, nonce) if nonce else policy
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

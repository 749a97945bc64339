"""How bytes leave the server: the page's frame, security headers, compression, caching."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress

from app.parts.patterns import PATTERNS
from app.web.bundles import bundle
from app.web.static_files import KEPT_FOR_EVER, StaticFile, compress, send

PAGE: Final = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Les contrats de territoire du Pas-de-Calais, sur une carte.">
<title>{%title%}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="preload" href="/assets/fonts/atlas-sans.woff2" as="font" type="font/woff2" crossorigin>
PRELOAD
<link rel="preload" href="/_dash-layout" as="fetch" crossorigin>
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

LATER: Final = {
    "/dash_mantine_components/": "data-late-scripts",
    "/dash_ag_grid/": "data-table-scripts",
}
"""Scripts that the first map can do without, and the attribute of the page's body that names them:
those of the fields come when somebody goes to them, those of the table when it is first opened."""
NEVER: Final = ("/polyfill@", "/dash_table/", "/dcc/")
"""Scripts that Dash loads for browsers of before 2020, for a table that is not used here, and for
components of which only the store is: ``assets/late_fields.js`` has it in a line."""

HASHED: Final = ("/_dash-component-suites/", "/assets/")
DAY: Final = "public, max-age=86400"

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # the layout is made for the address of the page, which comes as the referrer
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Atlas62(Dash):
    """Dash, with a first load of what the first page needs."""

    written_layout: Callable[[], StaticFile]
    """Gives the layout for the reader of the current request, as JSON."""

    def serve_layout(self) -> Response:
        """Answer with the layout, which Dash asks for at this name."""
        return send(self.written_layout())

    def interpolate_index(self, **parts: str) -> str:
        """Return the page, its scripts sorted into those for now, for later and for never."""
        tags = parts["scripts"].splitlines()
        now = [tag for tag in tags if not any(name in tag for name in (*LATER, *NEVER))]
        page = super().interpolate_index(**{**parts, "scripts": "\n".join(now)})
        later = " ".join(
            f'{attribute}="{" ".join(_address(tag) for tag in tags if name in tag)}"'
            for name, attribute in LATER.items()
        )
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
    return page.replace("STYLES", styles).replace("SCRIPTS", scripts)


def content_policy(script_hashes: Sequence[str], image_origins: Sequence[str] = ()) -> str:
    """Return the Content-Security-Policy: this server, and a base map's tiles, nothing else.

    Styles may be inline: Leaflet, Mantine and AG Grid write them from scripts, with contents that
    cannot be known beforehand. Scripts may not, but for those whose hash is given.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *script_hashes)),
        "style-src": "'self' 'unsafe-inline'",
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
    policy = content_policy(script_hashes, image_origins)

    @server.after_request
    def finish(response: Response) -> Response:
        response.headers.update(HEADERS)
        # a drawing that carries its own letters says so itself
        response.headers.setdefault("Content-Security-Policy", policy)
        if request.method == "GET" and response.status_code == 200:  # noqa: PLR2004
            _keep(response)
            _pack(response)
        return response


def _keep(response: Response) -> None:
    if not request.path.startswith(HASHED):
        return
    dated = "m" in request.args or request.path.startswith("/_dash-component-suites/")
    response.headers["Cache-Control"] = KEPT_FOR_EVER if dated else DAY


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

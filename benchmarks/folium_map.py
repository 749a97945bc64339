"""The peer: the layers of the first view, drawn by folium.

What folium loads from four CDNs is taken from npm, the same libraries, and served from this
machine, compressed as a CDN does: folium pays for its bytes, not for a far network.
"""

import mimetypes
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import brotli
import folium
import orjson

from app.map.atlas import Atlas
from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.indicators.counted import INDICATORS

CACHE: Final = Path(__file__).parents[1] / ".cache" / "folium"
CENTRE: Final = (50.5, 2.3)
PRECOMPRESSED: Final = {".png", ".woff2"}

PACKAGES: Final = {
    "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/": "leaflet@1.9.3",
    "https://cdn.jsdelivr.net/npm/bootstrap@5.2.2/": "bootstrap@5.2.2",
    "https://cdn.jsdelivr.net/npm/@fortawesome/fontawesome-free@6.2.0/": (
        "@fortawesome/fontawesome-free@6.2.0"
    ),
    "https://code.jquery.com/jquery-3.7.1.min.js": "jquery@3.7.1",
    "https://cdnjs.cloudflare.com/ajax/libs/Leaflet.awesome-markers/2.0.2/": (
        "leaflet.awesome-markers@2.0.5"
    ),
    "https://cdnjs.cloudflare.com/ajax/libs/d3/3.5.5/": "d3@3.5.5",
}
"""Address that folium writes → npm package that holds the same files."""

FOLDERS: Final = {
    "jquery": "dist/jquery.min.js",
    "leaflet.awesome-markers": "dist/",
}
"""Where the files lie in the packages that do not keep the CDN's tree."""

NOT_IN_NPM: Final = (
    "https://netdna.bootstrapcdn.com/bootstrap/3.0.0/css/bootstrap-glyphicons.css",
    (
        "https://cdn.jsdelivr.net/gh/python-visualization/folium/folium/templates/"
        "leaflet.awesome.rotate.min.css"
    ),
)
"""Two small style sheets; left out, which spares folium a few kilobytes."""


def fetch_libraries() -> Path:
    """Install folium's browser libraries from npm into the cache; return their folder."""
    folder = CACHE / "node_modules"
    if not (folder / "leaflet").is_dir():
        npm = shutil.which("npm")
        if not npm:
            sys.exit("npm manque pour prendre les bibliothèques de folium ; installez Node.js.")
        CACHE.mkdir(parents=True, exist_ok=True)
        options = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
        command = [npm, "install", "--prefix", str(CACHE), *options, *PACKAGES.values()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def draw(catalogue: Catalogue, *, every_layer: bool) -> str:
    """Return the page that folium makes, its links led to this machine.

    The same outlines at the same resolution as the atlas's first view: the land around, 887
    communes, 20 EPCIs coloured by FIT per inhabitant, the limit of the département, the operations
    as circles.

    Parameters
    ----------
    catalogue
        Layers and reference.
    every_layer
        Whether the reader may also turn on each of the other layers, as in the atlas.
    """
    atlas = Atlas(catalogue)
    outlines = {
        stem: orjson.loads(atlas.files[stem].body)
        for stem in ("around", "commune-far", "epci-far", "departement-far")
    }
    page = folium.Map(CENTRE, zoom_start=9, tiles=None)
    thin = partial(_style, color="#998f80", weight=0.4)
    folium.GeoJson(outlines["around"], style_function=partial(_style, color="none")).add_to(page)
    _draw_choropleth(page, catalogue, outlines["epci-far"])
    folium.GeoJson(outlines["commune-far"], style_function=thin).add_to(page)
    limit = partial(_style, color="#333333", weight=2)
    folium.GeoJson(outlines["departement-far"], style_function=limit).add_to(page)
    for feature in atlas.points("operations")["features"]:
        radius = feature["properties"]["amount"] ** 0.5 / 40
        folium.CircleMarker(_position(feature), radius=radius, popup=_popup(feature)).add_to(page)
    if every_layer:
        _draw_the_others(page, atlas)
    return _localise(page.get_root().render())


def _draw_the_others(page: folium.Map, atlas: Atlas) -> None:
    """Add what the atlas has in its list of layers and levels, turned off, and the list."""
    style = partial(_style, color="#333333")
    for layer_id in atlas.point_layers:
        group = folium.FeatureGroup(layer_id, show=False).add_to(page)
        for feature in atlas.points(layer_id)["features"]:
            folium.Marker(_position(feature), popup=_popup(feature), icon=folium.Icon()).add_to(
                group
            )
    for stem in ("territoire-far", "mds-far", "canton-far"):
        outlines = orjson.loads(atlas.files[stem].body)
        folium.GeoJson(outlines, name=stem, show=False, style_function=style).add_to(page)
    folium.LayerControl().add_to(page)


def _position(feature: dict[str, Any]) -> tuple[float, float]:
    longitude, latitude = feature["geometry"]["coordinates"]
    return latitude, longitude


def _popup(feature: dict[str, Any]) -> str:
    items = feature["properties"]["items"]
    return "<br>".join(escape(f"{item['title']} – {item['summary']}") for item in items)


def _draw_choropleth(page: folium.Map, catalogue: Catalogue, outlines: dict[str, Any]) -> None:
    indicator = next(i for i in INDICATORS if i.id == "fit_par_habitant")
    values = indicator.values(catalogue, Level.EPCI)
    folium.Choropleth(
        outlines,
        data=values.dropna(),
        key_on="feature.properties.code",
        legend_name=indicator.title,
    ).add_to(page)


def _style(_: dict[str, Any], color: str, weight: float = 1) -> dict[str, Any]:
    return {"color": color, "weight": weight, "fillColor": "#f4efe4", "fillOpacity": 0.1}


def _localise(html: str) -> str:
    for address, package in PACKAGES.items():
        name = package.rpartition("@")[0]
        html = html.replace(address, f"/cdn/{name}/{FOLDERS.get(name, '')}")
    for address in NOT_IN_NPM:
        html = html.replace(f'<link rel="stylesheet" href="{address}"/>', "")
    if "https://cdn" in html or "https://code." in html:
        sys.exit("folium charge un fichier que ce banc ne connaît pas.")
    return html


@contextmanager
def serve_page(html: str) -> Iterator[str]:
    """Serve a page of :func:`draw` and its libraries; yields the address."""
    page = html.encode()
    libraries = fetch_libraries()

    @lru_cache
    def body(path: str) -> tuple[bytes, bool] | None:
        if path == "/":
            return brotli.compress(page), True
        file = libraries / path.removeprefix("/cdn/")
        if not file.is_file():
            return None
        if file.suffix in PRECOMPRESSED:
            return file.read_bytes(), False
        return brotli.compress(file.read_bytes()), True

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            found = body(path)
            content, packed = found or (b"", False)
            self.send_response(200 if found else 404)
            kind = "text/html; charset=utf-8" if path == "/" else mimetypes.guess_type(path)[0]
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Length", str(len(content)))
            if packed:
                self.send_header("Content-Encoding", "br")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

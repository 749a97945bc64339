"""Another peer: a plain choropleth of the communes by density, drawn by plotly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import brotli
import orjson
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from app.map.atlas import Atlas
from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.indicators.counted import indicator

SCRIPT: Final = "/plotly.min.js"
WORLD: Final = "/world/"
KINDS: Final = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
EMPTY_WORLD: Final = orjson.dumps(
    {
        "type": "Topology",
        "arcs": [],
        "objects": {kind: {"type": "GeometryCollection", "geometries": []} for kind in KINDS},
    }
)
"""What plotly fetches from its CDN though nothing of it is drawn; empty here, in its favour."""
PAINTED: Final = """
(() => {
  const watch = () => {
    const drawn = document.querySelectorAll(".choroplethlayer path").length;
    if (drawn < 880) return requestAnimationFrame(watch);
    const note = () => { window.painted = performance.now(); };
    requestAnimationFrame(() => requestAnimationFrame(note));
  };
  watch();
})()
"""


def draw_with_plotly(catalogue: Catalogue) -> str:
    """Return the page that plotly makes of the communes, coarsest outlines, without a base map."""
    outlines = orjson.loads(Atlas(catalogue).files["commune-far"].body)
    values = indicator("densite").values(catalogue, Level.COMMUNE)
    figure = go.Figure(
        go.Choropleth(
            geojson=outlines,
            featureidkey="properties.code",
            locations=list(values.index),
            z=values.tolist(),
        )
    )
    figure.update_geos(visible=False, fitbounds="locations")
    return figure.to_html(include_plotlyjs=SCRIPT, full_html=True, config={"topojsonURL": WORLD})


@contextmanager
def serve_plotly(html: str) -> Iterator[str]:
    """Serve the page and plotly's script, compressed as a CDN does; yields the address."""

    @lru_cache
    def body(path: str) -> bytes | None:
        texts = {"/": html.encode(), SCRIPT: get_plotlyjs().encode()}
        text = EMPTY_WORLD if path.startswith(WORLD) else texts.get(path)
        return brotli.compress(text, quality=9) if text else None

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            content = body(self.path) or b""
            self.send_response(200 if content else 404)
            kind = "text/javascript" if self.path == SCRIPT else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "public, max-age=86400")
            if content:
                self.send_header("Content-Encoding", "br")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()

"""Outlines from the WFS of the IGN: all pages, each commune once, longitude first."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.finer_outlines import wfs
from geo.finer_outlines.match import OutlineError
from geo.finer_outlines.wfs import fetch_from_ign
from geo.http_service import RequestPolicy

QUICK = RequestPolicy(per_second=1000, tries=2, backoff_s=0.01)


def feature(code, *, turned=False):
    east = 1.5 + int(code[2:]) / 1000
    ring = [(east, 50.5), (east + 0.001, 50.5), (east, 50.501), (east, 50.5)]
    ring = [pair[::-1] for pair in ring] if turned else ring
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
        "properties": {"code_insee": code, "nom_officiel": "Commune", "population": 3},
    }


@pytest.fixture
def service(monkeypatch):
    """Return how to start a WFS that has some features, and answers so many at a time."""
    monkeypatch.setattr(wfs, "QUESTION", {**wfs.QUESTION, "COUNT": 4})
    monkeypatch.setattr(wfs, "PAGE", 4)
    started = []

    def start(features, matched=None, *, tell=True):
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                asked = {key: one[0] for key, one in parse_qs(urlsplit(self.path).query).items()}
                begin, count = int(asked["STARTINDEX"]), int(asked["COUNT"])
                answer = {"type": "FeatureCollection", "features": features[begin : begin + count]}
                if tell:
                    answer["numberMatched"] = len(features) if matched is None else matched
                if "code_insee_du_departement='62'" not in asked["CQL_FILTER"]:
                    answer = {}
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        started.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


CODES = [f"62{number:03}" for number in range(1, 11)]


@pytest.mark.parametrize("tell", [True, False])
@pytest.mark.parametrize("count", [3, 4, 10])
def test_all_pages_are_taken(service, tell, count):
    found = fetch_from_ign(service([feature(code) for code in CODES[:count]], tell=tell), QUICK)
    assert found["code"].tolist() == CODES[:count]
    assert found.crs.to_epsg() == 4326
    assert found.total_bounds[0] == pytest.approx(1.501)


@pytest.mark.parametrize(
    ("features", "matched", "said"),
    [
        ([feature(code) for code in CODES[:6]], 9, "6 communes reçues, 9 attendues"),
        ([feature(code) for code in [*CODES[:5], CODES[0]]], None, "dans deux pages"),
        ([feature(code, turned=True) for code in CODES], None, "latitude vient avant"),
        ([], None, "0 communes reçues"),
        ([{"type": "Feature", "geometry": None, "properties": {"insee_com": "62001"}}], 1,
         "illisible"),
    ],
)  # fmt: skip
def test_what_cannot_be_outlines_is_refused(service, features, matched, said):
    with pytest.raises(OutlineError, match=said):
        fetch_from_ign(service(features, matched), QUICK)

"""A server on this machine that answers as the Géoplateforme does, well or badly."""

import csv
import io
import json
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

LENS = {
    "label": "12 Rue de la Paix 62300 Lens",
    "score": 0.97,
    "type": "housenumber",
    "citycode": "62498",
    "longitude": 2.8299,
    "latitude": 50.4311,
}


def as_features(answer):
    properties = {k: v for k, v in answer.items() if k not in {"longitude", "latitude"}}
    point = {"type": "Point", "coordinates": [answer["longitude"], answer["latitude"]]}
    feature = {"type": "Feature", "geometry": point, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


class BanServer:
    """Answers known texts, or every GET with one ``document`` where there is one.

    What stands in ``troubles`` is answered first, one trouble a request: a status, a (status,
    Retry-After) pair, bytes to send instead of an answer, or « slow », « cut », « hang up ».
    """

    def __init__(self):
        self.answers = {}
        self.document = None
        self.troubles = deque()
        self.asked = []
        self.times = []
        handler = type("Handler", (_Handler,), {"server_state": self})
        self._server = _QuietServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Say nothing of clients that have hung up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._note()
        if self.server_state.document is not None:
            self.server_state.asked.append(self.path)
            self._reply(self.server_state.document)
            return
        query = parse_qs(urlsplit(self.path).query)
        text, city = query["q"][0], query.get("citycode", [""])[0]
        self.server_state.asked.append((text, city))
        answer = self.server_state.answers.get(text)
        self._reply(as_features(answer) if answer else b'{"features": []}')

    def do_POST(self):
        self._note()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        rows = list(csv.DictReader(io.StringIO(_file_of(body), newline="")))
        self.server_state.asked.append([(row["texte"], row["code_insee"]) for row in rows])
        out = io.StringIO(newline="")
        columns = ["longitude", "latitude", *(f"result_{k}" for k in LENS if k[:2] != "lo")]
        table = csv.DictWriter(out, [*rows[0], *dict.fromkeys(columns)], extrasaction="ignore")
        table.writeheader()
        for row in rows:
            answer = self.server_state.answers.get(row["texte"], {})
            table.writerow({
                **row,
                **{f"result_{name}": value for name, value in answer.items()},
                "longitude": answer.get("longitude", ""),
                "latitude": answer.get("latitude", ""),
            })  # fmt: skip
        self._reply(out.getvalue().encode())

    def _note(self):
        self.server_state.times.append(time.monotonic())

    def _reply(self, body):
        troubles = self.server_state.troubles
        trouble = troubles.popleft() if troubles else None
        status, headers = 200, {}
        if isinstance(trouble, tuple):
            status, headers, body = trouble[0], {"Retry-After": trouble[1]}, b"<html>"
        elif isinstance(trouble, int):
            status, headers, body = trouble, {"Location": "http://127.0.0.1:9/"}, b"<html>"
        elif isinstance(trouble, bytes):
            body = trouble
        elif trouble == "slow":
            time.sleep(0.6)
        elif trouble == "hang up":
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if trouble == "cut":
            body, self.close_connection = body[: len(body) // 2], True
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def _file_of(body):
    """Return the text of the file in a multipart body."""
    boundary = body.split(b"\r\n", 1)[0]
    part = next(p for p in body.split(boundary) if b'name="data"' in p)
    return part.split(b"\r\n\r\n", 1)[1].rstrip(b"\r\n").decode()

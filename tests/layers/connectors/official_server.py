"""A local server that answers as an official source does, also badly: answers are given in turn."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """One answer; ``cut`` bytes of its body are not sent though its length says so."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0


class OfficialServer:
    """Gives the answers of each path one after the other, the last one again and again."""

    def __init__(self, answers: Mapping[str, Sequence[Answer]]) -> None:
        self.answers = {path: list(given) for path, given in answers.items()}
        self.asked = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                path = urlsplit(self.path).path
                owner.asked.append((path, dict(self.headers)))
                given = owner.answers.get(path, [Answer(status=404)])
                answer = given.pop(0) if len(given) > 1 else given[0]
                body, status, headers = answer.body, answer.status, dict(answer.headers)
                begun = self.headers.get("Range", "")
                if begun and status == 200 and self.headers.get("If-Range") == headers.get("ETag"):
                    start = int(begun.removeprefix("bytes=").rstrip("-"))
                    body, status = body[start:], 206
                self.send_response(status)
                for name, text in headers.items():
                    self.send_header(name, text)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) - answer.cut])

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

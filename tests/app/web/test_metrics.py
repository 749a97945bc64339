"""What the operator is told of the answers: counted over all workers, and nothing of a person."""

import re
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import suppress

import pytest
from structlog.testing import capture_logs

from app.web.observed import Served, log_served

SERVER = """
import sys
from pathlib import Path
from flask import Flask, abort
from app.web.metrics import serve_metrics
from app.web.observed import observe
from app.web.serving import open_port, serve

application = Flask("essai")
application.get("/chercher/<name>", endpoint="chercher")(lambda name: "trouvé")
application.get("/casse", endpoint="casse")(lambda: abort(418))
observe(application, serve_metrics(application, Path(sys.argv[2]), lambda: {"store_troubles": 3}))
serve(application, open_port("127.0.0.1", int(sys.argv[1])), 2, lambda: print("là", flush=True))
"""


@pytest.fixture
def measured(port, tmp_path):
    """Give a server of two workers that counts; its folder has numbers of an earlier one."""
    folder = tmp_path / "mesures"
    folder.mkdir()
    (folder / "counter_1.db").write_bytes(b"\0" * 64)
    words = [sys.executable, "-c", SERVER, str(port), str(folder)]
    server = subprocess.Popen(words, stdout=subprocess.PIPE)  # noqa: S603
    assert server.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.communicate(timeout=30)


def fetch(address):
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
        return answer.read().decode()


def test_any_worker_tells_the_answers_of_all_and_nothing_of_who_asked(measured):
    for _ in range(30):
        fetch(f"{measured}/chercher/Dupont?adresse=12+rue+des+Roses")
    for path in ("/casse", "/nulle/part"):
        with suppress(urllib.error.HTTPError):
            fetch(measured + path)
    told = fetch(f"{measured}/metrics")
    counts = dict(re.findall(r"atlas62_requests_total\{(.*?)\} ([\d.]+)", told))
    assert counts == {
        'method="GET",route="/chercher/<name>",status="200"': "30.0",
        'method="GET",route="/casse",status="418"': "1.0",
        'method="GET",route="inconnue",status="404"': "1.0",
    }
    assert 'atlas62_request_seconds_bucket{le="+Inf",route="/chercher/<name>"} 30.0' in told
    assert "atlas62_store_troubles 3.0" in told
    assert "Dupont" not in told
    assert "Roses" not in told


def test_a_line_of_the_log_says_how_an_answer_ended():
    with capture_logs() as lines:
        log_served(Served("/chercher/<name>", "GET", 200, 0.01234, None))
    assert lines == [
        {
            "event": "request",
            "log_level": "info",
            "route": "/chercher/<name>",
            "method": "GET",
            "status": 200,
            "ms": 12.3,
            "bytes": None,
        }
    ]

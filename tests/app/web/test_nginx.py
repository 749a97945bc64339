"""Behind nginx, with the lines of deploy/nginx.conf: slow clients, the scheme, large bodies.

It skips where nginx is not installed (Debian: ``apt-get install nginx-light``).
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

NGINX = os.environ.get("NGINX") or shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin")
EXAMPLE = Path(__file__).parents[3] / "deploy" / "nginx.conf"
SERVER = """
import sys
from flask import Flask, jsonify, redirect, request
from app.web.bodies import bound_bodies
from app.web.prefix import cookie_path, serve_under
from app.web.proxies import stand_behind
from app.web.serving import open_port, serve

application = Flask("essai")
bound_bodies(application, {"/corps": 6_000_000})
application.post("/corps", endpoint="corps")(lambda: str(len(request.get_data())))
application.get("/ailleurs", endpoint="ailleurs")(lambda: redirect("/"))

@application.get("/")
def seen():
    return jsonify(secure=request.is_secure, host=request.host, client=request.remote_addr)

stand_behind(application, 1, ("127.0.0.1",))
serve_under(application, "/atlas")
serve(application, open_port("127.0.0.1", int(sys.argv[1])), 1, lambda: print("là", flush=True))
"""
USER = "user root;" if getattr(os, "geteuid", int)() == 0 else ""
FRAME = """
{user} daemon off; pid {folder}/pid; error_log {folder}/error.log warn; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {server}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*words, **options):
    process = subprocess.Popen(words, stderr=subprocess.PIPE, **options)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def written_server(port, behind):
    """Return the example without what only a public server has: TLS, a name, the port 80."""
    zone, _, public = EXAMPLE.read_text("utf-8").rpartition("\nserver {")
    block = zone.partition("\nserver {")[0] + "\nserver {" + public
    assert "listen 443 ssl http2;" in block
    block = block.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    block = re.sub(r"\n *(listen \[::\]|ssl_certificate).*", "", block)
    block = block.replace("$scheme", "https").replace("$host", "$http_host")
    return block.replace("127.0.0.1:8050", f"127.0.0.1:{behind}")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    if NGINX is None:
        pytest.skip("nginx absent : « apt-get install nginx-light »")
    folder, port, behind = tmp_path_factory.mktemp("nginx"), free_port(), free_port()
    config = folder / "nginx.conf"
    config.write_text(
        FRAME.format(user=USER, folder=folder, server=written_server(port, behind)), "utf-8"
    )
    words = (NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config))
    started = (sys.executable, "-c", SERVER, str(behind))
    with running(*started, stdout=subprocess.PIPE) as server, running(*words):
        assert server.stdout.readline()
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port


def fetch(port, path, data=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return answer.read().decode()


def test_the_scheme_comes_from_the_proxy_and_the_name_from_the_browser(proxy):
    said = fetch(proxy, "/atlas/")
    assert '"secure":true' in said
    assert f'"host":"127.0.0.1:{proxy}"' in said
    assert fetch(proxy, "/atlas/ailleurs") == said


@pytest.mark.parametrize(
    "half",
    [
        b"GET /atlas/ HTTP/1.1\r\nHost: a\r\nX-A: ",
        b"POST /atlas/corps HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000\r\n\r\nab",
    ],
)
def test_half_sent_requests_keep_no_reader_waiting(proxy, half):
    with ExitStack() as slow:
        for _ in range(40):
            client = slow.enter_context(socket.create_connection(("127.0.0.1", proxy), timeout=10))
            client.sendall(half)
        began = time.monotonic()
        for _ in range(5):
            fetch(proxy, "/atlas/")
        assert time.monotonic() - began < 3


def test_a_file_passes_and_one_that_is_too_large_is_told(proxy):
    assert fetch(proxy, "/atlas/corps", b"a" * 5_000_000) == "5000000"
    with pytest.raises(urllib.error.HTTPError, match="413") as refused:
        fetch(proxy, "/atlas/corps", b"a" * 7_000_000)
    refused.value.close()

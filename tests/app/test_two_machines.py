"""Two machines behind nginx, each with a disk of its own, and one database: one visitor by turns.

It skips where nginx (Debian: ``nginx-light``) or PostgreSQL with PostGIS is absent.
"""

import contextlib
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from app.web.page_address import layout_url
from layers.store.postgis.shared import PostgisStore
from tests.layers.store.test_geopackage import described, rows
from tests.light_program import LIGHT

NGINX = os.environ.get("NGINX") or shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin")
CONTENT = b"SIREN;Places\n200090751;120001\n200033579;80001\n"
RULES = """
pid {room}/pid; error_log {room}/error.log; daemon off; master_process off;
events {{}}
http {{
    access_log off; client_body_temp_path {room}/body; proxy_temp_path {room}/proxy;
    fastcgi_temp_path {room}/f; uwsgi_temp_path {room}/u; scgi_temp_path {room}/s;
    upstream both {{ server 127.0.0.1:{first} max_fails=0; server 127.0.0.1:{second} max_fails=0; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://both; proxy_set_header Host $host;
            proxy_next_upstream error timeout; proxy_connect_timeout 2s;
            add_header X-Machine $upstream_addr always;
        }}
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machine:
    """A server with folders of its own."""

    def __init__(self, room, address):
        self.port = free_port()
        room.mkdir()
        told = {"STORE": address, "CACHE": room / "cache", "FOLDER": room / "beside",
                "PORT": self.port, "WORKERS": 1}  # fmt: skip
        environment = os.environ | {f"ATLAS62_{name}": str(value) for name, value in told.items()}
        with (room / "log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 - this program
                [sys.executable, "-c", LIGHT, "servir"],
                env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def wait(self):
        for _ in range(1200):
            assert self.process.poll() is None
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
                return
            time.sleep(0.1)
        pytest.fail("le serveur ne répond pas")

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Visitor:
    """Somebody with cookies, who asks one machine or the proxy."""

    def __init__(self, *ports):
        self.ports, self.jar = ports, http.cookiejar.CookieJar()
        self.turn = 0
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.machines = set()

    def ask(self, path, form=None, kind="application/x-www-form-urlencoded", accept="*/*"):
        """Ask whoever's turn it is; redirections are followed to the next one."""
        port = self.ports[self.turn % len(self.ports)]
        self.turn += 1
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", data=form,
            headers={"Accept": accept, **({"Content-Type": kind} if form is not None else {})},
        )  # fmt: skip
        with self.opener.open(asked, timeout=60) as answer:
            self.machines.add(answer.headers.get("X-Machine"))
            where = urllib.parse.urlsplit(answer.url)
            return where.path, answer.read().decode("utf-8", "replace")

    def post(self, path, **fields):
        return self.ask(path, urllib.parse.urlencode(fields).encode())

    def bring(self, content, name):
        edge = "limite"
        said = f'Content-Disposition: form-data; name="fichier"; filename="{name}"'
        body = f"--{edge}\r\n{said}\r\n\r\n".encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.ask("/donnees/fichiers", body, f"multipart/form-data; boundary={edge}")[0]

    def wait(self, address):
        for _ in range(600):
            if '"waiting":false' in self.ask(address, accept="application/json")[1]:
                return
            time.sleep(0.1)
        pytest.fail(f"{address} attend toujours")


@pytest.fixture(scope="module")
def machines(cluster, tmp_path_factory):
    if NGINX is None:
        pytest.skip("nginx absent : « apt-get install nginx-light »")
    cluster.empty()
    room = tmp_path_factory.mktemp("deux")
    pair = [Machine(room / name, cluster.address()) for name in "ab"]
    proxy = None
    try:
        for one in pair:
            one.wait()
        port = free_port()
        rules = RULES.format(room=room, port=port, first=pair[0].port, second=pair[1].port)
        (room / "nginx.conf").write_text(rules)
        environment = {name: text for name, text in os.environ.items() if name != "NGINX"}
        proxy = subprocess.Popen(  # noqa: S603 - nginx takes a variable of its name for sockets
            [NGINX, "-e", room / "error.log", "-c", room / "nginx.conf"], env=environment
        )
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield port, *pair
    finally:
        for one in pair:
            one.kill()
        if proxy is not None:
            proxy.terminate()
            proxy.wait()


def test_one_visitor_is_served_by_turns_and_a_machine_that_is_killed_takes_nothing(
    machines, cluster
):
    port, first, second = machines
    visitor = Visitor(port)
    file = visitor.bring(CONTENT, "Deux.csv")
    visitor.wait(file)
    visitor.post(f"{file}/colonnes", **{
        "titre": "Deux", "lignes": "epci", "role-0": "epci", "role-1": "nombre",
        "mesure-1": "total",
    })  # fmt: skip
    visitor.wait(file)
    assert len(visitor.machines) == 2, visitor.machines
    for _ in range(2):
        assert "Deux" in visitor.ask("/donnees")[1]
    assert "Deux" not in Visitor(port).ask("/donnees")[1]

    _, page = visitor.post(f"{file}/partager", duree="1")
    link = re.search(r"/donnees/partage/[\w-]{43}", page)[0]
    guest = Visitor(port)
    assert all("Deux" in guest.ask(link)[1] for _ in range(2))

    scenario = layout_url("/ecarts", "service=lycees&sites=Hesdin")
    first_told, second_told = (visitor.ask(scenario)[1] for _ in range(2))
    assert "Hesdin" in first_told
    assert json.loads(first_told) == json.loads(second_told)  # Dash writes attributes in any order

    PostgisStore(cluster.address()).adopt(described(), rows(3), replace=False, source="")
    for one in (first, second):
        assert '"features"' in Visitor(one.port).ask("/api/collections/lieux/items")[1]

    first.kill()
    for _ in range(4):
        assert "Deux" in visitor.ask("/donnees")[1]
        assert "Deux" in visitor.ask(file)[1]
    again = visitor.bring(CONTENT, "Encore.csv")
    visitor.wait(again)
    assert "Encore.csv" in visitor.ask("/donnees")[1]

import socket
import urllib.request
from threading import Event, Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app import serving
from app.serving import PortError, open_port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_in_use_is_told_with_a_way_out():
    with open_port("127.0.0.1", free_port()) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=rf"port {port} est déjà pris.*--port ou ATLAS62_PORT"):
            open_port("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.7", "pas une adresse", "nulle-part.invalid"])
def test_a_host_that_is_not_ours_is_told(host):
    with pytest.raises(PortError, match="ATLAS62_HOST") as error:
        open_port(host, free_port())
    assert host in str(error.value)


def test_where_gunicorn_is_absent_werkzeug_answers(monkeypatch):
    application = Flask("essai")
    application.get("/")(lambda: "bonjour")
    servers = []

    def make_and_keep(*arguments, **options):
        servers.append(make_server(*arguments, **options))
        return servers[0]

    monkeypatch.setattr(serving.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(serving, "make_server", make_and_keep)
    ready = Event()
    with open_port("127.0.0.1", free_port()) as listener:
        port = listener.getsockname()[1]
        thread = Thread(target=serving.serve, args=(application, listener, 1, ready.set))
        thread.start()
        try:
            assert ready.wait(10)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                assert answer.read() == b"bonjour"
        finally:
            servers[0].shutdown()
            thread.join(10)

import urllib.request
from threading import Event, Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.web import serving
from app.web.serving import PortError, open_port


def test_a_port_in_use_is_told_with_a_way_out(port):
    told = rf"port {port} est déjà pris.*--port ou ATLAS62_PORT"
    with open_port("127.0.0.1", port), pytest.raises(PortError, match=told):
        open_port("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.7", "pas une adresse", "nulle-part.invalid"])
def test_a_host_that_is_not_ours_is_told(host, port):
    with pytest.raises(PortError, match="ATLAS62_HOST") as error:
        open_port(host, port)
    assert host in str(error.value)


def test_where_gunicorn_is_absent_werkzeug_answers(monkeypatch, port):
    application = Flask("essai")
    application.get("/")(lambda: "bonjour")
    servers = []

    def make_and_keep(*arguments, **options):
        servers.append(make_server(*arguments, **options))
        return servers[0]

    monkeypatch.setattr(serving.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(serving, "make_server", make_and_keep)
    ready = Event()
    with open_port("127.0.0.1", port) as listener:
        thread = Thread(target=serving.serve, args=(application, listener, 1, ready.set))
        thread.start()
        try:
            assert ready.wait(10)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                assert answer.read() == b"bonjour"
        finally:
            servers[0].shutdown()
            thread.join(10)

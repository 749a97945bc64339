"""The service over the project's own data, on one loopback server for the clients of others."""

import threading
from contextlib import closing

import pytest
from werkzeug.serving import make_server


def whole(application):
    """Read each answer before it is sent, so that none stays open when a client goes away."""

    def answer(environ, start_response):
        with closing(application(environ, start_response)) as parts:
            return [b"".join(parts)]

    return answer


@pytest.fixture(scope="session")
def service_address(application):
    """Give the address of the service on this machine."""
    server = make_server("127.0.0.1", 0, whole(application.server), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ask(client):
    """Ask the service as a program that says nothing of what it wants."""

    def get(path="", status=200, **query):
        answer = client.get(f"/api{path}", query_string=query)
        assert answer.status_code == status, (path, query, answer.text[:400])
        return answer

    return get


@pytest.fixture
def items(ask):
    """Give the objects of a collection that answer."""

    def get(collection, **query):
        return ask(f"/collections/{collection}/items", **query).json

    return get

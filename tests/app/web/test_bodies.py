"""What a request may carry: refused in words before it is parsed, also when it says no length."""

import io
import json

import pytest
from flask import Flask, request

from app.web.bodies import bound_bodies

LARGE = 3_000_000


@pytest.fixture
def client():
    server = Flask("essai")
    bound_bodies(server, {"/grand": LARGE})
    server.post("/petit", endpoint="petit")(lambda: str(len(request.get_data())))
    server.post("/formulaire", endpoint="formulaire")(lambda: str(len(request.form)))
    server.post("/grand", endpoint="grand")(lambda: str(len(request.get_data())))
    return server.test_client()


def chunked(body):
    """Send a body as gunicorn hands over one that came in chunks: no length, but an end."""
    return {"input_stream": io.BytesIO(body), "environ_overrides": {"wsgi.input_terminated": True}}


@pytest.mark.parametrize("path", ["/petit", "/formulaire", "/n-existe-pas"])
def test_a_small_address_takes_little_and_says_so(client, path):
    answer = client.post(path, data=b"a" * 500_000)
    assert answer.status_code == 413
    assert "trop lourde" in answer.text
    assert "64\u00a0ko" in answer.text


def test_a_body_without_a_length_is_bounded_as_well(client):
    assert client.post("/petit", **chunked(b"a" * 1000)).text == "1000"
    assert client.post("/petit", **chunked(b"a" * 500_000)).status_code == 413
    assert client.post("/grand", **chunked(b"a" * 2_000_000)).text == "2000000"
    assert client.post("/grand", **chunked(b"a" * 5_000_000)).status_code == 413


def test_a_large_address_takes_more(client):
    assert client.post("/grand", data=b"a" * 2_000_000).text == "2000000"
    assert client.post("/grand", data=b"a" * 5_000_000).status_code == 413


def test_nothing_is_read_of_what_is_too_large(client):
    class Read(io.BytesIO):
        seen = 0

        def read(self, size=-1):
            self.seen += size
            return super().read(size)

    stream = Read(b"a" * 500_000)
    answer = client.post("/petit", input_stream=stream, content_length=500_000)
    assert answer.status_code == 413
    assert stream.seen == 0


def test_a_form_is_still_read_by_its_view(client):
    assert client.post("/formulaire", data={"a": "1", "b": "2"}).text == "2"


@pytest.mark.parametrize(
    "path", ["/_dash-update-component", "/livrets/travaux/abc/annuler", "/positions/a/b", "/"]
)
def test_every_address_of_the_map_has_its_bound(application, path):
    body = json.dumps({"output": "x" * 2_000_000})
    answer = application.server.test_client().post(path, data=body, content_type="application/json")
    assert answer.status_code == 413
    assert "au plus" in answer.text


def test_a_file_that_is_too_large_is_told_in_words(application):
    client = application.server.test_client()
    answer = client.post("/donnees/fichiers", data=b"", content_length=200_000_000)
    assert answer.status_code == 413
    assert "101\u00a0Mo" in answer.text

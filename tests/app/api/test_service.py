"""How answers leave: names that are not ours, caches, other sites, what is a visitor's alone."""

import pytest

from app.opening.data import open_store
from app.readers.sessions import Sessions
from app.server import create_app
from app.settings import Settings
from app.web.private import COOKIE
from tests.layers.store.test_geopackage import described, rows

EVIL = "evil.example"


@pytest.fixture(scope="module")
def make(catalogue):
    def client(**settings):
        return create_app(Settings(**settings), catalogue).server.test_client()

    return client


def hrefs(said):
    """Return every address of an answer that is one of ours."""
    if isinstance(said, dict):
        href = said.get("href")
        own = [href] if isinstance(href, str) and "etalab" not in href else []
        return own + [href for value in said.values() for href in hrefs(value)]
    return [href for value in said for href in hrefs(value)] if isinstance(said, list) else []


@pytest.mark.parametrize("path", ["", "/collections/gares", "/collections/gares/items?limit=1"])
def test_no_name_is_told_that_the_client_has_given_itself(client, path):
    answer = client.get(f"/api{path}", headers={"Host": EVIL, "X-Forwarded-Host": EVIL})
    assert EVIL not in answer.text
    assert EVIL not in str(answer.headers)
    assert hrefs(answer.json)
    assert all(href.startswith(("/api", "/telecharger")) for href in hrefs(answer.json))


def test_links_begin_with_the_address_that_the_operator_has_set(make):
    told = make(address="https://atlas.exemple.fr", prefix="/atlas")
    for path in ("", "/collections", "/collections/gares/items?limit=1", "/definition"):
        said = told.get(f"/atlas/api{path}", headers={"Host": EVIL}).json
        ours = hrefs(said)
        assert all(href.startswith("https://atlas.exemple.fr/atlas/") for href in ours)
        assert ours or said["servers"][0]["url"] == "https://atlas.exemple.fr/atlas/api"
    page = told.get("/atlas/api?f=html").text
    assert "https://atlas.exemple.fr/atlas/api<" in page
    assert 'href="/atlas/api/collections?f=html"' in page


def test_below_a_path_links_without_a_name_keep_it_once(make):
    below = make(prefix="/atlas")
    said = below.get("/atlas/api", headers={"Host": EVIL}).json
    assert {href.partition("/api")[0] for href in hrefs(said)} == {"/atlas"}
    local = below.get("/atlas/api").json
    assert {href.partition("/api")[0] for href in hrefs(local)} == {"http://localhost/atlas"}


def test_the_same_question_is_not_answered_twice(ask, client):
    first = ask("/collections/gares/items", limit=5)
    again = client.get("/api/collections/gares/items?limit=5",
                       headers={"If-None-Match": first.headers["ETag"]})  # fmt: skip
    assert (again.status_code, again.data) == (304, b"")
    later = client.get("/api/collections/gares/items?limit=5",
                       headers={"If-Modified-Since": first.headers["Last-Modified"]})  # fmt: skip
    assert later.status_code == 304


@pytest.mark.parametrize("packing", ["br", "gzip"])
def test_answers_are_compressed(client, packing):
    address = "/api/collections/communes/items?limit=50"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": packing})
    assert packed.headers["Content-Encoding"] == packing
    assert len(packed.data) < len(plain.data) / 2


def test_other_sites_may_read_what_everybody_sees(ask):
    for path in ("", "/collections", "/collections/gares/items"):
        assert ask(path).headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in ask(path).headers


def test_a_browser_that_asks_beforehand_may_ask_conditionally(client):
    asked = {"Origin": "https://carte.exemple.fr", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "if-none-match"}  # fmt: skip
    answer = client.options("/api/collections/gares/items", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert "Cookie" not in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.fixture(scope="module")
def shared_server(make, tmp_path_factory):
    """Give a server, the folder of its visitors, and the store of what is adopted on it."""
    folder = tmp_path_factory.mktemp("service")
    settings = {"cache": folder / "cache", "store": folder / "atlas62.gpkg"}
    return make(**settings).application, Settings(**settings)


def test_a_layer_of_ones_own_is_for_oneself(shared_server):
    server, settings = shared_server
    token, session = Sessions(settings.sessions).start()
    layer = session.store.add(described("haltes", "Haltes"), rows()).id
    own, other = server.test_client(), server.test_client()
    own.set_cookie(COOKIE, token)
    mine = own.get("/api/collections")
    assert layer in {one["id"] for one in mine.json["collections"]}
    assert mine.headers["Cache-Control"] == "private, no-store"
    for path in ("", "/items", "/items/0", "/schema", "/queryables", "/items?f=html"):
        answer = own.get(f"/api/collections/{layer}{path}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert other.get(f"/api/collections/{layer}{path}").status_code == 404
    for path in ("/collections", "/definition", "/collections?f=html"):
        assert layer not in other.get(f"/api{path}").text
    assert "/donnees/couches/haltes.gpkg" in own.get(f"/api/collections/{layer}").text


def test_what_is_adopted_is_there_at_once_for_all(shared_server):
    server, settings = shared_server
    client = server.test_client()
    assert client.get("/api/collections/abris").status_code == 404
    open_store(settings).add(described("abris", "Abris"), rows())
    answer = client.get("/api/collections/abris/items")
    assert answer.json["numberMatched"] == 3
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.json["features"][1]["properties"]["cost"] == 1.1
    assert answer.json["features"][0]["properties"]["cost"] is None
    assert "abris" in client.get("/api/collections").text
    assert "/collections/abris/items" in client.get("/api/definition").json["paths"]

"""Secret links: one layer of a visitor's, shown to whoever holds the link, as long as it lasts."""

import json
import re

import pytest

from app.readers import secret_links
from app.readers.sessions import Sessions
from app.server import create_app
from app.settings import Settings
from tests.app.data.visiting import bring, wait

CONTENT = b"SIREN;Places\n200090751;120001\n200033579;80001\n"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("liens")


@pytest.fixture(scope="module")
def server(room, catalogue):
    return create_app(Settings(cache=room / "c", store=room / "s.gpkg"), catalogue).server


@pytest.fixture(scope="module")
def owner(server):
    visitor = server.test_client()
    address = bring(visitor, CONTENT, "Secret.csv").headers["Location"]
    visitor.post(f"{address}/colonnes", data={
        "titre": "Secret", "lignes": "epci", "role-0": "epci", "role-1": "nombre",
        "mesure-1": "total",
    })  # fmt: skip
    wait(visitor, address)
    visitor.file = address
    return visitor


@pytest.fixture
def link(owner):
    """Make a link for a week; gives its address, and revokes it in the end."""
    assert owner.post(f"{owner.file}/partager", data={"duree": "7"}).status_code == 303
    page = owner.get(owner.file).text
    yield re.search(r"/donnees/partage/[\w-]{43}", page)[0]
    for name in re.findall(r'name="lien" value="(\w+)"', owner.get(owner.file).text):
        owner.post(f"{owner.file}/revoquer", data={"lien": name})


def values(visitor, opened):
    asked = re.search(r"indicateur=(\w+)", opened.headers["Location"])[1]
    told = visitor.get(f"/choix/theme?indicateur={asked}&niveau=epci").json
    return told["theme"]["values"] if told["indicator"] == asked else None


def test_whoever_opens_the_link_sees_the_layer_and_no_one_else(server, owner, link):
    guest, stranger = server.test_client(), server.test_client()
    page = guest.get(link)
    assert "Secret" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "(partagée)" not in guest.get("/donnees").text  # looking at the page opens nothing
    opened = guest.post(link)
    assert values(guest, opened) == {"200090751": 120001.0, "200033579": 80001.0}
    assert values(stranger, opened) is None
    assert "Partagées avec vous" in guest.get("/donnees").text
    assert "Partagées avec vous" not in owner.get("/donnees").text
    assert guest.get(owner.file).status_code == 404
    shown = re.search(r"apport__(partage_\w+?)__", opened.headers["Location"])[1]
    assert "120" in guest.get(f"/donnees/couches/{shown}.csv").text
    assert stranger.get(f"/donnees/couches/{shown}.csv").status_code == 404


def test_a_link_that_is_revoked_or_over_shows_nothing(server, owner, link, monkeypatch):
    guest = server.test_client()
    opened = guest.post(link)
    assert values(guest, opened)
    now = secret_links.time.time()
    with monkeypatch.context() as later:
        later.setattr(secret_links.time, "time", lambda: now + 6 * secret_links.DAY)
        assert values(guest, opened)
    name = re.search(r'name="lien" value="(\w+)"', owner.get(owner.file).text)[1]
    guest.post(f"{owner.file}/revoquer", data={"lien": name})
    assert values(guest, opened)  # only its owner takes it away
    owner.post(f"{owner.file}/revoquer", data={"lien": name})
    assert values(guest, opened) is None
    assert guest.get(link).status_code == guest.post(link).status_code == 404
    assert "Partagées avec vous" not in guest.get("/donnees").text


def test_a_link_ends_by_itself(room, link, monkeypatch):
    links = Sessions(room / "c" / "sessions").links
    word, now = link.rpartition("/")[2], secret_links.time.time()
    for days, there in ((6.9, True), (7.1, False)):
        end = now + days * secret_links.DAY
        monkeypatch.setattr(secret_links.time, "time", lambda end=end: end)
        assert (links.find(word) is not None) is there


def test_the_name_of_a_link_opens_nothing(server, owner, link, room):
    (path,) = (room / "c" / "links").glob("*")
    assert json.loads(path.read_text())["word"] == link.rpartition("/")[2]
    assert server.test_client().get(f"/donnees/partage/{path.name}").status_code == 404
    assert owner.get(link).status_code == 200


def test_what_is_shown_is_not_swept_away(owner, link, room, monkeypatch):
    sessions = Sessions(room / "c" / "sessions")
    kept = json.loads(next((room / "c" / "links").glob("*")).read_text())["owner"]
    monkeypatch.setattr("app.readers.sessions.LIFETIME", -1)
    sessions.sweep()
    assert (room / "c" / "sessions" / kept).is_dir()
    assert owner.get(link).status_code == 200


@pytest.mark.parametrize("days", ["", "0", "-1", "10000", "<b>"])
def test_no_other_duration_is_taken(owner, days):
    answer = owner.post(f"{owner.file}/partager", data={"duree": days})
    assert answer.status_code == 422
    assert "<b>" not in answer.text

"""A newer version of a file, and all files at once: told, bounded, brought back as they were."""

import io
import json
import re
import zipfile

import pytest

from app.data import saved_session
from app.server import create_app
from app.settings import Settings
from tests.app.data.visiting import bring, wait

OLD = b"Nom;lon;lat;Places\nA;2.83;50.43;10\nB;2.77;50.29;20\nC;2.78;50.29;30\n"
NEW = b"Nom;lon;lat;Places\nC;2.78;50.29;31\nA;2.83;50.43;10\nD;2.80;50.30;5\n"
SAID = "ce que disait l’ancienne version ; le fichier dit maintenant"
ROLES = {"role-0": "nom", "role-1": "longitude", "role-2": "latitude", "role-3": "nombre"}


@pytest.fixture(scope="module")
def server(tmp_path_factory, catalogue):
    room = tmp_path_factory.mktemp("versions")
    settings = Settings(cache=room / "cache", store=room / "atlas62.gpkg")
    return create_app(settings, catalogue).server


@pytest.fixture
def made(server):
    visitor = server.test_client()
    address = bring(visitor, OLD, "Lieux.csv").headers["Location"]
    visitor.post(f"{address}/colonnes", data={"titre": "Mes lieux", "mesure-3": "total", **ROLES})
    wait(visitor, address)
    return visitor, address


def send(visitor, address, field, content, name):
    return visitor.post(
        address, data={field: (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def plain(text):
    for space in ("&nbsp;", "\u00a0", "\u202f"):
        text = text.replace(space, " ")
    return text


def features(visitor, layer="mes_lieux"):
    return visitor.get(f"/donnees/points/{layer}.json").json["features"]


def edit(visitor, address, **data):
    assert visitor.post(f"{address}/atelier", data=data).status_code == 303


def test_what_changed_is_told_before_it_replaces_and_links_go_on(server, made):
    visitor, address = made
    edit(visitor, address, faire="habiller", couleur="#b0124b")
    edit(visitor, address, faire="ligne", ligne="2", **{"case-nom": "Aa"})
    visitor.post(f"{address}/partager", data={"duree": "7"})
    (link,) = re.findall(r"/donnees/partage/[\w-]{43}", visitor.get(address).text)
    fresh = send(visitor, f"{address}/renouveler", "fichier", NEW, "Lieux 2.csv")
    fresh = fresh.headers["Location"]
    page = plain(wait(visitor, fresh).text)
    assert "1 ligne ajoutée, 1 ligne changée, 1 ligne disparue, 1 ligne inchangée" in page
    assert "Lignes retrouvées par la colonne « Nom »" in page
    assert "Places : 30 → 31" in page
    assert "Repris de l’atelier : 1 modification" in page
    assert len(features(visitor)) == 3
    rows = visitor.get(f"{fresh}/differences.csv").get_data().decode("utf-8-sig").splitlines()
    assert rows[2] == "changée;C;4;2;Places;30;31"
    assert visitor.post(f"{fresh}/remplacer").status_code == 303
    places = {one["properties"]["items"][0]["title"] for one in features(visitor)}
    assert places == {"Aa", "C", "D"}
    assert "couleur" in visitor.get(f"{fresh}/atelier").text
    assert '"#b0124b" selected' in visitor.get(f"{fresh}/atelier").text
    assert visitor.get(address).status_code == 404
    assert server.test_client().get(link).status_code == 200
    assert visitor.post(f"{fresh}/remplacer").status_code == 422


def test_what_was_corrected_by_hand_is_taken_up_or_told_row_by_row(made):
    visitor, address = made
    edit(visitor, address, faire="ligne", ligne="2", **{"case-places": "12"})
    edit(visitor, address, faire="ligne", ligne="4", **{"case-places": "33"})
    edit(visitor, address, faire="ligne", ligne="3", **{"case-places": "21"})
    edit(visitor, address, faire="deplacer", ligne="4", longitude="2.80", latitude="50.30")
    fresh = send(visitor, f"{address}/renouveler", "fichier", NEW, "Lieux 2.csv")
    fresh = fresh.headers["Location"]
    page = plain(wait(visitor, fresh).text)
    assert "Repris de l’atelier : 2 modifications" in page
    assert "Non repris : 2 modifications, dites ligne par ligne" in page
    assert visitor.post(f"{fresh}/remplacer").status_code == 303
    told = visitor.get(f"{fresh}/rapport.csv").get_data().decode("utf-8-sig")
    told = plain(told).splitlines()
    assert [line for line in told if "non reprise" in line] == [
        f'4;Places;33;"{SAID} « 31 »";modification non reprise',
        "3;;21;la ligne dans la nouvelle version;modification non reprise",
    ]
    rows = visitor.get("/donnees/couches/mes_lieux.csv").get_data().decode("utf-8-sig")
    assert "A;12;" in rows
    assert "C;31;" in rows
    assert "2,8;50,3" in next(line for line in rows.splitlines() if "C;31;" in line)


def test_a_version_without_a_column_that_is_needed_asks_for_it(made):
    visitor, address = made
    content = b"Nom;x;y;Places\nA;2.83;50.43;10\n"
    fresh = send(visitor, f"{address}/renouveler", "fichier", content, "L.csv").headers["Location"]
    assert "Voici ce que chaque colonne semble" in wait(visitor, fresh).text
    assert len(features(visitor)) == 3


def test_a_session_is_taken_away_and_brought_back_with_choices_and_changes(server, made):
    visitor, address = made
    edit(visitor, address, faire="retirer", retirer="3")
    packed = visitor.get("/donnees/session.zip").get_data()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("01/origine") == OLD
        assert "01/rapport.csv" in archive.namelist()
    other = server.test_client()
    assert send(other, "/donnees/session", "session", packed, "s.zip").status_code == 303
    (back,) = {part.split('"')[0] for part in other.get("/donnees").text.split('href="')
               if part.startswith("/donnees/fichiers/")}  # fmt: skip
    assert "Mes lieux" in wait(other, back).text
    assert len(features(other)) == 2
    assert len(features(visitor)) == 2


def test_changes_of_a_session_that_do_not_fit_are_told(server, made):
    visitor, _ = made
    packed = io.BytesIO(visitor.get("/donnees/session.zip").get_data())
    with zipfile.ZipFile(packed) as archive:
        manifest = json.loads(archive.read("atlas62-session.json"))
        origin = archive.read("01/origine")
    manifest["files"][0]["edits"] = [
        {"kind": "row", "said": {"line": "2", "values": {"prix": 3}}},
        {"kind": "style", "said": {"colour": "", "letter": "", "size": "prix", "label": ""}},
    ]
    again = pack(manifest, **{"01/origine": origin})
    other = server.test_client()
    send(other, "/donnees/session", "session", again, "s.zip")
    back = re.search(r"/donnees/fichiers/[\w-]+", other.get("/donnees").text)[0]
    wait(other, back)
    told = plain(other.get(f"{back}/rapport.csv").get_data().decode("utf-8-sig"))
    assert "2;;3;Colonne « prix » : elle n’est pas dans la couche.;modification non reprise" in told
    assert "signe;Colonne « prix »" in told


def pack(manifest, **members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        archive.writestr("atlas62-session.json", text)
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def one(**changes):
    record = {
        "file": "f",
        "name": "n.csv",
        "part": "",
        "heading": None,
        "choice": None,
        "edits": [],
    }
    return {"version": 1, "files": [{**record, **changes}]}


@pytest.mark.parametrize("content", [
    b"PK nothing", pack("{"), pack("[" * 100_000), pack([]), pack({"version": 2, "files": []}),
    pack({"version": 1, "files": []}), pack(one(file="g"), f="x"), pack(one(name=""), f="x"),
    pack(one(heading=True), f="x"), pack(one(heading=-1), f="x"), pack(one(edits={}), f="x"),
    pack(one(choice=[]), f="x"), pack({"version": 1, "files": one()["files"] * 21}, f="x"),
])  # fmt: skip
def test_what_is_no_session_is_refused_in_words(server, content):
    visitor = server.test_client()
    answer = send(visitor, "/donnees/session", "session", content, "s.zip")
    assert answer.status_code == 422
    assert "Session" in answer.text


def test_a_session_that_unpacks_to_too_much_is_refused(server, monkeypatch):
    monkeypatch.setattr(saved_session, "MOST_BYTES", 1000)
    answer = send(
        server.test_client(), "/donnees/session", "session", pack(one(), f="x" * 1001), "s.zip"
    )
    assert answer.status_code == 422
    assert "trop volumineux" in answer.text


def test_a_hostile_choice_or_name_is_not_believed(server):
    choice = {"title": "<b>", "roles": {"Nom": "root"}, "measures": [{"column": {}, "kind": "rm"}]}
    content = pack(one(name="../../etc/<i>.csv", choice=choice, edits=[{"kind": "rm"}]), f=OLD)
    visitor = server.test_client()
    assert send(visitor, "/donnees/session", "session", content, "s.zip").status_code == 303
    page = visitor.get("/donnees").text
    assert "&lt;i&gt;.csv" in page
    assert "etc/" not in page

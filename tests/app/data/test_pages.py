"""The page Données and the files of visitors: each sees their own, and nobody else's."""

import os
import re
import shutil
import time

import pytest

from app.data.pages import DataPages
from app.imports.brought_file import FileImport
from app.jobs.folder import read_order
from app.jobs.order import Order
from app.jobs.workshop import Workshop
from app.readers import sessions
from app.readers.context import Readers
from app.settings import EMBEDDED_DATA, Settings
from app.sign_on.permission import Permission
from app.workshop import work as job_work
from layers.catalogue.layers import Catalogue
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import StoreError
from tests.app.data.visiting import at_once, bring, layout, place, wait
from tests.app.imports import files


@pytest.fixture(scope="module")
def owner(server):
    """Give a visitor who has placed a list, that tests only look at."""
    visitor = server.test_client()
    place(visitor, bring(visitor).headers["Location"])
    return visitor


@pytest.fixture(scope="module")
def placed(owner):
    (name,) = set(re.findall(r"/donnees/fichiers/([\w-]+)", owner.get("/donnees").text))
    return f"/donnees/fichiers/{name}"


def test_every_layer_is_there_with_schema_source_and_downloads(visitor, catalogue):
    page = visitor.get("/donnees").text
    for layer in catalogue.layers.values():
        assert f'id="couche-{layer.id}"' in page
        assert f"/telecharger/{layer.id}.xlsx" in page
    assert "Numéro national de l’établissement." in page
    assert "Licence Ouverte" in page


def test_a_file_is_guessed_corrected_placed_and_told(visitor):
    answer = bring(visitor)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    page = visitor.get(address).text
    assert re.search(r'<option value="montant" selected', page)
    place(visitor, address, **{"role-4": "texte"})
    page = visitor.get(address).text
    assert "3\u00a0lignes placées sur 3" in page
    assert "points&nbsp;: 3 à la commune seulement (le point est à sa mairie)." in page
    csv = visitor.get("/donnees/couches/lieux.csv").get_data().decode("utf-8-sig")
    assert "1 234,50 €" in csv
    assert visitor.get(f"{address}/rapport.csv").text.startswith("\ufeffLigne;Colonne")


def test_the_map_of_its_visitor_has_the_layer_and_no_other_map(server, owner, placed):
    assert "/donnees/points/lieux.json" in layout(owner, "lieux")
    points = owner.get("/donnees/points/lieux.json")
    assert {item["properties"]["commune"] for item in points.json["features"]} == {
        "Lens", "Hénin-Beaumont", "Saint-Omer",
    }  # fmt: skip
    assert points.headers["Cache-Control"] == "private, no-store"
    stranger = server.test_client()
    assert re.search(r"Couche «\W+lieux\W+» inconnue", layout(stranger, "lieux"))
    for address in (placed, "/donnees/points/lieux.json", "/donnees/couches/lieux.gpkg",
                    f"{placed}/rapport.csv"):  # fmt: skip
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{placed}/retirer").status_code == 404
    assert "Lieux" not in stranger.get("/donnees").text
    assert owner.get(placed).status_code == 200


def test_livrets_draw_the_layer_for_its_visitor_alone(server, owner, monkeypatch):
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
    stranger = server.test_client()
    assert "Lieux (à vous)" in owner.get("/livrets").text
    assert "Lieux" not in stranger.get("/livrets").text
    accept = {"Accept": "application/json"}
    asked = {"lieu": "epci:200090751", "couches": "lieux,colleges", "sortie": "svg"}
    ours, theirs = (
        each.post("/livrets/travaux", data=asked, headers=accept) for each in (owner, stranger)
    )
    assert ours.headers["Cache-Control"] == "private, no-store"
    address = ours.json["url"]
    assert address != theirs.json["url"]
    assert owner.get(address, headers=accept).json["phase"] == "attend"
    for method, path in (("GET", ""), ("GET", "/fichier"), ("POST", "/reprendre")):
        assert stranger.open(f"{address}{path}", method=method).status_code == 404
    stranger.post(f"{address}/annuler")
    assert owner.get(address, headers=accept).json["phase"] == "attend"


@pytest.mark.usefixtures("read_here")
def test_what_is_drawn_holds_the_layers_that_were_ticked_and_nothing_stays(
    server, room, catalogue, monkeypatch
):
    monkeypatch.setattr(Workshop, "wake", lambda _: None)
    monkeypatch.setenv("ATLAS62_CACHE", str(room / "cache"))
    monkeypatch.setenv("ATLAS62_STORE", str(room / "atlas62.gpkg"))
    monkeypatch.setattr(job_work.Opened, "catalogue", catalogue)
    monkeypatch.setattr(
        job_work.Opened, "version", GeoPackageStore(room / "atlas62.gpkg").version()
    )
    visitor = server.test_client()
    address = bring(visitor).headers["Location"]
    place(visitor, address)
    asked = {"lieu": "departement:62", "couches": "lieux", "sortie": "svg"}
    visitor.post("/livrets/travaux", data=asked)
    orders = (room / "cache" / "sessions").glob("*/livrets/*/order.json")
    order = max(orders, key=lambda path: path.stat().st_mtime_ns)
    seen = job_work.seen_by(read_order(order.parent))
    assert len(seen.load("lieux")) == 3
    assert "lieux" not in job_work.seen_by(Order("Un autre", (), "", "")).layers
    visitor.post(f"{address}/retirer")
    assert not order.parent.exists()


def test_telecharger_gives_the_layer_to_its_visitor_alone(server, owner):
    answer = owner.get("/telecharger/lieux.csv?lieu=epci:246200364")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Lens" in answer.get_data().decode("utf-8-sig")
    assert "Saint-Omer" not in answer.text
    refused = server.test_client().get("/telecharger/lieux.csv")
    assert refused.status_code == 404


@pytest.mark.usefixtures("read_here")
def test_the_gaps_of_its_visitor_know_the_layer_as_a_service(server, owner):
    stranger, asked = server.test_client(), "/ecarts/communes.csv?service=lieux"
    assert "/donnees/points/lieux.json" in layout(owner, "lieux", "ecarts?service=")
    ours = owner.get(asked)
    assert "atlas62-ecarts-lieux-" in ours.headers["Content-Disposition"]
    theirs = stranger.get(asked)
    assert "lieux" not in theirs.headers["Content-Disposition"]
    assert theirs.get_data() != ours.get_data()
    other = server.test_client()
    rows = (("nom", "commune", "cp"), *[("Ailleurs", "Arras", "62000")] * 3)
    place(other, bring(other, files.csv(rows)).headers["Location"])
    assert other.get(asked).get_data() != ours.get_data()


@pytest.mark.usefixtures("read_here")
def test_the_cookie_is_random_closed_to_scripts_and_to_other_sites(server, visitor):
    cookies = [bring(each).headers["Set-Cookie"] for each in (visitor, server.test_client())]
    tokens = {re.match(r"atlas62=([\w-]{43});", cookie)[1] for cookie in cookies}
    assert len(tokens) == 2
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
    stranger = server.test_client()
    for made_up in ("x", "../../../../etc", "%00", "A" * 43):
        stranger.set_cookie("atlas62", made_up)
        assert stranger.get("/donnees").status_code == 200
    assert bring(stranger).headers["Set-Cookie"].split(";")[0] != f"atlas62={made_up}"


def test_another_site_cannot_send_in_the_visitor_s_name(owner, placed):
    answer = owner.post(f"{placed}/retirer", headers={"Origin": "https://ailleurs.example"})
    assert answer.status_code == 403
    assert owner.get(placed).status_code == 200


@pytest.mark.usefixtures("read_here")
def test_what_cannot_be_read_or_placed_is_said_on_a_page(visitor):
    for content, said in ((b"", "aucune ligne"), (b"%PDF", "trouvé un PDF")):
        refused = visitor.get(bring(visitor, content).headers["Location"])
        assert refused.status_code == 422
        assert said in refused.text
    address = bring(visitor, b"nom;valeur\na;1\n").headers["Location"]
    answer = visitor.post(f"{address}/colonnes", data={"titre": "x", "role-0": "nom"})
    assert answer.status_code == 422
    assert "Aucune colonne ne dit" in answer.text
    assert visitor.post(f"{address}/colonnes", data={"role-0": "<script>"}).status_code == 422
    assert visitor.post(f"{address}/autre").status_code == 404


@pytest.mark.usefixtures("read_here")
def test_hostile_names_and_cells_are_shown_as_text(visitor):
    rows = (("nom", "ville"), ("<script>alert(1)</script>", "Lens"))
    address = bring(visitor, files.csv(rows), "<img src=x>.csv").headers["Location"]
    assert "<script>alert" not in visitor.get(address).text
    assert "<img" not in visitor.get(address).text


@pytest.mark.usefixtures("read_here")
def test_a_file_is_corrected_again_and_taken_away(visitor):
    placed = bring(visitor).headers["Location"]
    place(visitor, placed)
    assert visitor.post(f"{placed}/corriger").headers["Location"] == placed
    assert "Placer sur la carte" in visitor.get(placed).text
    assert visitor.get("/donnees/couches/lieux.csv").status_code == 404
    place(visitor, placed)
    assert visitor.post(f"{placed}/retirer").status_code == 303
    assert visitor.get(placed).status_code == 404
    assert visitor.get("/donnees/points/lieux.json").status_code == 404


@pytest.mark.usefixtures("read_here")
def test_another_sheet_is_read_when_it_is_asked_for(visitor, tmp_path):
    content = files.written(files.points(), "GPKG", tmp_path)
    address = bring(visitor, content, "lieux.gpkg").headers["Location"]
    visitor.post(f"{address}/colonnes", data={"partie": "ailleurs"})
    answer = wait(visitor, address)
    assert answer.status_code == 422
    assert "couche « ailleurs » absente" in answer.text.replace("\u00a0", " ")


@pytest.mark.usefixtures("read_here")
def test_what_is_adopted_is_there_for_all_at_once(server, visitor, room, reference):
    address = bring(visitor, name="Adoptés.csv").headers["Location"]
    place(visitor, address, titre="Lieux de tous")
    assert visitor.post(f"{address}/adopter").status_code == 303
    stranger = server.test_client()
    assert "/donnees/points/lieux_de_tous.json" in layout(stranger, "lieux_de_tous")
    assert stranger.get("/donnees/couches/lieux_de_tous.geojson").json["features"]
    store = GeoPackageStore(room / "atlas62.gpkg")
    assert "lieux_de_tous" in Catalogue(reference, EMBEDDED_DATA, store=store).layers


def adopted(visitor, title, rows=files.ROWS):
    """Bring, place and adopt a list; return the address of its page."""
    address = bring(visitor, files.csv(rows), name="Adoptés.csv").headers["Location"]
    place(visitor, address, titre=title)
    assert visitor.post(f"{address}/adopter").headers["Location"] == address
    return address


def said(visitor, address):
    return visitor.get(address).text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.usefixtures("read_here")
def test_a_layer_that_is_adopted_four_times_at_once_is_adopted_once(server, visitor, room):
    address = bring(visitor, name="Bacs.csv").headers["Location"]
    place(visitor, address, titre="Bacs")
    statuses = at_once(server, visitor, f"{address}/adopter", 4)
    assert statuses == [303] * 4
    store = GeoPackageStore(room / "atlas62.gpkg")
    assert [each for each in store.adoptions() if each.startswith("bacs")] == ["bacs"]


@pytest.mark.usefixtures("read_here")
def test_a_title_that_exists_makes_another_layer_and_is_told(server, visitor, room):
    store = GeoPackageStore(room / "atlas62.gpkg")
    adopted(server.test_client(), "Haltes")
    first = store.adoptions()["haltes"]
    address = bring(visitor, name="Haltes.csv").headers["Location"]
    place(visitor, address, titre="Haltes")
    assert f"Une autre porte déjà ce titre : {first.told}" in said(visitor, address)
    visitor.post(f"{address}/adopter")
    assert visitor.post(f"{address}/adopter").status_code == 303  # twice is once
    haltes = [each for each in store.adoptions() if each.startswith("haltes")]
    assert haltes == ["haltes", "haltes_2"]
    assert store.adoptions()["haltes"] == first
    assert "Adoptée : « Haltes » (haltes_2, 3 lignes" in said(visitor, address)


@pytest.mark.usefixtures("read_here")
def test_a_visitor_replaces_what_they_adopted_and_nothing_else(server, visitor, room):
    store = GeoPackageStore(room / "atlas62.gpkg")
    adopted(server.test_client(), "Quais")
    theirs = store.adoptions()["quais"]
    address = adopted(visitor, "Berges")
    for wanted in ("quais", "colleges", "rien", "../x"):
        refused = visitor.post(f"{address}/adopter", data={"remplace": wanted})
        assert refused.status_code == 422
        assert "seul l’exploitant" in refused.text
    assert "Remplacer celle que vous avez adoptée : « Berges » (berges" in said(visitor, address)
    again = visitor.post(f"{address}/adopter", data={"remplace": "berges"})
    assert again.status_code == 303
    assert "Elle remplace : « Berges » (berges, 3 lignes" in said(visitor, address)
    assert store.adoptions()["quais"] == theirs
    assert "colleges" not in store.adoptions()


def test_adoption_is_refused_where_the_operator_does_not_allow_it(tmp_path, atlas, reference):
    store = GeoPackageStore(tmp_path / "atlas62.gpkg")
    readers = Readers(atlas, store, sessions.Sessions(tmp_path / "sessions"))
    with pytest.raises(StoreError, match="pas permise"):
        DataPages(readers, Settings(), Permission(Settings())).adopt(
            sessions.Session(tmp_path), FileImport(tmp_path, reference)
        )
    assert store.layers() == ()


def test_folders_are_swept_by_age_and_never_to_make_room(tmp_path):
    held = sessions.Sessions(tmp_path / "sessions")
    tokens = []
    for age in (sessions.LIFETIME + 60, 7200, 60, 0):
        token, session = held.start()
        (session.folder / "poids").write_bytes(b"0" * 1000)
        os.utime(session.folder / sessions.USED, (time.time() - age,) * 2)
        tokens.append(token)
    held.sweep()
    assert [held.find(token) is not None for token in tokens] == [False, True, True, True]
    assert all(token not in str(path) for path in held.root.iterdir() for token in tokens)


@pytest.mark.usefixtures("read_here")
def test_any_page_that_a_visitor_looks_at_keeps_what_they_brought(server, room):
    visitor = server.test_client()
    address = bring(visitor).headers["Location"]
    (used,) = (room / "cache" / "sessions").glob(f"*/{address.rsplit('/', 1)[1]}/../.used")
    for page in ("/livrets", "/choix/fiche?lieu=commune:62193", "/_dash-layout"):
        os.utime(used, (time.time() - 3600,) * 2)
        assert visitor.get(page).status_code == 200
        assert time.time() - used.stat().st_mtime < 60, page


@pytest.mark.usefixtures("read_here")
def test_a_visitor_has_so_many_files_and_no_more(visitor, monkeypatch):
    monkeypatch.setattr(sessions, "MOST_FILES", 1)
    assert bring(visitor).status_code == 303
    answer = bring(visitor)
    assert answer.status_code == 429
    assert "retirez-en un" in answer.text


@pytest.mark.usefixtures("read_here")
def test_outlines_that_a_visitor_brought_are_drawn(visitor, tmp_path):
    squares = files.points()
    squares.geometry = [files.square(files.LENS), files.square(files.ARRAS)]
    content = files.written(squares, "GPKG", tmp_path)
    address = bring(visitor, content, "terrils.gpkg").headers["Location"]
    visitor.post(f"{address}/colonnes", data={"titre": "Terrils", "role-0": "nom"})
    wait(visitor, address)
    areas = visitor.get("/donnees/points/terrils.json").json
    assert {feature["geometry"]["type"] for feature in areas["features"]} == {"MultiPolygon"}
    assert areas["features"][0]["properties"]["items"][0]["title"] == "Lieu 0"
    assert "/donnees/points/terrils.json" in layout(visitor, "terrils")


@pytest.mark.usefixtures("read_here")
def test_a_layer_whose_file_is_gone_is_shown_to_its_owner_who_takes_it_away(server, room):
    visitor, stranger = server.test_client(), server.test_client()
    address = bring(visitor).headers["Location"]
    place(visitor, address, titre="Seule")
    (folder,) = (room / "cache" / "sessions").glob(f"*/{address.rsplit('/', 1)[1]}")
    shutil.rmtree(folder)
    assert "Vos couches sans fichier" in visitor.get("/donnees").text
    assert stranger.post("/donnees/couches/seule/retirer").status_code == 404
    assert visitor.post("/donnees/couches/seule/retirer").status_code == 303
    assert "Vos couches sans fichier" not in visitor.get("/donnees").text
    assert visitor.get("/donnees/couches/seule.csv").status_code == 404

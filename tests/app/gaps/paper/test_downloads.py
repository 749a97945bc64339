import io
import re
import xml.etree.ElementTree as ET

import pyogrio
import pypdfium2
import pytest
from flask import Flask

from app.gaps.address import parse_gap_view
from app.gaps.calculator import GapCalculator
from app.gaps.paper.downloads import serve_gap_downloads
from tests.known_totals import ALL_COMMUNES

MUCH = (
    "service=maisons_departement&seuil=12&proposer=5&cible=75-plus"
    "&sites=62003,62346,62800,62193,62160,62041,62119,62498,62510,62427~62193~62160~62041"
)
"""Ten sites, four scenarios, a public, a list that is not whole: the fullest note."""


@pytest.mark.parametrize("query", ["", MUCH, MUCH.replace("maisons_departement", "colleges")])
def test_the_note_is_one_page_that_can_be_searched(client, query):
    answer = client.get(f"/ecarts/note.pdf?{query}")
    assert answer.status_code == 200
    with pypdfium2.PdfDocument(io.BytesIO(answer.data)) as note:
        assert len(note) == 1
        text = " ".join(note[0].get_textpage().get_text_range().split())
    for told in (
        "qui est trop loin",
        "habitants",
        "Par territoire",
        "Méthode",
        "Sources",
        "/ecarts",
    ):
        assert told in text
    if "maisons" in query:
        assert "Liste incomplète" in text


@pytest.mark.parametrize("sites", ["", "&sites=62041", "&sites=62041,62003"])
def test_the_note_and_the_map_count_the_services_that_exist(client, catalogue, sites):
    query = f"service=gares&seuil=20{sites}"
    with pypdfium2.PdfDocument(io.BytesIO(client.get(f"/ecarts/note.pdf?{query}").data)) as note:
        text = " ".join(note[0].get_textpage().get_text_range().split())
    assert f"lieux du service (points) {len(catalogue.load('gares'))} " in text
    svg = ET.fromstring(client.get(f"/ecarts/carte.svg?{query}").data)  # noqa: S314 - our own
    assert str(len(catalogue.load("gares"))) in {text.strip() for text in svg.itertext()}


def test_the_same_question_gives_the_same_bytes(client):
    for name in ("note.pdf", "communes.csv", "communes.gpkg", "carte.svg"):
        query = "service=gares&seuil=20&sites=62041"
        address = f"/ecarts/{name}?{query}"
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert first.status_code == 200
        assert again.status_code == 304
        assert "attachment" in first.headers["Content-Disposition"]


def test_the_map_is_a_picture_of_every_commune(client):
    svg = client.get("/ecarts/carte.svg?service=gares&seuil=20&sites=62041").data
    root = ET.fromstring(svg)  # noqa: S314 - our own
    # a line of the caption may end anywhere
    words = "".join("".join(root.itertext()).split())
    assert "quiestàplusde20minutes" in words
    assert "limites:IGN,2020,communesde2026,généralisées" in words
    assert len(root.findall(".//{*}path")) >= ALL_COMMUNES
    assert b"url(" not in svg


def test_proposed_sites_are_on_paper_in_dashes_beside_those_that_open(client, catalogue):
    query = "service=gares&seuil=20&sites=62041&proposer=2"
    svg = client.get(f"/ecarts/carte.svg?{query}").data.decode()
    desk = GapCalculator(catalogue)
    view, _ = parse_gap_view(query, desk.words)
    proposed = len(desk.answer(view).only_proposed)
    assert proposed > 0
    # the one more is the legend's
    assert svg.count('stroke-dasharray="3 2"') == proposed + 1
    assert "site proposé" in svg
    assert (
        "stroke-dasharray"
        not in client.get("/ecarts/carte.svg?service=gares&seuil=20&sites=62041").data.decode()
    )


def test_the_geopackage_holds_the_communes_with_their_times(client, tmp_path):
    path = tmp_path / "communes.gpkg"
    path.write_bytes(client.get("/ecarts/communes.gpkg?service=gares&sites=62041").data)
    rows = pyogrio.read_dataframe(path, layer="ecarts")
    assert len(rows) == ALL_COMMUNES
    assert rows.loc[rows["new_site"] == 1, "commune"].tolist() == ["Arras"]
    assert (rows["minutes_low"] <= rows["minutes_high"]).all()


def test_kilometres_are_headed_as_such(client):
    head = client.get("/ecarts/communes.csv?service=gares&modele=distance").data.decode("utf-8-sig")
    first = head.splitlines()[0]
    assert "Distance (km)" in first
    assert not re.search(r"\bmin\b", first)


def test_bands_around_a_place_are_on_paper_with_who_lives_in_them(client):
    query = f"{MUCH}&autour=gares:ACT"
    with pypdfium2.PdfDocument(io.BytesIO(client.get(f"/ecarts/note.pdf?{query}").data)) as note:
        assert len(note) == 1
        text = " ".join(note[0].get_textpage().get_text_range().split())
    bands = client.get(f"/ecarts/bandes.geojson?{query}").get_json()["features"]
    counts = [f"{one['properties']['people']:,}".replace(",", " ") for one in bands]
    assert "Autour de « Achiet-le-Grand » (75 ans et plus) :" in text
    assert f"4 min ou moins, {counts[0]} ; plus de 4 à 8 min, {counts[1]} ;" in text
    with_bands, without = (
        ET.fromstring(client.get(f"/ecarts/carte.svg?{one}").data)  # noqa: S314 - our own
        for one in (query, MUCH)
    )
    told = {" ".join(part.split()) for part in with_bands.itertext()}
    assert {"Autour de « Achiet-le-Grand »", "plus de 8 à 12 min", *counts} <= told
    paths = [len(svg.findall(".//{*}path")) for svg in (with_bands, without)]
    assert paths[0] - paths[1] == 6  # three on the map, three in the legend


def test_an_unknown_file_is_a_sentence(client):
    answer = client.get("/ecarts/tout.zip")
    assert answer.status_code == 404
    assert "note.pdf" in answer.text


@pytest.mark.parametrize("query", ["service=%00&seuil=%FF", "sites=~~~&scenario=9", "a" * 5000])
def test_a_hostile_query_still_gives_a_table(client, query):
    assert client.get(f"/ecarts/communes.csv?{query}").status_code == 200


def test_room_has_its_note_table_map_and_bands(client):
    query = "service=colleges_publics&compter=places&cible=moins-de-15&autour=colleges:0620004T"
    with pypdfium2.PdfDocument(io.BytesIO(client.get(f"/ecarts/note.pdf?{query}").data)) as note:
        assert len(note) == 1
        text = " ".join(note[0].get_textpage().get_text_range().split())
    assert "combien de places pour chacun" in text
    assert "en tiennent lieu" in text
    table = client.get(f"/ecarts/communes.csv?{query}")
    assert "Personnes par place" in table.data.decode("utf-8-sig").splitlines()[0]
    assert "atlas62-places-colleges_publics" in table.headers["Content-Disposition"]
    svg = client.get(f"/ecarts/carte.svg?{query}").data.decode()
    assert "combien sont-ils par place" in svg
    bands = client.get(f"/ecarts/bandes.geojson?{query}").get_json()
    assert [one["properties"]["end"] for one in bands["features"]] == [5, 10, 15]
    assert client.get("/ecarts/bandes.geojson").get_json()["features"] == []


@pytest.mark.parametrize(
    ("name", "proposed"), [("communes.csv", 0), ("note.pdf", 3), ("carte.svg", 3)]
)
def test_sites_are_looked_for_only_where_the_file_tells_of_them(catalogue, name, proposed):
    here, asked = GapCalculator(catalogue), []

    def find(view):
        asked.append(view.proposed)
        return here.find(view)

    desk = GapCalculator(catalogue, elsewhere=find)
    server = Flask("files")
    server.register_blueprint(serve_gap_downloads(lambda: desk))
    answer = server.test_client().get(f"/ecarts/{name}?service=gares&seuil=20&proposer=3")
    assert answer.status_code == 200
    assert set(asked) == {proposed}

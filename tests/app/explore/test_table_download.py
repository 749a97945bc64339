"""What the table shows can be taken away: same rows, same order, safe in a spreadsheet."""

import csv
import io
import json
from dataclasses import replace
from types import MappingProxyType

import openpyxl
import pyogrio
import pytest
from flask import Flask

from app.explore.table_download import serve_table
from app.map.atlas import Atlas
from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from tests.known_totals import FIT

ATTACK = "=cmd()|'/c calc'!A1\"><script>alert(1)</script>"


def read_csv(client, query=""):
    answer = client.get(f"/tableau.csv{query}")
    assert answer.status_code == 200
    assert answer.data.startswith("\ufeff".encode())
    return [*csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")]


def test_the_values_of_the_map_are_in_the_file(client):
    head, *rows = read_csv(client, "?niveau=territoire&indicateur=population")
    assert head[:4] == ["Code", "Territoire", "Population (habitants)", "FIT (€)"]
    assert len(rows) == 7
    assert head[4:6] == ["FIT, état", "FIT, partie connue (€)"]
    assert {row[3] for row in rows} == {""}, "no territory is known whole: empty, not zero"
    assert {row[4] for row in rows} == {"partiel", "non disponible"}
    amounts = [row[5] for row in rows if row[5]]
    assert sum(float(amount.replace(",", ".")) for amount in amounts) == FIT


def test_rows_come_in_the_order_that_the_table_shows(client):
    _, *rows = read_csv(client, "?niveau=epci&tri=fit,desc")
    assert [row[0] for row in rows][:3] == ["200090751", "200044030", "200072460"]
    assert rows[-1][2] == "", "what is not known comes last either way"
    _, *rows = read_csv(client, "?niveau=commune&tri=name")
    names = [row[1] for row in rows]
    assert names.index("Éperlecques") < names.index("Équihen-Plage") < names.index("Ergny")
    assert read_csv(client, "?niveau=epci&tri=%3Cscript%3E") == read_csv(client, "?niveau=epci")


def test_operations_are_those_that_the_choice_keeps(client):
    _, *rows = read_csv(client, "?tableau=operations&periode=2025,2026")
    assert [row[0] for row in rows] == ["2023-534-grand-calais-1"]
    _, *rows = read_csv(client, "?tableau=operations&tri=fit,desc")
    assert len(rows) == 7
    assert rows[0][0] == "2023-534-grand-calais-1"


@pytest.mark.parametrize("query", ["", "?tableau=operations"])
def test_geojson_is_of_the_same_rows(client, query):
    found = json.loads(client.get(f"/tableau.geojson{query}").data)
    assert len(found["features"]) == len(read_csv(client, query)) - 1
    assert "crs" not in found
    assert found["sources"]


def test_a_workbook_holds_numbers(client):
    answer = client.get("/tableau.xlsx?niveau=mds&indicateur=chiffre_rsa_foyers")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    rows = {row[0]: row[2] for row in sheet.iter_rows(values_only=True)}
    assert rows["artois"] == 9278


def test_a_geopackage_is_one(client):
    assert client.get("/tableau.gpkg").data.startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/tableau.exe", 404, "Format"),
        ("/tableau.csv?niveau=%3Cscript%3E", 400, "<script>"),
        ("/tableau.csv?periode=hier", 400, "hier"),
        ("/tableau.csv?couleur=" + "x" * 5000, 400, "trop longue"),
    ],
)
def test_what_is_not_understood_is_refused_in_a_sentence(client, address, status, word):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.content_type.startswith("text/plain")
    assert word in answer.get_data(as_text=True)


@pytest.fixture(scope="module")
def hostile(reference):
    """Answer for a table in which an EPCI and every operation are called an attack."""
    epcis = {**reference.epcis}
    epcis["200090751"] = replace(epcis["200090751"], name=ATTACK)
    catalogue = Catalogue(replace(reference, epcis=MappingProxyType(epcis)), EMBEDDED_DATA)
    catalogue.load("operations")[["title", "owner"]] = ATTACK
    server = Flask("hostile")
    server.register_blueprint(serve_table(Atlas(catalogue)))
    return server.test_client()


@pytest.mark.parametrize("query", ["?niveau=epci&tri=name", "?tableau=operations&tri=name"])
def test_a_hostile_name_is_a_text_in_every_file(hostile, query, tmp_path):
    cells = [cell for row in read_csv(hostile, query) for cell in row if "<script>" in cell]
    assert cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    book = openpyxl.load_workbook(io.BytesIO(hostile.get(f"/tableau.xlsx{query}").data))
    attacks = [
        cell
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if "<script>" in str(cell.value)
    ]
    assert attacks
    assert {cell.data_type for cell in attacks} == {"s"}
    found = json.loads(hostile.get(f"/tableau.geojson{query}").data)
    assert any(ATTACK in one["properties"].values() for one in found["features"])
    path = tmp_path / "table.gpkg"
    path.write_bytes(hostile.get(f"/tableau.gpkg{query}").data)
    rows = pyogrio.read_dataframe(path, layer=0, read_geometry=False)
    assert rows.eq(ATTACK).any(axis=None)

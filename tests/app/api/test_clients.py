"""The programs that others use read the service: OWSLib, and GDAL as QGIS and pyogrio have it."""

import json
import subprocess
import sys

import pytest
from owslib.ogcapi.features import Features

from geo.perimeter import Level, Perimeter
from tests.known_totals import ROWS

GDAL = """
import json, sys
import pyogrio
address, layer, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
if "bbox" in options:
    options["bbox"] = tuple(options["bbox"])
rows = pyogrio.read_dataframe(address, layer=layer, **options)
kinds = sorted(set(rows.geom_type.dropna())) if hasattr(rows, "geom_type") else []
print(json.dumps({
    "rows": len(rows), "columns": list(rows.columns), "kinds": kinds,
    "crs": str(rows.crs) if kinds else "", "bounds": list(rows.total_bounds) if kinds else [],
}))
"""
"""GDAL holds Python's lock while it waits for the server: it reads from another process."""


@pytest.fixture
def read(service_address):
    def read_with_gdal(layer, address=None, **options):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", GDAL, address or f"OAPIF:{service_address}", layer,
             json.dumps(options)],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return read_with_gdal


def test_owslib_finds_and_reads_what_there_is(service_address, catalogue):
    service = Features(service_address)
    assert set(catalogue.layers) <= set(service.feature_collections())
    assert service.collection_items("gares", limit=3)["numberMatched"] == ROWS["gares"]
    arras = service.collection_items("colleges", commune="Arras")
    assert {one["properties"]["commune"] for one in arras["features"]} == {"Arras"}
    assert "commune" in service.collection_queryables("colleges")["properties"]
    assert service.collection_item("communes", "62041")["properties"]["name"] == "Arras"
    assert service.api()["openapi"].startswith("3.0")


def test_gdal_reads_every_row_by_pages(read, catalogue):
    told = read("communes", PAGE_SIZE="200")
    assert told["rows"] == len(catalogue.load("communes"))
    assert told["kinds"] == ["MultiPolygon"]
    west, south, east, north = told["bounds"]
    assert 1.3 < west < east < 3.4
    assert 49.7 < south < north < 51.2


def test_gdal_asks_for_a_place_and_for_a_value(read, catalogue):
    rows = catalogue.load("colleges")
    arras = rows[rows["commune"] == "Arras"]
    assert read("colleges", where="commune = 'Arras'")["rows"] == len(arras)
    inside = rows.cx[1.8:1.9, 50.9:51.0]
    assert read("colleges", bbox=[1.8, 50.9, 1.9, 51.0])["rows"] == len(inside) > 0


def test_gdal_obtains_metres(read):
    told = read("operations", CRS="EPSG:2154")
    assert told["crs"] == "EPSG:2154"
    assert 590_000 < told["bounds"][0] < 710_000
    assert 6_990_000 < told["bounds"][1] < 7_110_000


def test_gdal_reads_a_table_and_an_indicator(read):
    table = read("table.financements")
    assert table["rows"] == 60
    assert "amount" in table["columns"]
    indicator = read("indicateur.fit.epci")
    assert {"valeur", "valeur_etat", "taux", "taux_etat"} <= set(indicator["columns"])
    assert indicator["rows"] == 20


def test_a_file_of_a_place_opens_by_its_address(read, service_address, catalogue):
    root = service_address.removesuffix("/api")
    rows = catalogue.load("colleges")
    members = catalogue.reference.members(Perimeter(Level.EPCI, "200090751"))
    path = "telecharger/lieu/epci:200090751/colleges.gpkg"
    told = read("colleges", address=f"/vsicurl/{root}/{path}")
    assert told["rows"] == rows["commune_code"].isin(members).sum() > 0

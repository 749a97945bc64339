import json
from urllib.parse import quote

import pytest

from app.data.downloads import Downloads, download_url
from app.exports.formats import WRITERS
from app.exports.media_types import MEDIA_TYPES
from app.readers.context import Readers
from app.readers.sessions import Sessions
from geo.perimeter import Level, Perimeter
from layers.store.geopackage import GeoPackageStore
from tests.known_totals import ROWS

CALAIS = Perimeter(Level.EPCI, "200090751")


def test_every_format_has_its_media_type():
    assert set(MEDIA_TYPES) == set(WRITERS)


@pytest.mark.parametrize("file_format", list(WRITERS))
def test_a_layer_of_a_perimeter_is_taken_away_under_its_name(client, file_format):
    answer = client.get(download_url("colleges", file_format, CALAIS))
    assert answer.status_code == 200
    name = f"atlas62-colleges-epci-200090751.{file_format}"
    assert name in answer.headers["Content-Disposition"]
    assert answer.mimetype == MEDIA_TYPES[file_format].partition(";")[0]


def test_the_rows_are_those_of_the_perimeter(client, catalogue):
    whole = json.loads(client.get("/telecharger/colleges.geojson").data)
    part = json.loads(client.get("/telecharger/colleges.geojson?lieu=epci:200090751").data)
    members = catalogue.reference.members(CALAIS)
    assert len(whole["features"]) == ROWS["colleges"]
    expected = [f for f in whole["features"] if f["properties"]["commune_code"] in members]
    assert part["features"] == expected
    assert "Calais" in part["title"]


def test_a_file_is_not_sent_again_to_who_has_it(client):
    first = client.get("/telecharger/gares.gpkg")
    again = client.get("/telecharger/gares.gpkg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_a_file_is_read_in_parts_as_gdal_does(client):
    whole = client.get("/telecharger/gares.gpkg")
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get("/telecharger/gares.gpkg", headers={"Range": "bytes=0-15"})
    assert part.status_code == 206
    assert part.data == whole.data[:16] == b"SQLite format 3\0"


def test_another_worker_makes_the_same_bytes(client, atlas, tmp_path):
    store = GeoPackageStore(tmp_path / "atlas62.gpkg")
    other_worker = Downloads(Readers(atlas, store, Sessions(tmp_path / "sessions")))
    for file_format in WRITERS:
        other = other_worker.find("gares", file_format, "")[0]
        assert client.get(f"/telecharger/gares.{file_format}").data == other


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("piscines.csv", 404, "piscines"),
        ("gares.pdf", 404, ".xlsx"),
        ("gares.csv?lieu=epci:1", 404, "SIREN"),
        ("gares.csv?lieu=epci:123456789", 404, "inconnu"),
        ("gares.csv?lieu=contrat:nul", 404, "nul"),
        ("gares.csv?perimetre=epci:200090751", 400, "lieu"),
        (f"{quote('<script>alert(1)')}.csv", 404, "inconnue"),
        (f"gares.csv?lieu={'a' * 10_000}", 404, "inconnu"),
        (f"gares.csv?lieu={quote('🗺️')}", 404, "inconnu"),
    ],
)
def test_bad_input_gets_a_french_sentence(client, address, status, words):
    answer = client.get(f"/telecharger/{address}")
    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert words in answer.text
    assert answer.text.endswith(".")
    assert len(answer.text) < 700


def test_a_name_or_a_former_code_does_as_well(client):
    by_name = client.get("/telecharger/colleges.csv?lieu=Grand Calais")
    assert by_name.status_code == 200
    assert by_name.data == client.get("/telecharger/colleges.csv?lieu=epci:200090751").data

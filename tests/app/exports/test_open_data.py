import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import geopandas as gpd
import pytest
import shapely

from app.exports.open_data import to_geojson, to_geopackage
from layers.model.style import Style
from tests.known_totals import FIT

LAYERS = ["communes", "contrats", "operations", "qpv", "colleges", "gares"]


@pytest.fixture(params=LAYERS)
def layer(request, catalogue):
    return catalogue.layer(request.param)


@pytest.fixture
def rows(layer, catalogue):
    return catalogue.load(layer.id)


def read_package(folder, layer, rows):
    path = folder / "couche.gpkg"
    path.write_bytes(to_geopackage(layer, rows))
    return gpd.read_file(path, layer=layer.id)


@pytest.fixture
def package(tmp_path, layer, rows):
    read_package(tmp_path, layer, rows)
    return tmp_path / "couche.gpkg"


def test_geojson_is_what_rfc_7946_says(layer, rows):
    collection = json.loads(to_geojson(layer, rows))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert len(collection["features"]) == len(rows)
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["id"] == feature["properties"][layer.key]


def test_geojson_positions_are_degrees_with_six_decimals(layer, rows):
    def positions(part):
        if isinstance(part[0], float | int):
            yield part
        else:
            for inner in part:
                yield from positions(inner)

    for feature in json.loads(to_geojson(layer, rows))["features"]:
        for lon, lat in positions(feature["geometry"]["coordinates"]):
            assert 1.3 < lon < 3.4
            assert 49.7 < lat < 51.2
            assert round(lon, 6) == lon
            assert round(lat, 6) == lat


def test_geojson_exterior_rings_turn_counter_clockwise(catalogue):
    layer = catalogue.layer("communes")
    collection = json.loads(to_geojson(layer, catalogue.load("communes")))
    for feature in collection["features"]:
        for polygon in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
            assert polygon.exterior.is_ccw
            assert not any(ring.is_ccw for ring in polygon.interiors)


def test_geojson_carries_sources_licence_and_vintage(layer, rows):
    collection = json.loads(to_geojson(layer, rows))
    assert collection["title"] == layer.title
    told = [(s["producer"], s["licence"], s["vintage"]) for s in collection["sources"]]
    assert told == [(s.producer, s.licence, s.vintage) for s in layer.sources]
    assert [f["name"] for f in collection["fields"]] == list(
        collection["features"][0]["properties"]
    )


def test_geojson_amounts_add_up_to_the_cent(catalogue):
    layer = catalogue.layer("operations")
    text = to_geojson(layer, catalogue.load("operations"))
    features = json.loads(text, parse_float=Decimal)["features"]
    total = sum(feature["properties"]["fit"] for feature in features)
    assert total == FIT


def test_the_package_opens_in_a_geographic_tool_with_every_row(layer, rows, package):
    read = gpd.read_file(package, layer=layer.id)
    assert len(read) == len(rows)
    assert read.crs.to_epsg() == 4326
    assert sorted(read[layer.key]) == sorted(rows[layer.key])
    assert list(read.columns[:-1]) == [field.name for field in layer.fields if field.shown]


def test_the_package_names_its_sources(layer, package):
    with sqlite3.connect(package) as database:
        identifier, description = database.execute(
            "SELECT identifier, description FROM gpkg_contents WHERE table_name = ?", (layer.id,)
        ).fetchone()
        metadata = str(database.execute("SELECT metadata FROM gpkg_metadata").fetchall())
    database.close()
    assert identifier == layer.title
    for source in layer.sources:
        assert source.licence in description
        assert source.vintage in description
        assert escape(source.producer) in metadata


def test_package_amounts_round_back_to_the_cent(catalogue, tmp_path):
    layer = catalogue.layer("operations")
    amounts = read_package(tmp_path, layer, catalogue.load("operations"))["fit"]
    exact = catalogue.load("operations")["fit"]
    assert [round(Decimal(amount), 2) for amount in amounts] == list(exact)


def test_the_same_bytes_twice_where_the_time_is_given(catalogue, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    layer, rows = catalogue.layer("communes"), catalogue.load("communes")
    first = to_geopackage(layer, rows)
    assert b"2023-11-14T22:13:20" in first
    assert to_geopackage(layer, rows) == first


def test_a_layer_without_rows_is_still_a_file(catalogue, tmp_path):
    layer = catalogue.layer("communes")
    rows = catalogue.load("communes").iloc[:0]
    assert json.loads(to_geojson(layer, rows))["features"] == []
    assert len(read_package(tmp_path, layer, rows)) == 0


def style_of(layer, rows, tmp_path):
    """Read the style as QGIS asks for it."""
    path = tmp_path / "couche.gpkg"
    path.write_bytes(to_geopackage(layer, rows))
    with closing(sqlite3.connect(path)) as database:
        ((qml,),) = database.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_schema = '' AND f_table_name = ? "
            "AND f_geometry_column = (SELECT column_name FROM gpkg_geometry_columns) "
            "AND useAsDefault",
            (layer.id,),
        )
    return ET.fromstring(qml.partition("\n")[2])  # noqa: S314 - our own


def test_the_package_carries_the_style_that_qgis_looks_for(layer, rows, tmp_path):
    style = style_of(layer, rows, tmp_path)
    kind = "marker" if layer.geometry == "point" else "fill"
    assert {symbol.get("type") for symbol in style.iter("symbol")} == {kind}
    drawn = {category.get("value") for category in style.iter("category")}
    if layer.geometry == "point":
        assert set(rows["precision"]) <= drawn


def test_a_point_is_drawn_in_the_package_as_on_the_map(catalogue, tmp_path):
    style = style_of(catalogue.layer("operations"), catalogue.load("operations"), tmp_path)
    letters = {o.get("value") for o in style.iter("Option") if o.get("name") == "chr"}
    sizes = [o.get("value") for o in style.iter("Option") if o.get("name") == "expression"]
    assert letters == {"€"}
    assert "sqrt" in sizes[0]
    assert '"fit"' in sizes[0]


def test_a_layer_of_one_s_own_goes_to_qgis_as_it_was_styled(catalogue, tmp_path):
    told = Style(colour="#b0124b", letter="H", size="pupils", label="name")
    layer = replace(catalogue.layer("colleges"), style=told)
    root = style_of(layer, catalogue.load("colleges"), tmp_path)
    sizes = [o.get("value") for o in root.iter("Option") if o.get("name") == "expression"]
    largest = float(catalogue.load("colleges")["pupils"].dropna().max())
    assert f'coalesce("pupils", 0)) / {largest}' in sizes[0]
    assert [text.get("fieldName") for text in root.iter("text-style")] == ["name"]
    assert root.get("labelsEnabled") == "1"
    assert {o.get("value") for o in root.iter("Option") if o.get("name") == "chr"} == {"H"}
    plain = style_of(catalogue.layer("colleges"), catalogue.load("colleges"), tmp_path)
    assert plain.get("labelsEnabled") == "0"
    assert not [o for o in plain.iter("Option") if o.get("name") == "expression"]


def test_a_hostile_title_stays_a_text_in_the_package(catalogue, tmp_path):
    hostile = "'); DROP TABLE gares; -- <script>"
    layer = replace(catalogue.layer("gares"), title=hostile, remark=hostile)
    assert len(read_package(tmp_path, layer, catalogue.load("gares"))) == len(
        catalogue.load("gares")
    )


def test_each_column_of_the_package_says_what_it_is(layer, package):
    with closing(sqlite3.connect(package)) as database:
        told = {
            name: (title, meaning)
            for name, title, meaning in database.execute(
                "SELECT column_name, title, description FROM gpkg_data_columns"
                " WHERE table_name = ?",
                (layer.id,),
            )
        }
        named = database.execute("SELECT table_name FROM gpkg_extensions").fetchall()
    shown = [field for field in layer.fields if field.shown]
    assert set(told) == {field.name for field in shown}
    for field in shown:
        assert told[field.name][0].startswith(field.label)
        assert told[field.name][1] == field.meaning
    assert ("gpkg_data_columns",) in named


def test_qgis_shows_columns_by_their_labels(catalogue, tmp_path):
    layer = catalogue.layer("colleges")
    root = style_of(layer, catalogue.load("colleges"), tmp_path)
    aliases = {alias.get("field"): alias.get("name") for alias in root.iter("alias")}
    assert aliases["pupils"] == "Élèves"
    assert set(aliases) == {field.name for field in layer.fields if field.shown}


def test_the_package_is_of_a_version_that_older_programs_know_whole(package):
    with closing(sqlite3.connect(package)) as database:
        ((version,),) = database.execute("PRAGMA user_version").fetchall()
    assert version == 10_200

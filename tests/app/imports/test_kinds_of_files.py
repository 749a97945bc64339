"""Cases of real files: positions, GeoJSON, GeoPackages, archives of shapefiles."""

import json
import sqlite3
import struct
from contextlib import closing

import geopandas as gpd
import pytest

from layers.brought.problems import LEFT_OUT, MENDED, NOT_READ
from tests.app.imports import files
from tests.app.imports.cases import texts, told


@pytest.mark.parametrize(
    ("name", "rows"), [("13-texte.csv", 1), ("13-degres.csv", 1), ("13-abscisse.csv", 2)]
)
def test_13_positions_of_the_file_are_used(case, name, rows):
    made = case(name)
    point = made.rows.geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((1.88, 50.94), abs=0.02)
    assert made.rows["precision"].iloc[0] == "site"
    assert len(made.rows) == rows


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("zig", "POINT (1.88 50.94)"),
        ("zig", '"SRID=4326;POINT(1.88 50.94)"'),
        ("zig", "0101000000" + struct.pack("<dd", 1.88, 50.94).hex()),
        ("zig", '"{""type"": ""Point"", ""coordinates"": [1.88, 50.94]}"'),
        ("zig", '"50°56\'24""N, 1°52\'48""E"'),
        ("zig", '"1°52\'48"" E 50°56\'24"" N"'),
        ("GPS", "50.94, 1.88"),
        ("zig", "50.9400 N / 1.8800 E"),
        ("zig", '"50,94 ; 1,88"'),
        ("Localisation", "(50.94, 1.88)"),
        ("Position", "geo:50.94,1.88"),
    ],
)
def test_13_a_position_in_one_cell_is_read_in_any_form(bring, heading, cell):
    made = bring(texts(f"{heading};nom;commune", f"{cell};Local;Calais"))
    point = made.rows.geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((1.88, 50.94), abs=0.001)


def test_13_a_column_that_speaks_of_a_position_and_is_not_read_is_named(bring):
    made = bring(texts("coordonnées;nom;commune", "carreau H7;Local;Calais"))
    assert (0, "coordonnées", "carreau H7") in told(made)


def test_13_several_points_and_lines_are_told_and_holes_kept(bring):
    several = bring(
        texts("wkt;nom", "MULTIPOINT ((1.88 50.94), (2.83 50.43));a", "POINT (2.83 50.43);b",
              '"LINESTRING (2.82 50.43, 2.84 50.43)";c')
    )  # fmt: skip
    assert several.rows.geometry.iloc[0].x == pytest.approx(1.88)
    assert several.rows.geometry.iloc[2].x == pytest.approx(2.83)
    assert told(several) == [(2, "géométrie", "2 points"), (4, "géométrie", "LineString")]
    ring = (
        "(2.8 50.4, 2.9 50.4, 2.9 50.5, 2.8 50.4), (2.85 50.41, 2.87 50.41, 2.87 50.42, 2.85 50.41)"
    )
    area = bring(texts("wkt;nom", f'"POLYGON ({ring})";a'))
    assert len(area.rows.geometry.iloc[0].interiors) == 1


def collection(*objects):
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in objects
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


ARRAS = {"type": "Point", "coordinates": [2.778515, 50.293056]}


def test_20_lists_and_objects_are_written_as_people_write_them(case):
    made = case("20-lieux.geojson")
    row = made.rows.iloc[0]
    assert (row["jeux"], row["heures"], row["couloirs"]) == (
        "nage, plongée", "lundi : 9h-12h", "25, 50",
    )  # fmt: skip


def test_20_attributes_called_like_ours_are_kept(bring):
    properties = {"geometry": "en L", "id": 7, "line": "B", "a\u0000b": 1, "n": 12345678901234567}
    made = bring(collection((properties, ARRAS)), "lieux.geojson")
    row = made.rows.iloc[0]
    assert [row["geometry_fichier"], row["line_fichier"], row["n"]] == [
        "en L",
        "B",
        str(10**16 + 2345678901234567),
    ]


def test_20_texts_of_typed_files_are_no_numbers_and_no_days_by_their_figures(bring):
    properties = {"code": "00123", "lot": "12", "rubrique": "01/04/2024", "nombre": 3, "vide": None}
    made = bring(collection((properties, ARRAS)), "lieux.geojson")
    row = made.rows.iloc[0]
    assert [row["lot"], row["rubrique"], row["nombre"]] == ["12", "01/04/2024", 3]


@pytest.mark.parametrize(
    ("name", "kept", "outcome"),
    [
        ("22-deux-sommets.geojson", ["bonne"], LEFT_OUT),
        ("22-non-fermee.geojson", ["bonne", "ouverte"], MENDED),
    ],
)
def test_22_one_bad_ring_costs_one_row(case, name, kept, outcome):
    made = case(name)
    assert made.rows["nom"].tolist() == kept
    assert [p.line for p in made.problems if p.outcome == outcome] == [2]


def test_22_a_bad_ring_in_a_geopackage_costs_one_row(bring, tmp_path):
    frame = gpd.GeoDataFrame(
        {"nom": ["bonne", "mauvaise"]},
        geometry=[files.square(files.LENS), files.square(files.ARRAS)],
        crs="EPSG:4326",
    )
    content = files.written(frame, "GPKG", tmp_path)
    path = tmp_path / "abime.gpkg"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as base:
        (blob,) = base.execute("SELECT geom FROM lieux WHERE fid = 2").fetchone()
        ring = struct.pack("<BIIIdddd", 1, 3, 1, 2, 2.7, 50.2, 2.8, 50.3)
        head = 8 + 8 * {0: 0, 1: 4, 2: 6, 3: 6, 4: 8}[blob[3] >> 1 & 7]
        for (name,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute("UPDATE lieux SET geom = ? WHERE fid = 2", (blob[:head] + ring,))
        base.commit()
    made = bring(path.read_bytes(), "lieux.gpkg")
    assert made.rows["nom"].tolist() == ["bonne"]
    assert 2 in {p.line for p in made.problems}


def test_24_an_instant_becomes_french_time_before_its_day_is_taken(case):
    assert case("24-lieux.geojson").rows["jour"].tolist() == ["2024-04-01"]


def test_24_hours_that_are_left_are_told(bring):
    content = collection(({"nom": "a", "jour": "2024-04-01T14:30:00+02:00"}, ARRAS))
    made = bring(content, "lieux.geojson")
    assert made.rows["jour"].tolist() == ["2024-04-01"]
    assert told(made) == [(0, "jour", "2024-04-01T14:30:00+02:00 (1 ligne)")]


@pytest.mark.parametrize("name", ["27-a-windows-dit-utf8.zip", "27-b-utf8-dit-windows.zip"])
def test_27_the_table_of_a_shapefile_is_read_for_what_it_is(case, name):
    made = case(name)
    assert "École de Béthune" in made.rows.iloc[0].tolist()
    assert [p.outcome for p in made.problems] == [MENDED]


def test_28_names_in_an_archive_are_compared_without_their_case(case):
    made = case("28-lieux.zip")
    assert made.rows["nom"].tolist() == ["Halle"]


def test_28_other_shapefiles_are_listed_and_can_be_chosen(bring, tmp_path):
    one = files.written(files.points(), "ESRI Shapefile", tmp_path, "un")
    two = files.written(files.points((files.LENS,)), "ESRI Shapefile", tmp_path, "deux")
    content = files.archive({**one, **two})
    made = bring(content, "lieux.zip")
    assert (made.table.part, len(made.rows)) == ("un", 2)
    assert (0, "", "deux") in told(made, NOT_READ)
    assert len(bring(content, "lieux.zip", part="deux").rows) == 1


def test_28_a_shapefile_without_table_is_told(bring, tmp_path):
    members = files.written(files.points(), "ESRI Shapefile", tmp_path)
    made = bring(
        files.archive({n: b for n, b in members.items() if not n.endswith(".dbf")}), "l.zip"
    )
    assert len(made.rows) == 2
    assert any("table" in value for *_, value in told(made, NOT_READ))


def test_52_a_file_without_columns_is_a_layer_and_says_so(case):
    made = case("52-lieux.geojson")
    assert len(made.rows) == 1
    assert (0, "", "aucune colonne") in told(made)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso8859_15"])
def test_geojson_is_read_in_any_encoding(bring, encoding):
    content = json.loads(collection(({"nom": "Cœur de Béthune"}, ARRAS)))
    made = bring(json.dumps(content, ensure_ascii=False).encode(encoding), "lieux.geojson")
    assert made.rows["nom"].tolist() == ["Cœur de Béthune"]


def test_13_a_curve_costs_its_row_and_is_said(bring):
    arc = '"CURVEPOLYGON(CIRCULARSTRING(1.8 50.9,1.85 50.95,1.9 50.9,1.85 50.85,1.8 50.9))"'
    made = bring(texts("Nom,wkt", f"A,{arc}", "B,POINT(1.88 50.94)"))
    assert made.rows["nom"].tolist() == ["B"]
    expected = next(p.expected for p in made.problems if p.column == "wkt")
    assert expected == "une géométrie sans courbe, en WKT, WKB ou GeoJSON"


def test_13_a_second_position_of_a_row_is_named(bring):
    names = "Nom;lat départ;lon départ;lat arrivée;lon arrivée"
    made = bring(texts(names, "A;50.94;1.88;50.29;2.78"))
    assert made.rows.geometry.iloc[0].y == pytest.approx(50.94)
    assert [column for _, column, _ in told(made, NOT_READ)] == ["lat arrivée", "lon arrivée"]


def test_13_coordinates_of_utm_are_found_out(bring):
    made = bring(texts("Nom;UTM X;UTM Y", "A;488100;5586300"))
    assert made.rows["commune"].tolist() == ["Lens"]


def test_20_objects_one_a_line_are_a_file(bring):
    one = {"type": "Feature", "properties": {"nom": "A"}, "geometry": None}
    point = {"type": "Point", "coordinates": [1.88, 50.94]}
    lines = [json.dumps({**one, "geometry": point}), json.dumps({**one, "geometry": point})]
    assert len(bring(texts(*lines, ""), "lieux.geojsonl").rows) == 2

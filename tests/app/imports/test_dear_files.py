"""Small files that are dear to read: each costs little, and one bad row costs that row."""

import json
import sqlite3
import time
from contextlib import contextmanager

import pandas as pd
import pytest

from app.imports.file_kind import read_table
from app.imports.limits import BroughtFileError
from layers.brought.values.cells import parse_each
from layers.brought.values.dates import date_parser
from layers.brought.values.numbers import amount_parser, number_parser
from tests.app.imports import files
from tests.app.imports.files import LENS


@pytest.fixture
def brought(tmp_path):
    def bring(content, name="lieux.csv"):
        path = tmp_path / "apport"
        path.write_bytes(content)
        return read_table(path, name)

    return bring


@contextmanager
def cheap(seconds):
    """Hold what is done inside to some seconds of processor time."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds


def test_a_million_columns_are_refused_before_anything_is_made_of_them(brought):
    row = b";".join([b"c"] * 1_000_000)
    with cheap(5), pytest.raises(BroughtFileError, match="plus de 200 colonnes"):
        brought(row + b"\n" + row)


def test_a_wide_row_and_many_rows_do_not_cost_their_product(brought):
    rows = b"A;Lens\n" * 20_000
    with cheap(10):
        table = brought(b"nom;ville\n" + rows + b"B;Arras" + b";" * 200_000 + b"fin\n")
    assert len(table.frame) == 20_001
    assert table.frame.shape[1] == 3


@pytest.mark.parametrize(
    "text",
    ["9" * 30_000 + "x", "1" + " " * 30_000 + "x", "1 " * 15_000, "(" * 30_000, "1." * 15_000,
     "1/" * 15_000, "€ " * 15_000],
    ids=lambda text: text[:2],
)  # fmt: skip
@pytest.mark.parametrize("parser", [number_parser, amount_parser, date_parser])
def test_a_long_text_is_no_value_and_is_not_looked_through(parser, text):
    texts = pd.Series([text, "12"])
    with cheap(0.2):
        values, wrong = parse_each(texts, parser(texts))
    assert values[0] is None
    assert wrong[0]


def feature(geometry):
    return {"type": "Feature", "properties": {"nom": "Ici"}, "geometry": geometry}


DEEP = "[" * 1000 + "2.8,50.4" + "]" * 1000


@pytest.mark.parametrize(
    "geometry",
    [
        f'{{"type": "Polygon", "coordinates": {DEEP}}}',
        f'{{"type": "MultiPolygon", "coordinates": {DEEP}}}',
        f'{{"type": "Point", "coordinates": {DEEP}}}',
        '{"type": ["Polygon"], "coordinates": []}',
        '{"type": {"a": 1}}',
        '{"type": "Polygon", "coordinates": [[[1]]]}',
        '{"type": "GeometryCollection", "geometries": [1]}',
        '"Point"',
        "[]",
        "1e400",
    ],
)
def test_a_geometry_that_is_none_costs_its_row(brought, geometry):
    whole = json.dumps(feature({"type": "Point", "coordinates": LENS}))
    bad = json.dumps(feature(None)).replace("null", geometry)
    table = brought(
        f'{{"type": "FeatureCollection", "features": [{whole}, {bad}]}}'.encode(), "a.geojson"
    )
    assert table.geometry.notna().tolist() == [True, False]
    assert table.frame["nom"].tolist() == ["Ici", "Ici"]


ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
VIEWS = {
    "without end": (f"{ENDLESS} SELECT t.n AS fid, nom, geom FROM t, lieux", False),  # noqa: S608
    "that loads a program": ("SELECT fid, load_extension('x') AS nom, geom FROM lieux", False),
    "of a table that is gone": ("SELECT fid, nom, geom FROM absente", False),
    "honest": ("SELECT fid, nom || '!' AS nom, geom FROM lieux", True),
}


@pytest.mark.parametrize(("view", "read"), VIEWS.values(), ids=VIEWS.keys())
def test_an_endless_view_stops_neither_the_reading_nor_other_layers(
    brought, tmp_path, view, read, monkeypatch
):
    monkeypatch.setattr("app.imports.formats.geofile.VIEW_SECONDS", 0.3)
    path = tmp_path / "vues.gpkg"
    path.write_bytes(files.written(files.points(), "GPKG", tmp_path))
    with sqlite3.connect(path) as base:
        base.executescript(
            f"CREATE VIEW vue AS {view};"  # noqa: S608
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
            " VALUES ('vue', 'features', 'vue', 4326);"
            "INSERT INTO gpkg_geometry_columns VALUES ('vue', 'geom', 'POINT', 4326, 0, 0);"
        )
    base.close()
    with cheap(5):
        table = brought(path.read_bytes(), "vues.gpkg")
    assert table.part == "lieux"
    assert len(table.frame) == 2
    assert ("vue" in table.parts) is read

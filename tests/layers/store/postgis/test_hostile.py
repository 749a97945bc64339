"""What a stranger's file may call its columns, and what it may put into them."""

from dataclasses import replace
from decimal import Decimal

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiPoint, Point

from layers.model.layer import Source
from layers.model.schema import Field
from layers.store.description import KEY, Description
from layers.store.postgis.shared import PostgisStore
from layers.store.protocol import StoreError
from tests.layers.store.test_geopackage import FIELDS, described, ids, rows

NAMES = (
    'a"; DROP SCHEMA atlas62 CASCADE; --',
    "a'); DELETE FROM atlas62.couches; --",
    "%s %(x)s {} {0}",
    "select",
    "user",
    "ctid",
    "xmin",
    "fid",
    "geom",
    "geom_2",
    "Nom",
    "nom",
    "NOM",
    "nul\0le",
    "nulle",
    "\\.",
    "a\tb\nc",
    "é" * 40 + "1",
    "é" * 40 + "2",
    "x" * 63,
    "x" * 64,
    "x" * 61 + "_2",
    "",
)
WORDS = ("'; DROP TABLE couche_1; --", "\\N", "\\.", "NULL", "{a,b}", "a\tb\nc\\", "😀\u202f’", "")


@pytest.fixture
def store(database):
    return PostgisStore(database.address())


def layer(fields, **columns):
    source = Source("Fichier", "", "", "")
    description = Description("lieux", "Lieux", "point", (*FIELDS, *fields), (source,))
    size = len(next(iter(columns.values())))
    frame = rows(size)
    for name, values in columns.items():
        frame[name] = gpd.pd.Series(values, dtype=object)
    return description, frame


def test_no_name_of_a_column_is_understood_or_lost(store):
    columns = {name: [f"valeur de {number}", None] for number, name in enumerate(NAMES)}
    fields = [Field(name, "L", "M.", nullable=True) for name in NAMES]
    store.adopt(*layer(fields, **columns))
    (adoption,) = store.adoptions().values()
    read = store.read(adoption.description)
    for name, values in columns.items():
        assert read[name].tolist() == values


@pytest.mark.parametrize("title", ["'; DROP SCHEMA atlas62 CASCADE; --", "nul\0", "\ud800", '"'])
def test_no_title_is_understood(store, title):
    store.adopt(described(title=title), rows())
    assert [one.title for one in store.layers()] == [title]


@pytest.mark.parametrize("layer_id", ['a"; DROP SCHEMA atlas62; --', "É" * 70, "select"])
def test_no_identifier_is_understood(store, layer_id):
    store.adopt(described(layer_id), rows())
    store.adopt(described(layer_id + "b"), rows(1))
    assert ids(store) == [layer_id, layer_id + "b"]
    assert [len(one.read(None, None)) for one in store.layers()] == [3, 1]
    store.remove(layer_id)
    assert ids(store) == [layer_id + "b"]


def test_words_numbers_and_lists_come_back_to_the_letter(store):
    fields = (
        Field("mots", "L", "M."),
        Field("liste", "L", "M.", "list"),
        Field("jour", "L", "M.", "date", nullable=True),
        Field("nombre", "L", "M.", "float", nullable=True),
        Field("somme", "L", "M.", "money", nullable=True),
        Field("entier", "L", "M.", "int", nullable=True),
    )
    numbers = [np.inf, -np.inf, np.nan, 0.1, 5e-324, 1.7976931348623157e308, -0.0, None]
    money = ["1", "0.10", "-0.01", "99999999999999999999.99", "NaN", None, "1e3", "0.005"]
    store.adopt(
        *layer(
            fields,
            mots=WORDS,
            liste=[(word, '"', "a;b") for word in WORDS],
            jour=["2023", "2023-12", "2023-12-04", "2ème sem 2026", None, "04-05/2024", "", "0"],
            nombre=numbers,
            somme=[None if text is None else Decimal(text) for text in money],
            entier=[2**63 - 1, -(2**63), 0, 1, None, 2, 3, 4],
        )
    )
    (adoption,) = store.adoptions().values()
    read = store.read(adoption.description)
    assert read["mots"].tolist() == [*WORDS]
    assert read["liste"].tolist() == [(word, '"', "a;b") for word in WORDS]
    assert read["jour"].tolist()[3:6] == ["2ème sem 2026", None, "04-05/2024"]
    wanted = [*numbers[:2], None, *numbers[3:]]
    assert list(map(str, read["nombre"])) == list(map(str, wanted))
    assert list(map(str, read["somme"])) == [
        "1.00", "0.10", "-0.01", "99999999999999999999.99", "None", "None", "1000.00", "0.00",
    ]  # fmt: skip
    assert read["entier"].tolist()[:2] == [2**63 - 1, -(2**63)]


@pytest.mark.parametrize(
    ("dtype", "value"), [("text", "a\0b"), ("text", "\ud800"), ("int", 2**63), ("text", 7)]
)
def test_what_cannot_be_kept_as_it_is_is_refused_in_french(store, dtype, value):
    store.adopt(described("avant"), rows())
    field = Field("x", "L", "M.", dtype, nullable=True)
    with pytest.raises(StoreError, match=r"^Magasin « atlas » \(cette machine\) : .*rien n’est "):
        store.adopt(*layer([field], x=[value, None]))
    assert ids(store) == ["avant"]
    assert store.backups() == ()


def test_any_shape_is_kept_as_it_was(store):
    shapes = [
        Point(1, 50),
        Point(),
        None,
        LineString([(0, 0), (1, 1)]),
        MultiPoint([(0, 0), (1, 1)]),
        shapely.from_wkt("GEOMETRYCOLLECTION (POINT (0 0), LINESTRING (0 0, 1 1))"),
        shapely.from_wkt("POLYGON EMPTY"),
    ]
    store.adopt(described(), rows(7).set_geometry(shapes, crs="EPSG:4326"))
    read = store.read(described()).geometry
    assert read.to_wkt().tolist() == gpd.GeoSeries(shapes).to_wkt().tolist()
    with_heights = [Point(1, 2, 3), Point(1, 2), Point(1, 2, np.nan)]
    store.adopt(described("hauts"), rows(3).set_geometry(with_heights, crs="EPSG:2154"))
    read = store.read(described("hauts")).geometry
    assert read.has_z.tolist() == [True, False, True]
    assert read.crs == "EPSG:2154"


def test_a_layer_without_rows_and_one_without_crs(store):
    store.adopt(described(), rows(1).iloc[:0])
    assert store.read(described()).shape == (0, 7)
    assert store.read(described()).crs == "EPSG:4326"
    with pytest.raises(StoreError, match="système de coordonnées sans numéro EPSG"):
        store.adopt(described("sans"), rows().set_crs(None, allow_override=True))


def test_too_many_columns_are_said(store):
    fields = [Field(f"c{n}", "L", "M.", nullable=True) for n in range(1_700)]
    source = Source("Fichier", "", "", "")
    frame = rows(1)
    more = gpd.pd.DataFrame({field.name: [None] for field in fields}, dtype=object)
    wide = Description("large", "Large", "point", (KEY, *fields), (source,))
    with pytest.raises(StoreError, match="trop de colonnes pour une table"):
        store.adopt(wide, gpd.GeoDataFrame(frame.join(more), crs=frame.crs))


def test_the_table_of_a_layer_says_whose_it_is_and_has_its_index(store, database):
    store.adopt(replace(described(), title="L’été « 62 »"), rows())
    with database.connect() as chief:
        told = chief.execute(
            "SELECT obj_description(c.oid), indexdef FROM pg_class AS c JOIN pg_indexes AS i "
            "ON i.tablename = c.relname WHERE relname ~ '^couche_[0-9]+$' AND indexdef ~ 'gist'"
        ).fetchall()
        kinds = chief.execute("SELECT type, srid FROM geometry_columns").fetchall()
    assert [one[0] for one in told] == ["L’été « 62 » (lieux)"]
    assert kinds == [("GEOMETRY", 4326)]

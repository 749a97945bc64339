"""The Base permanente des équipements, located: a category is a layer once it was asked for."""

import io
from dataclasses import replace

import pandas as pd
import pytest

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.connectors.bpe import CONNECTOR, read_categories
from layers.connectors.declaration import ConnectorError
from tests.layers.connectors.taken_files import shown, take

LENS = (688_076.5, 7_036_871.5)
LENS_DEGREES = (2.832435, 50.429256)
"""Metres, EPSG:2154, in the middle of the town."""


def facility(category="D307", commune="62498", **more):
    return {
        "AN": 2025,
        "DEP": commune[:2],
        "DEPCOM": commune,
        "TYPEQU": category,
        "NOMRS": "PHARMACIE  DU CENTRE",
        "LAMBERT_X": LENS[0],
        "LAMBERT_Y": LENS[1],
        "LONGITUDE": 2.78,
        "LATITUDE": 50.43,
        "QUALITE_XY": "Bonne",
        "EPSG": "2154",
    } | more


ROWS = [
    facility("D307", "59350"),
    facility("A206", NOMRS=None),
    facility(),
    facility(NOMRS="PHARMACIE B", QUALITE_XY="Acceptable"),
    facility(NOMRS="PHARMACIE C", QUALITE_XY="Mauvaise"),
    facility(NOMRS="PHARMACIE D", LAMBERT_X=None, LAMBERT_Y=None, QUALITE_XY=None),
    facility(NOMRS="PHARMACIE E", EPSG="2975"),
    facility(NOMRS="PHARMACIE F", LAMBERT_X=0.0, LAMBERT_Y=0.0),
]


def as_parquet(rows, **kinds):
    out = io.BytesIO()
    pd.DataFrame(rows).astype(kinds).to_parquet(out, row_group_size=3)
    return out.getvalue()


def asking(*categories, about=7):
    wanted = read_categories(categories)
    return replace(CONNECTOR, feed=replace(CONNECTOR.feed, categories=wanted, about=about))


def test_a_category_is_a_layer_with_what_is_known_of_each_point(reference, tmp_path):
    taken = take(asking("D307", "A206=Bureaux de poste"), as_parquet(ROWS), reference, tmp_path)
    assert taken.count == len(ROWS) - 1
    assert [text.replace("\u00a0", " ") for text in taken.told] == [
        "A206, Bureaux de poste : 1 équipement.",
        "D307, Pharmacies : 6 équipements, dont 4 à la mairie, faute de position sûre.",
    ]
    catalogue = shown(reference, tmp_path)
    layer = catalogue.layer("bpe_d307")
    assert (layer.title, catalogue.state("bpe_d307").message) == ("Pharmacies (BPE)", "")
    rows = catalogue.given("bpe_d307").set_index("name")
    exact = {name.split()[-1]: precision for name, precision in rows["precision"].items()}
    assert exact == {"CENTRE": "address", "B": "street"} | dict.fromkeys("CDEF", "commune")
    centre = rows.loc["PHARMACIE DU CENTRE"]
    assert (centre.geometry.x, centre.geometry.y) == pytest.approx(LENS_DEGREES, abs=1e-4)
    assert "à la mairie" in rows.loc["PHARMACIE D", "position_note"]
    (source,) = layer.sources
    assert source.title == CONNECTOR.title
    assert source.vintage.startswith("sans date, le même depuis")


def test_a_facility_without_a_name_is_called_by_what_it_is_and_where(reference, tmp_path):
    take(asking("A206=Bureaux de poste"), as_parquet(ROWS), reference, tmp_path)
    catalogue = shown(reference, tmp_path)
    assert "bpe_d307" not in catalogue.layers
    layer = catalogue.layer("bpe_a206")
    (row,) = catalogue.given("bpe_a206").to_dict("records")
    assert layer.title_of(row) == "Bureaux de poste, Lens"


def test_nothing_is_a_layer_before_it_was_asked_for(reference):
    assert not [one for one in Catalogue(reference, EMBEDDED_DATA).layers if one.startswith("bpe")]


def test_codes_may_be_numbers(reference, tmp_path):
    rows = [facility(EPSG=2154, QUALITE_XY=quality) for quality in (11, 22, 33)]
    take(asking("D307", about=3), as_parquet(rows), reference, tmp_path)
    found = shown(reference, tmp_path).given("bpe_d307")["precision"]
    assert sorted(found) == ["address", "commune", "street"]


@pytest.mark.parametrize(
    ("content", "connector", "said"),
    [
        (as_parquet(ROWS), asking(), "aucune catégorie"),
        (as_parquet(ROWS), asking("B105"), "« B105 » absente.* A206, D307"),
        (as_parquet(ROWS)[:-40], asking("D307"), "endommagé"),
        (b"DEPCOM;TYPEQU\n62498;D307\n", asking("D307"), "Parquet"),
        (as_parquet([{**row, "TYPEQU": "x"} for row in ROWS])[:0], asking("D307"), "endommagé"),
        (as_parquet(pd.DataFrame(ROWS).drop(columns="EPSG")), asking("D307"), "« EPSG » absente"),
        (as_parquet(ROWS), asking("D307", about=40), "incomplet"),
        (as_parquet(ROWS), replace(asking("D307"), most_unpacked=100), "plus que"),
        (as_parquet([facility(commune="62999")]), asking("D307", about=1), "62999"),
        (
            as_parquet([facility(LAMBERT_X=LENS[0] + 90_000) for _ in ROWS]),
            asking("D307", about=len(ROWS)),
            "de leur commune",
        ),
    ],
)
def test_a_file_that_is_not_what_it_was_is_refused(reference, tmp_path, content, connector, said):
    with pytest.raises(ConnectorError, match=said):
        take(connector, content, reference, tmp_path)


@pytest.mark.parametrize("given", ["pharmacies", "D3077", "Z101", "D307=" + "x" * 61, ""])
def test_what_is_no_category_is_refused(given):
    with pytest.raises(ConnectorError, match="A206=Bureaux de poste"):
        read_categories([given])


def test_twenty_categories_are_enough():
    read_categories([f"A1{number:02}" for number in range(20)])
    with pytest.raises(ConnectorError, match="20 au plus"):
        read_categories([f"A1{number:02}" for number in range(21)])

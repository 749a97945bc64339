"""How precisely the rows of a list stand on the map is told for each of them."""

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports.precisions import count_precisions, say_precisions

KNOWN = ("address", "street", "site", "district", "commune")


def rows(*precisions):
    return gpd.GeoDataFrame({"precision": list(precisions)})


@given(st.lists(st.sampled_from(KNOWN)))
def test_every_row_is_counted_once(precisions):
    assert sum(count_precisions(rows(*precisions)).values()) == len(precisions)


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("address", "2 à l’adresse"),
        ("site", "2 au site ou à la position que donne le fichier"),
        ("street", "2 à la rue"),
        ("district", "2 au quartier"),
        ("commune", "2 à la commune seulement (le point est à sa mairie)"),
    ],
)
def test_each_precision_has_its_words(precision, words):
    assert say_precisions(rows(precision, precision)) == words


def test_the_sharpest_come_first_and_areas_have_none():
    assert say_precisions(rows("commune", "address", "commune")) == (
        "1 à l’adresse et 2 à la commune seulement (le point est à sa mairie)"
    )
    assert say_precisions(gpd.GeoDataFrame({"nom": ["A"]})) == ""

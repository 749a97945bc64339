"""A point is drawn for what it is, and several at one place are one mark."""

from collections import Counter

import pandas as pd
import pytest

from app.drawing.signs import SIGNS, sign_of
from app.map.points import point_features
from tests.known_operations import OPERATIONS
from tests.known_totals import FIT, ROWS

SHOWN = {"operations": len(OPERATIONS)} | {
    layer: ROWS[layer] for layer in ("qpv", "colleges", "france_services", "mairies")
}


@pytest.mark.parametrize(("layer", "rows"), SHOWN.items())
def test_every_row_is_listed_once(atlas, layer, rows):
    items = [
        item["key"]
        for feature in atlas.points(layer)["features"]
        for item in feature["properties"]["items"]
    ]
    assert len(items) == rows
    assert max(Counter(items).values()) == 1


def test_what_is_known_to_the_commune_only_is_a_square_that_says_so(atlas):
    features = atlas.points("hopitaux")["features"]
    vague = [one for one in features if one["properties"]["shape"] == "square"]
    assert vague
    assert all("à la commune près" in one["properties"]["precision_text"] for one in vague
               if one["properties"]["precision_text"])  # fmt: skip
    assert len(features) < ROWS["hopitaux"]


def test_no_two_marks_of_a_shape_stand_at_one_place(atlas):
    for layer in SHOWN.keys() - {"qpv"}:
        marks = [
            (*feature["geometry"]["coordinates"], feature["properties"]["shape"])
            for feature in atlas.points(layer)["features"]
        ]
        assert len(marks) == len(set(marks))


def test_amounts_of_the_circles_add_up_to_the_vote(atlas):
    features = atlas.points("operations")["features"]
    assert sum(feature["properties"]["amount"] for feature in features) == FIT


def test_a_new_layer_has_a_sign_without_being_told_of(catalogue):
    layer = catalogue.layer("colleges")
    assert sign_of(layer) is SIGNS["colleges"]
    stranger = type(layer)(**{**vars(layer), "id": "piscines", "title": "Piscines"})
    assert sign_of(stranger).letter == "P"


def test_hostile_names_stay_text(catalogue):
    layer = catalogue.layer("colleges")
    frame = catalogue.load("colleges").head(1).copy()
    frame["name"] = '<img src=x onerror="alert(1)">'
    (feature,) = point_features(layer, frame)["features"]
    assert "<img" in feature["properties"]["items"][0]["title"]


@pytest.mark.parametrize(("layer", "listed"), [("colleges", 50), ("operations", 60)])
def test_a_crowd_at_one_place_is_counted_whole_and_listed_in_part(catalogue, layer, listed):
    # the browser chooses among operations by itself: it has them all
    crowd = pd.concat([catalogue.load(layer).head(1)] * 60)
    (feature,) = point_features(catalogue.layer(layer), crowd.reset_index(drop=True))["features"]
    assert feature["properties"]["count"] == 60
    assert len(feature["properties"]["items"]) == listed

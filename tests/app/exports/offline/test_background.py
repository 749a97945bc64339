"""The background in the offline map: only where it is asked for, cut to the perimeter, credited."""

import json
import re

import geopandas as gpd
import pytest
import shapely

from app.commands.offline_map import _layers
from app.exports.offline.contents import OfflineChoice
from app.exports.offline.packing import pack_shapes
from app.exports.offline.page import offline_map
from geo.perimeter import Level, Perimeter
from layers.model.layer import LayerError

ARRAS = Perimeter(Level.EPCI, "200033579")
MOMENT = "1768478400"
CREDIT = "Fond\u00a0: © les contributeurs d’OpenStreetMap, ODbL"


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)


def contents_of(page):
    return json.loads(re.search(r'id="contents">(.*?)</script>', page, re.DOTALL)[1])


def unpacked(steps, decimals):
    x = y = 0
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        yield x / 10**decimals, y / 10**decimals


def test_a_file_that_asks_for_it_holds_it_cut_to_the_perimeter(grounded, reference):
    page = offline_map(grounded, OfflineChoice(ARRAS, ("operations", "fond"))).decode()
    held = contents_of(page)
    assert held["shown"] == ["fond"]
    file = held["files"]["background"]
    kinds = [one["properties"]["kind"] for one in file["features"]]
    assert kinds == ["built", "river", "rail", "secondary", "primary", "motorway"]
    assert "rings" in file["features"][0]
    west, south, east, north = (
        reference.outlines(Level.EPCI)
        .set_index("code")
        .loc[["200033579"]]
        .to_crs(4326)
        .total_bounds
    )
    for one in file["features"][1:]:
        for steps in one["lines"]:
            for x, y in unpacked(steps, file["decimals"]):
                assert west - 0.01 < x < east + 0.01
                assert south - 0.01 < y < north + 0.01
    assert '<span id="background-credit">' + CREDIT in page
    assert "data-layer" in json.dumps(held["layers"])
    assert '"fond"' in json.dumps(held["layers"])


def test_any_other_file_is_as_it_was_before_an_extract_was_taken(grounded, catalogue):
    choice = OfflineChoice(ARRAS)
    page = offline_map(grounded, choice)
    assert page == offline_map(catalogue, choice)
    assert CREDIT.encode() not in page


def test_asked_for_where_none_was_taken_a_sentence_says_how_to(catalogue, grounded):
    with pytest.raises(LayerError, match="actualiser fond"):
        _layers(catalogue, "operations,fond")
    assert _layers(grounded, "operations,fond") == ("operations", "fond")


def test_a_line_keeps_both_its_ends_and_a_ring_is_not_closed_twice():
    shapes = [shapely.LineString([(2, 50), (2.5, 50), (2.5, 51)]), shapely.box(2, 50, 3, 51)]
    packed = pack_shapes(gpd.GeoDataFrame({"kind": ["a", "b"]}, geometry=shapes, crs=4326), 1)
    line, area = packed["features"]
    assert line["lines"] == [[20, 500, 5, 0, 0, 10]]
    assert "rings" not in line
    assert len(area["rings"][0][0]) == 8

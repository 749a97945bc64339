"""OGC API – Features, Part 2 (OGC 18-058r1): its abstract tests, one test for each."""

import json

import numpy as np
import pytest
import shapely
from pyproj import CRS

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
WGS84 = "http://www.opengis.net/def/crs/EPSG/0/4326"
LAMBERT93 = "http://www.opengis.net/def/crs/EPSG/0/2154"
ALL = (CRS84, WGS84, LAMBERT93)
SPATIAL = ("communes", "operations", "indicateur.fit.epci")
UNKNOWN = "http://www.opengis.net/def/crs/EPSG/0/3857"


def positions(feature):
    return shapely.get_coordinates(shapely.from_geojson(json.dumps(feature["geometry"])))


def expected(rows, uri):
    """Return the positions of rows by PROJ, in the axes that it knows of the system."""
    system = CRS.from_user_input(uri)
    moved = rows.to_crs("EPSG:2154" if uri == LAMBERT93 else "EPSG:4326")
    plain = shapely.get_coordinates(moved.geometry.iloc[0])
    north_first = system.axis_info[0].direction == "north"
    return plain[:, ::-1] if north_first else plain


@pytest.mark.parametrize("collection", SPATIAL)
def test_01_crs_uri(ask, collection):
    """Abstract test 1, /conf/crs/crs-uri: each system is told by its address of OGC."""
    assert set(ask(f"/collections/{collection}").json["crs"]) == set(ALL)
    assert "crs" not in ask("/collections/table.financements").json


@pytest.mark.parametrize("collection", SPATIAL)
def test_02_default_crs(ask, collection):
    """Abstract test 2, /conf/crs/default-crs: CRS84 is among them, first."""
    assert ask(f"/collections/{collection}").json["crs"][0] == CRS84


@pytest.mark.parametrize("collection", SPATIAL)
def test_03_storage_crs(ask, collection):
    """Abstract test 3, /conf/crs/storageCrs: the one that is kept is among them."""
    said = ask(f"/collections/{collection}").json
    assert said["storageCrs"] in said["crs"]


@pytest.mark.parametrize("uri", ALL)
@pytest.mark.parametrize("path", ["items", "items/62041"])
def test_04_crs_parameter(ask, path, uri):
    """Abstract test 4, /conf/crs/crs-parameter: the header says the system of the answer."""
    assert ask(f"/collections/communes/{path}", crs=uri).headers["Content-Crs"] == f"<{uri}>"


@pytest.mark.parametrize("path", ["items", "items/62041"])
def test_05_crs_parameter_invalid(ask, path):
    """Abstract test 5, /conf/crs/crs-parameter-invalid: a system that is not told is refused."""
    assert "EPSG/0/2154" in ask(f"/collections/communes/{path}", status=400, crs=UNKNOWN).json["fr"]


@pytest.mark.parametrize("path", ["items", "items/62041"])
def test_06_crs_parameter_default(ask, path):
    """Abstract test 6, /conf/crs/crs-parameter-default: CRS84 where nothing is asked."""
    plain, told = (ask(f"/collections/communes/{path}", **q) for q in ({}, {"crs": CRS84}))
    assert plain.headers["Content-Crs"] == f"<{CRS84}>"
    assert plain.json.get("features", plain.json["type"]) == told.json.get(
        "features", told.json["type"]
    )


@pytest.mark.parametrize("uri", ALL)
@pytest.mark.parametrize("collection", ["communes", "gares"])
def test_07_crs_parameter_transform(items, catalogue, collection, uri):
    """Abstract test 7, /conf/crs/crs-parameter-transform: positions and order of PROJ's axes."""
    (feature,) = items(collection, limit=1, crs=uri)["features"]
    wanted = expected(catalogue.load(collection).iloc[:1], uri)
    found = positions(feature)
    exactness = 0.01 if uri == LAMBERT93 else 1e-6
    assert found.shape == wanted.shape
    # where a ring begins and which way it turns is the writer's
    assert np.allclose(np.sort(found, axis=0), np.sort(wanted, axis=0), atol=exactness)


BOXES = {
    CRS84: "1.8,50.9,1.9,51.0",
    WGS84: "50.9,1.8,51.0,1.9",
    LAMBERT93: "615900,7088500,622700,7099500",
}
"""Calais and around, by hand: in degrees, then a box of Lambert-93 within it."""


@pytest.mark.parametrize("uri", ALL)
def test_08_bbox_crs_parameter(items, catalogue, uri):
    """Abstract test 8, /conf/crs/bbox-crs-parameter: the box in each system and its axes."""
    rows = catalogue.load("mairies")
    numbers = [float(number) for number in BOXES[uri].split(",")]
    system = "EPSG:2154" if uri == LAMBERT93 else "EPSG:4326"
    points = rows.to_crs(system).geometry
    north_first = CRS.from_user_input(uri).axis_info[0].direction == "north"
    first, second = (points.y, points.x) if north_first else (points.x, points.y)
    inside = first.between(numbers[0], numbers[2]) & second.between(numbers[1], numbers[3])
    found = items("mairies", bbox=BOXES[uri], **{"bbox-crs": uri})["features"]
    assert [one["id"] for one in found] == rows[inside]["id"].tolist()
    assert 0 < len(found) < 20


def test_09_bbox_crs_parameter_invalid(ask):
    """Abstract test 9, /conf/crs/bbox-crs-parameter-invalid: a system not told is refused."""
    ask("/collections/gares/items", status=400, bbox="1,50,2,51", **{"bbox-crs": UNKNOWN})


def test_10_bbox_crs_parameter_default(items):
    """Abstract test 10, /conf/crs/bbox-crs-parameter-default: CRS84 where nothing is told."""
    box = "1.8,50.9,1.9,51"
    plain = items("communes", bbox=box)["features"]
    assert plain == items("communes", bbox=box, **{"bbox-crs": CRS84})["features"]
    swapped = "50.9,1.8,51,1.9"
    assert plain == items("communes", bbox=swapped, **{"bbox-crs": WGS84})["features"]

"""The files of outlines: complete, small, compressed, kept for ever under a name that changes."""

import brotli
import orjson
import pytest
import shapely

from app.web.static_files import StaticFiles
from geo.perimeter import Level, Perimeter
from tests.known_totals import ALL_COMMUNES

COUNTS = {"departement": 1, "territoire": 7, "mds": 9, "epci": 20, "canton": 39,
          "commune": ALL_COMMUNES}  # fmt: skip


def features(atlas, stem):
    return orjson.loads(atlas.files[stem].body)["features"]


@pytest.mark.parametrize(("level", "count"), COUNTS.items())
@pytest.mark.parametrize("resolution", ["far", "middle", "near"])
def test_each_level_is_complete_at_each_resolution(atlas, level, count, resolution):
    found = features(atlas, f"{level}-{resolution}")
    assert len({feature["properties"]["code"] for feature in found}) == count
    assert all(feature["properties"]["name"] for feature in found)


@pytest.mark.parametrize("level", ["territoire", "mds", "epci"])
def test_a_perimeter_is_exactly_its_communes(atlas, level):
    communes = {
        feature["properties"]["code"]: shapely.from_geojson(orjson.dumps(feature["geometry"]))
        for feature in features(atlas, "commune-near")
    }
    feature = features(atlas, f"{level}-near")[0]
    place = Perimeter(Level(level), feature["properties"]["code"])
    outline = shapely.from_geojson(orjson.dumps(feature["geometry"]))
    members = shapely.union_all([communes[code] for code in atlas.reference.members(place)])
    assert outline.symmetric_difference(members).area < 1e-6 * outline.area


def test_anchors_lie_in_their_communes(atlas):
    anchors = orjson.loads(atlas.files["anchors-commune"].body)
    assert len(anchors) == COUNTS["commune"]
    strays = [
        code
        for code, (longitude, latitude) in anchors.items()
        if getattr(atlas.reference.commune_at(longitude, latitude), "code", None) != code
    ]
    assert strays == []


def test_the_first_paint_is_light(atlas):
    packed = sum(len(atlas.files[stem].packed) for stem in ("commune-far", "epci-far", "around"))
    assert packed < 100_000


def test_a_file_is_served_compressed_and_kept_for_ever(client, atlas):
    file = atlas.files["epci-far"]
    answer = client.get(file.url, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert brotli.decompress(answer.data) == file.body


def test_a_browser_without_brotli_is_served_too(client, atlas):
    answer = client.get(atlas.files["epci-far"].url, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert answer.json["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    "name", ["epci-far-000000000000.json", "..%2f..%2fetc%2fpasswd", "epci-far", "%00", "x" * 5000]
)
def test_any_other_name_is_refused_in_french(client, name):
    answer = client.get(f"/geometrie/{name}")
    assert answer.status_code == 404
    assert "text/plain" in answer.content_type


def test_the_name_changes_with_the_content():
    first = StaticFiles({"a": lambda: [1]})["a"]
    second = StaticFiles({"a": lambda: [2]})["a"]
    assert first.name != second.name
    assert StaticFiles({"a": lambda: [1]})["a"].name == first.name

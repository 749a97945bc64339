"""A large layer comes by frame: all of its points or areas are counted, few are sent."""

from dataclasses import replace

import geopandas as gpd
import orjson
import pytest
import shapely
from flask import Flask

from app.explore.stores import browser_urls
from app.gaps.calculator import GapCalculator
from app.map.atlas import Atlas
from app.map.gathered import Window
from app.map.panes import render_map
from app.map.search_index import search_groups
from app.readers.answers import Answers, serve_answers
from app.view.state import DEFAULT
from benchmarks.explorer import areas_layer, points_layer
from geo.crs import MEASURE

POINTS = 20_000
AREAS = 4_000
WHOLE = Window(1.0, 49.5, 4.0, 51.5, 8.75)


@pytest.fixture(scope="module")
def atlas(catalogue):
    layers = [points_layer(catalogue, POINTS), areas_layer(catalogue, AREAS)]
    return Atlas(catalogue.with_layers(layers))


@pytest.fixture(scope="module")
def client(atlas):
    server = Flask("points")
    given = Answers(atlas, GapCalculator(atlas.catalogue))
    server.register_blueprint(serve_answers(lambda: given))
    return server.test_client()


def counted(features):
    return sum(
        each["properties"].get("point_count") or each["properties"]["count"] for each in features
    )


def test_every_point_is_counted_once_in_few_marks(atlas):
    features = atlas.gathered("points").seen(WHOLE)["features"]
    assert counted(features) == POINTS
    assert len(features) < 250


def test_pairs_and_single_points_are_counted_too(atlas):
    features = atlas.gathered("points").seen(replace(WHOLE, zoom=13))["features"]
    assert counted(features) == POINTS
    assert 2 in {each["properties"].get("point_count") for each in features}
    assert any("items" in each["properties"] for each in features)


def test_marks_stand_among_their_points_and_no_two_in_a_square(atlas):
    rows = atlas.catalogue.load("points")
    west, south, east, north = rows.total_bounds
    for each in atlas.gathered("points").seen(WHOLE)["features"]:
        longitude, latitude = each["geometry"]["coordinates"]
        assert west <= longitude <= east
        assert south <= latitude <= north


def test_from_near_each_point_says_what_it_is(atlas):
    rows = atlas.catalogue.load("points")
    window = Window(2.4, 50.4, 2.46, 50.44, 13)
    inside = rows.cx[2.4:2.46, 50.4:50.44]
    features = atlas.gathered("points").seen(window)["features"]
    assert 0 < len(inside) == counted(features)
    assert {item["key"] for each in features for item in each["properties"]["items"]} == set(
        inside[atlas.catalogue.layer("points").key]
    )


def test_the_page_holds_the_address_and_no_point(atlas):
    def parts(node):
        children = getattr(node, "children", None) or []
        for child in children if isinstance(children, list) else [children]:
            yield child
            yield from parts(child)

    drawn = {
        part.id["layer"]: part
        for part in parts(render_map(atlas, replace(DEFAULT, layers=("operations", "points"))))
        if isinstance(getattr(part, "id", None), dict)
    }
    assert drawn["points"].url == ""
    assert not drawn["points"].cluster
    assert drawn["operations"].url


def test_a_frame_is_asked_for_by_address_and_kept_by_nobody(client):
    answer = client.get("/choix/points?couche=points&cadre=1.0,49.5,4.0,51.5,8.75")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert counted(orjson.loads(answer.data)["features"]) == POINTS
    assert len(answer.data) < 100_000


@pytest.mark.parametrize("window", ["", "1,2,3", "a,b,c,d,e", "nan,1,2,3,4", "1,2,3,4,inf"])
def test_a_frame_that_is_none_is_refused_in_words(client, window):
    answer = client.get(f"/choix/points?couche=points&cadre={window}")
    assert answer.status_code == 400
    assert "ouest,sud,est,nord,zoom" in answer.text


@pytest.mark.parametrize("layer", ["colleges", "epci", "nowhere", ""])
def test_what_is_no_large_layer_is_not_given_by_frame(client, layer):
    assert client.get(f"/choix/points?couche={layer}&cadre=1,50,3,51,9").status_code == 404


def test_every_area_is_counted_once_in_few_marks(atlas):
    features = atlas.gathered("surfaces").seen(WHOLE)["features"]
    assert counted(features) == AREAS
    assert len(features) < 250


def test_from_near_each_area_is_drawn_and_says_what_it_is(atlas):
    rows = atlas.catalogue.load("surfaces")
    near = Window(2.4, 50.4, 2.6, 50.5, 12)
    seen = atlas.gathered("surfaces").seen(near)
    inside = rows[rows.intersects(shapely.box(2.4, 50.4, 2.6, 50.5))]
    assert {one["properties"]["items"][0]["key"] for one in seen["features"]} == set(inside["uai"])
    assert {one["geometry"]["type"] for one in seen["features"]} == {"Polygon"}
    assert seen["letter"]


def test_an_outline_is_as_exact_as_the_screen_and_no_more(atlas):
    corners = (2.4, 50.4, 2.6, 50.5)
    far, near = (atlas.gathered("surfaces").seen(Window(*corners, zoom)) for zoom in (9, 17))
    rows = atlas.catalogue.load("surfaces").set_index("uai").geometry.to_crs(MEASURE)
    for seen, metres in ((far, 200), (near, 2)):
        for one in seen["features"]:
            drawn = gpd.GeoSeries([shapely.geometry.shape(one["geometry"])], crs=4326)
            exact = rows[one["properties"]["items"][0]["key"]]
            assert drawn.to_crs(MEASURE).iloc[0].hausdorff_distance(exact) < metres
    points = [
        sum(
            shapely.get_num_coordinates(shapely.geometry.shape(one["geometry"])) for one in features
        )
        for features in (far["features"], near["features"])
    ]
    assert points[0] < points[1] / 2


def test_the_browser_gets_no_file_of_what_comes_by_frame(atlas):
    urls = browser_urls(atlas)
    assert {"points", "surfaces"} == set(urls["byFrame"])
    assert not {"points", "surfaces"} & ({*urls["points"]} | {*urls["areas"]})
    assert "qpv" in urls["areas"]


def test_rows_of_a_large_layer_are_not_in_the_index_of_the_search(atlas):
    groups = {group["group"]: len(group["items"]) for group in search_groups(atlas.catalogue)}
    assert "Points" not in groups
    assert groups["Collèges"] > 100


def test_areas_are_asked_for_by_address(client):
    answer = client.get("/choix/points?couche=surfaces&cadre=1.0,49.5,4.0,51.5,8.75")
    assert counted(orjson.loads(answer.data)["features"]) == AREAS
    assert len(answer.data) < 200_000

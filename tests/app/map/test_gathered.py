"""A large layer of points comes by frame: all of its points are counted, few are sent."""

from dataclasses import replace

import orjson
import pytest
from flask import Flask

from app.gaps.calculator import GapCalculator
from app.map.atlas import Atlas
from app.map.gathered import Window
from app.map.panes import render_map
from app.readers.answers import Answers, serve_answers
from app.view.state import DEFAULT
from benchmarks.explorer import points_layer

POINTS = 20_000
WHOLE = Window(1.0, 49.5, 4.0, 51.5, 8.75)


@pytest.fixture(scope="module")
def atlas(catalogue):
    return Atlas(catalogue.with_layers([points_layer(catalogue, POINTS)]))


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

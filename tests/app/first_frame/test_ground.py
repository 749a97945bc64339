"""Outlines on the grid: where the web's maps have them, and back without a loss to be seen."""

import re

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, mapping

from app.first_frame.ground import Ground, project, seen, shape_of, unproject
from tests.known_totals import ALL_COMMUNES


@given(st.floats(1, 4), st.floats(49.5, 51.5))
def test_a_point_comes_back(longitude, latitude):
    assert unproject(*project(longitude, latitude)) == pytest.approx((longitude, latitude))


def test_the_grid_is_that_of_the_webs_maps():
    # tile 2077 × 1379 of zoom 12 holds Arras: its corner is a multiple of 256 units
    x, y = project(2.548828125, 50.28933925329178)
    other_x, other_y = project(2.548828125 + 360 / 4096, 50.28933925329178)
    assert other_x - x == pytest.approx(256)
    assert other_y == pytest.approx(y)


def corners(path):
    """Read a path back as polygons, each a list of rings of points."""
    found, begun = [], (0, 0)
    for kind, x, y, steps in re.findall(r"([Mm])(-?\d+) ?(-?\d+)l([^z]*)z", path):
        at = (int(x), int(y)) if kind == "M" else (begun[0] + int(x), begun[1] + int(y))
        begun, ring = at, [at]
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            at = (at[0] + across, at[1] + down)
            ring.append(at)
        if kind == "M":
            found.append([ring])
        else:
            found[-1].append(ring)
    return found


def test_a_path_says_polygons_and_their_holes():
    outer = [(2.0, 50.0), (2.4, 50.0), (2.4, 50.4), (2.0, 50.4)]
    hole = [(2.1, 50.1), (2.2, 50.1), (2.2, 50.2)]
    other = [(2.5, 50.0), (2.6, 50.0), (2.6, 50.1)]
    shapes = shapely.MultiPolygon([Polygon(outer, [hole]), Polygon(other)])
    shape = shape_of({"properties": {"code": "x"}, "geometry": mapping(shapes)})
    first, second = corners(shape.path)
    assert [len(ring) for ring in first] == [4, 3]
    assert len(second) == 1
    for ring, points in zip((*first, *second), (outer, hole, other), strict=True):
        expected = {tuple(map(round, project(*point))) for point in points}
        assert set(ring) == expected


def test_every_commune_is_drawn_where_it_is(atlas):
    shapes = Ground(atlas).shapes("commune-far")
    assert len(shapes) == ALL_COMMUNES
    for shape in shapes:
        polygons = [Polygon(rings[0], rings[1:]) for rings in corners(shape.path)]
        drawn = shapely.union_all(shapely.make_valid(polygons))
        served = shapely.make_valid(shape.area)
        # rounding moves a border by half a unit each way
        assert drawn.symmetric_difference(served).area <= served.length * 0.75, shape.name


def test_a_window_shows_what_it_may_hold_and_no_more(atlas):
    shapes = Ground(atlas).shapes("commune-far")
    x, y = project(2.777, 50.291)
    names = {shape.name for shape in seen(shapes, (x - 50, y - 50, x + 50, y + 50))}
    assert "Arras" in names
    assert len(names) < 12


def test_what_is_too_small_for_the_grid_is_left_out():
    speck = Polygon([(2.0, 50.0), (2.00001, 50.0), (2.0, 50.00001)])
    shape = shape_of({"properties": {}, "geometry": mapping(speck)})
    assert shape.path == ""
    assert list(seen([shape], (0, 0, 1e9, 1e9))) == []

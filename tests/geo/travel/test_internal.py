import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from geo.travel.internal import internal_distance_km
from geo.travel.times import TravelError

SQUARE_MEAN = (np.sqrt(2) + np.log(1 + np.sqrt(2))) / 6
"""Mean distance from the centre of a unit square, a textbook integral."""


def mean_distance(shape, xy):
    return internal_distance_km([shape], [xy])[0]


def test_disc_gives_two_thirds_of_its_radius():
    disc = Point(600_000, 7_000_000).buffer(3000, quad_segs=256)
    assert mean_distance(disc, (600_000, 7_000_000)) == pytest.approx(2.0, rel=1e-5)


def test_square_gives_the_textbook_value():
    square = box(600_000, 7_000_000, 601_000, 7_001_000)
    assert mean_distance(square, (600_500, 7_000_500)) == pytest.approx(SQUARE_MEAN, rel=1e-9)


def test_shape_counts_at_equal_area():
    square, strip = box(0, 0, 4000, 4000), box(0, 0, 1000, 16000)
    assert mean_distance(strip, (500, 8000)) > 1.5 * mean_distance(square, (2000, 2000))


def test_centre_at_the_edge_is_farther_than_in_the_middle():
    square = box(0, 0, 4000, 4000)
    assert mean_distance(square, (0, 0)) == pytest.approx(2 * mean_distance(square, (2000, 2000)))


def test_hole_is_left_out_and_ring_direction_does_not_matter():
    inner, outer = Point(0, 0).buffer(1000, quad_segs=256), Point(0, 0).buffer(2000, quad_segs=256)
    ring = outer.difference(inner)
    expected = 2 / 3 * (2**3 - 1) / (2**2 - 1)
    assert mean_distance(ring, (0, 0)) == pytest.approx(expected, rel=1e-4)
    assert mean_distance(ring.reverse(), (0, 0)) == pytest.approx(expected, rel=1e-4)


def test_parts_weigh_by_their_area():
    near, far = box(-500, -500, 500, 500), box(99_500, -500, 100_500, 500)
    both = mean_distance(MultiPolygon([near, far]), (0, 0))
    assert both == pytest.approx((mean_distance(near, (0, 0)) + mean_distance(far, (0, 0))) / 2)


@given(
    st.lists(st.tuples(*[st.integers(-5000, 5000)] * 2), min_size=3, max_size=8, unique=True),
    st.tuples(*[st.integers(-8000, 8000)] * 2),
)
def test_equals_the_mean_over_a_fine_grid(corners, centre):
    hull = shapely.convex_hull(shapely.multipoints(corners))
    if not isinstance(hull, Polygon) or hull.area < 4e6:
        return
    x, y = np.meshgrid(np.arange(-5000, 5000, 50) + 25, np.arange(-5000, 5000, 50) + 25)
    inside = shapely.contains_xy(hull, x, y)
    sampled = np.hypot(x[inside] - centre[0], y[inside] - centre[1]).mean() / 1000
    assert mean_distance(hull, centre) == pytest.approx(sampled, abs=0.03)


def test_outlines_keep_their_order():
    shapes = [box(0, 0, 1000, 1000), box(0, 0, 3000, 3000), box(0, 0, 2000, 2000)]
    found = internal_distance_km(shapes, [(500, 500), (1500, 1500), (1000, 1000)])
    assert found == pytest.approx(SQUARE_MEAN * np.array([1, 3, 2]))


def test_outline_without_area_is_refused():
    with pytest.raises(TravelError, match="pas de surface"):
        internal_distance_km([Polygon()], [(0, 0)])

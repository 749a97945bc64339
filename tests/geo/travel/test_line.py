import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.travel import line as travel_line
from geo.travel.line import DENSITY_CLASSES, OPEN_ROAD, DensityClass, Driving, StraightLine
from geo.travel.times import Bracket, Points, TravelError, to_dense

EVERYWHERE = Driving(Bracket(1.1, 1.2, 1.5), Bracket(40, 60, 80))
FLAT = StraightLine((DensityClass("partout", 0, EVERYWHERE),), EVERYWHERE)
"""1.2 minutes per straight km; 0.825 at best, 2.25 at worst."""


def points(xy, density=100.0, internal_km=1.0):
    return Points.of([f"62{i:03}" for i in range(len(xy))], xy, density, internal_km)


places = st.integers(1, 12).flatmap(
    lambda n: st.builds(
        points,
        arrays(float, (n, 2), elements=st.integers(-40_000, 40_000).map(float)),
        arrays(float, n, elements=st.sampled_from([0.0, 80.0, 300.0, 1499.0, 1500.0, 9000.0])),
        arrays(float, n, elements=st.sampled_from([0.3, 1.0, 2.5])),
    )
)


def test_minutes_are_distance_times_detour_over_speed():
    times = FLAT.times(points([(0, 0)]), points([(0, 30_000), (40_000, 0)]))
    assert to_dense(times.central)[0] == pytest.approx([36, 48])
    assert to_dense(times.low)[0] == pytest.approx([24.75, 33])
    assert to_dense(times.high)[0] == pytest.approx([67.5, 90])


def test_a_service_at_the_town_hall_is_not_at_zero_minutes():
    times = FLAT.times(points([(0, 0)], internal_km=2.0), points([(0, 0), (0, 500)]))
    assert to_dense(times.central)[0] == pytest.approx([2.4, 2.4])


def test_each_end_has_its_pace_and_the_open_road_lies_between():
    rural, _, dense = (c.driving.pace.central for c in DENSITY_CLASSES)
    road = OPEN_ROAD.pace.central
    there = points([(6_000, 0), (50_000, 0)], 5000, 0)
    found = to_dense(StraightLine().times(points([(0, 0), (0, 0)], [50, 5000]), there).central)
    assert found[:, 0] == pytest.approx([3 * (rural + dense), 6 * dense])
    assert found[:, 1] == pytest.approx([4 * (rural + dense) + 42 * road, 8 * dense + 42 * road])


def test_towns_are_slower_than_the_country_and_the_open_road_is_fastest():
    paces = [OPEN_ROAD.pace.central, *(c.driving.pace.central for c in DENSITY_CLASSES)]
    assert paces == sorted(paces)


@given(places, places)
def test_farther_is_never_nearer_in_time(origins, destinations):
    farther = Points.of(
        destinations.codes, destinations.xy * 1.5, destinations.density, destinations.internal_km
    )
    stretched = Points.of(origins.codes, origins.xy * 1.5, origins.density, origins.internal_km)
    near = to_dense(StraightLine().times(origins, destinations).central)
    far = to_dense(StraightLine().times(stretched, farther).central)
    assert (far >= near * (1 - 1e-12)).all()


@given(places, places)
def test_bracket_holds_and_nothing_is_zero(origins, destinations):
    times = StraightLine().times(origins, destinations)
    assert (times.low.data > 0).all()
    assert (times.low.data <= times.central.data).all()
    assert (times.central.data <= times.high.data).all()
    assert times.central.nnz == len(origins) * len(destinations)


@given(places, places, st.floats(0.1, 60))
def test_a_limit_only_leaves_out_what_is_beyond_it(origins, destinations, limit):
    whole = StraightLine().times(origins, destinations)
    cut = StraightLine().times(origins, destinations, limit)
    near = to_dense(whole.low) <= limit * (1 - 1e-12)
    assert to_dense(cut.central)[near] == pytest.approx(to_dense(whole.central)[near])
    far = to_dense(whole.low) > limit * (1 + 1e-12)
    assert np.isinf(to_dense(cut.central)[far]).all()


@given(places, places, st.randoms())
def test_the_order_of_rows_does_not_matter(origins, destinations, random):
    order = random.sample(range(len(origins)), len(origins))
    mixed = Points.of(
        [origins.codes[i] for i in order],
        origins.xy[order],
        origins.density[order],
        origins.internal_km[order],
    )
    expected = to_dense(StraightLine().times(origins, destinations).central)[order]
    assert np.array_equal(to_dense(StraightLine().times(mixed, destinations).central), expected)


def test_blocks_give_what_one_search_gives(monkeypatch):
    rng = np.random.default_rng(62)
    origins = points(rng.uniform(0, 90_000, (70, 2)), rng.choice([50.0, 800.0, 3000.0], 70))
    whole = StraightLine().times(origins, origins, 25)
    monkeypatch.setattr(travel_line, "BLOCK", 16)
    cut = StraightLine().times(origins, origins, 25)
    assert np.array_equal(to_dense(whole.central), to_dense(cut.central))
    assert np.array_equal(to_dense(whole.high), to_dense(cut.high))
    assert cut.central.has_sorted_indices


def test_origin_without_internal_distance_is_refused():
    with pytest.raises(TravelError, match=r"« 62001 ».*distance interne nulle"):
        FLAT.times(points([(0, 0), (5, 5)], internal_km=[1.0, 0.0]), points([(0, 0)]))


def test_no_service_at_all_is_a_sentence():
    with pytest.raises(TravelError, match="aucun point de départ, ou aucun d’arrivée"):
        FLAT.times(points([(0, 0)]), points([]))


@pytest.mark.parametrize(
    ("xy", "density"), [((np.nan, 0), 1.0), ((np.inf, 0), 1.0), ((0, 0), -1.0), ((0, 0), np.nan)]
)
def test_a_point_with_an_impossible_number_is_refused(xy, density):
    with pytest.raises(TravelError, match="« 62000 »"):
        points([xy], density)


def test_positions_must_be_as_many_as_codes():
    with pytest.raises(TravelError, match="2 codes"):
        Points.of(["62001", "62002"], [(0, 0)], 10.0)


@pytest.mark.parametrize("numbers", [(0, 1, 2), (2, 1, 3), (1, 3, 2), (1, 2, float("inf"))])
def test_settings_out_of_order_are_refused(numbers):
    with pytest.raises(TravelError, match="ordre croissant"):
        Bracket(*numbers)


def test_the_surroundings_of_a_place_have_a_width():
    with pytest.raises(TravelError, match="Abords : -1 km"):
        StraightLine(local_km=-1)


def test_classes_must_rise_from_zero():
    with pytest.raises(TravelError, match="croissants depuis 0"):
        StraightLine(DENSITY_CLASSES[1:])

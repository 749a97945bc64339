"""Paths on networks written by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import floyd_warshall

from geo.travel import roads as travel_roads
from geo.travel.network import RoadNetwork
from geo.travel.roads import Roads
from geo.travel.times import Points, to_dense


@st.composite
def networks(draw):
    n = draw(st.integers(2, 12))
    edges = draw(
        st.dictionaries(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda e: e[0] != e[1]),
            st.floats(0.1, 20),
            min_size=1,
            max_size=40,
        )
    )
    rows, columns = zip(*edges, strict=True)
    graph = csr_array((list(edges.values()), (rows, columns)), shape=(n, n))
    xy = np.column_stack([np.arange(n) * 10_000.0, np.zeros(n)])
    return RoadNetwork("tiré", xy, graph, np.ones(n, dtype=bool))


@settings(max_examples=60)
@given(networks(), st.integers(1, 12), st.integers(1, 12))
def test_paths_equal_floyd_and_warshall_whatever_the_side(network, starts, ends):
    n = len(network.xy)
    rows, columns = np.arange(starts) % n, np.arange(ends)[::-1] % n
    expected = floyd_warshall(network.minutes)[np.ix_(rows, columns)]
    origins = Points.of(["a"] * starts, network.xy[rows], 0.0, 1e-9)
    destinations = Points.of(["b"] * ends, network.xy[columns], 0.0)
    found = to_dense(Roads(network).times(origins, destinations).central)
    assert found == pytest.approx(expected, abs=1e-6)


def test_blocks_give_what_one_search_gives(monkeypatch):
    rng = np.random.default_rng(62)
    graph = csr_array(np.where(rng.random((60, 60)) < 0.08, rng.uniform(1, 9, (60, 60)), 0))
    network = RoadNetwork("tiré", rng.uniform(0, 9e4, (60, 2)), graph, np.ones(60, dtype=bool))
    points = Points.of(["a"] * 60, network.xy, 0.0, 0.5)
    whole = to_dense(Roads(network).times(points, points).central)
    monkeypatch.setattr(travel_roads, "BLOCK_BYTES", 8 * 60 * 7)
    assert np.array_equal(to_dense(Roads(network).times(points, points).central), whole)

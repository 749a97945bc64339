"""From an OpenStreetMap file to a network; the files are written here, by pyosmium."""

import sys

import numpy as np
import pytest
from pyproj import Geod, Transformer

from geo.travel.network import open_network
from geo.travel.osm_tags import RoadSpeeds
from geo.travel.roads import Roads
from geo.travel.times import Bracket, Points, TravelError, to_dense

osmium = pytest.importorskip("osmium", reason="pyosmium absent (pip install 'atlas62[roads]')")

SPEEDS = RoadSpeeds({"residential": 30.0, "primary": 60.0}, share_of_limit=1.0)
GEOD = Geod(ellps="WGS84")
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True)

A, B, C, D, E, F = range(1, 7)
PLACES = {
    A: (2.70, 50.30),
    B: (2.72, 50.30),
    C: (2.74, 50.30),
    D: (2.72, 50.31),
    E: (2.60, 50.90),
    F: (2.62, 50.90),
}
HOME = {"highway": "residential"}


@pytest.fixture
def write(tmp_path):
    def write_file(ways, barriers=(), name="essai.osm", missing=()):
        path = tmp_path / name
        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for node, place in PLACES.items():
                if node in missing:
                    continue
                tags = {"barrier": "bollard"} if node in barriers else {}
                writer.add_node(osmium.osm.mutable.Node(id=node, location=place, tags=tags))
            for number, (nodes, tags) in enumerate(ways, start=1):
                writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags))
        return path

    return write_file


@pytest.fixture
def minutes(write, tmp_path):
    """Minutes between the places of a file of roads, from each to each of some."""

    def between(ways, *ends, **file):
        network = open_network(write(ways, **file), tmp_path / "cache", SPEEDS)
        ends = ends or (A, B, C)
        return to_dense(Roads(network, farthest_m=50).times(at(*ends), at(*ends)).central)

    return between


def at(*nodes):
    xy = [TO_METRES.transform(*PLACES[node]) for node in nodes]
    return Points.of([f"62{node:03}" for node in nodes], xy, 100.0, 0.01)


def km(*nodes):
    return GEOD.line_length(*zip(*(PLACES[node] for node in nodes), strict=True)) / 1000


def test_minutes_are_length_over_speed(minutes):
    found = minutes([((A, B, C), HOME)])
    assert found[0, 2] == pytest.approx(km(A, B, C) / 30 * 60, rel=2e-3)
    assert found[1, 2] == pytest.approx(km(B, C) / 30 * 60, rel=2e-3)
    assert found == pytest.approx(found.T)


def test_the_fastest_of_two_roads_is_taken(minutes):
    fast = {"highway": "primary"}
    found = minutes([((A, C), HOME), ((A, D, C), fast)], A, C)
    assert found[0, 1] == pytest.approx(km(A, D, C), rel=2e-3)
    assert found[0, 1] < km(A, C) / 30 * 60


def test_a_one_way_street_is_left_by_another_road(minutes):
    found = minutes([((A, B), HOME | {"oneway": "yes"}), ((B, D, A), HOME | {"oneway": "yes"})])
    assert found[0, 1] == pytest.approx(km(A, B) * 2, rel=2e-3)
    assert found[1, 0] == pytest.approx(km(B, D, A) * 2, rel=2e-3)


def test_a_one_way_dead_end_is_no_place_to_start_from(minutes):
    found = minutes([((A, B), HOME), ((B, C), HOME | {"oneway": "yes"})])
    assert np.isfinite(found[:2, :2]).all()
    assert np.isinf(found[:, 2]).all()


def test_private_roads_and_bollards_cut_the_way(minutes):
    detour = ((A, D, C), HOME)
    assert minutes([((A, C), HOME | {"access": "private"}), detour], A, C)[0, 1] == pytest.approx(
        km(A, D, C) * 2, rel=2e-3
    )
    through = minutes([((A, B, C), HOME), detour], A, C)[0, 1]
    around = minutes([((A, B, C), HOME), detour], A, C, barriers=[B], name="borne.osm")[0, 1]
    assert through == pytest.approx(km(A, B, C) * 2, rel=2e-3)
    assert around == pytest.approx(km(A, D, C) * 2, rel=2e-3)


def test_a_ferry_takes_the_time_it_tells(minutes):
    roads = [((A, B), HOME), ((E, F), HOME)]
    ferry = ((B, E), {"route": "ferry", "motor_vehicle": "yes", "duration": "01:15"})
    assert np.isinf(minutes(roads, A, F)[0, 1])
    sailed = minutes([*roads, ferry], A, F, name="bac.osm")[0, 1]
    assert sailed == pytest.approx(75 + (km(A, B) + km(E, F)) * 2, rel=2e-3)


def test_a_limit_is_driven_at_its_share(minutes):
    assert minutes([((A, B), HOME | {"maxspeed": "60"})], A, B)[0, 1] == pytest.approx(
        km(A, B), rel=2e-3
    )


def test_roads_beyond_the_cut_of_the_extract_are_left_out(minutes):
    found = minutes([((A, B, E), HOME), ((A, C), HOME)], A, B, missing=[E])
    assert np.isfinite(found).all()


def test_pbf_and_xml_say_the_same(minutes):
    ways = [((A, B, C), HOME), ((A, D), HOME | {"oneway": "yes"}), ((D, C), HOME)]
    assert np.array_equal(minutes(ways), minutes(ways, name="essai.osm.pbf"))


def test_the_network_is_kept_and_made_again_when_anything_changes(write, tmp_path):
    told = []
    extract = write([((A, B), HOME)])

    def open_it(speeds=SPEEDS):
        told.clear()
        return open_network(extract, tmp_path / "c", speeds, lambda *step: told.append(step))

    first = open_it()
    assert told == [(1, 1)]
    again = open_it()
    assert not told
    assert np.array_equal(first.minutes.toarray(), again.minutes.toarray())
    assert np.array_equal(first.xy, again.xy)
    open_it(RoadSpeeds({"residential": 20.0}))
    assert told
    write([((A, B, C), HOME)])
    assert len(open_it().xy) > len(first.xy)
    assert told


def test_a_damaged_cache_is_a_sentence(write, tmp_path):
    extract = write([((A, B), HOME)])
    open_network(extract, tmp_path / "c", SPEEDS)
    (kept,) = (tmp_path / "c").glob("*.npz")
    kept.write_bytes(kept.read_bytes()[:200])
    with pytest.raises(TravelError, match="effacez-le et relancez"):
        open_network(extract, tmp_path / "c", SPEEDS)


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x00\x00\x00\x0dgarbage"])
def test_a_file_that_is_no_extract_is_a_sentence(tmp_path, content):
    for name in ("faux.osm.pbf", "faux.osm"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(TravelError, match=f"Extrait « {name} »"):
            open_network(tmp_path / name, tmp_path / "c", SPEEDS)


def test_no_file_and_no_road_are_sentences(write, tmp_path):
    with pytest.raises(TravelError, match="absent ou illisible"):
        open_network(tmp_path / "ailleurs.osm.pbf", tmp_path, SPEEDS)
    with pytest.raises(TravelError, match="aucune route ouverte aux voitures"):
        open_network(write([((A, B), {"highway": "footway"})]), tmp_path, SPEEDS)


def test_without_pyosmium_a_sentence_says_what_to_install(write, tmp_path, monkeypatch):
    extract = write([((A, B), HOME)])
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(TravelError, match=r"atlas62\[roads\]"):
        open_network(extract, tmp_path / "c", SPEEDS)


def test_points_far_from_any_road_are_told(write, tmp_path):
    network = open_network(write([((A, B), HOME)]), tmp_path / "c", SPEEDS)
    times = Roads(network).times(at(A, E), at(B))
    assert np.isfinite(to_dense(times.central)[0, 0])
    assert np.isinf(to_dense(times.central)[1, 0])
    assert "1 lieu à plus de 3 km" in times.remarks[0]


def test_the_way_to_the_road_and_the_internal_time_count(write, tmp_path):
    network = open_network(write([((A, B), HOME)]), tmp_path / "c", SPEEDS)
    aside = at(A).xy - np.array([0, 1000])
    start = Points.of(["62001"], aside, 100.0, 0.01)
    found = to_dense(Roads(network).times(start, at(B)).central)[0, 0]
    assert found == pytest.approx(km(A, B) * 2 + 60 * 1.25 / 55, rel=2e-3)
    wide = Points.of(["62001"], at(B).xy, 100.0, 2.0)
    assert to_dense(Roads(network).times(wide, at(B)).central)[0, 0] == pytest.approx(
        2 * 60 * 1.25 / 55
    )


def test_the_bracket_and_the_limit(write, tmp_path):
    network = open_network(write([((A, B, C), HOME)]), tmp_path / "c", SPEEDS)
    roads = Roads(network, Bracket(0.5, 1, 2))
    whole = roads.times(at(A), at(A, B, C))
    assert whole.high.data == pytest.approx(4 * whole.low.data)
    low = to_dense(whole.low)[0]
    cut = roads.times(at(A), at(A, B, C), float(low[1] * 1.01))
    assert np.isfinite(to_dense(cut.central)[0]).tolist() == [True, True, False]

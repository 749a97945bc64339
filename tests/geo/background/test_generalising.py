"""From an extract to a background: what is read, and laws of what is left out."""

import numpy as np
import pytest
import shapely

from geo.background.extract import kind_of, name_of, read_extract, ref_of
from geo.background.features import (
    BackgroundError,
    Detail,
    Kind,
    kilometres,
    read_background,
    write_background,
)
from geo.background.generalising import generalise
from tests.geo.background.extracts import Extract

EAST, NORTH = 680_000.0, 7_050_000.0
ZONE = shapely.box(EAST - 20_000, NORTH - 20_000, EAST + 20_000, NORTH + 20_000)


def line(length, bends=0.0, at=0.0):
    along = np.arange(0, length + 1, 50.0)
    return np.column_stack([EAST + along, NORTH + at + bends * np.sin(along / 200)])


def block(side, at=(0.0, 0.0)):
    corners = np.array([(0, 0), (side, 0), (side, side), (0, side), (0, 0)], dtype=float)
    return corners + np.add((EAST, NORTH), at)


@pytest.fixture
def background(tmp_path):
    """Return how to make a background of ways."""

    def make(*ways, relations=(), zone=ZONE):
        extract = Extract()
        for xy, tags in ways:
            extract.way(xy, tags)
        extract.relations += relations
        return generalise(read_extract(extract.write(tmp_path / "essai.osm.pbf")), zone)

    return make


def kinds(features):
    return [one.kind for one in features]


def area(features):
    return sum(one.shape.area for one in features if one.kind is Kind.BUILT)


def test_each_detail_has_fewer_vertices_and_nearly_the_same_length(background):
    tags = {"highway": "primary", "ref": "D 939", "name": "Route de Saint-Pol"}
    found = background((line(12_000, bends=60.0), tags))
    vertices = [shapely.get_num_coordinates(found[d][0].shape) for d in reversed(Detail)]
    assert vertices[0] > vertices[1] > vertices[2]
    lengths = [kilometres(found[detail]) for detail in Detail]
    true = shapely.LineString(line(12_000, bends=60.0)).length / 1000
    assert lengths[2] == pytest.approx(true, rel=0.005)
    assert lengths[0] == pytest.approx(true, rel=0.05)
    whole = shapely.LineString(line(12_000, bends=60.0))
    for detail, most in ((Detail.NEAR, 12.0), (Detail.MIDDLE, 42.0), (Detail.FAR, 152.0)):
        assert shapely.hausdorff_distance(found[detail][0].shape, whole, 0.01) < most
    (road,) = found[Detail.NEAR]
    assert (road.kind, road.ref, road.name) == (Kind.PRIMARY, "D939", "")


def test_pieces_of_a_road_become_one_line_and_its_crossings_stay(background):
    east, west = line(8_000), np.subtract(line(8_000)[::-1], (8_000.0, 0.0))
    side = np.array([(EAST, NORTH), (EAST, NORTH + 3_000)])
    tags = {"highway": "secondary", "ref": "D 5"}
    found = background((east, tags), (west, tags), (side, {"highway": "secondary", "ref": "D 6"}))
    whole, crossing = found[Detail.MIDDLE]
    assert len(whole.shape.geoms) == 1
    assert shapely.distance(whole.shape, crossing.shape) == 0


def test_built_up_areas_near_one_another_become_one_and_keep_their_size(background):
    dwellings = {"landuse": "residential"}
    found = background(
        (block(900), dwellings),
        (block(900, (910.0, 0.0)), {"landuse": "industrial"}),
        (block(150, (6_000.0, 0.0)), dwellings),
        (block(40, (9_000.0, 0.0)), dwellings),
        (block(500, (0.0, 9_000.0)), {"landuse": "meadow"}),
    )
    assert [len(found[detail]) for detail in Detail] == [1, 1, 2]
    assert area(found[Detail.FAR]) == pytest.approx(2 * 900**2, rel=0.05)
    assert area(found[Detail.NEAR]) == pytest.approx(2 * 900**2 + 150**2, rel=0.02)


def test_an_area_of_several_ways_has_its_hole(background):
    relation = (
        [("w", 1, "outer"), ("w", 2, "inner")],
        {"type": "multipolygon", "landuse": "residential"},
    )
    found = background((block(1_000), {}), (block(300, (350, 350)), {}), relations=[relation])
    assert area(found[Detail.NEAR]) == pytest.approx(1_000**2 - 300**2, rel=0.01)


def test_nothing_lies_outside_the_zone(background):
    ways = [
        (line(12_000), {"highway": "motorway"}),
        (block(4_000, (8_000, 0)), {"landuse": "retail"}),
        (np.add(line(3_000), (15_000, 0)), {"waterway": "river", "name": "La Sensée"}),
    ]
    zone = shapely.box(EAST - 1_000, NORTH - 1_000, EAST + 10_000, NORTH + 9_000)
    for features in background(*ways, zone=zone).values():
        assert {*kinds(features)} == {Kind.BUILT, Kind.MOTORWAY}
        assert all(shapely.covers(zone.buffer(1), one.shape) for one in features)


def test_from_far_small_roads_and_short_rivers_are_left_out(background):
    found = background(
        (line(9_000), {"highway": "secondary"}),
        (line(2_000, at=500.0), {"waterway": "river", "name": "La Course"}),
        (line(9_000, at=900.0), {"waterway": "river", "name": "La Canche"}),
        (line(9_000, at=1_500.0), {"highway": "trunk"}),
    )
    assert [(one.kind, one.name) for one in found[Detail.FAR]] == [
        (Kind.RIVER, "La Canche"),
        (Kind.TRUNK, ""),
    ]
    assert len(found[Detail.NEAR]) == 4


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "motorway"}, Kind.MOTORWAY),
        ({"highway": "motorway_link"}, None),
        ({"highway": "tertiary"}, None),
        ({"highway": "primary", "area": "yes"}, None),
        ({"waterway": "canal"}, Kind.CANAL),
        ({"waterway": "stream"}, None),
        ({"railway": "rail", "usage": "main"}, Kind.RAIL),
        ({"railway": "rail", "service": "siding"}, None),
        ({"railway": "rail", "usage": "industrial"}, None),
        ({"railway": "abandoned"}, None),
    ],
)
def test_what_a_way_is(tags, kind):
    assert kind_of(tags) is kind


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("A 26;E 15", "A26"),
        ("D 939", "D939"),
        ("D939E1", "D939E1"),
        ("", ""),
        ("<script>", ""),
        ("D 1'; DROP", ""),
        ("D٣", ""),
        ("D" + "9" * 40, ""),
    ],
)
def test_the_number_of_a_road(text, ref):
    assert ref_of(text) == ref


def test_a_name_is_a_line_of_a_few_words():
    assert name_of(" Canal  d'Aire\n") == "Canal d'Aire"
    assert name_of("La Lys\u202e") == name_of("x" * 61) == ""


def test_an_area_that_is_drawn_wrong_costs_itself_alone(tmp_path):
    extract = Extract()
    extract.way(block(900), {"landuse": "residential"})
    crossed = block(900, (4_000, 0))[[0, 2, 1, 3, 4]]
    extract.way(crossed, {"landuse": "residential"})
    extract.relations.append(
        ([("w", 99, "outer")], {"type": "multipolygon", "landuse": "industrial"})
    )
    raw = read_extract(extract.write(tmp_path / "croise.osm.pbf"))
    assert len(raw.shapes) == 1
    assert raw.broken == 1


def test_a_stub_that_is_too_short_to_be_seen_is_left_out(background):
    found = background((line(100), {"highway": "trunk"}))
    assert [len(found[detail]) for detail in Detail] == [0, 1, 1]


def test_an_extract_of_a_continent_is_refused(tmp_path, monkeypatch):
    extract = Extract()
    extract.way(line(1_000), {"highway": "primary"})
    path = extract.write(tmp_path / "europe.osm.pbf")
    monkeypatch.setattr("geo.background.extract.MOST_POINTS", 20)
    with pytest.raises(BackgroundError, match="attendu une région"):
        read_extract(path)


def test_a_way_stops_where_its_nodes_are_missing(tmp_path):
    extract = Extract()
    extract.way(line(1_000), {"highway": "primary"})
    extract.ways[0][0].insert(4, 999_999)
    raw = read_extract(extract.write(tmp_path / "coupe.osm"))
    assert [shapely.get_num_coordinates(shape) for shape in raw.shapes] == [4, 17]


def test_the_day_is_that_of_the_header(tmp_path):
    extract = Extract()
    extract.way(line(1_000), {"highway": "primary"})
    path = tmp_path / "jour.osm.pbf"
    assert read_extract(extract.write(path)).day == "2026-11-20"
    assert read_extract(extract.write(path, day="")).day == ""


@pytest.mark.parametrize("content", [b"", b"<html>", b"<?xml version='1.0'?><x/>", b"\0" * 300])
def test_what_is_no_extract_is_refused(tmp_path, content):
    path = tmp_path / "telechargement"
    path.write_bytes(content)
    with pytest.raises(BackgroundError, match="telechargement"):
        read_extract(path)


def test_the_file_gives_back_what_it_was_given_and_tells_damage(background, tmp_path):
    made = background(
        (line(9_000), {"highway": "primary", "ref": "D 1"}), (block(900), {"landuse": "retail"})
    )
    content = write_background(made)
    assert write_background(made) == content
    path = tmp_path / "background" / "openstreetmap.parquet"
    assert read_background(tmp_path) is None
    path.parent.mkdir()
    path.write_bytes(content)
    assert read_background(tmp_path) == made
    path.write_bytes(content[:-40])
    with pytest.raises(BackgroundError, match="endommagé"):
        read_background(tmp_path)

"""Outlines that would cost minutes: repaired or refused in the time of their own process."""

import json
import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.imports import steps
from app.imports.brought_file import FileImport
from app.imports.file_folder import SOURCE
from app.imports.steps import settle_within
from layers.brought.choice import Choice
from layers.brought.outlines import Settler, bound_geometries
from layers.brought.problems import BroughtError
from layers.brought.roles import Role
from tests.app.imports import files
from tests.app.imports.files import ARRAS, LENS

HUNDRED_THOUSAND = 100_000


def star(points, place=LENS, size=0.05):
    """Return an outline of which each side crosses almost all others."""
    turns = 2 * np.pi * (points // 2) * np.arange(points) / points
    return shapely.Polygon(np.column_stack([np.cos(turns), np.sin(turns)]) * size + place)


def comb(teeth, place=LENS, size=0.2):
    """Return a valid outline of slanted teeth whose envelopes all overlap."""
    step = np.arange(teeth) / teeth * size / 10
    low, high = np.column_stack([step, 0 * step]), np.column_stack([step + size, step + size])
    high[:, 0] += size / teeth / 30
    ring = [*np.stack([low, high], axis=1).reshape(-1, 2), (size * 2, -size), (0, -size)]
    return shapely.Polygon(np.array(ring) + place)


def spiral(turns, points=60, place=LENS):
    """Return a band that winds round itself."""
    angle = np.linspace(0, 2 * math.pi * turns, turns * points)
    way = np.column_stack([np.cos(angle), np.sin(angle)]) * (0.001 + angle * 1e-4)[:, None]
    return shapely.Polygon([*(way + place), *((way * 1.01)[::-1] + place)])


def holed(holes, place=LENS):
    """Return a square whose holes lie over one another."""
    x, y = place
    ring = [(x, y), (x + 0.1, y), (x + 0.1, y + 0.1), (x, y + 0.1)]
    corners = [(x + 0.001 + k * 1e-6, y + 0.001 + k * 1e-6) for k in range(holes)]
    inner = [[(a, b), (a + 0.09, b), (a + 0.09, b + 0.09), (a, b + 0.09)] for a, b in corners]
    return shapely.Polygon(ring, inner)


HOSTILE = {
    "a star": star(501),
    "a star of a thousand": star(1001),
    "stars within a star": shapely.MultiPolygon([star(301, size=s / 100) for s in range(1, 9)]),
    "a comb": comb(40_000),
    "a spiral": spiral(700),
    "holes over holes": holed(3_000),
    "a ribbon": shapely.Polygon(np.random.default_rng(62).normal(LENS, 0.01, (3_000, 2))),
}


@pytest.fixture(scope="module")
def settler(reference):
    return Settler(reference)


@pytest.fixture
def impatient(monkeypatch):
    """Give outlines less time, which hostile ones spend to the end; honest ones need none of it."""
    monkeypatch.setattr(steps, "SECONDS_EACH", 0.4)


def bring(tmp_path, reference, shapes, name="zones.geojson"):
    frame = gpd.GeoDataFrame(
        {"nom": [f"Zone {n}" for n in range(len(shapes))]}, geometry=shapes, crs="EPSG:4326"
    )
    (tmp_path / SOURCE).write_text(frame.to_json(), encoding="utf-8")
    job = FileImport(tmp_path, reference)
    job.read(name)
    return job


def assert_bounded(shape):
    assert shape.geom_type in {"Polygon", "MultiPolygon"}
    assert not shape.is_empty
    assert shape.is_valid
    coordinates = shapely.get_coordinates(shape)
    assert np.isfinite(coordinates).all()
    assert (np.abs(coordinates) <= [180, 90]).all()
    assert len(coordinates) <= HUNDRED_THOUSAND


@pytest.mark.parametrize("shape", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.usefixtures("impatient")
def test_an_outline_that_costs_minutes_costs_its_row_at_most(settler, shape):
    found = settle_within(settler, [files.square(ARRAS), shape, files.bow(LENS)])
    assert "62041" in found[0].codes
    assert found[2].mended
    for one in found:
        if one is not None and one.shape is not None:
            assert_bounded(one.shape)


@pytest.mark.usefixtures("impatient")
def test_many_such_outlines_are_refused_together_in_words(settler, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS_IN_ALL", 2.0)
    crowd = [shapely.Polygon(np.random.default_rng(n).normal(LENS, 0.01, (3_000, 2)))
             for n in range(400)]  # fmt: skip
    with pytest.raises(BroughtError, match=r"abandonnée à la \d+ᵉ sur 400 .*après 2 sec.*attendu"):
        settle_within(settler, crowd)


def test_a_star_is_placed_apart_and_its_neighbours_with_it(tmp_path, reference):
    job = bring(tmp_path, reference, [files.square(ARRAS), star(2_001), files.bow(LENS)])
    assert job.choose(Choice("Zones", {"nom": Role.NAME})).over
    made = job.make("zones")
    assert {"Arras", "Lens"} <= set(made.rows["commune"])
    assert "62041" in made.rows["commune_codes"].tolist()[0]
    for shape in made.rows.geometry:
        assert_bounded(shape)
    told = [p for p in made.problems if p.line == 2]
    assert told
    assert all(p.expected for p in told)


def test_too_many_vertices_cost_the_row_or_the_file(tmp_path, reference):
    turns = np.linspace(0, 2 * np.pi, 120_000, endpoint=False)
    round_ = shapely.Polygon(np.column_stack([np.cos(turns), np.sin(turns)]) * 0.05 + LENS)
    job = bring(tmp_path, reference, [files.square(ARRAS), round_])
    assert job.table.geometry.notna().tolist() == [True, False]
    (problem,) = job.table.problems
    assert (problem.line, problem.expected) == (2, "au plus 100000 sommets")
    assert problem.value.startswith("120")
    crowd = [shapely.segmentize(files.square(LENS), 5e-7)] * 13
    with pytest.raises(BroughtError, match=r"sommets en tout \(ligne 0.*au plus 1000000"):
        bound_geometries(gpd.GeoSeries(crowd))


@pytest.mark.usefixtures("read_here")
def test_coordinates_of_nowhere_and_nested_collections_are_told(tmp_path, reference):
    x, y = LENS
    deep = {"type": "Point", "coordinates": [x, y]}
    for _ in range(20):
        deep = {"type": "GeometryCollection", "geometries": [deep]}
    wild = [
        files.square(ARRAS).__geo_interface__,
        {"type": "Polygon", "coordinates": [[[x, y], [1e308, y], [1e308, -1e308], [x, y]]]},
        {"type": "Polygon", "coordinates": [[[x, y], [x, 500.0], [400.0, y], [x, y]]]},
        deep,
    ]
    features = [
        {"type": "Feature", "properties": {"nom": "a"}, "geometry": shape} for shape in wild
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    (tmp_path / SOURCE).write_text(content, encoding="utf-8")
    job = FileImport(tmp_path, reference)
    job.read("zones.geojson")
    job.choose(Choice("Zones", {"nom": Role.NAME}))
    made = job.make("zones")
    assert made.rows["line"].tolist() == ["1"]
    assert made.left_out == (2, 3, 4)
    assert {p.line for p in made.problems} == {2, 3, 4}


corners = st.tuples(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
rings = st.lists(corners, min_size=4, max_size=40).map(
    lambda ring: np.array([*ring, ring[0]]) + LENS
)


parts = st.lists(st.lists(rings, min_size=1, max_size=4), min_size=1, max_size=3)


@hypothesis_settings(max_examples=6, deadline=None)
@given(st.lists(parts, min_size=10, max_size=10))  # together, as a process is begun for each list
def test_whatever_is_accepted_is_valid_and_bounded(settler, outlines):
    shapes = [
        shapely.MultiPolygon([(shell, holes) for shell, *holes in outline]) for outline in outlines
    ]
    for shape, found in zip(shapes, settle_within(settler, shapes), strict=True):
        if found is not None and found.shape is not None:
            assert_bounded(found.shape)
            assert found.mended is not shape.is_valid

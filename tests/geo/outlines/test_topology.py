import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from geo.crs import EXCHANGE, MEASURE
from geo.outlines.topology import WEB_TOLERANCES, dissolve, read_outlines, simplify
from geo.perimeter import Level
from geo.tables import DamagedReferenceError
from tests.known_totals import ALL_COMMUNES

tolerances = st.floats(0, 1500)


def frame(shapes):
    codes = [str(n) for n in range(len(shapes))]
    return gpd.GeoDataFrame({"code": codes}, geometry=list(shapes), crs=MEASURE)


@st.composite
def wavy_coverages(draw):
    """A grid of cells whose corners and edge points are shaken: a coverage like communes."""
    n, step, parts = draw(st.integers(2, 4)), 5000, 6
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    size = n * parts + 1
    grid = np.stack(np.meshgrid(np.arange(size), np.arange(size), indexing="ij"), axis=-1)
    grid = grid * (step / parts) + rng.uniform(-200, 200, (size, size, 2))

    def ring(i, j):
        a, b, c, d = i * parts, (i + 1) * parts, j * parts, (j + 1) * parts
        return np.concatenate(
            [grid[a:b, c], grid[b, c:d], grid[b:a:-1, d], grid[a, d:c:-1]]
        )  # fmt: skip

    return frame([shapely.Polygon(ring(i, j)) for i in range(n) for j in range(n)])


@settings(max_examples=40, deadline=None)
@given(coverage=wavy_coverages(), tolerance=tolerances)
def test_simplified_coverage_has_no_gap_and_no_overlap(coverage, tolerance):
    simple = simplify(coverage, tolerance)
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    whole = shapely.union_all(simple.geometry.to_numpy())
    assert not whole.interiors
    assert simple.area.sum() == pytest.approx(whole.area, rel=1e-9)
    assert simple.count_coordinates().sum() <= coverage.count_coordinates().sum()


@settings(max_examples=40, deadline=None)
@given(coverage=wavy_coverages(), tolerance=tolerances, seed=st.integers(0, 999))
def test_dissolving_conserves_area_and_edges(coverage, tolerance, seed):
    simple = simplify(coverage, tolerance)
    labels = np.random.default_rng(seed).integers(0, 3, len(simple)).astype(str)
    groups = {label: list(simple["code"][labels == label]) for label in sorted(set(labels))}
    united = dissolve(simple, groups)
    assert list(united["code"]) == list(groups)
    assert united.area.sum() == pytest.approx(simple.area.sum(), rel=1e-9)
    assert shapely.coverage_is_valid(united.geometry.to_numpy())
    vertices = set(map(tuple, shapely.get_coordinates(simple.geometry.to_numpy())))
    assert set(map(tuple, shapely.get_coordinates(united.geometry.to_numpy()))) <= vertices


def test_no_tolerance_leaves_the_coverage_alone():
    coverage = frame([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert simplify(coverage, 0) is coverage


@pytest.mark.parametrize("tolerance", sorted({*WEB_TOLERANCES.values(), 1000, 3000}))
def test_all_levels_stay_a_coverage_at_each_resolution(reference, tolerance):
    land = reference.neighbour_land(tolerance)
    communes = reference.outlines(Level.COMMUNE, tolerance)
    assert len(communes) == ALL_COMMUNES
    assert not (communes.is_empty | ~communes.is_valid).any()
    assert shapely.coverage_is_valid([*communes.geometry, *land.geometry])
    for level in (Level.TERRITORY, Level.MDS, Level.DEPARTEMENT):
        outlines = reference.outlines(level, tolerance)
        assert outlines.area.sum() == pytest.approx(communes.area.sum(), rel=1e-9)
        assert shapely.coverage_is_valid(outlines.geometry.to_numpy())
    parts = reference.epci_parts_inside(tolerance)
    assert parts.area.sum() == pytest.approx(communes.area.sum(), rel=1e-9)


def test_levels_share_their_edges_exactly(reference):
    tolerance = WEB_TOLERANCES["far"]
    vertices = set(
        map(tuple, shapely.get_coordinates(reference.outlines(Level.COMMUNE, tolerance).geometry))
    )
    for level in (Level.TERRITORY, Level.MDS, Level.CANTON, Level.DEPARTEMENT):
        shapes = reference.outlines(level, tolerance).geometry
        assert set(map(tuple, shapely.get_coordinates(shapes))) <= vertices


def test_three_resolutions_each_lighter_than_the_next(reference):
    counts = [
        reference.outlines(Level.COMMUNE, WEB_TOLERANCES[name]).count_coordinates().sum()
        for name in ("far", "middle", "near")
    ]
    assert len(WEB_TOLERANCES) == 3
    assert counts[0] < 0.7 * counts[2]
    assert counts[0] < counts[1] < counts[2]


def test_missing_outlines_say_how_to_get_them_back(tmp_path):
    with pytest.raises(DamagedReferenceError, match=r"communes\.parquet absent.*« make data »"):
        read_outlines(tmp_path, "communes.parquet")


def test_file_that_is_no_geoparquet_is_refused(tmp_path):
    (tmp_path / "communes.parquet").write_bytes(b"PAR1 not really PAR1")
    with pytest.raises(DamagedReferenceError, match="pas un fichier GeoParquet lisible"):
        read_outlines(tmp_path, "communes.parquet")


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (frame([box(0, 0, 1, 1)]).to_crs(EXCHANGE), "système de coordonnées EPSG:4326"),
        (frame([box(0, 0, 1, 1)]).rename(columns={"code": "insee"}), "colonne « code » absente"),
        (frame([shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])]), "contour invalide"),
    ],
)
def test_outlines_of_another_kind_are_refused(tmp_path, frame, expected):
    frame.to_parquet(tmp_path / "x.parquet")
    with pytest.raises(DamagedReferenceError, match=expected):
        read_outlines(tmp_path, "x.parquet")

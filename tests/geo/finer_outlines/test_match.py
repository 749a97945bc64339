"""Finer outlines are brought to the communes of today, or refused with every reason."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import EXCHANGE
from geo.finer_outlines.border import fit_around
from geo.finer_outlines.files import read_file
from geo.finer_outlines.match import OutlineError, match_outlines
from tests.known_totals import ALL_COMMUNES

BONNIERES, CANTELEUX = "62154", "62210"
SHORE_EAST = 640_000
"""Easting, EPSG:2154: no shore of the département lies beyond."""
LENS, LIEVIN, HERMIES = "62498", "62510", "62440"


@pytest.fixture
def embedded(reference):
    return reference.coverage.communes(0)


def changed(frame, code, shape):
    shapes = frame.geometry.to_numpy().copy()
    shapes[frame["code"] == code] = shape
    return frame.set_geometry(gpd.GeoSeries(shapes, crs=frame.crs))


def shape_of(frame, code):
    return frame.set_index("code").geometry[code]


def reasons(frame, reference):
    with pytest.raises(OutlineError) as caught:
        match_outlines(frame, reference)
    return str(caught.value)


def split(shape):
    west, south, east, north = shape.bounds
    middle = (west + east) / 2
    return [
        shape.intersection(box)
        for box in (
            shapely.box(west, south, middle, north),
            shapely.box(middle, south, east, north),
        )
    ]


def test_outlines_of_the_reference_fit_themselves(embedded, reference):
    found = match_outlines(embedded.to_crs(EXCHANGE), reference)
    assert list(found["code"]) == sorted(reference.communes)
    assert shapely.coverage_is_valid(found.geometry.to_numpy())
    assert np.allclose(found.area, embedded.set_index("code").loc[found["code"]].area, rtol=1e-5)


def test_former_communes_are_united_and_foreign_ones_left_out(embedded, reference):
    whole = shape_of(embedded, BONNIERES)
    assert reference.resolve_code(CANTELEUX)[0] == BONNIERES
    west, east = split(whole)
    rows = [
        *zip(embedded["code"], changed(embedded, BONNIERES, west).geometry, strict=True),
        (CANTELEUX, east),
        ("59350", shapely.box(700_000, 7_050_000, 701_000, 7_051_000)),
    ]
    old = gpd.GeoDataFrame(
        {"code": [code for code, _ in rows]}, geometry=[s for _, s in rows], crs=embedded.crs
    )
    found = match_outlines(old, reference)
    assert len(found) == ALL_COMMUNES
    assert shape_of(found, BONNIERES).symmetric_difference(whole).area < 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: f[f["code"] != LENS], f"Lens ({LENS}) : aucun contour"),
        (lambda f: f.replace({"code": {LENS: "62999"}}), "Code commune « 62999 » inconnu"),
        (lambda f: f.replace({"code": {LENS: LIEVIN}}), f"Code {LIEVIN} : 2 contours"),
        (
            lambda f: changed(f, LENS, shape_of(f, LENS).buffer(300)),
            f"Codes {LENS} et ",
        ),
        (
            lambda f: changed(f, LENS, shape_of(f, LENS).buffer(-300)),
            f"Lens ({LENS}) : superficie à -",
        ),
        (
            lambda f: changed(f, HERMIES, shapely.difference(
                shape_of(f, HERMIES), shape_of(f, HERMIES).centroid.buffer(300))),
            "près de Hermies",
        ),
        (
            lambda f: changed(f, LENS, shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])),
            f"Code {LENS} : contour invalide",
        ),
        (lambda f: changed(f, LENS, shapely.Point(0, 0)), f"Code {LENS} : contour vide ou"),
        (lambda f: f.set_crs(None, allow_override=True), "système de coordonnées inconnu"),
        (lambda f: f.replace({"code": r"^62"}, {"code": "59"}, regex=True), "Aucune commune du"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_reason(spoil, said, embedded, reference):
    assert said in reasons(spoil(embedded), reference)


def test_two_communes_of_like_area_that_changed_places_are_refused(embedded, reference):
    areas = embedded.set_index("code").area.sort_values()
    one, other = areas.index[400], areas.index[401]
    swapped = embedded.replace({"code": {one: other, other: one}})
    assert "du contour en commun" in reasons(swapped, reference)


def test_every_reason_is_told_up_to_a_bound(embedded, reference):
    told = reasons(embedded.iloc[20:], reference)
    assert told.startswith("Contours refusés.\n")
    assert told.endswith("Et 8 autres raisons.")


@pytest.fixture(scope="module")
def finer(shared, reference):
    path = shared / "sources/contours_communes_2018/communes-62-pas-de-calais.geojson"
    if not path.is_file():
        pytest.skip(f"fichier partagé absent : {path.name}")
    return match_outlines(read_file(path), reference)


def test_outlines_of_2018_become_those_of_today(finer, reference):
    assert set(finer["code"]) == set(reference.communes)
    assert finer.count_coordinates().sum() > 40_000


def test_land_around_fits_the_finer_outlines(finer, reference):
    frames = fit_around(finer, reference.coverage)
    communes, land = frames["communes.parquet"], frames["land.parquet"]
    assert shapely.coverage_is_valid([*communes.geometry, *land.geometry])
    assert (abs(communes.area / finer.area - 1) < 1e-5).all()
    everything = shapely.coverage_union_all([*communes.geometry, *land.geometry])
    holes = [shapely.Polygon(r) for p in shapely.get_parts(everything) for r in p.interiors]
    east_of_the_shore = [hole for hole in holes if hole.bounds[0] > SHORE_EAST]
    assert east_of_the_shore == []
    assert frames["neighbours.parquet"].is_valid.all()
    overlap = frames["neighbours.parquet"].intersection(communes.union_all()).area.sum()
    assert overlap < 1_000

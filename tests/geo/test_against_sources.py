"""The reference beside other public files, on the machines that hold them."""

import csv

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Geometry

from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import Level

LAMBERT_STRETCH = 1.0030
"""EPSG:2154 enlarges areas by 0.3 % at this latitude."""


@pytest.fixture(scope="module")
def facts(shared):
    path = shared / "sources/communes_62_faits/communes_62_faits.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def finer(shared, reference) -> gpd.GeoSeries:
    """Outlines of 2018 with twice the vertices, united into the communes of today."""
    path = shared / "sources/contours_communes_2018/communes-62-pas-de-calais.geojson"
    frame = gpd.read_file(path).to_crs(MEASURE)
    today = [reference.resolve_code(code)[0] for code in frame["code"]]
    return frame.dissolve(by=pd.Series(today)).geometry


def test_each_commune_of_2018_leads_to_one_of_today(finer, reference):
    assert set(finer.index) == set(reference.communes)


def test_outlines_overlap_with_finer_ones(finer, reference):
    ours = reference.outlines(Level.COMMUNE).set_index("code").geometry
    alike = ours.intersection(finer[ours.index]).area / ours.union(finer[ours.index]).area
    assert alike.min() > 0.8
    assert alike.mean() > 0.94
    assert alike["62447"] > 0.9, "Hesdin-la-Forêt, put together again"


def test_town_halls_that_were_kept_lie_in_the_finer_commune_too(finer, reference):
    halls = {c.code: c.town_hall for c in reference.communes.values()}
    kept = {code: hall for code, hall in halls.items() if hall.precision == "site"}
    xy = gpd.points_from_xy([h.lon for h in kept.values()], [h.lat for h in kept.values()])
    points = gpd.GeoSeries(xy, index=list(kept), crs=EXCHANGE).to_crs(MEASURE)
    metres = points.distance(finer[points.index])
    assert (metres > 0).sum() <= 2
    assert metres.max() < 20


def test_outline_of_the_departement_is_that_of_the_anct(shared, reference):
    path = shared / "sources/contours_62/departement_62.geojson"
    theirs: Geometry = gpd.read_file(path).to_crs(MEASURE).union_all()
    (ours,) = reference.outlines(Level.DEPARTEMENT).geometry
    assert ours.area == pytest.approx(theirs.area, rel=5e-4)
    assert ours.symmetric_difference(theirs).area < 0.005 * ours.area
    assert ours.hausdorff_distance(theirs) < 1000


def test_arrondissements_are_made_of_the_same_land(shared, reference):
    path = shared / "sources/contours_62/arrondissements_62.geojson"
    theirs = gpd.read_file(path).to_crs(MEASURE).set_index("insee_arr").geometry
    home = pd.Series({c.code: c.arrondissement for c in reference.communes.values()})
    ours = reference.outlines(Level.COMMUNE).set_index("code").geometry
    areas = ours.area.groupby(home).sum()
    assert set(theirs.index) == set(reference.arrondissements)
    assert areas.to_dict() == pytest.approx(theirs.area.to_dict(), rel=0.005)


def test_areas_are_those_of_the_ellipsoid_but_for_the_projection(facts, reference):
    measured = [row for row in facts if row["surface_km2_calculee"]]
    assert len(measured) == 886
    for row in measured:
        area = reference.communes[row["code_insee_2024"]].area_km2
        expected = float(row["surface_km2_calculee"]) * LAMBERT_STRETCH
        assert area == pytest.approx(expected, rel=0.002)


def test_populations_are_those_of_2026(facts, reference):
    counted = {r["code_insee_2024"]: r["population_2026"] for r in facts if r["population_2026"]}
    assert len(counted) == 886
    assert {code: reference.communes[code].population for code in counted} == {
        code: int(population) for code, population in counted.items()
    }


def test_membership_of_2024_is_the_same(facts, reference):
    assert {r["code_insee_2024"]: r["epci_siren"] for r in facts} == reference.membership_2024

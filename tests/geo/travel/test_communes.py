"""From the reference to the collège next door: real places, from one end to the other."""

import numpy as np
import pandas as pd
import pytest

from app.settings import EMBEDDED_DATA
from geo.access.inequality import by_group
from geo.access.nearest import coverage, nearest
from geo.siting.case import SitingCase
from geo.siting.problems import MaximalCovering
from geo.travel.communes import commune_points, neighbour_points, service_points
from geo.travel.line import StraightLine
from geo.travel.times import TravelError, to_dense
from tests.known_totals import ALL_COMMUNES, ROWS


@pytest.fixture(scope="module")
def communes(reference):
    return commune_points(reference)


@pytest.fixture(scope="module")
def people(reference):
    return np.array([c.population for c in reference.communes.values()])


@pytest.fixture(scope="module")
def colleges(reference):
    rows = pd.read_csv(EMBEDDED_DATA / "colleges" / "colleges.csv", dtype={"commune_code": str})
    codes = [reference.resolve_code(code)[0] for code in rows["commune_code"]]
    return service_points(reference, rows["longitude"], rows["latitude"], codes)


def test_every_commune_has_a_point_and_a_way_to_its_centre(reference, communes):
    assert len(communes) == ALL_COMMUNES
    assert communes.codes == tuple(reference.communes)
    area = np.array([c.area_km2 for c in reference.communes.values()])
    disc = 2 / 3 * np.sqrt(area / np.pi)
    # No shape lies nearer to a point than a disc of its area around it.
    assert (communes.internal_km >= disc * (1 - 1e-9)).all()
    assert communes.internal_km.max() < 6


def test_times_to_the_nearest_college(communes, colleges, people):
    near = nearest(StraightLine().times(communes, colleges), 2)
    assert len(colleges) == ROWS["colleges"]
    assert np.isfinite(near.high).all()
    assert near.central.min() > 0
    own = np.isin(communes.codes, colleges.codes)
    assert np.average(near.central[own, 0], weights=people[own]) < 5
    near_10, near_15 = (coverage(near, people, minutes) for minutes in (10, 15))
    assert near_10.demand == people.sum()
    assert 0 < near_15.demand_beyond < near_10.demand_beyond < near_10.demand / 2
    assert near_10.demand_uncertain > 0


def test_the_country_is_farther_from_a_college_than_the_mining_basin(
    reference, communes, colleges, people
):
    central = nearest(StraightLine().times(communes, colleges)).central[:, 0]
    territories = [c.territory for c in reference.communes.values()]
    table = by_group(central, people, territories, 10)
    assert len(table) == 7
    assert table["people"].sum() == people.sum()
    assert table["mean"].idxmin() == "lens-henin"
    assert table["mean"].idxmax() == "montreuillois-ternois"


def test_one_more_college_brings_whom_it_says(communes, colleges, people):
    line = StraightLine()
    case = SitingCase.of(
        to_dense(line.times(communes, communes).central),
        people,
        nearest(line.times(communes, colleges)).central[:, 0],
    )
    before = people[case.reached <= 10].sum()
    one, three = (MaximalCovering(k, 10).solve(case) for k in (1, 3))
    assert one.optimal
    assert three.optimal
    assert before < one.value < three.value <= people.sum()
    assert one.value == people[case.with_sites(one.sites) <= 10].sum()


def test_a_service_across_the_border_counts(reference, communes, colleges):
    around = neighbour_points(reference)
    assert len(around) == len(reference.neighbour_communes())
    assert set(around.codes).isdisjoint(communes.codes)
    at = reference.neighbour_communes().geometry.representative_point().to_crs("EPSG:4326")
    across = service_points(reference, at.x, at.y, around.codes)
    without = nearest(StraightLine().times(communes, colleges)).central
    with_them = nearest(StraightLine().times(communes, across)).central
    assert (with_them < without).any()


def test_a_service_far_away_is_a_sentence(reference):
    with pytest.raises(TravelError, match="« 13055 »"):
        service_points(reference, [5.37], [43.3], ["13055"])

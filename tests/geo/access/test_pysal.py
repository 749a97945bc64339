"""Equality with PySAL access, on its own examples and on ours."""

import numpy as np
import pandas as pd
import pytest

from app.settings import EMBEDDED_DATA
from geo.access.catchment import floating_catchment, opportunities
from geo.access.impedance import LUO_QI_ZONES, Exponential, Gaussian, Power, Step, within
from geo.travel.communes import commune_points, service_points
from geo.travel.line import StraightLine
from geo.travel.times import to_dense
from tests.geo.travel.minutes import sparse

access = pytest.importorskip("access", reason="PySAL access absent (pip install access)")
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")

DECAYS = (within(20), LUO_QI_ZONES, Gaussian(12), Exponential(10), Power(1, least=0.5))


def pysal_access(dense, demand, supply):
    """The same question, put to PySAL."""
    i, j = np.nonzero(np.isfinite(dense))
    costs = pd.DataFrame({"origin": i, "dest": j, "cost": dense[i, j]})
    places = pd.DataFrame({"id": np.arange(len(demand)), "people": np.asarray(demand, float)})
    sites = pd.DataFrame({"id": np.arange(len(supply)), "beds": np.asarray(supply, float)})
    return access.Access(
        demand_df=places,
        demand_index="id",
        demand_value="people",
        supply_df=sites,
        supply_index="id",
        supply_value=["beds"],
        cost_df=costs,
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )


def pysal(dense, demand, supply, decay, most):
    def weight(minutes):
        return float(decay(np.array([minutes]))[0])

    model = pysal_access(dense, demand, supply)
    two_step = model.enhanced_two_stage_fca(
        name="fca", max_cost=most, weight_fn=weight, normalize=False
    )
    counted = model.weighted_catchment(name="n", max_cost=most, weight_fn=weight, normalize=False)
    n = len(demand)
    return (
        two_step["fca_beds"].reindex(range(n)).fillna(0).to_numpy(),
        counted["n_beds"].reindex(range(n)).fillna(0).to_numpy(),
    )


def assert_same(dense, demand, supply, decay, most=np.inf):
    minutes = sparse(np.where(dense <= most, dense, np.inf))
    two_step, counted = pysal(dense, demand, supply, decay, most)
    found = floating_catchment(minutes, demand, supply, decay)
    assert found == pytest.approx(two_step, rel=1e-9, abs=1e-12)
    assert opportunities(minutes, supply, decay) == pytest.approx(counted, rel=1e-9, abs=1e-12)


HOSPITAL_COSTS = {
    "gridlock": [[1, 80, 40], [80, 1, 40], [40, 40, 1]],
    "fast to the city": [[1, 80, 20], [80, 1, 20], [40, 40, 1]],
    "fast from the city": [[1, 80, 40], [80, 1, 40], [20, 20, 1]],
}
"""The three tracts of PySAL's hospital example: 100, 50, 10 people; 15, 20, 100 doctors."""


@pytest.mark.parametrize("costs", HOSPITAL_COSTS.values(), ids=HOSPITAL_COSTS)
def test_equals_pysal_on_its_hospital_example(costs):
    people, doctors = [100, 50, 10], [15, 20, 100]
    assert_same(np.array(costs, dtype=float), people, doctors, Power(1), 60)


def test_equals_pysal_on_its_grid():
    side = np.arange(5.0)
    x, y = (axis.ravel() for axis in np.meshgrid(side, side))
    dense = np.hypot(x[:, None] - x, y[:, None] - y)
    for decay in (within(0.9), within(2), Step((0, 1, 2), (1, 0.5, 0.25)), Gaussian(3)):
        assert_same(dense, np.ones(25), np.ones(25), decay, 10)


@pytest.mark.parametrize("decay", DECAYS, ids=str)
def test_equals_pysal_on_scattered_places(decay):
    rng = np.random.default_rng(62)
    homes, sites = rng.uniform(0, 90, (120, 2)), rng.uniform(0, 90, (30, 2))
    dense = np.maximum(np.hypot(*(homes[:, None] - sites).T).T, 0.4)
    demand, supply = rng.integers(1, 9000, 120), rng.integers(1, 40, 30)
    assert_same(dense, demand, supply, decay, 45)


@pytest.mark.parametrize("decay", [within(15), LUO_QI_ZONES, Gaussian(8)], ids=str)
def test_equals_pysal_on_the_communes_and_the_colleges(reference, decay):
    rows = pd.read_csv(EMBEDDED_DATA / "colleges" / "colleges.csv", dtype={"commune_code": str})
    codes = [reference.resolve_code(code)[0] for code in rows["commune_code"]]
    places = service_points(reference, rows["longitude"], rows["latitude"], codes)
    minutes = StraightLine().times(commune_points(reference), places, 30).central
    people = [c.population for c in reference.communes.values()]
    pupils = rows["pupils"].fillna(rows["pupils"].median())
    assert_same(to_dense(minutes), people, pupils, decay)

"""How long accessibility takes, and how much memory, beside PySAL access in the same run.

``python -m benchmarks.access --runs 5``. Each tool measures each case in a process of its own, so
that its peak of memory is its own. ``--case`` leaves the others out.
"""

import argparse
import logging
import resource
import statistics
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.settings import EMBEDDED_DATA
from geo.access.catchment import floating_catchment
from geo.access.impedance import LUO_QI_ZONES
from geo.access.nearest import nearest
from geo.reference.places import Reference
from geo.travel.communes import commune_points, service_points
from geo.travel.homes import Homes, homes_of
from geo.travel.line import StraightLine
from geo.travel.times import Points
from layers.catalogue.layers import Catalogue
from layers.gaps.journeys import districts_of

FRANCE_KM: Final = 740
"""Side of a square as large as metropolitan France."""

TENFOLD: Final = 10
SPREAD_M: Final = 300
"""Metres around a home where its ten points stand."""
LIMIT_MIN: Final = 30.0
TOWNS: Final = 400
MOST_PAIRS_FOR_PEER: Final = 12_000_000
"""More pairs than this are not given to the peer, whose tables would not fit in memory."""


@dataclass(frozen=True)
class Case:
    """Where people live and services stand."""

    origins: Points
    people: NDArray[np.float64]
    services: Points
    supply: NDArray[np.float64]


@dataclass
class Cost:
    """Seconds of each step, peak memory in MB, and the sum of the result as a check."""

    seconds: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0.0
    pairs: int = 0
    total: float = float("nan")


def colleges() -> Case:
    """Return the communes and collèges of the Pas-de-Calais; supply is one a collège."""
    reference = Reference.load(EMBEDDED_DATA / "communes")
    rows = pd.read_csv(EMBEDDED_DATA / "colleges" / "colleges.csv", dtype={"commune_code": str})
    codes = [reference.resolve_code(code)[0] for code in rows["commune_code"]]
    services = service_points(reference, rows["longitude"], rows["latitude"], codes)
    people = np.array([c.population for c in reference.communes.values()], dtype=float)
    return Case(commune_points(reference), people, services, np.ones(len(services)))


def drawn(communes: int, services: int) -> Case:
    """Draw a country: half of the communes around towns, services where people live."""
    rng = np.random.default_rng(62)
    towns = rng.uniform(0, FRANCE_KM * 1000, (TOWNS, 2))
    near = towns[rng.integers(0, TOWNS, communes // 2)]
    around = near + rng.normal(0, 9000, near.shape)
    xy = np.concatenate([around, rng.uniform(0, FRANCE_KM * 1000, (communes - len(near), 2))])
    people = np.round(rng.lognormal(6.2, 1.3, communes))
    density = people / 15
    origins = Points.of([str(i) for i in range(communes)], xy, density, 1.5)
    home = rng.choice(communes, services, p=people / people.sum())
    places = xy[home] + rng.normal(0, 800, (services, 2))
    stands = Points.of([str(i) for i in home], places, density[home])
    return Case(origins, people, stands, np.ones(services))


def homes() -> Case:
    """Return the homes of the page Écarts, towns and QPV inside, and the collèges."""
    found, schools = homes_of_the_page(), colleges()
    return Case(found.points, found.people, schools.services, schools.supply)


def homes_of_the_page() -> Homes:
    """Return the 2 911 places from which the page counts the ways of people."""
    catalogue = Catalogue(Reference.load(EMBEDDED_DATA / "communes"), EMBEDDED_DATA)
    return homes_of(catalogue.reference, districts_of(catalogue))


def homes_tenfold(found: Homes) -> tuple[Points, NDArray[np.float64]]:
    """Return ten points for each home, some hundred metres around it, each with a tenth of it."""
    rng = np.random.default_rng(62)
    rows = np.repeat(np.arange(len(found)), TENFOLD)
    xy = found.points.xy[rows] + rng.normal(0, SPREAD_M, (len(rows), 2))
    points = Points.of(
        np.array(found.points.codes)[rows].tolist(),
        xy,
        found.points.density[rows],
        found.points.internal_km[rows] / np.sqrt(TENFOLD),
    )
    return points, found.people[rows] / TENFOLD


def tenfold() -> Case:
    """Return ten times as many homes, and the collèges."""
    points, people = homes_tenfold(homes_of_the_page())
    schools = colleges()
    return Case(points, people, schools.services, schools.supply)


CASES: Final[dict[str, tuple[Callable[[], Case], float]]] = {
    "887 x 157": (colleges, float("inf")),
    "2 911 x 157": (homes, float("inf")),
    "29 110 x 157": (tenfold, float("inf")),
    "34 738 x 7 000": (partial(drawn, 34_738, 7_000), LIMIT_MIN),
    "35 000 x 50 000": (partial(drawn, 35_000, 50_000), LIMIT_MIN),
}


def measure_atlas(name: str, runs: int) -> Cost:
    """Time the search of the pairs, the nearest service and E2SFCA."""
    make, limit = CASES[name]
    case, cost = make(), Cost()
    search = partial(StraightLine().times, case.origins, case.services, limit)
    cost.seconds["pairs and bracket"], times = _median(search, runs)
    cost.seconds["nearest"], _ = _median(partial(nearest, times), runs)
    fca = partial(floating_catchment, times.central, case.people, case.supply, LUO_QI_ZONES)
    cost.seconds["E2SFCA"], access = _median(fca, runs)
    cost.pairs, cost.total = times.central.nnz, float(access @ case.people)
    cost.megabytes = _peak()
    return cost


def measure_pysal(name: str, runs: int) -> Cost:
    """Time E2SFCA of PySAL access on the same pairs, which it is given for nothing."""
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    from access import Access, weights  # noqa: PLC0415 - only in the peer's own process

    make, limit = CASES[name]
    case, cost = make(), Cost()
    minutes = StraightLine().times(case.origins, case.services, limit).central.tocoo()
    cost.pairs = minutes.nnz
    if minutes.nnz > MOST_PAIRS_FOR_PEER:
        return cost
    costs = pd.DataFrame({"origin": minutes.row, "dest": minutes.col, "cost": minutes.data})
    model = Access(
        demand_df=pd.DataFrame({"id": range(len(case.people)), "people": case.people}),
        demand_index="id",
        demand_value="people",
        supply_df=pd.DataFrame({"id": range(len(case.supply)), "n": case.supply}),
        supply_index="id",
        supply_value=["n"],
        cost_df=costs,
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )
    zones = weights.step_fn(dict(zip(LUO_QI_ZONES.bounds, LUO_QI_ZONES.weights, strict=True)))
    fca = partial(model.enhanced_two_stage_fca, max_cost=LIMIT_MIN, weight_fn=zones)
    cost.seconds["E2SFCA"], table = _median(fca, min(runs, 3))
    access = table.iloc[:, 0].reindex(range(len(case.people))).fillna(0)
    cost.total = float(access.to_numpy() @ case.people)
    cost.megabytes = _peak()
    return cost


TOOLS: Final = {"Atlas 62": measure_atlas, "PySAL access": measure_pysal}


def _median(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    seconds, result = [], None
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def write_row(name: str, tool: str, cost: Cost) -> str:
    """Write one line of the table; a dash for what a tool has not or was not asked."""
    steps = ("pairs and bracket", "nearest", "E2SFCA")
    times = [f"{cost.seconds[s] * 1000:.1f}" if s in cost.seconds else "-" for s in steps]
    rest = [f"{cost.megabytes:.0f}", f"{cost.total:.6f}"] if cost.megabytes else ["-", "-"]
    return " | ".join(["| " + name, tool, f"{cost.pairs}", *times, *rest]) + " |"


def size_of_a_second() -> tuple[int, float]:
    """Return how many origins a question takes a second of CPU for, and that time.

    A question is the search of the pairs up to half an hour, the nearest and E2SFCA; the origins
    are doubled, with a service for each five of them, until it takes more.
    """
    origins, seconds = 1_000, 0.0
    while seconds < 1:
        origins *= 2
        case = drawn(origins, origins // 5)
        start = time.process_time()
        times = StraightLine().times(case.origins, case.services, LIMIT_MIN)
        nearest(times)
        floating_catchment(times.central, case.people, case.supply, LUO_QI_ZONES)
        seconds = time.process_time() - start
    return origins, seconds


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of which the median counts")
    parser.add_argument("--case", choices=CASES, action="append", help="all when left out")
    parser.add_argument("--size", action="store_true", help="say what takes a second instead")
    chosen = parser.parse_args()
    if chosen.size:
        origins, seconds = size_of_a_second()
        print(f"{origins} origins, {origins // 5} services: {seconds:.2f} s of CPU")
        return
    print("| case | tool | pairs | pairs (ms) | nearest (ms) | E2SFCA (ms) | peak (MB) | check |")
    print("| --- | --- |" + " ---: |" * 6)
    for name in chosen.case or CASES:
        for tool, measure in TOOLS.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
                cost = own.submit(measure, name, chosen.runs).result()
            print(write_row(name, tool, cost), flush=True)


if __name__ == "__main__":
    main()

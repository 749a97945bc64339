"""How long a question about gaps takes from squares of 200 m, beside the homes without a grid.

``python -m benchmarks.squares --squares 25000``. The squares are drawn: near the town halls, more
where more people live. Each service is asked about for the first time, as a reader would wait for
it, then with a site that opens; times are those of one process that does nothing else.
"""

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from app.settings import EMBEDDED_DATA
from geo.perimeter import Level
from geo.reference.places import Reference
from geo.travel.communes import commune_points
from geo.travel.grid import SIDE_M, Grid, homes_on
from geo.travel.line import StraightLine
from layers.catalogue.layers import Catalogue
from layers.gaps.journeys import Journeys, districts_of
from layers.gaps.presets import services_of
from layers.gaps.publics import Public
from layers.gaps.question import Question
from layers.gaps.scenarios import weigh
from layers.population.grid import AMOUNTS

THRESHOLD: Final = 15.0
OPENS: Final = "62193"
REACH_M: Final = 1500.0
"""Metres from a town hall in which the share of inhabited squares falls by e."""


def drawn(reference: Reference, count: int) -> Grid:
    """Draw squares and who lives in them."""
    rng = np.random.default_rng(62)
    outlines = reference.outlines(Level.COMMUNE)
    west, south, east, north = outlines.total_bounds
    xs, ys = np.arange(west, east, SIDE_M), np.arange(south, north, SIDE_M)
    xy = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    tree = shapely.STRtree(outlines.geometry.to_numpy())
    square, commune = tree.query(shapely.points(xy), predicate="within")
    codes = outlines["code"].to_numpy()[commune]
    places = {code: place for place, code in enumerate(reference.communes)}
    halls = commune_points(reference).xy[[places[code] for code in codes]]
    people = np.array([reference.communes[code].population for code in codes], dtype=float)
    away: NDArray[np.float64] = np.hypot(*(xy[square] - halls).T)
    weight = np.sqrt(people) * np.exp(-away / REACH_M)
    chosen = np.sort(rng.choice(len(square), count, replace=False, p=weight / weight.sum()))
    inside = (weight * np.sqrt(people))[chosen]
    groups = {name: inside * rng.uniform(0.05, 0.15, count) for name in AMOUNTS[1:]}
    return Grid(tuple(codes[chosen]), xy[square[chosen]], inside, groups, inside < 25)  # noqa: PLR2004 - about a fifth


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds of CPU that something takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(journeys: Journeys) -> dict[str, float]:
    """Time every service, then what is asked about collèges beyond that."""
    services = services_of(journeys.catalogue)
    found = {}
    for name, service in services.items():
        question = Question.about(service, THRESHOLD)
        found[f"{name} ({len(journeys.places(service))})"] = timed(
            lambda q=question: weigh(journeys, q)
        )
    question = Question.about(services["colleges"], THRESHOLD)
    old = replace(question, public=Public.FROM_75)
    found["colleges, 75 ans et plus"] = timed(lambda: weigh(journeys, old))
    found["colleges, un site ouvre"] = timed(lambda: weigh(journeys, question.changed([OPENS])))
    return found


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--squares", type=int, default=25_000)
    chosen = parser.parse_args()
    catalogue = Catalogue(Reference.load(EMBEDDED_DATA / "communes"), EMBEDDED_DATA)
    plain, on_grid = (Journeys(catalogue, StraightLine()) for _ in range(2))
    grid = drawn(catalogue.reference, chosen.squares)
    on_grid.homes = homes_on(grid, catalogue.reference, districts_of(catalogue))
    sizes = [len(one.homes) for one in (plain, on_grid)]
    start = [timed(lambda one=one: one.border_km) for one in (plain, on_grid)]
    rows = {"once: distance to the border": start}
    of_both = [measure(one) for one in (plain, on_grid)]
    rows |= {name: [of[name] for of in of_both] for name in of_both[0]}
    print(f"| question (places) | {sizes[0]} homes (ms) | {sizes[1]} squares (ms) |")
    print("| --- | ---: | ---: |")
    for name, seconds in rows.items():
        print(f"| {name} | " + " | ".join(f"{one * 1000:.0f}" for one in seconds) + " |")
    print(f"\npeak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


if __name__ == "__main__":
    main()

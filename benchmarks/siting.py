"""How long siting takes beside PySAL spopt in the same run, and that both find the same.

``python -m benchmarks.siting``. The communes of the Pas-de-Calais are homes and candidates, no
site exists yet, which is the hardest case; spopt solves with CBC, which comes with it, and stops
after ``--patience`` seconds.
"""

import argparse
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import numpy as np
import pulp
from numpy.typing import NDArray
from spopt import locate

from app.settings import EMBEDDED_DATA
from benchmarks.access import homes_of_the_page, homes_tenfold
from geo.reference.places import Reference
from geo.siting.case import Problem, Siting, SitingCase
from geo.siting.problems import MaximalCovering, PCenter, PMedian, SetCovering
from geo.travel.communes import commune_points
from geo.travel.line import StraightLine
from geo.travel.times import Points, to_dense

SIZES: Final = ("communes", "largest", "homes", "tenfold")
SMALL: Final = 150
"""Communes at which spopt's p-median and p-center still fit; the most populated."""


@dataclass(frozen=True)
class Question:
    """A problem as both tools understand it."""

    title: str
    problem: Problem
    ask_peer: Callable[[SitingCase], Any] | None
    size: str = "communes"


def covering(k: int, threshold: float) -> Question:
    """Return a maximal covering problem."""
    return Question(
        f"maximal covering, k = {k}, {threshold:.0f} min",
        MaximalCovering(k, threshold),
        lambda c: locate.MCLP.from_cost_matrix(c.minutes, c.people, threshold, k),
    )


def covering_homes(k: int, threshold: float, size: str = "homes") -> Question:
    """Return a maximal covering problem over the homes of the page Écarts.

    Ten times as many are not given to spopt, whose model of them would not fit in memory.
    """
    question = replace(covering(k, threshold), size=size)
    return replace(question, ask_peer=None) if size == "tenfold" else question


def median(k: int, *, small: bool) -> Question:
    """Return a p-median problem; the large one is not given to spopt."""
    return Question(
        f"p-median, k = {k}",
        PMedian(k),
        (lambda c: locate.PMedian.from_cost_matrix(c.minutes, c.people, k)) if small else None,
        size="largest" if small else "communes",
    )


def center(k: int, *, small: bool) -> Question:
    """Return a p-center problem; the large one is not given to spopt."""
    return Question(
        f"p-center, k = {k}",
        PCenter(k),
        (lambda c: locate.PCenter.from_cost_matrix(c.minutes, k)) if small else None,
        size="largest" if small else "communes",
    )


def set_covering(threshold: float) -> Question:
    """Return a set covering problem."""
    return Question(
        f"set covering, {threshold:.0f} min",
        SetCovering(threshold),
        lambda c: locate.LSCP.from_cost_matrix(c.minutes, threshold),
    )


QUESTIONS: Final = (
    *(covering(k, threshold) for threshold in (10, 20, 30) for k in (1, 5)),
    covering(10, 15),
    *(covering_homes(k, threshold) for threshold in (10, 20) for k in (1, 5)),
    *(covering_homes(k, 10, "tenfold") for k in (1, 5)),
    set_covering(20),
    *(median(k, small=small) for small in (True, False) for k in (1, 5)),
    median(10, small=False),
    *(center(k, small=small) for small in (True, False) for k in (1, 5)),
)


def departement() -> SitingCase:
    """Return the 887 communes, each a candidate, without any site."""
    reference = Reference.load(EMBEDDED_DATA / "communes")
    points = commune_points(reference)
    people = [c.population for c in reference.communes.values()]
    return SitingCase.of(to_dense(StraightLine().times(points, points).central), people)


def homes() -> SitingCase:
    """Return the 2 911 homes of the page Écarts before the 887 communes as candidates."""
    found = homes_of_the_page()
    return _before_communes(found.points, found.people)


def tenfold() -> SitingCase:
    """Return ten times as many homes before the same candidates."""
    return _before_communes(*homes_tenfold(homes_of_the_page()))


def _before_communes(points: Points, people: NDArray[np.float64]) -> SitingCase:
    halls = commune_points(Reference.load(EMBEDDED_DATA / "communes"))
    return SitingCase.of(to_dense(StraightLine().times(points, halls).central), people)


def most_populated(case: SitingCase, n: int) -> SitingCase:
    """Return the case of the n communes with most people."""
    some = np.sort(np.argsort(-case.people, kind="stable")[:n])
    return SitingCase.of(case.minutes[np.ix_(some, some)], case.people[some])


def measure_atlas(question: Question, case: SitingCase, runs: int) -> tuple[float, Siting]:
    """Return the median seconds, and the answer."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        answer = question.problem.solve(case)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), answer


def measure_spopt(question: Question, case: SitingCase, patience: float) -> tuple[str, str]:
    """Return the seconds of making and solving the model, and the value of its sites."""
    if question.ask_peer is None:
        return "-", "-"
    start = time.perf_counter()
    solver = pulp.PULP_CBC_CMD(msg=False, gapRel=0, timeLimit=patience)
    model = question.ask_peer(case)
    try:
        model.solve(solver, results=False)
    except RuntimeError as error:
        return f"{time.perf_counter() - start:.2f}", f"none ({str(error)[:40]})"
    seconds = time.perf_counter() - start
    sites = [j for j, site in enumerate(model.fac_vars) if site.value() > 0.5]  # noqa: PLR2004
    return f"{seconds:.2f}", f"{question.problem.value(case, sites):.4f}"


def main() -> None:
    """Measure and print the table."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of which the median counts")
    parser.add_argument("--patience", type=float, default=60, help="seconds given to spopt")
    parser.add_argument("--size", choices=SIZES, action="append", help="all when left out")
    chosen = parser.parse_args()
    cases = {
        "communes": departement,
        "largest": lambda: most_populated(departement(), SMALL),
        "homes": homes,
        "tenfold": tenfold,
    }
    find = cache(lambda size: cases[size]())
    print("| question | size | Atlas 62 (s) | value | gap | spopt (s) | value |")
    print("| --- | --- |" + " ---: |" * 5)
    for question in QUESTIONS:
        if chosen.size and question.size not in chosen.size:
            continue
        case = find(question.size)
        seconds, answer = measure_atlas(question, case, chosen.runs)
        peer_seconds, peer_value = measure_spopt(question, case, chosen.patience)
        size = " x ".join(map(str, case.minutes.shape))
        ours = f"{seconds:.2f} | {answer.value:.4f} | {answer.gap:.1e}"
        print(f"| {question.title} | {size} | {ours} | {peer_seconds} | {peer_value} |", flush=True)


if __name__ == "__main__":
    main()

"""Fit the weight of each kind of evidence, so that the geocoder's probabilities come true.

``python data/build/fit_confidence.py`` in the project's own environment writes two tables of
``data/gazetteer``. ``weights.csv``: a conditional logit over the candidates of each labelled text
and « none of them », by maximum likelihood with a small ridge; which mention stands for a place
depends on the weights, so the fit is repeated from its own result. ``calibration.csv``: what a
model of this form still gets wrong, put right by isotonic regression on other texts.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize
from scipy.sparse import csr_array

DATA = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(DATA.parent))

from geo.geocoder.answer import Ground, Reading, answer, ground_of  # noqa: E402 - geo is found through the path above
from geo.geocoder.confidence import CALIBRATION, WEIGHTS  # noqa: E402
from geo.geocoder.evidence import Candidate, Known, Weighing  # noqa: E402
from geo.geocoder.gazetteer import Gazetteer  # noqa: E402
from geo.geocoder.lookup import Geocoder  # noqa: E402
from geo.geocoder.toponyms import Outside  # noqa: E402
from geo.geocoder.trial.texts import Labelled, is_right, make_labelled  # noqa: E402
from geo.reference.places import Reference  # noqa: E402
from layers.catalogue.layers import Catalogue  # noqa: E402
from layers.catalogue.sites import read_sites  # noqa: E402

TEXTS = 30_000
SEED = 62
ROUNDS = 3
RIDGE = 0.5
"""Pull of the weights towards zero, in texts."""

UNSURE = 0.99
CAPS = {Ground.DOUBTFUL: 0.89}
"""Confidence that a ground never passes: how often a word only looks like a name is not known."""

LEAST_IN_BIN = 40
BINS = 24
"""Most bins of a calibration below :data:`UNSURE`, with as many answers in each."""

START: Mapping[str, float] = {
    "exact": 4, "loose": 3, "shortened": 2, "misspelt": 2, "edits": -1, "postcode_same": 3,
    "cue_street": -4, "outside": -2, "covered": -3, "population": 0.3,
}  # fmt: skip
"""Only to choose between mentions in the first round."""


@dataclass(frozen=True)
class Choices:
    """All candidates of all texts.

    Parameters
    ----------
    evidence
        One row a candidate, one column a kind.
    text
        The text of each candidate.
    right
        The candidate that is right, for each text that has one.
    """

    kinds: list[str]
    evidence: csr_array
    text: NDArray[np.int64]
    right: NDArray[np.int64]
    texts: int


def main() -> None:
    """Fit and write the weights, then the calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=DATA / "gazetteer")
    parser.add_argument("--texts", type=int, default=TEXTS)
    options = parser.parse_args()
    catalogue = Catalogue(Reference.load(DATA / "communes"), DATA)
    sites = read_sites(catalogue)
    gazetteer = Gazetteer.load(catalogue.reference, DATA / "gazetteer", sites)
    labelled = list(make_labelled(gazetteer, options.texts, SEED, tried=False))
    weights = dict(START)
    geocoder = Geocoder(gazetteer, weights)
    read = [(geocoder.read(case.text, case.context), case) for case in labelled]
    for _ in range(ROUNDS):
        weights = fit(gather(gazetteer, weights, read))
    rows = [(kind, f"{weight:.4f}") for kind, weight in sorted(weights.items())]
    write(options.output / WEIGHTS.name, ("evidence", "weight"), rows)
    others = list(make_labelled(gazetteer, options.texts, SEED + 1, tried=False))
    knots = calibrate(Geocoder(gazetteer, dict(rows_as_read(rows))), others)
    write(options.output / CALIBRATION.name, ("ground", "raw", "true"), knots)


def rows_as_read(rows: list[tuple[str, str]]) -> list[tuple[str, float]]:
    """Return the weights as the program will read them, rounded."""
    return [(kind, float(weight)) for kind, weight in rows]


def write(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def calibrate(geocoder: Geocoder, labelled: list[Labelled]) -> list[tuple[str, str, str]]:
    """Return, for each ground, pairs of probability and share of right answers, both growing."""
    pairs: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for case in labelled:
        reading = geocoder.read(case.text, case.context)
        best, _ = reading.ranking.choose()
        if best is not None:
            place = answer(reading, case.context, geocoder.gazetteer)
            ground = ground_of(best, reading.words)
            pairs[ground].append((place.confidence, is_right(place, case)))
    return [
        (ground, raw, true)
        for ground, found in sorted(pairs.items())
        for raw, true in calibrate_ground(np.array(found), CAPS.get(ground, 1.0))
    ]


def calibrate_ground(pairs: NDArray[np.float64], cap: float) -> list[tuple[str, str]]:
    """Return the curve of one ground, from pairs of probability and right or not.

    A bin counts half an answer more that is wrong, so that a few right ones promise no certainty.
    """
    pairs = pairs[np.argsort(pairs[:, 0])]
    below, above = pairs[pairs[:, 0] < UNSURE], pairs[pairs[:, 0] >= UNSURE]
    count = int(np.clip(len(below) // LEAST_IN_BIN, 1, BINS))
    parts = (*np.array_split(below, count), *np.array_split(above, 2))
    bins = [part for part in parts if len(part)]
    raw = np.array([part[:, 0].mean() for part in bins])
    share = np.array([part[:, 1].sum() / (len(part) + 0.5) for part in bins])
    true = np.minimum(isotonic_regression(share, weights=[len(part) for part in bins]).x, cap)
    inner = [(f"{r:.4f}", f"{t:.4f}") for r, t in zip(raw, true, strict=True)]
    return [("0", "0"), *dict(inner).items(), ("1", f"{true[-1]:.4f}")]


def gather(
    gazetteer: Gazetteer, weights: Mapping[str, float], read: list[tuple[Reading, Labelled]]
) -> Choices:
    """Rank each text, as it was read, and keep the evidence of its candidates."""
    columns: dict[str, int] = {}
    cells: list[tuple[int, int, float]] = []
    text: list[int] = []
    right: list[int] = []
    for number, (reading, case) in enumerate(read):
        expected = frozenset(gazetteer.reference.members(case.context) if case.context else ())
        weighing = Weighing(reading.words, gazetteer, weights, expected)
        candidates = weighing.rank(reading.mentions, settled=not reading.matched).candidates
        answer = find_right(candidates, case)
        for candidate in candidates:
            if candidate is answer:
                right.append(len(text))
            cells += [
                (len(text), columns.setdefault(str(kind), len(columns)), amount)
                for kind, amount in candidate.evidence.items()
            ]
            text.append(number)
    rows, places, amounts = (np.array(part) for part in zip(*cells, strict=True))
    evidence = csr_array((amounts, (rows, places)), shape=(len(text), len(columns)))
    return Choices(list(columns), evidence, np.array(text), np.array(right), len(read))


def is_same(target: Known, place: Known | None) -> bool:
    """Tell whether a candidate is the place; outside, one of the same code is."""
    if isinstance(target, Outside) and isinstance(place, Outside) and place.code:
        return target.code == place.code
    return target == place


def find_right(candidates: tuple[Candidate, ...], case: Labelled) -> Candidate | None:
    """Return the candidate that is right; outside, the country or the département will do."""
    named = next((c for c in candidates if is_same(c.target, case.place)), None)
    if named is not None or not isinstance(case.place, Outside):
        return named
    enough = {case.place.where, ""}
    return next(
        (c for c in candidates if isinstance(c.target, Outside) and c.target.name in enough), None
    )


def fit(choices: Choices) -> dict[str, float]:
    """Return the weights that make the right candidates likeliest."""

    def lose(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = choices.evidence @ weights
        highest = np.zeros(choices.texts)
        np.maximum.at(highest, choices.text, scores)
        shares = np.exp(scores - highest[choices.text])
        totals = np.exp(-highest) + np.bincount(choices.text, shares, choices.texts)
        loss = (highest + np.log(totals)).sum() - scores[choices.right].sum()
        found = choices.evidence[choices.right].sum(axis=0)
        slope = choices.evidence.T @ (shares / totals[choices.text]) - found
        return loss + RIDGE * weights @ weights / 2, slope + RIDGE * weights

    start = np.zeros(len(choices.kinds))
    found = minimize(lose, start, jac=True, method="L-BFGS-B", options={"maxiter": 2_000})
    return dict(zip(choices.kinds, found.x.tolist(), strict=True))


if __name__ == "__main__":
    main()

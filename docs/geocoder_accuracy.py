"""How right the geocoder is and how true its confidence: the tables and the curve of docs/.

``python -m docs.geocoder_accuracy`` geocodes labelled texts about the places that nothing was
fitted on, writes ``data/gazetteer/accuracy.csv`` and ``reliability.csv``, draws
``docs/geocoder-reliability.svg`` and fills the tables of ``docs/geocoder.md``. A minute.
"""

import csv
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path
from typing import Final

from app.opening.geocoding import open_geocoding
from app.settings import Settings
from geo.geocoder.confidence import Decile, measure_reliability
from geo.geocoder.place import Place
from geo.geocoder.trial.texts import Kind, Labelled, is_right, make_labelled
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue

TEXTS: Final = 20_000
SEED: Final = 2026
SURE: Final = 0.9
"""Confidence from which nobody is asked to look."""

FOLDER: Final = Path(__file__).parent
PAGE: Final = FOLDER / "geocoder.md"
PICTURE: Final = FOLDER / "geocoder-reliability.svg"

SIDE: Final = 320
MARGIN: Final = 56
FULL: Final = SIDE + 2 * MARGIN
NORMAL_95: Final = 1.96

PICTURE_FORM: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full} {full}" width="{full}" height="{full}"
  font-family="sans-serif" font-size="11" role="img">
<title>Part de réponses justes selon la confiance annoncée</title>
<rect width="{full}" height="{full}" fill="#fff"/>
<rect x="{margin}" y="{margin}" width="{side}" height="{side}" fill="none" stroke="#767676"/>
<polyline points="{diagonal}" stroke="#767676" stroke-dasharray="4 3" fill="none"/>
{marks}
<text x="{half}" y="{foot}" text-anchor="middle">confiance annoncée</text>
<text transform="translate(12 {half}) rotate(-90)" text-anchor="middle">réponses justes</text>
</svg>
"""


def main() -> None:
    """Measure, write, draw."""
    settings = Settings()
    catalogue = Catalogue(Reference.load(settings.data / "communes"), settings.data)
    geocoder = open_geocoding(catalogue, settings).local
    cases = list(make_labelled(geocoder.gazetteer, TEXTS, SEED, tried=True))
    answers = [(case, geocoder.geocode(case.text, case.context)) for case in cases]
    told = [
        (place.confidence, is_right(place, case)) for case, place in answers if place.confidence
    ]
    confidences, rights = [c for c, _ in told], [r for _, r in told]
    accuracy = list(measure_accuracy(answers))
    deciles = measure_reliability(confidences, rights)
    folder = settings.data / "gazetteer"
    write_table(folder / "accuracy.csv", ("kind", "texts", "right", "sure", "sure_wrong"), accuracy)
    write_table(
        folder / "reliability.csv",
        ("tenth", "answers", "mean_confidence", "right"),
        [(i, d.count, f"{d.mean:.4f}", f"{d.right:.4f}") for i, d in enumerate(deciles, 1)],
    )
    PICTURE.write_text(draw(confidences, rights), encoding="utf-8")
    fill_page(accuracy, deciles)


def measure_accuracy(
    answers: Iterable[tuple[Labelled, Place]],
) -> Iterable[tuple[str, int, int, int, int]]:
    """Yield, for each kind of text, texts, right answers, sure ones and those that are wrong."""
    by_kind: dict[Kind, list[tuple[bool, bool]]] = {kind: [] for kind in Kind}
    for case, place in answers:
        by_kind[case.kind].append((is_right(place, case), place.confidence >= SURE))
    for kind, found in by_kind.items():
        rights = sum(right for right, _ in found)
        wrong = sum(sure and not right for right, sure in found)
        yield str(kind), len(found), rights, sum(sure for _, sure in found), wrong


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


def fill_page(
    accuracy: Iterable[tuple[str, int, int, int, int]], deciles: Iterable[Decile]
) -> None:
    """Write the two tables between the marks of the page."""
    kinds = ["| kind of text | texts | right | sure | sure and wrong |"]
    kinds += ["| --- | ---: | ---: | ---: | ---: |"]
    kinds += [
        f"| {kind} | {texts} | {right / texts:.1%} | {sure} | {wrong} |"
        for kind, texts, right, sure, wrong in accuracy
    ]
    tenths = ["| tenth | answers | mean confidence | right | error |", "| --: " * 5 + "|"]
    tenths += [
        f"| {i} | {d.count} | {d.mean:.1%} | {d.right:.1%} | {100 * d.error:.1f} points |"
        for i, d in enumerate(deciles, 1)
    ]
    text = PAGE.read_text(encoding="utf-8")
    for name, lines in (("accuracy", kinds), ("reliability", tenths)):
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->")
        text = "\n".join([f"{before}<!-- {name} -->", *lines, f"{end}{after}"])
    PAGE.write_text(text, encoding="utf-8")


def draw(confidences: Sequence[float], rights: Sequence[bool]) -> str:
    """Return the curve of reliability as SVG: one point a tenth of the scale of confidence.

    The bar is the 95 % interval of the share of right answers (Wilson 1927).
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for confidence, right in zip(confidences, rights, strict=True):
        bins[min(9, int(confidence * 10))].append((confidence, right))
    marks = [mark for pairs in bins if pairs for mark in draw_bin(pairs)]
    ticks = [mark for tick in range(0, 101, 20) for mark in draw_tick(tick)]
    return PICTURE_FORM.format(
        full=FULL, half=FULL / 2, foot=FULL - 8, margin=MARGIN, side=SIDE,
        diagonal=f"{at(0)},{up(0)} {at(1)},{up(1)}", marks="\n".join([*ticks, *marks]),
    )  # fmt: skip


def draw_bin(pairs: Sequence[tuple[float, bool]]) -> Iterable[str]:
    """Yield the bar, the point and the count of one tenth of the scale."""
    count = len(pairs)
    mean = sum(confidence for confidence, _ in pairs) / count
    share = sum(right for _, right in pairs) / count
    low, high = interval(share, count)
    x = at(mean)
    yield f'<line x1="{x}" x2="{x}" y1="{up(low)}" y2="{up(high)}" stroke="#0b4f6c"/>'
    yield f'<circle cx="{x}" cy="{up(share)}" r="4" fill="#0b4f6c"/>'
    side, anchor = (-8, "end") if mean > 0.9 else (8, "start")  # noqa: PLR2004 - near the edge
    yield f'<text x="{x + side:.1f}" y="{up(share) + 14:.1f}" text-anchor="{anchor}">{count}</text>'


def draw_tick(percent: int) -> Iterable[str]:
    """Yield the label of one percentage on each axis."""
    x, y = at(percent / 100), up(percent / 100)
    yield f'<text x="{x}" y="{up(0) + 16}" text-anchor="middle">{percent} %</text>'
    yield f'<text x="{at(0) - 6}" y="{y + 4}" text-anchor="end">{percent} %</text>'


def interval(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of ``count`` (Wilson's score interval)."""
    z2 = NORMAL_95**2 / count
    middle = (share + z2 / 2) / (1 + z2)
    half = NORMAL_95 * sqrt((share * (1 - share) + z2 / 4) / count) / (1 + z2)
    return max(0.0, middle - half), min(1.0, middle + half)


def at(share: float) -> float:
    """Return the abscissa of a share."""
    return round(MARGIN + share * SIDE, 1)


def up(share: float) -> float:
    """Return the ordinate of a share."""
    return round(MARGIN + (1 - share) * SIDE, 1)


if __name__ == "__main__":
    main()

"""No number of the pages that are said to be carried over was left out."""

import re
from collections import defaultdict
from collections.abc import Mapping

from layers.figures.printed import NUMBER
from layers.figures.records import Figures

REPORT = "cd62-rapport-2022"
DELIBERATION = "cd62-2023-534"

PAGES = {
    "territories": (REPORT, [(323, 343), (408, 426), (513, 531), (590, 600), (661, 671),
                             (734, 750), (807, 821)]),
    "mds": (REPORT, [(1578, 1634), (1748, 1804), (1911, 1967), (2073, 2129), (2234, 2290),
                     (2405, 2461), (2571, 2627), (2728, 2784), (2874, 2930)]),
    "mdadt": (REPORT, [(5164, 5203), (5315, 5358), (5450, 5489), (5592, 5644), (5731, 5770),
                       (5895, 5941), (6048, 6087)]),
    "culture_sport": (REPORT, [(3789, 3809), (3898, 3919), (3984, 4005), (4072, 4093),
                               (4140, 4161), (4231, 4252), (4308, 4329)]),
    "booklets": (DELIBERATION, [(1754, 1842), (3453, 3540), (5348, 5435), (7176, 7263)]),
}  # fmt: skip

FOOTNOTE_OR_NAME = re.compile(r"[1237]")
"""Digits of footnotes, and those of « Terre des 2 Caps » and « 7 Vallées »."""

YEAR = re.compile(r"20(19|20|21|22|23)")


def test_no_number_of_these_pages_is_left_out(
    figures: Figures, lines: Mapping[str, list[str]]
) -> None:
    kept: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in figures.rows:
        for number in row.lines:
            kept[row.document, number].update(NUMBER.findall(row.printed))
    left = [
        (page, number, found)
        for page, (document, ranges) in PAGES.items()
        for first, last in ranges
        for number in range(first, last + 1)
        for found in NUMBER.findall(" ".join(lines[document][number - 1].split()))
        if found not in kept[document, number]
        and not YEAR.fullmatch(found)
        and not FOOTNOTE_OR_NAME.fullmatch(found)
    ]
    assert left == []

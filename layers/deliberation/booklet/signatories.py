"""Read who signs a contract, as functions, and which ingénierie may be called upon."""

import re
from collections.abc import Sequence
from typing import Final

from geo.names import normalise
from layers.deliberation.draft.model import Contract
from layers.deliberation.draft.values import LIKELY
from layers.deliberation.text.bullets import shorten_quote
from layers.deliberation.text.headings import Mark, read_heading
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line

_PARTY: Final = re.compile(r"^Pour (?:le|la|les|l’) ?\S", re.IGNORECASE)
_FUNCTION: Final = re.compile(
    r"(?:^|(?<= ))(?P<function>l[ea] (?:vice-)?(?:président|maire|directeur|directrice)e?"
    r"(?: d(?:u|e la|e l’) ?(?:conseil|communauté|syndicat)[\w ’-]{0,60})?) ?,?$",
    re.IGNORECASE,
)
_REACH: Final = 8
"""Lines below « Pour … » among which the function stands."""
_LONGEST: Final = 110
_ENGINEERING: Final = "ingenierie mobilisable"
_PLATFORM: Final = re.compile(r"plate-?forme", re.IGNORECASE)
_OPENING: Final = 12


def read_signatories(contract: Contract, lines: Sequence[Line]) -> None:
    """Fill in the functions that sign, « le Président », in the order of the booklet."""
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST or not _PARTY.match(line.text):
            continue
        for below in lines[index : index + _REACH]:
            if below is not line and _PARTY.match(below.text):
                break
            found = _FUNCTION.search(below.text)
            if found and len(below.text) <= _LONGEST:
                rank = len(contract.signataires)
                contract.signataires.append(found["function"])
                contract.sources[f"signataires.{rank}"] = trace(below, LIKELY)
                break


def read_engineering(reading: Reading, contract: Contract, lines: Sequence[Line]) -> None:
    """Fill in the sentence on the platform of ingénierie, or the first one of its part."""
    start = next((i for i, x in enumerate(lines) if normalise(x.text) == _ENGINEERING), None)
    if start is None:
        return
    part = [line for line in lines[start + 1 : start + 60] if line.text]
    stop = next((i for i, line in enumerate(part) if _ends(line)), len(part))
    part = part[:stop]
    place = next((i for i, line in enumerate(part) if _PLATFORM.search(line.text)), None)
    begin = 0 if place is None else _sentence_start(part, place)
    if part:
        text = reading.join(part[begin : begin + _OPENING])
        contract.ingenierie = shorten_quote(text)
        contract.sources["ingenierie"] = trace(part[begin], LIKELY)


def _ends(line: Line) -> bool:
    heading = read_heading(line.text) if len(line.text) <= _LONGEST else None
    return heading is not None and heading.mark in {Mark.PART, Mark.ESSENTIAL}


def _sentence_start(lines: Sequence[Line], place: int) -> int:
    """Return the line on which the sentence of a place begins, a few lines above at most."""
    for index in range(place, max(-1, place - _REACH), -1):
        before = lines[index - 1].text if index else "."
        if before.endswith((".", ":")) and lines[index].text[:1].isupper():
            return index
    return place

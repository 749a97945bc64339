"""Read the contracts: partner, period, axes, interlocutors, previous realisations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geo.names import normalise
from layers.deliberation.booklet.parties import find_parties, find_same, kind_of
from layers.deliberation.booklet.signatories import read_engineering, read_signatories
from layers.deliberation.draft.model import Contract
from layers.deliberation.draft.values import GUESSED, LIKELY, SURE, Level
from layers.deliberation.text.bullets import (
    part_bullet,
    read_items,
    read_paragraphs,
    shorten_quote,
    tidy_item,
)
from layers.deliberation.text.headings import Mark
from layers.deliberation.text.parts import Booklet
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.french.wording import plural

CITY: Final = "contrat de ville"
TERRITORY: Final = "contrat de territoire"

_AXES = re.compile(r"axes? de travail partag[ée]s?", re.IGNORECASE)
_PARTNER_SIDE = re.compile(r"\bcelles d(?:e|u|es)\b")
_SIGNED = re.compile(r"^Pour (?:la|le|l’) ?(?!Département)", re.IGNORECASE)
_PRESIDES = re.compile(r"^(?:Président|Maire)e? (?:de|du|d’)", re.IGNORECASE)
_PERIOD = re.compile(r"(?<!\d)(20\d\d) ?[-–] ?(20\d\d)(?!\d)")
_COUNT = re.compile(r"\b(?P<count>\d{1,2}|deux|trois|quatre|cinq|six|sept|huit) axes? de travail")
_WORDS: Final = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8}
_OUR_SIDE = re.compile(r"^cote departement\b")
_THEIR_SIDE = re.compile(r"^cote partenaires?\b")


@dataclass(slots=True)
class Found:
    """A booklet that was read, and every spelling of its partner."""

    contract: Contract
    booklet: Booklet


def read_booklets(reading: Reading) -> list[Found]:
    """Read the booklets; those whose partner cannot be named are said and left out."""
    found = []
    for booklet in reading.parts.booklets:
        lines = reading.lines[booklet.start : booklet.end]
        spellings = list(_name_partner(reading, booklet, lines))
        if not spellings:
            if Mark.ESSENTIAL in booklet.marks:
                reading.note(
                    Level.ERROR,
                    "contrat-sans-partenaire",
                    f"Contrat, ligne {lines[0].number} : le nom du partenaire n’a pas été trouvé.",
                    lines[0].number,
                )
            continue
        partner, where, confidence = spellings[0]
        contract = Contract(partenaire=partner, type_partenaire=kind_of(partner))
        contract.sources["partenaire"] = trace(where, confidence)
        others = dict.fromkeys(name for name, _, _ in spellings)
        contract.graphies = [name for name in others if find_same(partner, [name])]
        _read_period(contract, lines)
        _read_axes(reading, contract, booklet)
        read_engineering(reading, contract, lines)
        read_signatories(contract, lines)
        _read_contacts(reading, contract, booklet)
        _read_past(reading, contract, booklet)
        found.append(Found(contract, booklet))
    return found


def _name_partner(
    reading: Reading, booklet: Booklet, lines: Sequence[Line]
) -> Iterator[tuple[str, Line, float]]:
    """Give the partner's name from the surest place to the least sure."""
    blocks = read_paragraphs(lines)
    for block in blocks:
        text = reading.join(block)
        side = _PARTNER_SIDE.search(text)
        if side and _AXES.search(text):
            yield from ((name, block[0], SURE) for name in find_parties(text[side.start() :])[:1])
    for pattern, confidence in ((_SIGNED, LIKELY), (_PRESIDES, GUESSED)):
        for index, line in enumerate(lines):
            if len(line.text) < LONGEST_SIGNATURE and pattern.match(line.text):
                names = _name_in(reading, lines[index : index + 2])
                yield from ((name, line, confidence) for name in names)
    start = booklet.marks.get(Mark.COVER)
    if start is not None:
        cover = [line for line in reading.lines[start + 1 : start + 4] if line.text]
        yield from ((name, cover[0], GUESSED) for name in _name_in(reading, cover))


def _name_in(reading: Reading, lines: Sequence[Line]) -> list[str]:
    """Name the partner on a line, or on two when the first does not give the whole name."""
    for count in (1, 2):
        text = re.sub(r"^Maire (?=d)", "Commune ", reading.join(lines[:count]))
        if len(text) < LONGEST_SIGNATURE * count:
            names = find_parties(text)
            if names:
                return names[:1]
    return []


LONGEST_SIGNATURE: Final = 110
"""The line of a signature is shorter, in characters."""


def _read_period(contract: Contract, lines: Sequence[Line]) -> None:
    for line in lines:
        if len(line.text) < LONGEST_SIGNATURE and normalise(line.text).startswith("contrat"):
            contract.periode = find_years(line.text)
            if contract.periode:
                contract.sources["periode"] = trace(line, SURE)
                return


def find_years(text: str) -> str | None:
    """Find the years of a contract, « 2023-2026 »; None when there are none."""
    match = _PERIOD.search(text)
    return f"{match[1]}-{match[2]}" if match else None


def _read_axes(reading: Reading, contract: Contract, booklet: Booklet) -> None:
    start = booklet.marks.get(Mark.ESSENTIAL, booklet.start)
    lines = reading.lines[start : booklet.end]
    place = next((i for i, line in enumerate(lines) if _AXES.search(line.text)), None)
    if place is None:
        place = _find_broken(reading, lines)
    if place is None and Mark.ESSENTIAL in booklet.marks:
        place = 0
    if place is None:
        _say_no_axis(reading, contract, lines[0])
        return
    items = read_items(lines[place + 1 : place + 60])
    for item in items:
        contract.sources[f"axes.{len(contract.axes)}"] = trace(item.line, SURE)
        contract.axes.append(tidy_item(reading.vocabulary.join_texts(item.texts)))
    announced = _COUNT.search(reading.join(lines[max(0, place - 3) : place + 1]).lower())
    if announced:
        count = _WORDS.get(announced["count"]) or int(announced["count"])
        if count != len(items):
            reading.note(
                Level.WARNING,
                "axes-annoncés",
                f"Contrat avec {contract.partenaire} : "
                f"{plural(count, 'axe annoncé', 'axes annoncés')}, {plural(len(items), 'lu')}.",
                lines[place].number,
            )
    elif not items:
        _say_no_axis(reading, contract, lines[place])


def _find_broken(reading: Reading, lines: Sequence[Line]) -> int | None:
    """Find the sentence of the axes where a line end parts its words."""
    for index in range(len(lines) - 1):
        if "axe" in lines[index].text or "travail" in lines[index].text:
            text = reading.join(lines[index : index + 2])
            if _AXES.search(text):
                return index + 1
    return None


def _say_no_axis(reading: Reading, contract: Contract, line: Line) -> None:
    reading.note(
        Level.WARNING,
        "axes-absents",
        f"Contrat avec {contract.partenaire} : les axes n’ont pas été trouvés.",
        line.number,
    )


def _read_contacts(reading: Reading, contract: Contract, booklet: Booklet) -> None:
    start = booklet.marks.get(Mark.CONTACTS)
    if start is None:
        return
    lines = reading.lines[start + 1 : min(booklet.end, start + 60)]
    for name, pattern in (
        ("interlocuteurs_departement", _OUR_SIDE),
        ("interlocuteurs_partenaire", _THEIR_SIDE),
    ):
        place = next(
            (i for i, line in enumerate(lines) if pattern.match(normalise(line.text))), None
        )
        if place is None:
            reading.note(
                Level.NOTE,
                "interlocuteurs-absents",
                f"Contrat avec {contract.partenaire} : un côté des interlocuteurs n’a pas été "
                "trouvé.",
                reading.lines[start].number,
            )
            continue
        services: list[str] = getattr(contract, name)
        for item in read_items(lines[place + 1 :]):
            contract.sources[f"{name}.{len(services)}"] = trace(item.line, LIKELY)
            services.append(tidy_item(reading.vocabulary.join_texts(item.texts)))


def _read_past(reading: Reading, contract: Contract, booklet: Booklet) -> None:
    start = booklet.marks.get(Mark.PAST)
    if start is None:
        return
    lines = reading.lines[start + 1 : min(booklet.end, start + 80)]
    stop = next((i for i, line in enumerate(lines) if _begins_part(line)), len(lines))
    lines = lines[:stop]
    items = read_items(lines)
    for item in items:
        contract.sources[f"realisations.{len(contract.realisations)}"] = trace(item.line, LIKELY)
        text = tidy_item(reading.vocabulary.join_texts(item.texts))
        contract.realisations.append(shorten_quote(text))
    last = items[-1].line if items else None
    after = [block for block in read_paragraphs(lines) if last and block[0].number > last.number]
    caption = [line for line in (after[-1] if after else []) if not part_bullet(line.text)[0]]
    if caption:
        contract.zoom = shorten_quote(reading.join(caption))
        contract.sources["zoom"] = trace(caption[0], GUESSED)


def _begins_part(line: Line) -> bool:
    return bool(re.fullmatch(r"partie (?:i|1)|zoom", normalise(line.text[:40])))

"""Read the act: number, date, object, assembly, votes."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from geo.names import normalise
from layers.deliberation.act.articles import read_articles
from layers.deliberation.draft.model import Act, Votes
from layers.deliberation.draft.values import GUESSED, LIKELY, SURE, Level
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.french.period import DatePrecision, find_period
from layers.french.wording import format_date

_NUMBER = re.compile(r"^\(? ?N ?[°o] ?(?P<number>\d{4}[-/][A-Z]{0,4}\d{1,5}) ?\)?$")
_LOOSE_NUMBER = re.compile(
    r"^d[ée]lib[ée]ration\s+n ?[°o] ?(?P<number>[\w/-]{3,20})$", re.IGNORECASE
)
_MEETING = re.compile(r"^(?:reunion|seance|session) (?:pleniere )?du\b")
_ASSEMBLIES: Final = (
    ("commission permanente", "Commission permanente"),
    ("conseil departemental", "Conseil départemental"),
    ("conseil communautaire", "Conseil communautaire"),
    ("conseil municipal", "Conseil municipal"),
    ("comite syndical", "Comité syndical"),
)
_VOTE = re.compile(r"^(?P<side>pour|contre|abstentions?) ?: ?(?P<count>\d{1,4})\b", re.IGNORECASE)
_UNANIMITY = re.compile(r"\ba (?:l unanimite|la majorite)\b")
_PEOPLE = re.compile(
    r"\b(?:M\.|MM\.|Mmes?|Monsieur|Madame)(?!\w)|^(?:Absent|Excus|Étaient|Etaient|Secrétaire|PRESIDENCE)"
)
_OBJECT_LINES: Final = 8
_LONGEST_DATE_LINE: Final = 400
_LONGEST_MENTION: Final = 80


def read_act(reading: Reading) -> Act:
    """Read the act; what is missing stays empty and is said."""
    act = Act()
    lines = reading.part(reading.parts.act) or reading.lines[:200]
    _read_number(reading, act, lines)
    _read_date(act, lines, reading)
    _read_assembly(act, lines)
    act.votes = _read_votes(reading, lines)
    act.articles = list(read_articles(reading))
    labels = {"numero": "le numéro", "date": "la date", "objet": "l’objet"}
    missing = [label for name, label in labels.items() if getattr(act, name) is None]
    if act.votes.pour is None and act.votes.mention is None:
        missing.append("les votes")
    if missing:
        words = f"La délibération n’est pas complète, non trouvé : {', '.join(missing)}."
        reading.note(Level.WARNING, "délibération-incomplète", words)
    return act


def _read_number(reading: Reading, act: Act, lines: Sequence[Line]) -> None:
    for index, line in enumerate(lines):
        match = _NUMBER.match(line.text) or _LOOSE_NUMBER.match(line.text)
        if match:
            act.numero = match["number"]
            act.sources["numero"] = trace(line, SURE)
            _set_object(reading, act, _lines_above(lines, index))
            break
    if act.objet is None:
        _read_report_object(reading, act)


def _lines_above(lines: Sequence[Line], index: int) -> list[Line]:
    """Return the block of text that stands right above a line."""
    above: list[Line] = []
    for line in reversed(lines[:index]):
        if line.text:
            above.append(line)
        elif above:
            break
        if len(above) == _OBJECT_LINES:
            break
    return above[::-1]


def _set_object(reading: Reading, act: Act, lines: Sequence[Line]) -> None:
    # Without blank lines, the names of the assembly stand right above.
    start = max((i for i, line in enumerate(lines) if _PEOPLE.search(line.text)), default=-1)
    while 0 <= start < len(lines) and not lines[start].text.endswith("."):
        start += 1
    kept = [line for line in lines[start + 1 :] if not _MEETING.match(normalise(line.text))]
    if kept:
        act.objet = reading.join(kept)
        act.sources["objet"] = trace(kept[0], SURE)


def _read_report_object(reading: Reading, act: Act) -> None:
    """Take the object from the title of the report, or from the line after the act's heading."""
    lines = reading.part(reading.parts.report)
    for index, line in enumerate(lines):
        if _MEETING.match(normalise(line.text)):
            below = _first_block(lines[index + 1 :])
            if below:
                act.objet = reading.join(below)
                act.sources["objet"] = trace(below[0], LIKELY)
            return
    for line in reading.part(reading.parts.act):
        words = line.text
        if words.isupper() and re.match(
            r"(?:contrat|adoption|convention|cadre|attribution)", normalise(words)
        ):
            act.objet = words
            act.sources["objet"] = trace(line, GUESSED)
            return


def _first_block(lines: Sequence[Line]) -> list[Line]:
    block: list[Line] = []
    for line in lines:
        if line.text:
            block.append(line)
        elif block:
            break
    return block[:_OBJECT_LINES]


def _read_date(act: Act, lines: Sequence[Line], reading: Reading) -> None:
    """Take the day of the meeting, else the day of the signature in Arras."""
    everywhere = (*lines, *reading.part(reading.parts.report)[:60])
    tries = (
        (_MEETING, everywhere, SURE),
        (re.compile(r"^arras le\b"), everywhere, LIKELY),
        (
            re.compile(r"^le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"),
            lines,
            LIKELY,
        ),
        (re.compile(r"^(?:seance du )?\d{1,2}(?:er)? [a-z]+ \d{4}$"), lines[:120], GUESSED),
    )
    found = [
        (day, line, confidence)
        for pattern, where, confidence in tries
        for line in where
        if (day := _day(line, pattern))
    ]
    if not found:
        return
    day, first, confidence = found[0]
    act.date = day.isoformat()
    act.sources["date"] = trace(first, confidence)
    other = next((one for one in found if one[0] != day and _is_heading(*one[1:])), None)
    if other:
        reading.note(
            Level.WARNING,
            "dates-multiples",
            f"Deux dates : le {format_date(day)}, puis le {format_date(other[0])} ; "
            "la première est gardée.",
            first.number,
            other[1].number,
        )


def _is_heading(line: Line, confidence: float) -> bool:
    """Tell a heading from the end of a sentence: « … rendu lors de sa / réunion du 06/11/2023 »."""
    return confidence > GUESSED and line.text[:1].isupper()


def _day(line: Line, pattern: re.Pattern[str]) -> date | None:
    """Return the day that a short line gives; None where it is not such a line."""
    if len(line.text) > _LONGEST_DATE_LINE or not pattern.match(normalise(line.text[:60])):
        return None
    found = find_period(line.text)
    return found[0].start if found and found[0].precision is DatePrecision.DAY else None


def _read_assembly(act: Act, lines: Sequence[Line]) -> None:
    for line in lines:
        folded = normalise(line.text[:120])
        for words, name in _ASSEMBLIES:
            if words in folded:
                act.assemblee = name
                act.sources["assemblee"] = trace(line, LIKELY)
                return


def _read_votes(reading: Reading, lines: Sequence[Line]) -> Votes:
    """Read the votes; several votes that agree are one, others are said."""
    votes = Votes()
    for line in lines:
        match = _VOTE.match(line.text)
        short = len(line.text) < _LONGEST_MENTION
        if match:
            side = match["side"].lower().removesuffix("s")
            count, before = int(match["count"]), getattr(votes, side)
            if before is not None and before != count:
                reading.note(
                    Level.NOTE,
                    "votes-multiples",
                    f"Plusieurs votes : « {side} » {before} voix puis {count} ; "
                    "le premier est gardé.",
                    votes.sources[side].ligne,
                    line.number,
                )
            elif before is None:
                setattr(votes, side, count)
                votes.sources[side] = trace(line, SURE)
        elif short and votes.mention is None and _UNANIMITY.search(normalise(line.text)):
            votes.mention = line.text.strip(" ().,;")
            votes.sources["mention"] = trace(line, LIKELY)
    return votes

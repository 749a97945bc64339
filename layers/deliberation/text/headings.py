"""Find the headings of a document: each line that begins a part is marked with what it begins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.names import normalise
from layers.deliberation.text.source import Line

LONGEST_HEADING: Final = 140


class Mark(StrEnum):
    """What a heading begins."""

    ACT = "act"
    DECISION = "decision"
    ARTICLE = "article"
    VOTES = "votes"
    SIGNATURE = "signature"
    SUMMARY = "summary"
    COVER = "cover"
    FOREWORD = "foreword"
    ZOOM = "zoom"
    PAST = "past"
    PART = "part"
    ESSENTIAL = "essential"
    BEYOND = "beyond"
    CONTACTS = "contacts"
    FICHE = "fiche"
    PAGE_OF_FICHE = "page of fiche"
    GENERAL = "general"
    DESCRIPTION = "description"
    PACTS = "pacts"
    CALENDAR = "calendar"
    PLAN = "plan"
    COMMITMENTS = "commitments"
    CONVENTION = "convention"
    REPORT = "report"
    CITY_LIST = "city list"


SECTIONS: Final = (
    Mark.GENERAL, Mark.DESCRIPTION, Mark.PACTS, Mark.CALENDAR, Mark.PLAN, Mark.COMMITMENTS,
)  # fmt: skip
"""The six sections of a fiche opération, A to F."""

_LETTER = r"(?P<letter>[a-f] )?"
_PATTERNS: Final = (
    (Mark.GENERAL, r"(?P<letter>a )general(?:ites)?"),
    (Mark.DESCRIPTION, _LETTER + r"descri(?:ption|ptif) du projet"),
    (Mark.PACTS, _LETTER + r"liens? avec les ambitions des pactes(?: departementaux)?"),
    (Mark.CALENDAR, _LETTER + r"calendrier(?: previsionnel)?(?: de l operation| des travaux)?"),
    (Mark.PLAN, _LETTER + r"plan de financement(?: previsionnel)?(?: ht| en ht| hors taxes?)?"),
    (Mark.COMMITMENTS, r"(?P<letter>[a-f] )engagements?(?: reciproques?)?"),
    (Mark.FICHE, r"fiche (?:d )?operation n(?:o| o|umero)? ?(?P<number>\d{1,3})(?: (?P<rest>.+))?"),
    (Mark.PAGE_OF_FICHE, r"fiche (?:d )?operation (?P<number>\d{1,3})"),
    (Mark.FOREWORD, r"a l issue d un travail mene par le departement.*"),
    (Mark.COVER, r"contrats? (?:de territoires?|territorial) \d{4} \d{4}"),
    (Mark.ZOOM, r"zoom(?: sur une operation(?: contractualisee)?)?"),
    (Mark.PAST, r"les contractualisations precedentes(?: quelques exemples de realisations?)?"),
    (Mark.PART, r"partie (?:i{1,3}|[123])"),
    (Mark.ESSENTIAL, r"l essentiel du contrat"),
    (Mark.BEYOND, r"au dela des? contrats?(?: l action du departement)?"),
    (Mark.CONTACTS, r"les interlocuteurs du contrat"),
    (Mark.CONVENTION, r"convention|pole partenariats et ingenierie secretariat general|objet xxx"),
    (Mark.REPORT, r"rapport n(?:o| o)? ?\d{1,4}"),
    (Mark.ACT, r"deliberation (?:du conseil|de la commission|de l assemblee).*"),
    (Mark.DECISION, r"(?:apres en avoir delibere.*|decide)"),
    (Mark.ARTICLE, r"article (?P<number>\d{1,2}|unique|premier|1er)(?: (?P<rest>.+))?"),
    (Mark.VOTES, r"dans les conditions de vote.*"),
    (Mark.SIGNATURE, r"le president du conseil departemental|l[ea] president(?:e)? du conseil"),
    (
        Mark.SUMMARY,
        r".{0,90}propositions? de subventions?|territoires? maitr(?:is)?e d ouvrage.{0,60}",
    ),
    (Mark.CITY_LIST, r"liste des intercommunalites.{0,90}contrats de ville.{0,20}"),
)
_COMPILED: Final = tuple((mark, re.compile(pattern)) for mark, pattern in _PATTERNS)
_GLUED = re.compile(
    r"(?<=\S)\s+(?=(?:[A-F] ?[–—-] ?(?:G[EÉ]N[EÉ]RAL\b|DESCRIPTION DU PROJET|LIEN AVEC LES AMB"
    r"|CALENDRIER PR|PLAN DE FINANCEMENT PR|ENGAGEMENTS R)|Fiche opération n ?°))"
)
_AFTER_GLUE = re.compile(
    r"((?:[A-F] ?[–—-] ?)(?:G[EÉ]N[EÉ]RAL|DESCRIPTION DU PROJET|LIEN AVEC LES AMBITIONS DES PACTES "
    r"D[EÉ]PARTEMENTAUX|CALENDRIER PR[EÉ]VISIONNEL|PLAN DE FINANCEMENT PR[EÉ]VISIONNEL"
    r"|ENGAGEMENTS R[EÉ]CIPROQUES))\s*[:.]?\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that begins a part.

    Parameters
    ----------
    mark
        What it begins.
    index
        Index of the line in the list of lines.
    number
        Number printed with it, empty for none.
    rest
        Folded words after the number, on the same line.
    lettered
        Whether the letter of a section of a fiche stands before it.
    """

    mark: Mark
    index: int
    number: str = ""
    rest: str = ""
    lettered: bool = False


def part_glued_headings(lines: Iterable[Line]) -> Iterator[Line]:
    """Cut a line where a heading of a fiche stands in it; the parts keep the line's number."""
    for line in lines:
        pieces = [line.text]
        if "–" in line.text or "-" in line.text or "°" in line.text or "—" in line.text:
            pieces = [
                part.strip()
                for piece in _GLUED.split(line.text)
                for part in _AFTER_GLUE.split(piece)
                if part.strip()
            ] or [line.text]
        if len(pieces) == 1:
            yield line
        else:
            yield from (replace(line, text=piece, indent=0, trail=0) for piece in pieces)


def find_headings(lines: Iterable[Line]) -> tuple[Heading, ...]:
    """Find the headings, in the order of the document."""
    return tuple(
        heading
        for index, line in enumerate(lines)
        if 0 < len(line.text) <= LONGEST_HEADING and (heading := read_heading(line.text, index))
    )


def read_heading(text: str, index: int = 0) -> Heading | None:
    """Say what a line begins; None when it begins nothing."""
    folded = normalise(text)
    if not folded or folded[0] not in _FIRST_LETTERS:
        return None
    for mark, pattern in _COMPILED:
        match = pattern.fullmatch(folded)
        if match:
            found = match.groupdict(default="")
            number, rest = found.get("number", ""), found.get("rest", "")
            return Heading(mark, index, number, rest, bool(found.get("letter")))
    return None


_FIRST_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")

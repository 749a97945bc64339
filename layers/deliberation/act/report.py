"""Read the president's report: what it announces, which partners, which subsidies it proposes."""

import re
from collections.abc import Sequence
from typing import Final

from geo.names import normalise
from layers.deliberation.act.articles import line_of
from layers.deliberation.booklet.parties import find_parties
from layers.deliberation.draft.model import Proposal, Report
from layers.deliberation.draft.values import LIKELY, SURE, Level
from layers.deliberation.text.bullets import read_paragraphs
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.french.money import Amount, find_amounts, tidy

_NUMBER = re.compile(r"^RAPPORT N ?[°o] ?(?P<number>\d{1,4})", re.IGNORECASE)
_WORDS: Final = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
    "quinze": 15, "seize": 16, "vingt": 20,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})"
_CONTRACTS = re.compile(rf"(?<!\w){_COUNT} (?:nouveaux? )?contrats? de territoires?\b")
_FICHES = re.compile(rf"(?<!\w){_COUNT} (?:nouvelles? )?fiches? (?:d )?operations?\b")
_ANNOUNCE = re.compile(r"\b(?:rapport propose|propose donc|proposees?|adopter|decliner|joint)")
_PARTNER = re.compile(r"(?:^|\d )Contrat de territoire avec ")
_OPERATION = re.compile(
    r"^[-–•] ?Opérations?\s*:?\s*[«“\"]\s*(?P<title>[^»”\"]+?)\s*(?:[»”\"]|$)", re.IGNORECASE
)
_PROPOSED = re.compile(r"propos[ée]e?s? d’(?:attribuer|accorder|octroyer|allouer)", re.IGNORECASE)
_BUDGET = re.compile(r"imput[ée]e?s? sur le budget|^Code Opération", re.IGNORECASE)
_END = re.compile(r"^il convient (?:donc )?de statuer", re.IGNORECASE)


def read_report(reading: Reading) -> Report | None:
    """Read the report; None when the document has none."""
    lines = reading.part(reading.parts.report)
    if not lines:
        return None
    report = Report()
    number = _NUMBER.match(lines[0].text)
    if number:
        report.numero = number["number"]
        report.sources["numero"] = trace(lines[0], SURE)
    _read_counts(report, reading, lines)
    blocks = read_paragraphs(lines)
    for index, block in enumerate(blocks):
        text = reading.join(block)
        if _END.match(text):
            _read_conclusions(reading, report, blocks[index:])
            break
        partner = _PARTNER.search(text)
        if partner:
            report.sources[f"partenaires.{len(report.partenaires)}"] = trace(block[0], SURE)
            report.partenaires += find_parties(text[partner.start() :])[:1]
        title = _OPERATION.match(text)
        if title:
            proposal = Proposal(titre=title["title"])
            proposal.sources["titre"] = trace(block[0], SURE)
            report.propositions.append(proposal)
        elif _PROPOSED.search(text) and report.propositions:
            _read_amount(reading, report.propositions[-1], block, text)
    return report


def _read_conclusions(reading: Reading, report: Report, blocks: Sequence[list[Line]]) -> None:
    """Read the amounts of the list on which the assembly is asked to vote."""
    for block in blocks:
        text = reading.join(block)
        if _BUDGET.search(text):
            return
        for amount in find_amounts(tidy(text)):
            line = line_of(amount.printed, block)
            if amount.value is None:
                _say_unreadable(reading, line, amount)
            else:
                report.sources[f"conclusions.{len(report.conclusions)}"] = trace(line, LIKELY)
                report.conclusions.append(amount.value)


def _say_unreadable(reading: Reading, line: Line, amount: Amount) -> None:
    reading.note(
        Level.ERROR,
        "montant-illisible",
        f"Rapport, ligne {line.number} : montant illisible « {amount.printed} ».",
        line.number,
    )


def _read_amount(reading: Reading, proposal: Proposal, block: Sequence[Line], text: str) -> None:
    place = _PROPOSED.search(text)
    amounts = find_amounts(tidy(text[place.start() :])) if place else ()
    if proposal.montant is not None or not amounts:
        return
    amount = amounts[0]
    line = line_of(amount.printed, block)
    proposal.montant = amount.value
    proposal.sources["montant"] = trace(line, LIKELY)
    if amount.value is None:
        _say_unreadable(reading, line, amount)


def _read_counts(report: Report, reading: Reading, lines: Sequence[Line]) -> None:
    """Read « adopter 6 contrats de territoires et les décliner par 7 fiches opérations »."""
    for block in read_paragraphs(lines):
        folded = normalise(reading.join(block))
        if not _ANNOUNCE.search(folded):
            continue
        for name, pattern in (("contrats_annonces", _CONTRACTS), ("fiches_annoncees", _FICHES)):
            match = pattern.search(folded)
            if match and getattr(report, name) is None:
                count = match["count"]
                setattr(report, name, _WORDS.get(count) or int(count))
                report.sources[name] = trace(_line_at(reading, block, match.start()), LIKELY)


def _line_at(reading: Reading, block: Sequence[Line], place: int) -> Line:
    """Return the line of a paragraph that holds a place of its normalised text."""
    for count, line in enumerate(block, start=1):
        if len(normalise(reading.join(block[:count]))) > place:
            return line
    return block[-1]

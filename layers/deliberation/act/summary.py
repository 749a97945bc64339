"""Read the table that sums up the proposed subsidies: who, which fiche, what, how much."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from geo.names import normalise
from layers.deliberation.booklet.parties import find_kind, find_parties
from layers.deliberation.draft.model import Summary, SummaryRow
from layers.deliberation.draft.values import GUESSED, LIKELY, SURE, Level
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.french.money import Amount, find_amounts, tidy

_HEADER = re.compile(
    r"(?:(?:territoires?|maitrise d ouvrage|maitre d ouvrage|operations?|fit|montants?|fiches?"
    r"|n|no|subventions?|proposee?s?|intitule|beneficiaires?|ht)(?: |$))+"
)
_NUMBER = re.compile(r"(?<!\S)(?P<number>\d{1,2})(?= [A-ZÀ-ÖØ-Ý«“\"])")
_LONGEST_ROW: Final = 12


def read_summary(reading: Reading) -> Summary | None:
    """Read the table; None when the document has none."""
    lines = [line for line in reading.part(reading.parts.summary)[1:] if line.text]
    if not lines:
        return None
    summary = Summary()
    for block, amount in _cut_rows(lines):
        text = reading.join(block)
        if normalise(text).startswith("total"):
            summary.total = amount.value
            summary.sources["total"] = trace(block[-1], SURE)
            if amount.value is None:
                _say_unreadable(reading, block[-1], amount)
            break
        summary.lignes.append(_read_row(reading, block, amount))
    if summary.lignes and summary.total is None:
        reading.note(
            Level.WARNING,
            "total-absent",
            "Tableau récapitulatif : le total n’a pas été trouvé.",
            lines[0].number,
        )
    return summary if summary.lignes or summary.total is not None else None


def _cut_rows(lines: Sequence[Line]) -> Iterator[tuple[list[Line], Amount]]:
    """Cut the table after each amount; a row may run over several lines."""
    block: list[Line] = []
    for line in lines:
        if _HEADER.fullmatch(normalise(line.text)):
            continue
        block.append(line)
        amounts = find_amounts(tidy(line.text), bare=True)
        if amounts:
            yield block, amounts[-1]
            block = []
        elif len(block) > _LONGEST_ROW:
            block = []


def _read_row(reading: Reading, block: Sequence[Line], amount: Amount) -> SummaryRow:
    row = SummaryRow(montant=amount.value)
    row.sources["montant"] = trace(block[-1], SURE)
    if amount.value is None:
        _say_unreadable(reading, block[-1], amount)
    text = reading.join(block)
    text = text[: tidy(text).rfind(amount.printed)].strip() if amount.printed else text
    place = find_kind(text)
    if place is None:
        row.titre = text or None
        row.sources["titre"] = trace(block[0], GUESSED)
        return row
    row.territoire = text[:place].strip() or None
    party, number, title = _split(text[place:])
    row.maitre_ouvrage, row.numero_fiche, row.titre = party, number, title or None
    for name in ("territoire", "maitre_ouvrage", "numero_fiche"):
        row.sources[name] = trace(block[0], SURE if number else GUESSED)
    row.sources["titre"] = trace(block[-1], LIKELY if number else GUESSED)
    return row


def _split(text: str) -> tuple[str, int | None, str]:
    """Part « Communauté de communes des 7 Vallées 1 Requalification… » at the fiche's number."""
    for match in _NUMBER.finditer(text):
        parties = find_parties(text[: match.start()])
        if len(parties) == 1:
            return parties[0], int(match["number"]), text[match.end() :].strip()
    parties = find_parties(text)
    party = parties[0] if parties else text
    return party, None, text[len(party) :].strip() if text.startswith(party) else ""


def _say_unreadable(reading: Reading, line: Line, amount: Amount) -> None:
    reading.note(
        Level.ERROR,
        "montant-illisible",
        f"Tableau récapitulatif, ligne {line.number} : montant illisible « {amount.printed} ».",
        line.number,
    )

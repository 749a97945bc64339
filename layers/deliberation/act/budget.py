"""Read the budget lines: code, imputation, label, authorised, available, proposed, balance."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from geo.names import normalise
from layers.deliberation.draft.model import BudgetLine
from layers.deliberation.draft.values import GUESSED, SURE, Level
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.french.money import Amount, find_amounts, tidy
from layers.french.wording import plural

_CODE = re.compile(r"(?<!\S)(?P<code>[A-Z]\d{2}-\d{3}[A-Z]?\d{2,3})(?!\S)")
_IMPUTATION = re.compile(r"(?<!\S)(?P<imputation>\d{2,6} ?// ?\d{2,8})(?!\S)")
_COLUMNS: Final = (
    ("ap", r"\bap\b|autorisation de programme"),
    ("disponible", r"\bdisponible"),
    ("proposition", r"\bproposition|\bproposee?\b|\bdepense\b|\bmontant\b"),
    ("solde", r"\bsolde\b"),
)
_BY_COUNT: Final = {
    1: ("proposition",),
    2: ("ap", "proposition"),
    3: ("ap", "disponible", "proposition"),
    4: ("ap", "disponible", "proposition", "solde"),
}
_NAMES: Final = {
    "ap": "AP",
    "disponible": "disponible",
    "proposition": "proposition",
    "solde": "solde",
}
_HEADER_LINES: Final = 12
_LONGEST_HEADER: Final = 90
_ROW_LINES: Final = 16


def read_budget(reading: Reading) -> list[BudgetLine]:
    """Read every budget table; a code printed in several tables is one line."""
    found: dict[str, BudgetLine] = {}
    for row in _read_rows(reading):
        before = found.get(row.code)
        if before is None:
            found[row.code] = row
        else:
            _merge(reading, before, row)
    return list(found.values())


def _read_rows(reading: Reading) -> Iterator[BudgetLine]:
    lines = reading.lines
    starts = [i for i, line in enumerate(lines) if _CODE.search(line.text)]
    columns: tuple[str, ...] = ()
    for position, start in enumerate(starts):
        after = starts[position + 1] if position + 1 < len(starts) else len(lines)
        first = position == 0 or start - starts[position - 1] > _ROW_LINES
        if first:
            columns = _read_columns(lines[max(0, start - _HEADER_LINES) : start])
        yield _read_row(reading, lines[start : min(after, start + _ROW_LINES)], columns)


def _read_columns(above: Sequence[Line]) -> tuple[str, ...]:
    """Read the order of the columns from the header above the first row."""
    header = normalise(" ".join(line.text for line in above if len(line.text) <= _LONGEST_HEADER))
    header = header[header.rfind("code operation") :] if "code operation" in header else header
    places = [
        (match.start(), name) for name, words in _COLUMNS if (match := re.search(words, header))
    ]
    return tuple(name for _, name in sorted(places))


def _read_row(reading: Reading, lines: Sequence[Line], columns: tuple[str, ...]) -> BudgetLine:
    code = _CODE.search(lines[0].text)
    row = BudgetLine(code=code["code"] if code else "")
    row.sources["code"] = trace(lines[0], SURE)
    words: list[str] = []
    amounts: list[tuple[Amount, Line]] = []
    for line in lines:
        text = tidy(_CODE.sub(" ", line.text, count=1)).strip()
        imputation = None if row.imputation else _IMPUTATION.search(text)
        if imputation:
            row.imputation = imputation["imputation"].replace(" ", "")
            row.sources["imputation"] = trace(line, SURE)
            text = (text[: imputation.start()] + text[imputation.end() :]).strip()
        here = find_amounts(text, bare=True)
        label = text[: here[0].start].strip() if here else text
        if amounts and label:
            break
        amounts += [(amount, line) for amount in here]
        if label:
            words.append(label.replace("'", "’"))
    row.libelle = reading.vocabulary.join_texts(words)
    _set_amounts(reading, row, amounts, columns)
    return row


def _set_amounts(
    reading: Reading,
    row: BudgetLine,
    amounts: Sequence[tuple[Amount, Line]],
    columns: tuple[str, ...],
) -> None:
    sure = len(columns) == len(amounts)
    names = columns if sure else _BY_COUNT.get(len(amounts), ())
    if not names or any(amount.value is None for amount, _ in amounts):
        place = row.sources["code"].ligne
        reading.note(
            Level.ERROR,
            "montant-illisible",
            f"Ligne budgétaire {row.code}, ligne {place} : "
            f"{plural(len(amounts), 'montant lisible', 'montants lisibles')}, "
            "de un à quatre attendus (AP, disponible, proposition, solde).",
            place,
        )
        return
    for name, (amount, line) in zip(names, amounts, strict=True):
        setattr(row, name, amount.value)
        row.sources[name] = trace(line, SURE if sure else GUESSED)


def _merge(reading: Reading, kept: BudgetLine, other: BudgetLine) -> None:
    """Complete a line with what another table says of it; what differs is said."""
    for name in _BY_COUNT[4]:
        before: Decimal | None = getattr(kept, name)
        now: Decimal | None = getattr(other, name)
        if before is None and now is not None:
            setattr(kept, name, now)
            kept.sources[name] = other.sources[name]
        elif before is not None and now is not None and before != now:
            places = kept.sources[name].ligne, other.sources[name].ligne
            reading.note(
                Level.ERROR,
                "budget-contradictoire",
                f"Ligne budgétaire {kept.code} : {_NAMES[name]} {before} € ligne {places[0]}, "
                f"{now} € ligne {places[1]}.",
                *places,
            )
    if len(other.libelle) > len(kept.libelle):
        kept.libelle = other.libelle

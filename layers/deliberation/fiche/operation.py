"""Read a fiche opération: its fields, calendar, plan de financement, pacts and commitments."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from geo.names import normalise
from layers.deliberation.draft.model import Operation, Receipt
from layers.deliberation.draft.values import GUESSED, LIKELY, SURE, Level
from layers.deliberation.fiche.fields import Field, Name, cut_fields, read_list, read_value
from layers.deliberation.fiche.milestones import read_milestones
from layers.deliberation.fiche.pacts import read_pacts
from layers.deliberation.fiche.plan import Plan, read_plan
from layers.deliberation.fiche.words import read_words
from layers.deliberation.text.bullets import part_bullet, read_items, shorten_quote, tidy_item
from layers.deliberation.text.headings import Mark
from layers.deliberation.text.lost_headings import restore_sections
from layers.deliberation.text.parts import FichePart, cut_section, drop_furniture
from layers.deliberation.text.reading import Reading, trace
from layers.deliberation.text.source import Line
from layers.documents.funders import FIT, Funder

_HEADING = re.compile(r"^Fiche (?:d’)?opération\s+n ?[°o] ?\d{1,3}\s*[:.–-]*\s*", re.IGNORECASE)
_TITLE_LINES: Final = 6
_SINGLE: Final = (
    (Name.OWNER, "le maître d’ouvrage"),
    (Name.DELEGATE, ""),
    (Name.DESIGNER, "la maîtrise d’œuvre"),
    (Name.PLACE, "la localisation"),
)
_SECTIONS: Final = (
    (Mark.CALENDAR, "le calendrier"),
    (Mark.PLAN, "le plan de financement"),
    (Mark.PACTS, "le lien avec les pactes"),
    (Mark.COMMITMENTS, "les engagements réciproques"),
)


def read_fiche(reading: Reading, part: FichePart) -> Operation:
    """Read one fiche; what is missing stays empty and is said."""
    restore_sections(reading.lines, part)
    operation = Operation(numero_fiche=part.number)
    first = reading.lines[part.start]
    operation.sources["numero_fiche"] = trace(first, SURE if part.number else GUESSED)
    _read_title(reading, operation, part)
    name = name_operation(operation, first.number)
    described = _described(reading, part)
    fields = list(cut_fields(described))
    _read_fields(reading, operation, fields)
    read_words(reading, operation, fields, name)
    owner = operation.maitre_ouvrage or ""
    plan = read_plan(reading, cut_section(reading.lines, part, Mark.PLAN), owner, name)
    _set_plan(reading, operation, plan, name, first)
    operation.calendrier = read_milestones(
        reading, cut_section(reading.lines, part, Mark.CALENDAR), name
    )
    read_pacts(reading, operation, cut_section(reading.lines, part, Mark.PACTS), name)
    _read_commitments(reading, operation, cut_section(reading.lines, part, Mark.COMMITMENTS))
    _say_missing(reading, operation, part, name)
    return operation


def name_operation(operation: Operation, line: int) -> str:
    """Name an operation in a message."""
    title = operation.titre or f"ligne {line}"
    number = f"Fiche {operation.numero_fiche}" if operation.numero_fiche else "Fiche"
    return f"{number} « {title} »"


def _read_title(reading: Reading, operation: Operation, part: FichePart) -> None:
    """Read what stands between the number and the first section."""
    sections = [h.index for h in part.headings if h.mark not in {Mark.FICHE, Mark.PAGE_OF_FICHE}]
    titled = [h.index for h in part.headings if h.mark is Mark.FICHE]
    start = titled[0] if titled else part.start
    stop = sections[0] if sections else min(part.end, start + 2 * _TITLE_LINES)
    lines = [line for line in drop_furniture(reading.lines[start:stop]) if line.text]
    texts = [_HEADING.sub("", line.text) if i == 0 else line.text for i, line in enumerate(lines)]
    found = [(text, line) for text, line in zip(texts, lines, strict=True) if text][:_TITLE_LINES]
    confidence = SURE
    if not found:
        found, confidence = _title_above(reading, start), GUESSED
    if found:
        operation.titre = reading.vocabulary.join_texts(text for text, _ in found)
        operation.sources["titre"] = trace(found[0][1], confidence)


def _title_above(reading: Reading, start: int) -> list[tuple[str, Line]]:
    """Take the block of text above a fiche whose own heading is lost, if it may be a title."""
    found: list[tuple[str, Line]] = []
    for line in reversed(reading.lines[max(0, start - 2 * _TITLE_LINES) : start]):
        if line.text and not re.fullmatch(r"fiche operation \d{1,3}", normalise(line.text)):
            found.append((line.text, line))
        elif found:
            break
    listed = any(part_bullet(text)[0] or text.endswith((".", ":", ";")) for text, _ in found)
    return [] if listed or len(found) > _TITLE_LINES else found[::-1]


def _described(reading: Reading, part: FichePart) -> Sequence[Line]:
    """Return the lines of sections A and B, or those before the first section that is there."""
    later = [h.index for h in part.headings if h.mark in {mark for mark, _ in _SECTIONS}]
    stop = min(later, default=part.end)
    headings = {id(reading.lines[heading.index]) for heading in part.headings}
    kept = drop_furniture(reading.lines[part.start : stop])
    return [line for line in kept if id(line) not in headings]


def _read_fields(reading: Reading, operation: Operation, fields: Sequence[Field]) -> None:
    for name, _ in _SINGLE:
        field = next((f for f in fields if f.name is name), None)
        if field is None:
            continue
        value, line = read_value(reading, field)
        if value:
            setattr(operation, name, value)
            operation.sources[str(name)] = trace(line, SURE)
    for name in (Name.OBJECTIVES, Name.PARTNERS):
        for field in (f for f in fields if f.name is name):
            _read_items(reading, operation, field)


def _read_items(reading: Reading, operation: Operation, field: Field) -> None:
    values: list[str] = getattr(operation, field.name)
    for text, line in read_list(reading, field):
        operation.sources[f"{field.name}.{len(values)}"] = trace(line, LIKELY)
        values.append(text)


def _set_plan(reading: Reading, operation: Operation, plan: Plan, name: str, first: Line) -> None:
    operation.depenses, operation.recettes = plan.expenses, plan.receipts
    operation.totaux = plan.totals
    _set_fit(reading, operation, name, first)
    printed = plan.totals.depenses
    if printed is not None:
        operation.cout_total_ht = printed
        operation.sources["cout_total_ht"] = plan.totals.sources["depenses"]
        return
    own = [line.montant for line in plan.expenses if line.parent is None]
    if own and None not in own:
        operation.cout_total_ht = sum((value for value in own if value is not None), Decimal(0))
        last = plan.expenses[-1].sources["montant"]
        operation.sources["cout_total_ht"] = last.model_copy(update={"confiance": GUESSED})
        reading.note(
            Level.WARNING,
            "total-absent",
            f"{name} : le total des dépenses n’a pas été trouvé, le coût est la somme des lignes.",
            last.ligne,
        )


def _set_fit(reading: Reading, operation: Operation, name: str, first: Line) -> None:
    fit = [line for line in operation.recettes if _is_fit(line)]
    readable = [line.montant for line in fit if line.montant is not None]
    if fit and len(readable) == len(fit):
        operation.montant_fit = sum(readable, Decimal(0))
        operation.sources["montant_fit"] = fit[0].sources["montant"]
    elif not fit:
        reading.note(
            Level.ERROR,
            "fit-absent",
            f"{name} : aucune recette du Fonds d’innovation territorial n’a été lue.",
            first.number,
        )


def _is_fit(receipt: Receipt) -> bool:
    return receipt.financeur == str(Funder.DEPARTEMENT) and receipt.programme == FIT


def _read_commitments(reading: Reading, operation: Operation, lines: Sequence[Line]) -> None:
    """Read the ticked boxes; for want of boxes, the items of the list."""
    starts = [i for i, line in enumerate(lines) if line.text[:1] in "☒☑✔✓[" and line.text]
    items = [item for start in starts[:1] for item in read_items(lines[start:])]
    items = [item for item in items or read_items(lines) if not item.refused]
    for item in items:
        text = shorten_quote(tidy_item(reading.vocabulary.join_texts(item.texts)))
        operation.sources[f"engagements.{len(operation.engagements)}"] = trace(item.line, SURE)
        operation.engagements.append(text)


def _say_missing(reading: Reading, operation: Operation, part: FichePart, name: str) -> None:
    missing = [label for field, label in _SINGLE if label and not getattr(operation, field)]
    missing += [label for mark, label in _SECTIONS if not part.has(mark)]
    missing += [] if operation.objectifs else ["les objectifs"]
    missing += [] if operation.partenaires else ["les partenaires"]
    missing += [] if operation.titre else ["le titre"]
    missing += [] if part.number else ["le numéro"]
    if missing:
        line = reading.lines[part.start].number
        words = ", ".join(missing)
        reading.note(Level.WARNING, "fiche-incomplète", f"{name} : non trouvé : {words}.", line)

"""The page of a contract: what its template needs beside the sheet."""

from collections.abc import Mapping
from typing import Any, Final

from app.documents.notes import collect_notes, name_beside, read_register
from app.parts.typography import shown_name
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.documents.framework import Provision
from layers.documents.particulars import SECTIONS, read_particulars
from layers.french.wording import enumerate_words
from layers.operation.fiche import Statement
from layers.operation.funding import total
from layers.sheets.contract import ContractSheet, announced, contract_sheet
from layers.sheets.sentences import named

OF_AXES: Final = (SECTIONS["axes"], SECTIONS["stakes"])
"""Parts that stand beside the axes; the others follow the operations."""


def contract_page(catalogue: Catalogue, contract: str) -> dict[str, Any]:
    """Return what the template of a contract speaks of.

    Raises
    ------
    layers.operation.sheet.UnknownRowError
        There is no such contract.
    layers.model.layer.LayerError
        A table cannot be read.
    """
    sheet = contract_sheet(catalogue, contract)
    reference = catalogue.reference
    particulars = read_particulars(catalogue.data, contract)
    told = [source for part in particulars.values() for one in part for source in one.sources]
    notes = collect_notes([*sheet.sources, *told], read_register(catalogue.data))
    return {
        "sheet": sheet,
        "name": shown_name(reference, sheet.perimeter),
        "partner": named(sheet.perimeter, reference),
        "communes": len(reference.members(sheet.perimeter)),
        "population": reference.population(sheet.perimeter),
        "announced": announced(sheet),
        "towns": enumerate_words(
            shown_name(reference, Perimeter(Level.COMMUNE, code)) for code in sheet.towns
        ),
        "of_epci": sheet.perimeter.level is Level.EPCI,
        "departement": total(catalogue),
        "notes": notes,
        "document_names": name_beside(notes, catalogue.data),
        "of_axes": [(title, particulars[title]) for title in OF_AXES if title in particulars],
        "particulars": {title: part for title, part in particulars.items() if title not in OF_AXES},
        "read_words": _read_words(sheet, particulars),
    }


def _read_words(
    sheet: ContractSheet, told: Mapping[str, tuple[Provision, ...]]
) -> list[tuple[str, tuple[Statement, ...]]]:
    """Return what the reader found of the parts that nobody has told in our words."""
    words = sheet.words
    read = (
        (SECTIONS["signature"], words.signatories),
        (SECTIONS["engineering"], words.engineering),
    )
    return [(title, found) for title, found in read if found and title not in told]

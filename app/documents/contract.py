"""The page of a contract: what its template needs beside the sheet."""

from typing import Any

from app.documents.notes import collect_notes, name_beside, read_register
from app.parts.typography import shown_name
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.documents.particulars import read_particulars
from layers.french.wording import enumerate_words
from layers.operation.funding import total
from layers.sheets.contract import announced, contract_sheet
from layers.sheets.sentences import named


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
        "particulars": particulars,
    }

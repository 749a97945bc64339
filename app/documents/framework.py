"""The page of the framework: what the documents say of all contracts, and totals computed."""

from collections.abc import Mapping
from typing import Any, Final

from app.documents.notes import collect_notes, name_beside, read_register
from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.documents.convention import Quotation
from layers.documents.framework import SECTIONS, Provision, read_framework
from layers.figures.loading import load_figures
from layers.french.wording import enumerate_words, format_number
from layers.operation.statements import adopted

TOTALS: Final[Mapping[str, tuple[str, str]]] = {
    "communes_farda": ("communes éligibles au FARDA", "communes éligibles au FARDA"),
    "batiments_departementaux": ("bâtiments départementaux", "bâtiments départementaux"),
    "routes_departementales": (
        "km de routes départementales",
        "kilomètres de voiries départementales",
    ),
}
"""Figures that the report prints for each territory and never for the département: what they count
in our words, and in those that follow the number in the report.
"""


def framework_page(catalogue: Catalogue) -> dict[str, Any]:
    """Return what the template of the framework speaks of.

    Raises
    ------
    layers.model.layer.LayerError
        A table cannot be read.
    """
    sections = read_framework(catalogue.data)
    totals = _totals(catalogue)
    told = [*(one for part in sections.values() for one in part), *totals]
    cited = {source.document for one in told for source in one.sources}
    others = [
        statement
        for document, found in adopted(catalogue).provisions.items()
        if document not in cited
        for statement in found
    ]
    sources = (
        *(source for one in told for source in one.sources),
        *(statement.source for statement in others),
    )
    notes = collect_notes(sources, read_register(catalogue.data))
    return {
        "sections": [(id_, SECTIONS[id_], sections[id_]) for id_ in SECTIONS],
        "totals": totals,
        "others": others,
        "notes": notes,
        "document_names": name_beside(notes, catalogue.data),
    }


def _totals(catalogue: Catalogue) -> tuple[Provision, ...]:
    """Add up what is printed for every territory; nothing where one is not printed."""
    figures = load_figures(catalogue.data)
    places = catalogue.reference.perimeters(Level.TERRITORY)
    found = []
    for measure, (noun, words) in TOTALS.items():
        printed = [figures.printings(measure, place)[:1] for place in places]
        known = [one for found_here in printed for one in found_here if one.value is not None]
        if len(known) < len(places):
            continue
        parts = [
            f"{catalogue.reference.name_of(one.perimeter)} {format_number(one.value)} "
            f"(l. {one.lines[0]})"
            for one in known
            if one.value is not None
        ]
        total = sum(one.value for one in known if one.value is not None)
        found.append(
            Provision(
                f"{format_number(total)} {noun}",
                f"Somme calculée des {len(places)} territoires : {enumerate_words(parts)}.",
                Quotation(f"{known[0].printed} {words}", known[0].lines[0], known[0].document),
            )
        )
    return tuple(found)

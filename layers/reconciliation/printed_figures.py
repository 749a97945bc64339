"""The printed figures that other figures, or the map, do not confirm."""

from collections.abc import Iterator

from layers.documents.convention import Quotation
from layers.figures.checks import check_figures
from layers.reconciliation.confrontation import Confrontation
from layers.reconciliation.evidence import Evidence


def confront_figures(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold printed figures against what can be recomputed of them; yield what disagrees only."""
    for found in check_figures(evidence.data, evidence.reference, evidence.figures):
        measure = evidence.figures.measures[found.figure.measure]
        place = evidence.reference.name_of(found.figure.perimeter)
        yield Confrontation(
            found.id,
            f"{measure.title} – {place}",
            found.printed,
            found.expected,
            found.difference,
            measure.unit,
            Quotation(found.quotation, found.lines[0], found.document),
            note=found.sentence,
        )

"""Counts of places: communes and collèges of each territory, and the totals that are known."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from geo.names import normalise
from geo.perimeter import Level, Perimeter
from layers.areas import CANTONS, EPCIS, SECTEURS_MDS, TERRITOIRES
from layers.colleges import COLLEGES
from layers.colleges import TABLE as COLLEGES_TABLE
from layers.communes import COMMUNES
from layers.contracts import CONTRATS, CONTRATS_VILLE
from layers.documents.convention import Quotation
from layers.facts.contracts import CONTRACTS
from layers.figures.checks import count_public_colleges
from layers.model.layer import Layer
from layers.operations import OPERATIONS
from layers.priority_districts import QPV
from layers.priority_districts import TABLE as DISTRICTS
from layers.reconciliation.confrontation import Confrontation, confront
from layers.reconciliation.evidence import Evidence

COMMUNES_2024 = 890
"""Communes of the Pas-de-Calais before Hesdin-la-Forêt, official geographic code of 2024."""


def confront_communes(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the communes that the activity report prints per territory against those of 2024."""
    membership = evidence.reference.membership_2024
    counted = Counter(evidence.reference.epcis[epci].territory for epci in membership.values())
    yield from _confront_territories(evidence, "communes", counted, "communes")


def confront_colleges(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the public collèges that the report prints per territory against the list."""
    communes = evidence.reference.communes
    counted: Counter[str] = Counter()
    for code, count in count_public_colleges(evidence.data).items():
        counted[communes[evidence.reference.resolve_code(code)[0]].territory] += count
    yield from _confront_territories(evidence, "colleges", counted, "collèges")


def confront_totals(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the totals that are known of the world against the rows that are held."""
    for layer, count in _counted(evidence).items():
        if layer.known_total is not None:
            source = Quotation("", 0, layer.sources[0].title)
            values = Decimal(layer.known_total), Decimal(count)
            yield confront(layer.id, layer.title, values, "lignes", source)
    source = Quotation("", 0, "Code officiel géographique 2024")
    values = Decimal(COMMUNES_2024), Decimal(len(evidence.reference.membership_2024))
    yield confront("communes-2024", "Communes en 2024", values, "lignes", source)


def confront_counts(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the numbers of contracts and operations that a report prints against the tables."""
    contracts = CONTRACTS.read(evidence.data)
    for row in evidence.restatements:
        if row.measure == "nombre":
            held = {
                "contrats": (contracts["document"] == row.document).sum(),
                "operations": sum(d == row.document for d in evidence.documents.values()),
            }[row.subject]
            yield confront(
                f"{row.document}.{row.subject}",
                f"{row.subject.capitalize()} – {row.place}",
                (row.amount, Decimal(int(held))),
                row.subject,
                evidence.source(row.document, row.line),
            )


def confront_names(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the territory that the summary table prints against the commune of the operation.

    The table prints a territory, or the MDS area within it.
    """
    for row in evidence.restatements:
        if row.measure != "territoire":
            continue
        operation = evidence.operations[row.subject]
        commune = evidence.reference.commune(operation.communes[0])
        names = [
            evidence.reference.territories[commune.territory].name,
            evidence.reference.mds_areas[commune.mds_area].name,
        ]
        found = normalise(row.value) in map(normalise, names)
        yield Confrontation(
            operation.id,
            operation.title,
            row.value,
            row.value if found else names[0],
            Decimal(0) if found else None,
            "",
            evidence.source(row.document, row.line),
        )


def _confront_territories(
    evidence: Evidence, measure: str, counted: Mapping[str, int], unit: str
) -> Iterator[Confrontation]:
    for code, territory in evidence.reference.territories.items():
        for figure in evidence.figures.printings(measure, Perimeter(Level.TERRITORY, code)):
            if figure.value is not None:
                source = Quotation(figure.printed, figure.lines[0], figure.document)
                values = figure.value, Decimal(counted[code])
                yield confront(code, territory.name, values, unit, source)


def _counted(evidence: Evidence) -> Mapping[Layer, int]:
    reference = evidence.reference
    kinds = CONTRACTS.read(evidence.data)["kind"].value_counts()
    return {
        COMMUNES: len(reference.communes),
        EPCIS: len(reference.epcis),
        TERRITOIRES: len(reference.territories),
        SECTEURS_MDS: len(reference.mds_areas),
        CANTONS: len(reference.cantons),
        CONTRATS: int(kinds.get("territoire", 0)),
        CONTRATS_VILLE: int(kinds.get("ville", 0)),
        OPERATIONS: len(evidence.operations),
        QPV: DISTRICTS.texts(evidence.data)["code"].nunique(),
        COLLEGES: COLLEGES_TABLE.texts(evidence.data)["uai"].nunique(),
    }

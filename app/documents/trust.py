"""The page of trust: what was recomputed, what is known to be wrong, what is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from app.documents.notes import Document, read_register
from app.exports.tables import PRECISION_WORDS, write_cell, write_csv
from app.parts.typography import shown_name
from geo.perimeter import Level
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue, LayerState
from layers.figures.records import Figures
from layers.french.wording import plural
from layers.model.layer import Layer, Precision, Source
from layers.model.schema import Field, LayerError
from layers.operation.statements import adopted
from layers.proofs import access_cases
from layers.proofs.geocoder_accuracy import read_accuracy, read_reliability
from layers.reconciliation.confrontation import Check, Finding, Status
from layers.reconciliation.memory import read_evidence, verify_catalogue
from layers.reconciliation.sentences import STATUS_NAMES, write_difference, write_value
from layers.reconciliation.verification import Verification

FILTERS: Final[Mapping[str, Status]] = {
    "exact": Status.OK,
    "connu": Status.KNOWN,
    "nouveau": Status.NEW,
}
"""What the address calls each status."""

AREA: Final = "surface"
AREA_CHECK: Final = "chiffres.superficie.surface"

COLUMNS: Final = tuple(
    Field(name, name, name)
    for name in (
        "Contrôle", "Sujet", "Valeur imprimée", "Valeur confrontée", "Écart", "Statut",
        "Document", "Ligne", "Citation", "Remarque", "Raison", "Identifiant",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check, its counts, and those of its findings that are asked for."""

    check: Check
    counts: Mapping[Status, int]
    exact: tuple[Finding, ...]
    wrong: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer, how its loading went, and how exactly its points are known.

    Parameters
    ----------
    numbers
        Of its sources, in the list of all of them.
    """

    layer: Layer
    state: LayerState
    numbers: tuple[int, ...]
    precisions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area as printed and as measured on the outlines, km²."""

    name: str
    printed: str
    computed: Decimal
    difference: Decimal | None
    document: Document
    line: int
    finding: str


def trust_page(catalogue: Catalogue, status: Status | None) -> dict[str, Any]:
    """Return what the template of trust speaks of.

    A failure of the checks is told in its place: the rest of the page stands.

    Parameters
    ----------
    status
        The only findings to show, None for all.
    """
    verification, problem, unread = Verification(()), "", ""
    register: Mapping[str, Document] = {}
    areas: list[AreaView] = []
    try:
        register = read_register(catalogue.data)
        unread = adopted(catalogue).problem
        verification = verify_catalogue(catalogue)
        areas = list(
            _areas(read_evidence(catalogue).figures, catalogue.reference, register, verification)
        )
    except LayerError as error:
        problem = str(error)
    sources = list(
        dict.fromkeys(source for layer in catalogue.layers.values() for source in layer.sources)
    )
    layers = [_layer(catalogue, state, sources) for state in catalogue.states()]
    return {
        "problem": problem,
        "unread": unread,
        "summary": summary(verification),
        "counts": _counts(verification.findings),
        "status": status,
        "filters": FILTERS,
        "Status": Status,
        "checks": list(_checks(verification, status)),
        "register": register,
        "layers": layers,
        "sources": sources,
        "incomplete": [view for view in layers if not is_complete(view)],
        "positions": [view for view in layers if view.precisions],
        "precision_words": {str(precision): PRECISION_WORDS[precision] for precision in Precision},
        "areas": areas,
        **_geocoder(catalogue),
        "reproduced": _reproduced(catalogue),
        "reproduced_source": access_cases.SOURCE,
    }


def _reproduced(catalogue: Catalogue) -> tuple[access_cases.Reproduced, ...]:
    try:
        return access_cases.reproduce(catalogue.data)
    except LayerError:
        return ()


def _geocoder(catalogue: Catalogue) -> dict[str, Any]:
    try:
        return {
            "accuracy": read_accuracy(catalogue.data),
            "reliability": read_reliability(catalogue.data),
        }
    except LayerError:
        return {"accuracy": (), "reliability": ()}


def summary(verification: Verification) -> str:
    """Say in a sentence what was checked and what came of it."""
    counts = _counts(verification.findings)
    return (
        f"{plural(len(verification.findings), 'vérification')}\u00a0: "
        f"{plural(counts[Status.OK], 'exacte')}, "
        f"{plural(counts[Status.KNOWN], 'écart connu', 'écarts connus')}, "
        f"{plural(counts[Status.NEW], 'nouveau', 'nouveaux')}."
    )


def findings_csv(catalogue: Catalogue) -> bytes:
    """Return every finding as CSV; raises LayerError."""
    findings = verify_catalogue(catalogue).findings
    return write_csv([field.label for field in COLUMNS], map(_cells, findings))


def is_complete(view: LayerView) -> bool:
    """Tell whether all the rows that the world has are there, as far as that is known."""
    return view.state.ok and view.state.rows == view.state.known_total


def _cells(finding: Finding) -> list[str]:
    found = finding.confrontation
    values = (
        finding.check.title,
        found.subject,
        write_value(found.printed, found.unit),
        write_value(found.computed, found.unit),
        write_difference(found),
        STATUS_NAMES[finding.status],
        found.source.document,
        str(found.source.line or ""),
        found.source.text,
        found.note,
        finding.reason,
        finding.id,
    )
    return [write_cell(field, value) for field, value in zip(COLUMNS, values, strict=True)]


def _counts(findings: tuple[Finding, ...]) -> Mapping[Status, int]:
    found = Counter(finding.status for finding in findings)
    return {status: found[status] for status in Status}


def _checks(verification: Verification, status: Status | None) -> Iterator[CheckView]:
    """Yield the checks with findings to show, those with discrepancies first."""
    views = []
    for check, findings in verification.by_check().items():
        shown = [finding for finding in findings if status in {None, finding.status}]
        if shown:
            exact = tuple(finding for finding in shown if finding.status == Status.OK)
            wrong = tuple(finding for finding in shown if finding.status != Status.OK)
            views.append(CheckView(check, _counts(findings), exact, wrong))
    yield from sorted(views, key=lambda view: (not view.counts[Status.NEW], not view.wrong))


def _layer(catalogue: Catalogue, state: LayerState, sources: list[Source]) -> LayerView:
    layer = catalogue.layer(state.id)
    precisions: Mapping[str, int] = {}
    if state.ok and layer.geometry == "point":
        precisions = Counter(catalogue.load(layer.id)["precision"])
    numbers = tuple(sources.index(source) + 1 for source in layer.sources)
    return LayerView(layer, state, numbers, precisions)


def _areas(
    figures: Figures,
    reference: Reference,
    register: Mapping[str, Document],
    verification: Verification,
) -> Iterator[AreaView]:
    known = {finding.id for finding in verification.findings}
    for place in reference.perimeters(Level.TERRITORY):
        computed = Decimal(str(round(reference.area_km2(place) or 0, 1)))
        for figure in figures.printings(AREA, place):
            identifier = f"{AREA_CHECK}.{place}"
            yield AreaView(
                shown_name(reference, place),
                f"{figure.qualifier} {figure.printed}".strip(),
                computed,
                None if figure.value is None or figure.qualifier else figure.value - computed,
                register[figure.document],
                figure.lines[0],
                identifier if identifier in known else "",
            )

"""Figures whose unit, period or place a document leaves open: held against what they could be."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from geo.perimeter import DEPARTEMENT, Level
from layers.colleges import TABLE as COLLEGES
from layers.documents.register import REPORT
from layers.figures.records import Figure
from layers.french.money import round_to_cent
from layers.french.wording import format_euros, format_number
from layers.reconciliation.confrontation import Confrontation, confront
from layers.reconciliation.evidence import Evidence

_MONTHS: Final = 12
_REPEATED: Final = "sdis_fonctionnement"
"""Printed in each booklet, for the whole département."""
_COLLEGE: Final = ("0622096S", 3295)
"""The collège of Marquise: its number in the list, and the line that prints its pupils."""


def confront_floor(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the floor area of the Département against one square metre a building of its own."""
    buildings = sum(
        (figure.value or Decimal(0) for figure in _of_level(evidence, "batiments_departementaux")),
        Decimal(0),
    )
    for figure in evidence.figures.printings("surface_plancher", DEPARTEMENT)[:1]:
        area = figure.value or Decimal(0)
        yield confront(
            "surface_plancher",
            "Surface de plancher du Département",
            (area, max(area, buildings)),
            "m²",
            evidence.source(figure.document, figure.lines[0]),
        ).with_note(
            f"Le second nombre est un mètre carré pour chacun des {format_number(buildings)} "
            "bâtiments que le rapport compte par territoire : l’unité imprimée est incomplète."
        )


def confront_months(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the RSA that booklets date of one month against a month of the département's."""
    year = evidence.figures.value("rsa_allocation", DEPARTEMENT)
    homes = evidence.figures.value("rsa_foyers", DEPARTEMENT)
    if not year or not homes:
        return
    monthly = year / homes / _MONTHS
    each = format_euros(round_to_cent(monthly), cents=True)
    note = (
        f"Le second montant est un mois, à {each} par foyer : l’année du département "
        f"({format_euros(year)}), divisée par ses foyers et par douze. Le montant imprimé est "
        "celui d’une année environ."
    )
    for place in evidence.reference.perimeters(Level.EPCI):
        for figure in evidence.figures.printings("rsa_montant", place)[:1]:
            count = evidence.figures.value("rsa_foyers", place)
            if figure.value is None or not count:
                continue
            yield confront(
                str(place),
                f"RSA daté d’un mois – {evidence.reference.name_of(place)}",
                (figure.value, round_to_cent(count * monthly)),
                "€",
                evidence.source(figure.document, figure.lines[0]),
            ).with_note(note)


def confront_repeated(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold an amount that each booklet repeats against the département's; no EPCI has it."""
    (figure, *_) = evidence.figures.printings(_REPEATED, DEPARTEMENT)
    for line in figure.lines:
        source = evidence.source(figure.document, line)
        printed = source.text.replace(" ", "")
        same = f"{figure.value:.0f}" in printed
        yield Confrontation(
            f"{_REPEATED}.{line}",
            "Fonctionnement du service d’incendie, redit par un livret",
            figure.value if same and figure.value is not None else source.text,
            figure.value or Decimal(0),
            Decimal(0) if same else None,
            "€",
            source,
        )
    given = sum(1 for _ in _of_level(evidence, _REPEATED, Level.EPCI))
    yield confront(
        _REPEATED,
        "Intercommunalités à qui ce montant du département est attribué",
        (Decimal(given), Decimal(0)),
        "EPCI",
        evidence.source(figure.document, figure.lines[0]),
    )


def confront_college(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the pupils of the collège that closed in part against the list, and its rank."""
    rows = COLLEGES.read(evidence.data, "uai", "sector", "pupils").set_index("uai")
    number, line = _COLLEGE
    source = evidence.source(REPORT.address, line)
    printed = next((int(word) for word in source.text.split() if word.isdecimal()), 0)
    public = rows[rows["sector"] == "public"]["pupils"].astype(int)
    yield confront(
        "marquise",
        "Élèves du collège Jean-Rostand de Marquise",
        (Decimal(printed), Decimal(int(public[number]))),
        "élèves",
        source,
    )
    yield confront(
        "plus-grand",
        "Collèges publics plus grands que le « plus grand collège du Département »",
        (Decimal(0), Decimal(int((public > public[number]).sum()))),
        "collèges",
        evidence.source(REPORT.address, line + 1),
    )


def _of_level(evidence: Evidence, measure: str, level: Level = Level.TERRITORY) -> Iterator[Figure]:
    for place in evidence.reference.perimeters(level):
        yield from evidence.figures.printings(measure, place)[:1]

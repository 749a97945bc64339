"""Figures that other figures, or the map, make doubtful: densities, shares, areas, counts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.figures.discrepancy import Discrepancy
from layers.figures.records import Figure, Figures
from layers.figures.sums import level_total
from layers.french.wording import format_number

AREA_TOLERANCE: Final = Decimal("0.02")
"""The map's outlines are generalised, and some printed areas are rounded to 10 km²."""

VAGUE_TOLERANCE: Final = Decimal("0.05")
"""Room for « environ » and « plus de »."""

MOST_MEALS: Final = 36 * 5
"""A school year has 36 weeks (code de l’éducation, L. 521-1); a pupil eats five times a week at
most."""

SHARES: Final = {
    "part_population": "population",
    "part_surface": "surface",
    "part_rsa": "rsa_foyers",
}
"""For each share of the département: what it is a share of."""

FLAT_AMOUNTS: Final = {"apa_montant": "apa_beneficiaires", "pch_montant": "pch_beneficiaires"}
"""Amounts that the booklets compute as people times one average."""


def check_densities(figures: Figures) -> Iterator[Discrepancy]:
    """Confront each density with the population and the area printed beside it."""
    for density in _printed(figures, "densite"):
        people = figures.printings("population", density.perimeter)[0]
        area = figures.printings("surface", density.perimeter)[0]
        computed = _value(people) / _value(area)
        room = density.step / 2 + computed * (
            VAGUE_TOLERANCE
            if people.qualifier or area.qualifier
            else area.step / 2 / _value(area) + people.step / 2 / _value(people)
        )
        if abs(_value(density) - computed) > room:
            yield Discrepancy(
                "densite",
                density,
                _rounded(computed, "0.1"),
                f"{people.printed} habitants sur {area.printed} : "
                f"{format_number(computed, 1)} habitants au km².",
            )


def check_shares(figures: Figures, reference: Reference) -> Iterator[Discrepancy]:
    """Confront each share with its numerator over the sum of the territories.

    Where no territory has the numerator, the printed figure of the département is the base.
    """
    department = reference.perimeters(Level.DEPARTEMENT)[0]
    for share, counted in SHARES.items():
        base = level_total(figures, counted, Level.TERRITORY, reference)
        base = base or figures.value(counted, department)
        for figure in _printed(figures, share):
            part = figures.value(counted, figure.perimeter)
            if not base or part is None:
                continue
            computed = part / base * 100
            if abs(_value(figure) - computed) > figure.step / 2:
                yield Discrepancy(
                    "part",
                    figure,
                    _rounded(computed, "0.01"),
                    f"{format_number(part)} sur {format_number(base)} : "
                    f"{format_number(computed, 2)} %.",
                )


def check_areas(figures: Figures, reference: Reference) -> Iterator[Discrepancy]:
    """Confront each area with the outlines of the place, in Lambert-93."""
    for figure in _printed(figures, "surface"):
        whole = reference.epcis.get(figure.perimeter.code)
        measured = whole.area_km2 if whole else reference.area_km2(figure.perimeter)
        computed = Decimal(str(measured))
        if abs(_value(figure) - computed) > computed * AREA_TOLERANCE:
            yield Discrepancy(
                "superficie",
                figure,
                _rounded(computed, "1"),
                f"{reference.name_of(figure.perimeter)} : {format_number(computed, 0)} km² "
                "mesurés sur la carte.",
            )


def check_communes(figures: Figures, reference: Reference) -> Iterator[Discrepancy]:
    """Confront each count of communes with today's."""
    for figure in _printed(figures, "communes"):
        whole = reference.epcis.get(figure.perimeter.code)
        outside = len(whole.communes_outside) if whole else 0
        today = len(reference.members(figure.perimeter)) + outside
        if today != figure.value:
            yield Discrepancy(
                "communes",
                figure,
                Decimal(today),
                f"{reference.name_of(figure.perimeter)} : {today} communes aujourd’hui.",
            )


def check_colleges(
    figures: Figures, reference: Reference, colleges: Mapping[str, int]
) -> Iterator[Discrepancy]:
    """Confront each count of public collèges with the list of collèges.

    Parameters
    ----------
    colleges
        Number of public collèges of each commune code.
    """
    for figure in _printed(figures, "colleges"):
        listed = sum(colleges.get(code, 0) for code in reference.members(figure.perimeter))
        if listed != figure.value:
            yield Discrepancy(
                "colleges",
                figure,
                Decimal(listed),
                f"{reference.name_of(figure.perimeter)} : {listed} collèges publics dans la liste.",
            )


def check_flat_amounts(figures: Figures) -> Iterator[Discrepancy]:
    """Confront each computed amount with people times the average of the others."""
    for amount, counted in FLAT_AMOUNTS.items():
        rates = {
            figure: _value(figure) / people
            for figure in _printed(figures, amount)
            if (people := figures.value(counted, figure.perimeter))
        }
        if not rates:
            continue
        flat, _ = Counter(rates.values()).most_common(1)[0]
        for figure, rate in rates.items():
            if rate != flat:
                expected = _value(figure) / rate * flat
                yield Discrepancy(
                    "montant_calcule",
                    figure,
                    expected,
                    f"La moyenne de {format_number(flat)} € donne {format_number(expected)} €.",
                )


def check_meals(figures: Figures) -> Iterator[Discrepancy]:
    """Confront the meals of a year with the most that the half-boarders could eat."""
    for meals in _printed(figures, "repas_colleges"):
        pupils = figures.value("collegiens_publics", meals.perimeter)
        share = figures.value("demi_pensionnaires", meals.perimeter)
        if pupils is None or share is None:
            continue
        most = _rounded(pupils * share / 100 * MOST_MEALS, "1")
        if _value(meals) > most:
            yield Discrepancy(
                "repas",
                meals,
                most,
                f"Au plus {format_number(most)} repas pour {format_number(share)} % de "
                f"{format_number(pupils)} élèves en {MOST_MEALS} jours.",
            )


def _printed(figures: Figures, measure: str) -> Iterator[Figure]:
    """Return the first printing of a measure for each place that has a number."""
    places: dict[Perimeter, None] = dict.fromkeys(
        row.perimeter for row in figures.rows if row.measure == measure and row.value is not None
    )
    return (figures.printings(measure, place)[0] for place in places)


def _value(figure: Figure) -> Decimal:
    if figure.value is None:
        raise ValueError(f"{figure.measure} {figure.perimeter}: no number")
    return figure.value


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)

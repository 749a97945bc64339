"""Figures that ought to add up, or to be equal because they are the same one printed twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Self

from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.figures.discrepancy import Discrepancy
from layers.figures.records import Comparison, Figures, Measure
from layers.french.wording import format_number
from layers.model.schema import LayerError

LEVELS: Final = (Level.DEPARTEMENT, Level.TERRITORY, Level.MDS, Level.EPCI)
PLACES: Final = {
    Level.TERRITORY: "territoires",
    Level.MDS: "secteurs MDS",
    Level.EPCI: "EPCI",
}

MOST_TERMS: Final = 3
"""Terms of a comparison that a sentence names one by one."""


def level_total(
    figures: Figures, measure: str, level: Level, reference: Reference
) -> Decimal | None:
    """Return the sum over every place of a level; None where one of them is not printed."""
    values = [figures.value(measure, place) for place in reference.perimeters(level)]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def check_parts(figures: Figures, reference: Reference) -> Iterator[Discrepancy]:
    """Confront each place with the finer places that lie in it.

    Where they cover it, their sum must be its value; where they do not, it must not be more.
    """
    for measure in figures.measures.values():
        if measure.aggregate == "sum":
            for rank, level in enumerate(LEVELS):
                for whole in reference.perimeters(level):
                    for finer in LEVELS[rank + 1 :]:
                        yield from _check_whole(figures, reference, measure, whole, finer)


def _check_whole(
    figures: Figures, reference: Reference, measure: Measure, whole: Perimeter, finer: Level
) -> Iterator[Discrepancy]:
    printed = figures.value(measure.id, whole)
    if printed is None:
        return
    members = set(reference.members(whole))
    inside = {
        place: value
        for place in reference.perimeters(finer)
        if (value := figures.value(measure.id, place)) is not None
        and members.issuperset(reference.members(place))
    }
    total = sum(inside.values(), Decimal(0))
    covered = members == {code for place in inside for code in reference.members(place)}
    if (covered and total != printed) or total > printed:
        names = (
            f"somme des {len(inside)} {PLACES[finer]}"
            if len(inside) > 1
            else reference.name_of(next(iter(inside)))
        )
        yield Discrepancy(
            "somme" if covered else "parties",
            figures.printings(measure.id, whole)[0],
            total,
            f"{measure.title}, {reference.name_of(whole)} : {names}, {with_unit(total, measure)}.",
        )


def check_breakdowns(figures: Figures, reference: Reference) -> Iterator[Discrepancy]:
    """Confront a total with the parts that are printed beside it.

    A département total that is not printed is the sum of the territories or of the MDS areas.
    """
    for total in figures.measures.values():
        parts = [m.id for m in figures.measures.values() if m.part_of == total.id]
        places = {row.perimeter for row in figures.rows if row.measure in parts}
        for place in sorted(places):
            values = [figures.value(part, place) for part in parts]
            known = [value for value in values if value is not None]
            printed = figures.value(total.id, place)
            if len(known) < len(parts):
                continue
            amount = sum(known, Decimal(0))
            sentence = f"{total.title} : somme des {len(parts)} parts, {with_unit(amount, total)}."
            if printed is not None and printed != amount:
                yield Discrepancy(
                    "ventilation", figures.printings(total.id, place)[0], amount, sentence
                )
            if printed is None and place.level == Level.DEPARTEMENT:
                for level in (Level.TERRITORY, Level.MDS):
                    over = level_total(figures, total.id, level, reference)
                    if over is not None and over != amount:
                        yield Discrepancy(
                            "ventilation", figures.printings(parts[0], place)[0], over, sentence
                        )


def check_printings(figures: Figures) -> Iterator[Discrepancy]:
    """Confront printings of one figure for one period; a rounded one may be half a step away."""
    for place, measure in dict.fromkeys((row.perimeter, row.measure) for row in figures.rows):
        first, *others = figures.printings(measure, place)
        for other in others:
            if first.value is None or other.value is None or first.period != other.period:
                continue
            if abs(first.value - other.value) > max(first.step, other.step) / 2:
                yield Discrepancy(
                    "deux_valeurs",
                    first,
                    other.value,
                    f"{figures.measures[measure].title} : aussi imprimé « {other.printed} », "
                    f"ligne {other.lines[0]}.",
                )


def check_comparisons(figures: Figures, reference: Reference) -> Iterator[Discrepancy]:
    """Confront the pairs of ``data/figures/comparisons.csv``.

    Raises
    ------
    LayerError
        A pair names a figure that is not printed.
    """
    for pair in figures.comparisons:
        found = figures.printings(pair.measure, pair.perimeter)
        other = sum((_value(figures, reference, term) for term in pair.against), Decimal(0))
        if not found:
            raise _unknown(f"{pair.measure}@{pair.perimeter}")
        if found[0].value != other:
            measure = figures.measures[pair.measure]
            words = _words(figures, reference, pair)
            yield Discrepancy(
                "comparaison",
                found[0],
                other,
                f"{measure.title} : {words}, {with_unit(other, measure)}.",
            )


@dataclass(frozen=True, slots=True)
class _Term:
    """One term of a sum: ``measure@place``, ``measure@level:*`` or ``-measure@place#2``.

    ``place`` is None for every place of ``level``; ``rank`` counts printings from 0.
    """

    measure: str
    level: Level
    place: Perimeter | None
    rank: int
    negative: bool

    @classmethod
    def read(cls, text: str) -> Self:
        measure, _, where = text.removeprefix("-").partition("@")
        place, _, rank = where.partition("#")
        level = Level(place.partition(":")[0])
        one = None if place.endswith(":*") else Perimeter.parse(place)
        return cls(measure, level, one, int(rank or 1) - 1, text.startswith("-"))

    def value(self, figures: Figures, reference: Reference) -> Decimal | None:
        if self.place is None:
            found = level_total(figures, self.measure, self.level, reference)
        else:
            printings = figures.printings(self.measure, self.place)
            found = printings[self.rank].value if self.rank < len(printings) else None
        return -found if found is not None and self.negative else found

    def name(self, reference: Reference) -> str:
        return reference.name_of(self.place) if self.place else PLACES[self.level]


def _value(figures: Figures, reference: Reference, term: str) -> Decimal:
    try:
        value = _Term.read(term).value(figures, reference)
    except ValueError:
        value = None
    if value is None:
        raise _unknown(term)
    return value


def _words(figures: Figures, reference: Reference, pair: Comparison) -> str:
    """Say a sum in words: « Actions éducatives » (secteurs MDS) moins « … »."""
    terms = [_Term.read(term) for term in pair.against]
    first = figures.measures[terms[0].measure].title
    if len(terms) > MOST_TERMS:
        return f"somme de {len(terms)} chiffres, dont « {first} »"
    said = []
    for rank, term in enumerate(terms):
        sign = "moins " if term.negative else "plus " if rank else ""
        place = "" if term.place == pair.perimeter else f" ({term.name(reference)})"
        other = " imprimé ailleurs" if term.rank else ""
        said.append(f"{sign}« {figures.measures[term.measure].title} »{place}{other}")
    return " ".join(said)


def _unknown(term: str) -> LayerError:
    return LayerError(f"Fichier figures/comparisons.csv : « {term} » n’est imprimé nulle part.")


def with_unit(value: Decimal, measure: Measure) -> str:
    """Write a value in French with the unit of its measure."""
    # In French the plural begins at two: « 1,5 projet ».
    unit = measure.unit if abs(value) >= 2 else measure.unit.removesuffix("s")  # noqa: PLR2004
    return f"{format_number(value)}\u00a0{unit}"

"""Figures that documents print for whole levels, as indicators: as printed, with what is said.

A figure belongs to the very place that it is printed for. None is shared out among smaller places,
added up for larger ones, or taken from the département.
"""

from dataclasses import dataclass
from statistics import median
from typing import Final

from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.communes import POPULATION
from layers.facts.acts import cite_documents
from layers.figures.loading import load_figures
from layers.figures.records import Figure, Figures, Measure
from layers.french.wording import format_number
from layers.indicators.contributions import population
from layers.indicators.definition import Indicator, divide
from layers.indicators.states import Reading, State, measured

PRINTED: Final = " – chiffre imprimé"
"""Ends every title: the same thing may also be counted from a layer."""
LEVELS: Final = {Level.TERRITORY: "territoires", Level.MDS: "secteurs MDS", Level.EPCI: "EPCI"}
COVERED: Final = 0.5
"""Share of a level's places from which a map of the level says more than it hides."""
PER: Final = (1000, 10_000, 100_000)
"""Inhabitants that a rate may be told for: the fewest that give one or more."""
MOST_DECIMALS: Final = 2
NOT_PRINTED: Final = "Les documents tenus n’impriment pas ce chiffre pour ce territoire."

THEMES: Final = {
    "territoire": "portrait",
    "autonomie": "autonomie",
    "insertion-logement": "insertion, logement",
    "enfance-famille": "enfance, famille",
    "accueil-moyens": "accueil, moyens",
    "jeunesse-colleges": "jeunesse, collèges",
    "culture-patrimoine": "culture, patrimoine",
    "sport": "sport",
    "routes-mobilites": "routes, mobilités",
    "amenagement-environnement": "aménagement, environnement",
    "patrimoine-bati": "patrimoine bâti",
    "partenariats": "partenariats",
}


def read_figures(catalogue: Catalogue) -> Figures:
    """Return the printed figures of a catalogue, for :meth:`Catalogue.derive`."""
    return load_figures(catalogue.data)


@dataclass(frozen=True)
class Printed:
    """A printed figure, or its rate by inhabitant.

    Parameters
    ----------
    measure
        Identifier of what it counts.
    per
        For how many inhabitants the rate is told; 0 for the figure itself.
    """

    measure: str
    per: int = 0

    def reading(self, catalogue: Catalogue, perimeter: Perimeter) -> Reading:
        """Return the figure printed for that very perimeter, or why there is none."""
        figures = catalogue.derive(read_figures)
        value = figures.value(self.measure, perimeter)
        if value is None:
            found = figures.printings(self.measure, perimeter)
            why = found[0].footnote or f"« {found[0].printed} » imprimé" if found else NOT_PRINTED
            return Reading(State.UNKNOWN, why=_sentence(why))
        if not self.per:
            return measured(value)
        people = catalogue.derive(population)
        inhabitants = sum(people[code] for code in catalogue.reference.members(perimeter))
        rate = divide(value, inhabitants, self.per)
        return Reading(State.UNKNOWN, why=NOT_PRINTED) if rate is None else measured(rate)

    def notes(self, catalogue: Catalogue, level: Level) -> tuple[str, ...]:
        """Return what is to be known of each figure: its reserve, its footnote, the remarks."""
        figures, reference = catalogue.derive(read_figures), catalogue.reference
        notes: dict[str, None] = {}
        for place in reference.perimeters(level):
            for figure in figures.printings(self.measure, place)[:1]:
                said = tuple(_remarks(figure, figures))
                if said:
                    notes[f"{reference.name_of(place)} : {' '.join(said)}"] = None
        return tuple(notes)


def printed_indicators(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Return an indicator for each measure that is printed for most places of a level.

    Counts come with their rate by inhabitant; those of places (communes, surfaces) do not.

    Raises
    ------
    LayerError
        The tables of figures cannot be read.
    """
    figures = catalogue.derive(read_figures)
    made: list[Indicator] = []
    for measure in figures.measures.values():
        levels = tuple(level for level in LEVELS if _covers(catalogue, figures, measure, level))
        if levels:
            made += _indicators(catalogue, figures, measure, levels)
    return tuple(made)


def _covers(catalogue: Catalogue, figures: Figures, measure: Measure, level: Level) -> bool:
    places = catalogue.reference.perimeters(level)
    printed = sum(figures.value(measure.id, place) is not None for place in places)
    return printed > COVERED * len(places)


def _indicators(
    catalogue: Catalogue, figures: Figures, measure: Measure, levels: tuple[Level, ...]
) -> tuple[Indicator, ...]:
    rows = [r for r in figures.rows if r.measure == measure.id and r.perimeter.level in levels]
    total = f"chiffre_{measure.id}"
    rate = f"{total}_par_habitant"
    added = measure.aggregate == "sum"
    paired = added and measure.theme != "territoire"
    vintage = _vintage(rows)
    sources = cite_documents(catalogue.data, (row.document for row in rows))
    meaning = (
        f"{measure.meaning} Chiffre imprimé dans les documents du Département, repris tel quel : "
        "il n’est ni réparti ni recalculé. Un chiffre absent n’est pas un zéro."
    )
    group = f"Imprimé par {LEVELS[levels[0]]} : {THEMES.get(measure.theme, measure.theme)}"
    head = Indicator(
        total, f"{measure.title}{PRINTED}", measure.unit, "total" if added else "rate", meaning,
        sources, vintage, Printed(measure.id), decimals=_decimals(rows), levels=levels,
        group=group, pair=rate if paired else "",
    )  # fmt: skip
    if not paired:
        return (head,)
    money = measure.unit == "€"
    per = 1 if money else _per(catalogue, measure, levels[0])
    by = "par habitant" if money else f"pour {format_number(per)} habitants"
    return (
        head,
        Indicator(
            rate, f"{measure.title} {by}{PRINTED}",
            "€/hab." if money else f"{measure.unit} pour {format_number(per)} hab.", "rate",
            f"{meaning} Rapporté ici à la population municipale de 2023.", (*sources, POPULATION),
            f"{vintage}, population de 2023", Printed(measure.id, per), decimals=MOST_DECIMALS,
            levels=levels, group=group, pair=total, listed=False,
        ),
    )  # fmt: skip


def _per(catalogue: Catalogue, measure: Measure, level: Level) -> int:
    """Return for how many inhabitants the rate is told, so that its usual value is not 0,01."""
    places = catalogue.reference.perimeters(level)
    rates = [Printed(measure.id, 1).reading(catalogue, place).value for place in places]
    usual = median(float(rate) for rate in rates if rate is not None)
    return next((per for per in PER if usual * per >= 1), PER[-1])


def _decimals(rows: list[Figure]) -> int:
    digits = (-int(row.value.normalize().as_tuple().exponent) for row in rows if row.value)
    return min(MOST_DECIMALS, max(0, *digits, 0))


def _vintage(rows: list[Figure]) -> str:
    undated = "chiffre non daté du document de "
    words = (f"{undated if r.precision == 'document' else ''}{r.period}" for r in rows)
    return ", ".join(sorted(set(words)))


def _remarks(figure: Figure, figures: Figures) -> list[str]:
    said = [f"imprimé « {figure.qualifier} {figure.printed} »."] if figure.qualifier else []
    if figure.footnote:
        said.append(_sentence(figure.footnote))
    return [*said, *(figures.remarks[remark].explanation for remark in figure.remarks)]


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."

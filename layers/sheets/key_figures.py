"""Key figures: the indicators of one perimeter, beside the département and its peers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, NamedTuple

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.indicators.contributions import Amount
from layers.indicators.counted import key_indicators
from layers.indicators.coverage import coverage_of
from layers.indicators.definition import Indicator
from layers.indicators.states import Reading, State
from layers.model.layer import LayerError, Source

HEADLINES: Final = ("fit", "fit_par_habitant", "cout_total", "population", "densite", "colleges")
"""Figures that may stand in large type, those that say most first."""
MOST_HEADLINES: Final = 3


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """An indicator of the perimeter, with what to compare it with.

    Parameters
    ----------
    id, title, unit, meaning, sources
        The indicator; no source when what it is counted from cannot be loaded.
    reading
        What is known of it here.
    departement
        The number of the département, of what is known of it; None when nothing is.
    median
        Of the perimeters of the same level where it is known whole; None where none is.
    peers, level_size
        How many perimeters of the same level are known whole, this one included, of how many.
    text, departement_text, median_text
        The same in French, with units; empty for a median that has no meaning.
    partial
        French: of what of the département the number is, empty where it is of all.
    """

    id: str
    title: str
    unit: str
    meaning: str
    sources: tuple[Source, ...]
    reading: Reading
    text: str
    departement: Amount | None
    departement_text: str
    median: float | None
    median_text: str
    peers: int
    level_size: int
    partial: str = ""

    @property
    def value(self) -> Amount | None:
        """The number here, None when it is not known whole."""
        return self.reading.value

    @property
    def why(self) -> str:
        """Why there is no whole number, a French sentence; empty when there is."""
        return self.reading.why

    @property
    def peers_text(self) -> str:
        """Of how many peers the median is, when some are left out: ``4 sur 20``."""
        left_out = self.median is not None and self.peers < self.level_size
        return f"{self.peers} sur {self.level_size}" if left_out else ""


def headlines(figures: Sequence[KeyFigure]) -> tuple[KeyFigure, ...]:
    """Return the figures to print in large type: the first that are known, if only in part."""
    by_id = {figure.id: figure for figure in figures if figure.reading.known is not None}
    return tuple(by_id[one] for one in HEADLINES if one in by_id)[:MOST_HEADLINES]


def located(figure: KeyFigure) -> KeyFigure:
    """Return a key figure that says that it is of what is situated in the place, not granted."""
    here = {
        "fit": "FIT des opérations situées ici",
        "cout_total": "Coût des opérations situées ici",
        "operations": "Opérations situées ici",
    }
    return replace(figure, title=here.get(figure.id, figure.title))


class Counted(NamedTuple):
    """An indicator where it was counted, and the median of its peers; None when unknown."""

    reading: Reading
    median: float | None = None
    peers: int = 0
    level_size: int = 0


def key_figures(catalogue: Catalogue, perimeter: Perimeter) -> tuple[KeyFigure, ...]:
    """Return every indicator of a perimeter; one that fails is unknown and says why.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    return tuple(
        figure_beside_peers(catalogue, perimeter, one) for one in key_indicators(catalogue)
    )


def figure_beside_peers(catalogue: Catalogue, perimeter: Perimeter, one: Indicator) -> KeyFigure:
    """Return an indicator of a perimeter, beside its peers and the département."""

    def count(one: Indicator) -> Counted:
        here = one.reading(catalogue, perimeter)
        # what has no object here is not to be set beside the places where it has one
        if perimeter == DEPARTEMENT or here.state is State.WITHOUT_OBJECT:
            return Counted(here)
        return Counted(here, *_deriving(catalogue, one)(_medians)(one, perimeter.level))

    return figure_of(catalogue, one, count)


def figure_of(
    catalogue: Catalogue, one: Indicator, count: Callable[[Indicator], Counted]
) -> KeyFigure:
    """Return an indicator of something, beside the département; unknown where it cannot be read.

    Parameters
    ----------
    count
        Counts it there; raises :class:`layers.model.layer.LayerError`.
    """
    sources = one.sources
    try:
        counted = count(one)
        whole = _deriving(catalogue, one)(_wholes)(one)
    except LayerError as error:
        whole = Reading(State.UNKNOWN, why=str(error))
        counted, sources = Counted(whole), ()
    partial = _part_of_whole(catalogue, one) if whole.state is State.PARTIAL else ""
    return KeyFigure(
        id=one.id,
        title=one.title,
        unit=one.unit,
        meaning=one.meaning,
        sources=sources,
        reading=counted.reading,
        text=one.say(counted.reading),
        departement=whole.known,
        departement_text=one.text(whole.known),
        median=counted.median,
        median_text="" if counted.median is None else one.text(counted.median),
        peers=counted.peers,
        level_size=counted.level_size,
        partial=partial,
    )


def _deriving(catalogue: Catalogue, one: Indicator) -> Callable[[Callable[[Catalogue], Any]], Any]:
    """Return how to keep what is made of an indicator: one of a reader alone is no one else's."""
    return catalogue.derive_own if one.brought else catalogue.derive


def _wholes(catalogue: Catalogue) -> Callable[[Indicator], Reading]:
    """Return what reads an indicator over the département; added up once for all sheets."""
    return cache(lambda one: one.reading(catalogue, DEPARTEMENT))


def _part_of_whole(catalogue: Catalogue, one: Indicator) -> str:
    """Return of what of the département its number is, as after « Valeur partielle, »."""
    if not one.brought:
        return catalogue.derive(_whole_coverage)
    why = one.reading(catalogue, DEPARTEMENT).why
    return why.removeprefix("Valeur partielle, ").removesuffix(".")


def _whole_coverage(catalogue: Catalogue) -> str:
    return coverage_of(catalogue, DEPARTEMENT).say()


def _medians(catalogue: Catalogue) -> Callable[[Indicator, Level], tuple[float | None, int, int]]:
    """Return what gives the median of a level, how many are known, of how many; counted once."""

    @cache
    def median_of(one: Indicator, level: Level) -> tuple[float | None, int, int]:
        values = one.values(catalogue, level)
        known = values.dropna()
        return (float(known.median()) if len(known) else None), len(known), len(values)

    return median_of

"""Key figures: the indicators of one perimeter, beside the département and its peers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.indicators.contributions import Amount
from layers.indicators.counted import key_indicators
from layers.indicators.definition import Indicator
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
    value, departement, median
        Numbers: here, in the whole département, and the median of the perimeters of the same level
        where it is known; None when unknown.
    peers
        How many perimeters of the same level have a known value, this one included.
    text, departement_text, median_text
        The same in French, with units; empty for a median that has no meaning.
    why
        French sentence that says why the value is unknown, empty when it is known.
    """

    id: str
    title: str
    unit: str
    meaning: str
    sources: tuple[Source, ...]
    value: Amount | None
    text: str
    departement: Amount | None
    departement_text: str
    median: float | None
    median_text: str
    peers: int
    why: str


def headlines(figures: Sequence[KeyFigure]) -> tuple[KeyFigure, ...]:
    """Return the figures to print in large type: the first that are known."""
    by_id = {figure.id: figure for figure in figures if figure.value is not None}
    return tuple(by_id[one] for one in HEADLINES if one in by_id)[:MOST_HEADLINES]


class Counted(NamedTuple):
    """An indicator where it was counted, and the median of its peers; None when unknown."""

    value: Amount | None
    why: str
    median: float | None = None
    peers: int = 0


def key_figures(catalogue: Catalogue, perimeter: Perimeter) -> tuple[KeyFigure, ...]:
    """Return every indicator of a perimeter; one that fails is unknown and says why.

    Raises
    ------
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    return tuple(_figure(catalogue, perimeter, one) for one in key_indicators(catalogue))


def _figure(catalogue: Catalogue, perimeter: Perimeter, one: Indicator) -> KeyFigure:
    def count(one: Indicator) -> Counted:
        here, why = one.value(catalogue, perimeter), one.reason(catalogue, perimeter)
        if perimeter == DEPARTEMENT:
            return Counted(here, why)
        return Counted(here, why, *catalogue.derive(_medians)(one, perimeter.level))

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
    whole, sources = None, one.sources
    try:
        counted = count(one)
        whole = one.value(catalogue, DEPARTEMENT)
    except LayerError as error:
        counted, sources = Counted(None, str(error)), ()
    return KeyFigure(
        id=one.id,
        title=one.title,
        unit=one.unit,
        meaning=one.meaning,
        sources=sources,
        value=counted.value,
        text=one.text(counted.value),
        departement=whole,
        departement_text=one.text(whole),
        median=counted.median,
        median_text="" if counted.median is None else one.text(counted.median),
        peers=counted.peers,
        why=counted.why,
    )


def _medians(catalogue: Catalogue) -> Callable[[Indicator, Level], tuple[float | None, int]]:
    """Return what gives the median of a level and how many are known, each counted once."""

    @cache
    def median_of(one: Indicator, level: Level) -> tuple[float | None, int]:
        known = one.values(catalogue, level).dropna()
        return (float(known.median()) if len(known) else None), len(known)

    return median_of

"""Each indicator on each of its levels as a collection: what the Explorer shows, for QGIS.

A total and its rate are one subject, so they are one collection: the one that lists offer first
names it. Zero, a part, a secret, no object and no knowledge are told apart in their own column.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from app.api.collection import Bounds, Collection
from app.view.levels import LEVEL_NAMES, low
from geo.crs import EXCHANGE
from geo.perimeter import Level
from layers.catalogue.layers import Catalogue
from layers.communes import outlines_source
from layers.french.wording import enumerate_words
from layers.indicators.definition import Indicator
from layers.indicators.every import list_indicators
from layers.indicators.states import SIGNS, Reading
from layers.model.schema import Field

BEGIN: Final = "indicateur"
"""Begins the identifier of such a collection."""
STATES: Final = tuple(sign.word for sign in SIGNS.values())


def indicator_collections(catalogue: Catalogue) -> Iterator[Collection]:
    """Yield a collection for each subject and level, in the order of the lists of the Explorer."""
    indicators = catalogue.derive(list_indicators)
    for indicator in indicators.values():
        pair = indicators.get(indicator.pair)
        if pair is not None and _leads(pair, indicator, indicators):
            continue
        for level in indicator.levels:
            yield _collection(catalogue, indicator, pair, level)


def collection_id(indicator: Indicator, level: Level) -> str:
    """Return the identifier of the collection that an indicator leads on a level."""
    return f"{BEGIN}.{indicator.id}.{level}"


def _leads(one: Indicator, other: Indicator, indicators: Mapping[str, Indicator]) -> bool:
    """Tell whether one of a pair names both: the listed one, then the one that comes first."""
    if one.listed != other.listed:
        return one.listed
    order = [*indicators]
    return order.index(one.id) < order.index(other.id)


def _collection(
    catalogue: Catalogue, indicator: Indicator, pair: Indicator | None, level: Level
) -> Collection:
    both = [indicator, *([pair] if pair and level in pair.levels else [])]
    sources = dict.fromkeys(source for one in both for source in one.sources)
    sources[outlines_source(catalogue.reference)] = None
    return Collection(
        id=collection_id(indicator, level),
        title=f"{indicator.title}, par {low(LEVEL_NAMES[level])} ({indicator.dated})",
        description=indicator.meaning,
        kind="indicator",
        fields=(*_places(level), *(field for one in both for field in _columns(one))),
        key="code",
        geometry="polygon",
        sources=tuple(sources),
        load=partial(_rows, catalogue, tuple(both), level),
        measure=(_drawn(both), level),
        bounds=partial(_bounds, catalogue, level),
    )


def _places(level: Level) -> tuple[Field, ...]:
    name = LEVEL_NAMES[level]
    return (
        Field("code", "Code", "Code du territoire."),
        Field("nom", name, "Nom du territoire."),
    )


def column_of(indicator: Indicator) -> str:
    """Return the name of the column that holds the values of an indicator."""
    return "taux" if indicator.kind == "rate" else "valeur"


def _drawn(both: Iterable[Indicator]) -> Indicator:
    """Return which of a pair a map shows: the rate, which places of all sizes are compared by."""
    return min(both, key=lambda one: one.kind != "rate")


def _columns(indicator: Indicator) -> tuple[Field, ...]:
    """Return the columns of an indicator: those of a total and of a rate have not one name."""
    name, unit = column_of(indicator), indicator.unit
    return (
        Field(name, indicator.title, indicator.meaning, "float", unit=unit, nullable=True),
        Field(
            f"{name}_etat",
            f"{indicator.title}, état",
            f"Ce que l’on sait de la valeur : {enumerate_words(STATES)}.",
            allowed=STATES,
        ),
        Field(
            f"{name}_partie_connue",
            f"{indicator.title}, partie connue",
            "Ce qui est connu là où la valeur est partielle ; à ne pas comparer.",
            "float",
            unit=unit,
            nullable=True,
        ),
        Field(
            f"{name}_remarque",
            f"{indicator.title}, remarque",
            "De quoi la valeur est une partie, ou pourquoi il n’y en a pas.",
            nullable=True,
        ),
    )


def _outlines(catalogue: Catalogue) -> Mapping[Level, gpd.GeoSeries]:
    """Return the outlines of each level by code, EPSG:4326, for :meth:`Catalogue.derive`."""
    return {
        level: catalogue.reference.outlines(level).set_index("code").geometry.to_crs(EXCHANGE)
        for level in Level
    }


def _bounds(catalogue: Catalogue, level: Level) -> Bounds:
    west, south, east, north = catalogue.derive(_outlines)[level].total_bounds.tolist()
    return west, south, east, north


def _rows(catalogue: Catalogue, both: tuple[Indicator, ...], level: Level) -> gpd.GeoDataFrame:
    places = catalogue.reference.perimeters(level)
    codes = [place.code for place in places]
    columns: dict[str, list[Any]] = {
        "code": codes,
        "nom": [catalogue.reference.name_of(place) for place in places],
    }
    for indicator in both:
        readings = [indicator.reading(catalogue, place) for place in places]
        columns |= {
            field.name: list(values)
            for field, values in zip(
                _columns(indicator),
                zip(*(_cells(indicator, reading) for reading in readings), strict=True),
                strict=True,
            )
        }
    outlines = catalogue.derive(_outlines)[level].loc[codes]
    return gpd.GeoDataFrame(
        pd.DataFrame(columns, dtype=object), geometry=outlines.to_numpy(), crs=EXCHANGE
    )


def _cells(
    indicator: Indicator, reading: Reading
) -> tuple[float | None, str, float | None, str | None]:
    def plain(amount: Decimal | int | None) -> float | None:
        return None if amount is None else indicator.plain(amount)

    state = SIGNS[reading.state].word
    return plain(reading.value), state, plain(reading.part), reading.why or None

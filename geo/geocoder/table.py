"""Batch: a table of texts with the columns that say where each is."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import pandas as pd

from geo.geocoder.place import Place
from geo.perimeter import Perimeter

Progress = Callable[[int, int], None]
"""Told how many texts are done, and how many there are."""

COLUMNS: Final = (
    "longitude",
    "latitude",
    "code_commune",
    "commune",
    "precision",
    "confiance",
    "source",
    "remarque",
)

DEGREES_DECIMALS: Final = 6
"""A tenth of a metre."""

CONFIDENCE_DECIMALS: Final = 4


class GeocodesMany(Protocol):
    """Whatever geocodes a list of texts: with a network or without."""

    def geocode_many(
        self,
        texts: Sequence[str],
        context: Perimeter | None = None,
        progress: Progress | None = None,
    ) -> list[Place]:
        """Return the places of texts, in their order."""


def geocode_frame(
    frame: pd.DataFrame,
    column: str,
    geocoder: GeocodesMany,
    context: Perimeter | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return the table with :data:`COLUMNS` added; its rows and index are as they were.

    Parameters
    ----------
    column
        Name of the column of texts; a missing value is an empty text.

    Returns
    -------
    pandas.DataFrame
        Degrees WGS 84 and confidence are floats; the rest is text, missing where there is none. A
        column of one of these names is replaced.

    Raises
    ------
    KeyError
        There is no such column.
    geo.perimeter.UnknownPlaceError
        There is no such perimeter.
    """
    texts = ["" if pd.isna(text) else str(text) for text in frame[column]]
    places = geocoder.geocode_many(texts, context, progress)
    added = pd.DataFrame([as_row(place) for place in places], columns=COLUMNS, index=frame.index)
    return frame.assign(**{name: added[name] for name in COLUMNS})


def as_row(place: Place) -> tuple[float | str | None, ...]:
    """Return what :data:`COLUMNS` say of a place; ``None`` where nothing is known."""
    return (
        None if place.lon is None else round(place.lon, DEGREES_DECIMALS),
        None if place.lat is None else round(place.lat, DEGREES_DECIMALS),
        place.commune_code,
        place.commune,
        str(place.precision),
        round(place.confidence, CONFIDENCE_DECIMALS),
        place.source or None,
        place.remark or None,
    )

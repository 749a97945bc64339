"""How precisely the rows of a brought layer stand on the map: a town hall is no address."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import geopandas as gpd

from geo.precision import Precision
from layers.french.wording import enumerate_words, format_number

_WHERE: Final[Mapping[str, str]] = {
    Precision.ADDRESS: "à l’adresse",
    Precision.SITE: "au site ou à la position que donne le fichier",
    Precision.STREET: "à la rue",
    Precision.DISTRICT: "au quartier",
    Precision.COMMUNE: "à la commune seulement (le point est à sa mairie)",
}


def count_precisions(rows: gpd.GeoDataFrame) -> dict[str, int]:
    """Count the points of each precision, the sharpest first; empty for what is no points."""
    if "precision" not in rows:
        return {}
    counts = Counter(rows["precision"])
    return {str(precision): counts[precision] for precision in _WHERE if counts[precision]}


def say_precisions(rows: gpd.GeoDataFrame) -> str:
    """Say how many points are where; empty for what is no points."""
    counts = count_precisions(rows)
    return enumerate_words(f"{format_number(n)} {_WHERE[one]}" for one, n in counts.items())

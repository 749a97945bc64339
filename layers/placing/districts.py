"""How a point stands to the quartiers prioritaires: inside, outside, how near, and how surely."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.crs import MEASURE
from geo.precision import Precision
from layers.french.wording import enumerate_words, format_km, format_number, plural
from layers.model.schema import LayerError
from layers.placing.given import Given
from layers.priority_districts import outline_metres

POINT_METRES: Final[Mapping[str, int]] = {
    Precision.ADDRESS: 25,
    Precision.SITE: 100,
    Precision.STREET: 300,
}
"""Metres by which a point may be wrong, by how exactly it is known; a convention.

A point that stands for a whole district says nothing of its edge, and is measured from none.
"""

NEAR_METRES: Final = 1_000
"""Distance from which the nearest quartier is told in kilometres."""


def relate(given: Given, rows: gpd.GeoDataFrame) -> list[str | None]:
    """Say how each row stands to the quartiers; nothing where they cannot be read.

    Parameters
    ----------
    rows
        EPSG:4326, with ``precision`` and ``commune_code``.
    """
    try:
        districts = given.given("qpv")
    except LayerError:
        return [None] * len(rows)
    by_commune: dict[str, list[str]] = {}
    for name, codes in zip(districts["name"], districts["commune_codes"], strict=True):
        for code in codes:
            by_commune.setdefault(code, []).append(name)
    names = dict(zip(districts["code"], districts["name"], strict=True))
    metres = outline_metres(given.data)
    nearest = nearest_outlines(rows, given.derive(_outlines))
    return [
        tell(names[code], distance, POINT_METRES[precision] + metres)
        if precision in POINT_METRES
        else _by_commune(by_commune.get(commune, []), precision)
        for code, distance, precision, commune in zip(
            nearest["code"], nearest["metres"], rows["precision"], rows["commune_code"], strict=True
        )
    ]


def nearest_outlines(points: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the nearest outline of each point: ``code`` and ``metres``, negative inside.

    Parameters
    ----------
    points
        EPSG:4326.
    outlines
        EPSG:2154, with ``code``.
    """
    measured = points.geometry.to_crs(MEASURE)
    found = outlines.sindex.nearest(measured, return_all=False)[1]
    closest = outlines.iloc[found]
    inside = measured.within(closest.geometry, align=False)
    edge = measured.distance(closest.geometry.boundary, align=False)
    return pd.DataFrame(
        {"code": closest["code"].to_numpy(), "metres": edge.where(~inside, -edge).to_numpy()},
        index=points.index,
    )


def tell(name: str, metres: float, unsure: int) -> str:
    """Say how a point stands to the nearest quartier; at its edge, neither inside nor outside.

    Parameters
    ----------
    metres
        From its outline; negative inside.
    unsure
        Metres by which the point and the outline together may be wrong.
    """
    within = f"à {unsure} m près"
    if metres <= -unsure:
        return f"À l’intérieur du QPV {name}."
    if metres <= unsure:
        return f"Au bord du QPV {name} : à {_metres(metres)} de sa limite ({within})."
    if metres <= NEAR_METRES:
        return f"Hors QPV, à {_metres(metres)} du QPV {name} ({within})."
    return f"Hors QPV ; le plus proche, {name}, est à {format_km(metres / 1000)}."


def _outlines(given: Given) -> gpd.GeoDataFrame:
    """Return the outlines, ``code`` and geometry, EPSG:2154."""
    measured: gpd.GeoDataFrame = given.given("qpv")[["code", "geometry"]].to_crs(MEASURE)
    return measured


def _by_commune(names: list[str], precision: str) -> str:
    if not names:
        return "Dans une commune sans QPV."
    near = "au quartier" if precision == Precision.DISTRICT else "à la commune"
    shown = enumerate_words(names) if len(names) <= 3 else plural(len(names), "quartier")  # noqa: PLR2004 - a sentence names three
    return f"Dans une commune qui a un QPV : {shown} (position {near} près)."


def _metres(metres: float) -> str:
    return f"{format_number(abs(metres), 0)} m"

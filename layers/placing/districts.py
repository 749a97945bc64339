"""How a point stands to the quartiers prioritaires: inside, outside, how near, and how surely."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataSourceError

from geo.crs import MEASURE
from geo.precision import Precision
from layers.french.wording import enumerate_words, format_km, format_number, plural
from layers.model.schema import LayerError
from layers.placing.given import Given

FILES: Final = ("districts/outlines.gpkg", "districts/outlines.geojson")
"""Where an operator puts the outlines that the ANCT publishes; none comes with the project."""

CODES: Final = ("code_qp", "code")
"""Columns that may hold the code of a quartier."""

POINT_METRES: Final[Mapping[str, int]] = {
    Precision.ADDRESS: 25,
    Precision.SITE: 100,
    Precision.STREET: 300,
    Precision.DISTRICT: 500,
}
"""Metres by which a point may be wrong, by how exactly it is known; a convention."""

OUTLINE_METRES: Final = 10
"""Metres by which a published outline may be wrong; a convention."""

NEAR_METRES: Final = 1_000
"""Distance from which the nearest quartier is told in kilometres."""


def relate(given: Given, rows: gpd.GeoDataFrame) -> list[str | None]:
    """Say how each row stands to the quartiers; nothing where their list cannot be read.

    Parameters
    ----------
    rows
        EPSG:4326, with ``precision`` and ``commune_code``.

    Raises
    ------
    LayerError
        The outlines cannot be read.
    """
    try:
        districts = given.given("qpv")
    except LayerError:
        return [None] * len(rows)
    by_commune: dict[str, list[str]] = {}
    for name, codes in zip(districts["name"], districts["commune_codes"], strict=True):
        for code in codes:
            by_commune.setdefault(code, []).append(name)
    outlines = given.derive(_outlines)
    if outlines is None:
        return [_by_commune(by_commune.get(code, [])) for code in rows["commune_code"]]
    nearest = nearest_outlines(rows, outlines)
    names = dict(zip(districts["code"], districts["name"], strict=True))
    return [
        tell(names.get(code, code), metres, POINT_METRES[precision])
        if precision in POINT_METRES
        else _by_commune(by_commune.get(commune, []), "position à la commune près")
        for code, metres, precision, commune in zip(
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


def tell(name: str, metres: float, point_metres: int) -> str:
    """Say how a point stands to the nearest quartier.

    Parameters
    ----------
    metres
        From its outline; negative inside.
    point_metres
        By which the point may be wrong.
    """
    unsure = point_metres + OUTLINE_METRES
    within = f"à {unsure} m près"
    if metres <= -unsure:
        return f"Dans le QPV {name}."
    if metres < 0:
        return f"Sans doute dans le QPV {name}, à {_metres(metres)} de sa limite ({within})."
    if metres <= unsure:
        return f"À la limite du QPV {name} : dehors, à {_metres(metres)} ({within})."
    if metres <= NEAR_METRES:
        return f"Hors QPV, à {_metres(metres)} du QPV {name} ({within})."
    return f"Hors QPV ; le plus proche, {name}, est à {format_km(metres / 1000)}."


def read_outlines(data: Path) -> gpd.GeoDataFrame | None:
    """Return the outlines, ``code`` and geometry, EPSG:2154; ``None`` where there is no file.

    Raises
    ------
    LayerError
        The file cannot be read, or has no code of a quartier.
    """
    file = next((file for file in FILES if (data / file).exists()), None)
    if file is None:
        return None
    try:
        frame = gpd.read_file(data / file)
    except (DataSourceError, ValueError) as error:
        raise LayerError(f"Fichier {file} : contours illisibles.") from error
    column = next((column for column in CODES if column in frame.columns), None)
    areas = frame.geom_type.isin({"Polygon", "MultiPolygon"})
    if column is None or frame.crs is None or frame.empty or not areas.all():
        raise LayerError(
            f"Fichier {file} : trouvé les colonnes {', '.join(map(str, frame.columns))}, attendu "
            f"des surfaces avec leur projection et la colonne « {CODES[0]} »."
        )
    return frame[[column, "geometry"]].rename(columns={column: "code"}).to_crs(MEASURE)


def _outlines(given: Given) -> gpd.GeoDataFrame | None:
    return read_outlines(given.data)


def _by_commune(names: list[str], why: str = "contours inconnus") -> str:
    if not names:
        return "Dans une commune sans QPV."
    shown = enumerate_words(names) if len(names) <= 3 else plural(len(names), "quartier")  # noqa: PLR2004 - a sentence names three
    return f"Dans une commune qui a un QPV : {shown} ({why})."


def _metres(metres: float) -> str:
    return f"{format_number(abs(metres), 0)} m"

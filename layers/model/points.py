"""Where the rows of a point layer are: a point, how exact it is, and what must be said of it."""

import math
from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import UnknownPlaceError, shorten
from geo.reference.places import Reference
from layers.french.wording import plural
from layers.model.layer import Precision
from layers.model.schema import Field, LayerError, validate

FARTHEST_OUTSIDE: Final = 500
"""Metres outside its commune from which a point is not believed; outlines are generalised to one
vertex per 570 m, so a point nearer than that may well be inside."""

EASTERNMOST: Final = 180
NORTHERNMOST: Final = 90
"""Degrees that a longitude and a latitude do not go beyond, either way."""

UNSTATED: Final = "source_unstated"

QUALITIES: Final[Mapping[str, Precision]] = {
    "geocoded_good": Precision.ADDRESS,
    "geocoded_medium": Precision.STREET,
    "given_by_source": Precision.SITE,
    "given_by_source_outside_commune": Precision.SITE,
    UNSTATED: Precision.SITE,
    "town_hall_of_commune": Precision.COMMUNE,
    "inside_commune": Precision.COMMUNE,
}
"""Precision of each quality that the tables give to a position."""

POSITION: Final = (
    Field("longitude", "Longitude", "Longitude du point, WGS 84.", "float", unit="°"),
    Field("latitude", "Latitude", "Latitude du point, WGS 84.", "float", unit="°"),
    Field(
        "position_quality",
        "Qualité",
        "Qualité de la position selon la source.",
        allowed=tuple(QUALITIES),
    ),
)
OUTSIDE: Final = Field(
    "metres_outside_commune", "Hors de la commune", "Distance à la commune.", "int", unit="m"
)
"""How far the point of a table is from the commune that it names."""

PLACE: Final = (
    Field("commune_code", "Code commune", "Code Insee de la commune en 2026."),
    Field("commune", "Commune", "Nom de la commune."),
    Field(
        "precision",
        "Précision",
        "Finesse de la position : adresse, rue, site, quartier ou commune seulement.",
        allowed=tuple(Precision),
    ),
    Field(
        "position_note",
        "Remarque sur la position",
        "Ce qu’il faut savoir de la position : approchée, déplacée, hors de la commune.",
        nullable=True,
    ),
)
"""The columns that every point layer has."""

CONFIDENCE: Final = Field(
    "confidence",
    "Confiance",
    "Probabilité que la commune soit juste, selon le géocodeur ; 1 pour une position de la main "
    "d’une personne.",
    "float",
    nullable=True,
)
POSITION_SOURCE: Final = Field(
    "position_source", "Position selon", "Qui dit où est le point.", nullable=True
)
DISTRICT: Final = Field(
    "district",
    "QPV",
    "Dans un quartier prioritaire, hors de tous, ou à combien de mètres, et à quelle incertitude.",
    nullable=True,
)
GEOCODED: Final = (CONFIDENCE, POSITION_SOURCE, DISTRICT)
"""The columns that the catalogue fills in: see :mod:`layers.placing.position`."""

REFUSED: Final = "Point de la source écarté"
"""How the remark on a position begins where the source's point is not believed."""


def place(frame: pd.DataFrame, reference: Reference, where: str) -> gpd.GeoDataFrame:
    """Turn the positions of a table into points, with the columns of :data:`PLACE`.

    A position known to the commune only, or not believed, becomes the commune's town hall.

    Parameters
    ----------
    frame
        Texts, with the columns of :data:`POSITION` and ``commune_code``; its index is the line.
    where
        What the rows are, for messages.

    Raises
    ------
    LayerError
        A position or a commune is not what it should be.
    """
    position = validate(frame, POSITION, key=None, where=where)
    placed = locate(frame, reference, where)
    precision = position["position_quality"].map(QUALITIES)
    points = gpd.GeoSeries.from_xy(position["longitude"], position["latitude"], crs=EXCHANGE)
    outside = metres_outside(points, placed["commune_code"], reference)
    vague = (precision == Precision.COMMUNE) | (outside > FARTHEST_OUTSIDE)
    notes = [
        _note(*row)
        for row in zip(
            position["position_quality"], precision, outside, _halls(placed, reference), strict=True
        )
    ]
    halls = town_hall_points(placed["commune_code"], reference)
    placed["precision"] = precision.mask(vague, Precision.COMMUNE).astype(str)
    placed["position_note"] = _joined(placed["position_note"], notes)
    return gpd.GeoDataFrame(placed, geometry=points.mask(vague, halls), crs=EXCHANGE)


def place_at_town_halls(
    frame: pd.DataFrame, reference: Reference, where: str, note: str
) -> gpd.GeoDataFrame:
    """Place every row at the town hall of its commune, with precision ``commune``.

    ``note`` says why, before « placé à la mairie ».
    """
    placed = locate(frame, reference, where)
    placed["precision"] = str(Precision.COMMUNE)
    placed["position_note"] = _joined(
        placed["position_note"], [f"{note} {hall}." for hall in _halls(placed, reference)]
    )
    halls = town_hall_points(placed["commune_code"], reference)
    return gpd.GeoDataFrame(placed, geometry=halls, crs=EXCHANGE)


def locate(frame: pd.DataFrame, reference: Reference, where: str) -> pd.DataFrame:
    """Add today's commune of each row: ``commune_code``, ``commune``, and a note for an old code.

    Raises
    ------
    LayerError
        A code is not that of a commune, of today or before.
    """
    codes, names, notes = [], [], []
    for line, given in frame["commune_code"].items():
        try:
            code, remark = reference.resolve_code(given)
        except UnknownPlaceError as error:
            raise LayerError(
                f"{where} : ligne {line}, colonne « commune_code » : trouvé « {shorten(given)} », "
                "attendu : le code d’une commune du Pas-de-Calais."
            ) from error
        codes.append(code)
        names.append(reference.communes[code].name)
        notes.append(remark)
    return frame.assign(
        commune_code=codes,
        commune=names,
        position_note=pd.Series(notes, index=frame.index, dtype=object),
        **{field.name: None for field in GEOCODED},
    )


def town_hall_points(codes: pd.Series, reference: Reference) -> gpd.GeoSeries:
    """Return the point of the town hall of each commune, EPSG:4326."""
    halls = [reference.communes[code].town_hall for code in codes]
    return gpd.GeoSeries.from_xy(
        [hall.lon for hall in halls], [hall.lat for hall in halls], index=codes.index, crs=EXCHANGE
    )


def metres_outside(points: gpd.GeoSeries, codes: pd.Series, reference: Reference) -> pd.Series:
    """Return how far each point is from its commune, metres, 0 when inside."""
    outlines = reference.coverage.communes(0).set_index("code").geometry
    own = gpd.GeoSeries(outlines.loc[codes].to_numpy(), index=codes.index, crs=MEASURE)
    metres: pd.Series = points.to_crs(MEASURE).distance(own)
    return metres


def point_outside(lon: float, lat: float, code: str, reference: Reference) -> float:
    """Return how far a point, degrees WGS 84, is from a commune, metres; NaN for no such point."""
    if not (abs(lon) <= EASTERNMOST and abs(lat) < NORTHERNMOST):
        return math.nan
    return reference.coverage.metres_from(code, lon, lat)


def _halls(placed: pd.DataFrame, reference: Reference) -> list[str]:
    """Say where a row goes when it goes to the town hall: some of them are not placed either."""
    exact = {code: reference.communes[code].town_hall.precision for code in placed["commune_code"]}
    return [
        "à la mairie" if exact[code] == "site" else "en un point de la commune"
        for code in placed["commune_code"]
    ]


def _note(quality: str, precision: Precision, metres: float, hall: str) -> str | None:
    if precision == Precision.COMMUNE:
        return f"Position connue à la commune près : point placé {hall}."
    if metres > FARTHEST_OUTSIDE:
        return f"{REFUSED}, à {plural(round(metres), 'mètre')} hors de la commune : placé {hall}."
    if metres >= 1:
        return f"Point à {plural(round(metres), 'mètre')} hors du contour généralisé de la commune."
    if quality == UNSTATED:
        return "La source ne dit pas la qualité de la position."
    return None


def _joined(first: pd.Series, second: list[str | None]) -> list[str | None]:
    return [
        " ".join(part for part in pair if isinstance(part, str)) or None
        for pair in zip(first, second, strict=True)
    ]

"""Positions of official sites: the source's point where it can be one, else the commune's."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.perimeter import UnknownPlaceError
from geo.reference.places import Reference
from geo.travel.times import Floats
from layers.connectors.declaration import ConnectorError
from layers.french.wording import plural
from layers.model.points import FARTHEST_OUTSIDE, point_outside

DECIMALS: Final = 6
"""Of a degree: a tenth of a metre."""
COMMUNE_ONLY: Final = "town_hall_of_commune"
COLUMNS: Final = (
    *("commune", "commune_code", "longitude", "latitude", "position_quality"),
    "metres_outside_commune",
)
MOST_FAR: Final = 0.2
"""Share of points outside their commune beyond which columns have been mixed up."""


def place_sites(rows: pd.DataFrame, reference: Reference, quality: str | pd.Series) -> pd.DataFrame:
    """Give rows the columns of a table of sites that say where each is.

    Parameters
    ----------
    rows
        Texts: ``commune_code``, ``longitude``, ``latitude``.
    quality
        Of the points of the source, one of :data:`layers.model.points.QUALITIES` for all or each.

    Returns
    -------
    pandas.DataFrame
        With ``commune``, today's ``commune_code``, ``longitude``, ``latitude``,
        ``position_quality`` and ``metres_outside_commune`` as texts; without a point, or with one
        at 0, 0, the town hall.

    Raises
    ------
    ConnectorError
        A code is no commune's, or too many points lie elsewhere.
    """
    qualities = [quality] * len(rows) if isinstance(quality, str) else quality.to_list()
    placed = [
        _place(line, row, reference, known)
        for (line, row), known in zip(rows.iterrows(), qualities, strict=True)
    ]
    made = pd.DataFrame(placed, index=rows.index, columns=COLUMNS)
    stated = made[made["position_quality"] != COMMUNE_ONLY]
    far = (stated["metres_outside_commune"].astype(int) > FARTHEST_OUTSIDE).sum()
    refuse_mixed_up(int(far), len(stated))
    return rows.drop(columns=["longitude", "latitude", "commune_code"]).join(made)


def far_from_commune(
    codes: Sequence[str] | NDArray[np.str_], xy: Floats, reference: Reference
) -> NDArray[np.bool_]:
    """Tell of each point whether it is neither in its commune nor near the generalised outline.

    Parameters
    ----------
    codes
        Length n: of communes of today.
    xy
        Shape (n, 2), metres, EPSG:2154.
    """
    of = np.asarray(codes, dtype=str)
    outlines = reference.coverage.communes(0).set_index("code").geometry
    far = np.ones(len(of), dtype=bool)
    order = np.argsort(of, kind="stable")
    present, first = np.unique(of[order], return_index=True)
    for code, places in zip(present, np.split(order, first[1:]), strict=True):
        own = outlines[code].buffer(FARTHEST_OUTSIDE)
        shapely.prepare(own)
        far[places] = ~shapely.contains_xy(own, *xy[places].T)
    return far


def refuse_mixed_up(far: int, count: int) -> None:
    """Refuse points of which too many lie far from their commune; raises ConnectorError."""
    if far > MOST_FAR * max(count, 1):
        raise ConnectorError(
            f"{plural(far, 'point')} sur {count} à plus de {FARTHEST_OUTSIDE} m de leur commune : "
            "longitudes et latitudes ne sont pas celles que l’on attend."
        )


def _place(line: object, row: pd.Series, reference: Reference, quality: str) -> dict[str, str]:
    try:
        code, _ = reference.resolve_code(row["commune_code"])
    except UnknownPlaceError as error:
        raise ConnectorError(f"Ligne {line} : {error}") from error
    commune = reference.communes[code]
    longitude, latitude = _degrees(row["longitude"]), _degrees(row["latitude"])
    given = longitude and latitude and quality != COMMUNE_ONLY
    metres = point_outside(longitude, latitude, code, reference) if given else None
    if metres is None or metres != metres:  # noqa: PLR0124 - NaN
        longitude, latitude = commune.town_hall.lon, commune.town_hall.lat
        quality, metres = COMMUNE_ONLY, 0.0
    return {
        "commune": commune.name,
        "commune_code": code,
        "longitude": f"{longitude:.{DECIMALS}f}",
        "latitude": f"{latitude:.{DECIMALS}f}",
        "position_quality": quality,
        "metres_outside_commune": str(round(metres)),
    }


def _degrees(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0

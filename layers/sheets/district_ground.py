"""What stands in a quartier prioritaire and near it, with the uncertainty of point and outline."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from geo.crs import MEASURE
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import touches
from layers.model.layer import Layer, LayerError
from layers.placing.districts import POINT_METRES
from layers.priority_districts import QPV, outline_metres

NEAR_METRES: Final = 500
"""How far from its outline something is still said to be near a district."""


class Standing(StrEnum):
    """How a point stands to an outline, when both may be wrong by some metres."""

    INSIDE = "inside"
    EDGE = "edge"
    """Too near to the outline to be said inside or outside."""
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A row of a layer, and how it stands to a district.

    Parameters
    ----------
    row
        Columns of its layer.
    name
        As its layer calls it.
    metres
        From the outline; negative inside.
    unsure
        Metres by which the point and the outline together may be wrong.
    """

    layer: str
    row: dict[str, Any]
    name: str
    standing: Standing
    metres: float
    unsure: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The rows of one layer in a district and near it.

    Parameters
    ----------
    found
        Inside first, then at the edge, then near, each from the nearest.
    vague
        How many rows in its communes are known to the commune or a district only, not where.
    """

    layer: Layer
    found: tuple[Standpoint, ...]
    vague: int

    def counted(self, standing: Standing) -> int:
        """Return how many stand so."""
        return sum(one.standing is standing for one in self.found)


def surroundings(
    catalogue: Catalogue, code: str, layer_ids: Sequence[str]
) -> tuple[Surroundings, ...]:
    """Return what stands in a district and within :data:`NEAR_METRES` of it.

    Parameters
    ----------
    layer_ids
        Layers of points; one that cannot be read, or has nothing there, is left out.

    Raises
    ------
    layers.model.layer.LayerError
        The districts cannot be read.
    """
    district = catalogue.load(QPV.id).set_index(QPV.key).loc[code]
    outline = gpd.GeoSeries([district.geometry], crs=catalogue.load(QPV.id).crs).to_crs(MEASURE)
    members = frozenset(district["commune_codes"])
    made = (
        _around(catalogue, layer_id, outline.iloc[0], members, outline_metres(catalogue.data))
        for layer_id in layer_ids
    )
    return tuple(one for one in made if one and (one.found or one.vague))


def _around(
    catalogue: Catalogue,
    layer_id: str,
    outline: BaseGeometry,
    members: frozenset[str],
    outline_unsure: int,
) -> Surroundings | None:
    try:
        rows = catalogue.derive(_measured)(layer_id)
    except LayerError:
        return None
    layer = catalogue.layer(layer_id)
    known = rows["precision"].isin(list(POINT_METRES))
    vague = int(sum(touches(rows[~known], members)))
    near = rows[known & rows.dwithin(outline, NEAR_METRES)]
    found = _stand(layer, near, outline, outline_unsure)
    order = list(Standing)
    ranked = sorted(found, key=lambda one: (order.index(one.standing), one.metres))
    return Surroundings(layer, tuple(ranked), vague)


def _measured(catalogue: Catalogue) -> Callable[[str], gpd.GeoDataFrame]:
    """Return what gives the rows of a layer in EPSG:2154, each layer turned once."""

    @cache
    def rows_of(layer_id: str) -> gpd.GeoDataFrame:
        return catalogue.load(layer_id).to_crs(MEASURE)

    return rows_of


def _stand(
    layer: Layer, rows: gpd.GeoDataFrame, outline: BaseGeometry, outline_unsure: int
) -> Iterator[Standpoint]:
    edge = rows.distance(outline.boundary)
    metres = edge.where(~rows.within(outline), -edge)
    for row, away in zip(rows.drop(columns="geometry").to_dict("records"), metres, strict=True):
        unsure = POINT_METRES[row["precision"]] + outline_unsure
        yield Standpoint(
            layer.id, row, layer.title_of(row), _standing(away, unsure), float(away), unsure
        )


def _standing(metres: float, unsure: int) -> Standing:
    if metres <= -unsure:
        return Standing.INSIDE
    return Standing.EDGE if metres <= unsure else Standing.NEAR

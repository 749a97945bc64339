"""The outlines of the offline map: the perimeter finely, what lies around it coarsely."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from app.exports.offline.packing import pack_outlines
from app.map.outlines import anchors
from app.parts.typography import shown_name
from geo.outlines.topology import WEB_TOLERANCES
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from geo.reference.places import Reference

DECIMALS: Final = 5
FAR_DECIMALS: Final = 4
MANY: Final = 300
"""Communes from which outlines are simplified more."""
FINE, COARSE = 25.0, 120.0
"""Tolerance in metres for few communes and for many: :func:`geo.outlines.topology.simplify`."""
SMALLEST_PART: Final = 10_000.0
"""Square metres: less is what two resolutions of one border leave."""


class Outlines:
    """What is drawn of one perimeter, as packed outlines.

    Parameters
    ----------
    reference
        Places.
    perimeter
        One that exists.
    """

    def __init__(self, reference: Reference, perimeter: Perimeter) -> None:
        self.reference = reference
        self.perimeter = perimeter
        self.members = reference.members(perimeter)
        many = len(self.members) > MANY
        self.tolerance = COARSE if many else FINE
        self.decimals = FAR_DECIMALS if many else DECIMALS

    @cached_property
    def _communes(self) -> gpd.GeoDataFrame:
        return self._named({Perimeter(Level.COMMUNE, code): (code,) for code in self.members})

    @cached_property
    def _epcis(self) -> gpd.GeoDataFrame:
        """The parts of EPCIs that lie in the perimeter."""
        return self._named({epci: self._inside(epci) for epci in self.epcis})

    @cached_property
    def epcis(self) -> tuple[Perimeter, ...]:
        """The EPCIs that the perimeter touches, in French order."""
        touched = {self.reference.communes[code].epci for code in self.members}
        return tuple(p for p in self.reference.perimeters(Level.EPCI) if p.code in touched)

    @property
    def whole(self) -> BaseGeometry:
        """The outline of the perimeter, metres, EPSG:2154."""
        shape: BaseGeometry = self._named({self.perimeter: self.members}).geometry.iloc[0]
        return shape

    def files(self) -> dict[str, Any]:
        """Return the files that the map's scripts ask for, by name."""
        return {
            "commune": pack_outlines(self._communes, self.decimals),
            "epci": pack_outlines(self._epcis, self.decimals),
            "departement": self.outlines([self.perimeter]),
            "anchors-commune": anchors(self._communes),
            "anchors-epci": anchors(self._epcis),
            "around": pack_outlines(self._around(), FAR_DECIMALS),
        }

    def outlines(self, places: Iterable[Perimeter]) -> dict[str, Any]:
        """Return whole places as a collection; ``code`` is their written form."""
        frame = self._named({place: self.reference.members(place) for place in places})
        return pack_outlines(frame.assign(code=[str(place) for place in places]), self.decimals)

    def _inside(self, place: Perimeter) -> tuple[str, ...]:
        here = frozenset(self.members)
        return tuple(code for code in self.reference.members(place) if code in here)

    def _named(self, groups: Mapping[Perimeter, tuple[str, ...]]) -> gpd.GeoDataFrame:
        united = self.reference.coverage.united(
            {str(place): codes for place, codes in groups.items()}, self.tolerance
        )
        names = [shown_name(self.reference, place) for place in groups]
        return gpd.GeoDataFrame(
            {"code": [place.code for place in groups], "name": names},
            geometry=united.geometry.to_numpy(),
            crs=united.crs,
        )

    def _around(self) -> gpd.GeoDataFrame:
        """Return the land around, and a strip of land under the border.

        The land is coarse and the perimeter fine: without the strip the sea would shine through
        between them.
        """
        far = WEB_TOLERANCES["far"]
        ours = self.whole
        land = self.reference.neighbour_land(self.tolerance).geometry
        rest = self.reference.outlines(Level.DEPARTEMENT, self.tolerance).geometry.iloc[0]
        beyond = pd.concat([land, gpd.GeoSeries([rest.difference(ours)], crs=land.crs)])
        shared = ours.boundary.intersection(beyond.union_all().buffer(1))
        neighbours = [
            *self.reference.neighbour_land(far).geometry,
            *(self._other_epcis(far) if self.perimeter != DEPARTEMENT else []),
        ]
        rows = [{"kind": "strip", "geometry": shared.buffer(far, quad_segs=1)}] + [
            {"kind": "neighbour", "geometry": shape} for shape in neighbours
        ]
        return gpd.GeoDataFrame(rows, crs=land.crs)

    def _other_epcis(self, tolerance: float) -> list[Any]:
        shape = self.reference.coverage.united({"here": self.members}, tolerance).geometry.iloc[0]
        others = self.reference.epci_parts_inside(tolerance).geometry.difference(shape)
        return [other for other in others if other.area > SMALLEST_PART]

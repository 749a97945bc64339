"""The coordinate reference systems of the service, by the addresses that OGC gives them.

A position is written in the order of the axes that its system defines: CRS84 is longitude then
latitude, EPSG:4326 latitude then longitude, EPSG:2154 easting then northing (OGC 18-058r1, 6.2).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geo.crs import EXCHANGE, MEASURE

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
"""WGS 84, longitude then latitude: what is answered when nothing is asked."""
WGS84: Final = "http://www.opengis.net/def/crs/EPSG/0/4326"
LAMBERT93: Final = "http://www.opengis.net/def/crs/EPSG/0/2154"

Outlines = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class System:
    """A system of coordinates.

    Parameters
    ----------
    uri
        Its address.
    swapped
        Whether the second axis of ours, the latitude, comes first.
    projected
        Whether it is in metres.
    decimals
        Digits that a position is written with: a decimetre, as :mod:`app.exports.open_data` does.
    """

    uri: str
    swapped: bool = False
    projected: bool = False
    decimals: int = 6

    def write(self, outlines: Outlines) -> Outlines:
        """Return outlines of longitude and latitude, WGS 84, in this system and its axes."""
        to_metres = _transformer(EXCHANGE, MEASURE) if self.projected else None

        def move(positions: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            if to_metres is not None:
                positions = np.column_stack(to_metres.transform(*positions.T))
            rounded = np.round(positions, self.decimals)
            return rounded[:, ::-1] if self.swapped else rounded

        return _transform(outlines, move)


SYSTEMS: Final[Mapping[str, System]] = {
    system.uri: system
    for system in (
        System(CRS84),
        System(WGS84, swapped=True),
        System(LAMBERT93, projected=True, decimals=2),
    )
}
"""By address, the one that goes without saying first."""


def _transform(outlines: Outlines, move: Callable[[Any], Any]) -> Outlines:
    moved: Outlines = shapely.transform(outlines, move)
    return moved


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)

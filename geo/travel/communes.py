"""The communes and the services of the reference as points to travel between."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike
from pyproj import Transformer

from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import Level
from geo.reference.places import Reference
from geo.travel.internal import internal_distance_km
from geo.travel.times import Floats, Points, TravelError


def commune_points(reference: Reference) -> Points:
    """Return the communes at their town halls, in the order of ``reference.communes``.

    The internal distance is that of the inhabitants to the town hall over the outline.
    """
    communes = list(reference.communes.values())
    halls = [c.town_hall for c in communes]
    xy = _to_metres([h.lon for h in halls], [h.lat for h in halls])
    outlines = reference.outlines(Level.COMMUNE).set_index("code").geometry
    internal_km = internal_distance_km(outlines.loc[[c.code for c in communes]].to_numpy(), xy)
    density = [c.population / c.area_km2 for c in communes]
    return Points.of([c.code for c in communes], xy, density, internal_km)


def neighbour_points(reference: Reference) -> Points:
    """Return the communes across the border, in the order of ``reference.neighbour_communes()``.

    Their people share the services near the border; a library for studies of access there, which
    no page asks. Each stands at a point inside it, since
    their town halls are not in the reference.
    """
    around = reference.neighbour_communes()
    inside = around.geometry.representative_point()
    xy = np.column_stack([inside.x, inside.y])
    internal_km = internal_distance_km(around.geometry.to_numpy(), xy)
    return Points.of(list(around["code"]), xy, _density(around), internal_km)


def service_points(
    reference: Reference, lon: ArrayLike, lat: ArrayLike, commune_codes: Sequence[str]
) -> Points:
    """Return services at their own places, with the density of the communes they stand in.

    Parameters
    ----------
    lon, lat
        Shape (m,), degrees, WGS 84.
    commune_codes
        Length m: codes of today, in the département or across its border.

    Raises
    ------
    TravelError
        A commune is neither in the département nor near it.
    """
    around = reference.neighbour_communes()
    density = dict(zip(around["code"], _density(around), strict=True))
    density |= {c.code: c.population / c.area_km2 for c in reference.communes.values()}
    unknown = [code for code in commune_codes if code not in density]
    if unknown:
        raise TravelError(
            f"Service dans la commune « {unknown[0]} » : inconnue du département et de ses abords."
        )
    return Points.of(commune_codes, _to_metres(lon, lat), [density[c] for c in commune_codes])


def _density(communes: gpd.GeoDataFrame) -> Floats:
    return np.asarray(communes["population"] / (communes.geometry.area / 1e6), dtype=np.float64)


def _to_metres(lon: ArrayLike, lat: ArrayLike) -> Floats:
    to_metres = Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True).transform
    return np.column_stack(to_metres(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)))

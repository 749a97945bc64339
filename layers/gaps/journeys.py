"""Journeys: the travel times of the département by one model, each searched once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Final, Literal, TypeAlias

import geopandas as gpd
import numpy as np
from scipy.sparse import csr_array

from geo.access.bounded import nearest_times
from geo.access.closing import without_columns
from geo.crs import MEASURE
from geo.perimeter import shorten
from geo.reference.places import Reference
from geo.travel.cells import cells_over
from geo.travel.communes import commune_points, service_points
from geo.travel.grid import homes_on
from geo.travel.homes import Homes, homes_of, no_quarters
from geo.travel.openings import places_to_open
from geo.travel.times import UNREACHABLE, Floats, Integers, Points, TravelModel, TravelTimes
from layers.catalogue.layers import Catalogue
from layers.gaps.border import border_km
from layers.gaps.services import Service, ServiceError
from layers.gaps.sites import places_of
from layers.model.layer import LayerError
from layers.population.grid import read_grid
from layers.priority_districts import QPV

Bound: TypeAlias = Literal["low", "central", "high"]
MOST_SERVICES: Final = 32
"""Services whose times are kept: some hundred kilobytes each."""
MOST_OPENINGS: Final = 8
"""Services of which it is kept where new sites would stand."""
MOST_POINTS: Final = 32
"""Sites that would open of which the times are kept, up to a megabyte each."""
FEW_PAIRS: Final = 5_000_000
"""From homes to new sites in all communes, which then are all searched: a hundred megabytes."""
CHOICES: Final = 2
"""Services of which anything is told: the nearest, and the second choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Where a new site of some services would stand in each commune.

    Parameters
    ----------
    places
        In the order of the reference.
    moved
        Numbers of the communes where that is not the town hall.
    """

    places: Points
    moved: frozenset[int]


class Journeys:
    """From where people live to services, and to the town halls where sites could open.

    Nothing in it belongs to one reader: it can be shared by all of them.

    Parameters
    ----------
    catalogue
        Layers and reference.
    model
        How the times are made.
    """

    def __init__(self, catalogue: Catalogue, model: TravelModel) -> None:
        self.catalogue = catalogue
        self.model = model
        self.places = lru_cache(maxsize=MOST_SERVICES)(partial(places_of, catalogue))
        self._to_all = lru_cache(maxsize=MOST_SERVICES)(self._search)
        self._to_left = lru_cache(maxsize=MOST_SERVICES)(self._search_left)
        self._to_point = lru_cache(maxsize=MOST_POINTS)(self._search_point)
        self._to_opening = lru_cache(maxsize=MOST_POINTS)(self._search_opening)
        self._to_openings = lru_cache(maxsize=1)(self._search_openings)
        self.openings = lru_cache(maxsize=MOST_OPENINGS)(self._openings)

    def seen_with(self, catalogue: Catalogue) -> "Journeys":
        """Return the journeys of a catalogue of more layers; what is of the communes is shared."""
        other = Journeys(catalogue, self.model)
        other.halls, other.homes, other.border_km = self.halls, self.homes, self.border_km
        other.cells = self.cells
        return other

    @property
    def reference(self) -> Reference:
        """The reference of the catalogue."""
        return self.catalogue.reference

    @cached_property
    def halls(self) -> Points:
        """The town halls, in the order of the reference."""
        return commune_points(self.reference)

    @cached_property
    def homes(self) -> Homes:
        """Where people live, commune by commune in the order of the reference."""
        return _homes_in(self.catalogue)

    @cached_property
    def border_km(self) -> Floats:
        """How far each home is from the border, as the crow flies."""
        return border_km(self.reference, self.homes.points)

    @cached_property
    def cells(self) -> Points:
        """Squares over the département, to draw bands around a site."""
        return cells_over(self.reference)

    def to_services(self, service: Service, closed: tuple[str, ...] = ()) -> TravelTimes:
        """Return the times to the places of a service among the :data:`CHOICES` nearest.

        Parameters
        ----------
        closed
            Words of places that are supposed to close.

        Raises
        ------
        LayerError, ServiceError, TravelError
            The services cannot be had or cannot be travelled to, or none would stay.
        """
        if not closed:
            return self._to_all(service)
        own = self.places(service)
        ours = tuple(sorted(word for word in closed if word in own))
        return self._to_left(service, ours) if ours else self._to_all(service)

    def to_every(self, service: Service, limit: float = UNREACHABLE) -> TravelTimes:
        """Return the times to all the places of a service, not only the nearest, up to a limit."""
        return self.model.times(self.homes.points, self.points_of(service), limit)

    def to_point(self, lon: float, lat: float, commune: str) -> TravelTimes:
        """Return the times from each home to one point, degrees, WGS 84; kept for the next time."""
        return self._to_point(lon, lat, commune)

    def to_opening(self, services: tuple[Service, ...], number: int) -> TravelTimes:
        """Return the times from each home to a new site of services in one commune; kept."""
        return self._to_opening(services, number)

    def to_openings(self, services: tuple[Service, ...], limit: float) -> TravelTimes:
        """Return the times from each home to a new site in each commune.

        Parameters
        ----------
        limit
            Minutes; a longer way is of no account and may be left out where pairs are many.
        """
        few = len(self.homes) * len(self.halls) <= FEW_PAIRS
        return self._to_openings(services, UNREACHABLE if few else limit)

    def numbers(self, codes: Sequence[str]) -> list[int]:
        """Return the place of communes in the order of the reference.

        Raises
        ------
        ServiceError
            A code is none of a commune of today.
        """
        unknown = [code for code in codes if code not in self._numbers]
        if unknown:
            raise ServiceError(
                f"Nouveau site : commune « {shorten(unknown[0])} » inconnue dans le Pas-de-Calais."
            )
        return [self._numbers[code] for code in codes]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.reference.communes)}

    def points_of(self, service: Service) -> Points:
        """Return where a service stands.

        Raises
        ------
        LayerError, ServiceError, TravelError
            It cannot be had, or stands too far from the département.
        """
        places = self.places(service).values()
        lon, lat = ([getattr(place, axis) for place in places] for axis in ("lon", "lat"))
        return service_points(self.reference, lon, lat, [place.commune_code for place in places])

    def _search(self, service: Service) -> TravelTimes:
        points = self.points_of(service)
        return nearest_times(self.model, self.homes.points, points, CHOICES)

    def _search_left(self, service: Service, closed: tuple[str, ...]) -> TravelTimes:
        """Return the times without what closes; only who went there is searched again."""
        points = self.points_of(service)
        gone = np.isin(list(self.places(service)), closed)
        left = np.flatnonzero(~gone)
        if not len(left):
            raise ServiceError(
                f"{service.title} : tous les lieux sont supposés fermés ; attendu un au moins qui "
                "reste."
            )

        def again(rows: Integers) -> TravelTimes:
            found = self.model.times(self.homes.points.take(rows), points.take(left))
            low, central, high = (
                csr_array((bound.data, left[bound.indices], bound.indptr), (len(rows), len(points)))
                for bound in (found.low, found.central, found.high)
            )
            return TravelTimes(low, central, high, found.limit)

        return without_columns(self._to_all(service), np.flatnonzero(gone), again, CHOICES)

    def _search_point(self, lon: float, lat: float, commune: str) -> TravelTimes:
        point = service_points(self.reference, [lon], [lat], [commune])
        return self.model.times(self.homes.points, point)

    def _openings(self, services: tuple[Service, ...]) -> Openings:
        points = [self.points_of(service) for service in services]
        found = places_to_open(self.homes, self.halls, *points)
        places = self.halls.moved(found.communes, found.xy)
        return Openings(places, frozenset(found.communes.tolist()))

    def _search_opening(self, services: tuple[Service, ...], number: int) -> TravelTimes:
        place = self.openings(services).places.take(np.array([number]))
        return self.model.times(self.homes.points, place)

    def _search_openings(self, services: tuple[Service, ...], limit: float) -> TravelTimes:
        return self.model.times(self.homes.points, self.openings(services).places, limit)


@lru_cache(maxsize=2)
def _homes_in(catalogue: Catalogue) -> Homes:
    """Return the homes, which every model of travel shares: on the grid where it was taken."""
    reference, districts = catalogue.reference, districts_of(catalogue)
    grid = read_grid(reference, catalogue.data)
    return homes_on(grid, reference, districts) if grid else homes_of(reference, districts)


def districts_of(catalogue: Catalogue) -> gpd.GeoDataFrame:
    """Return the QPV as quarters of :func:`geo.travel.homes.homes_of`, none without the layer."""
    try:
        rows = catalogue.load(QPV.id)
    except LayerError:
        return no_quarters()
    return gpd.GeoDataFrame(
        {"communes": rows["commune_codes"].tolist(), "population": rows["population"].tolist()},
        geometry=rows.geometry.to_crs(MEASURE).tolist(),
        crs=MEASURE,
    )

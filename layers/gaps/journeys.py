"""Journeys: the travel times of the département by one model, each searched once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal, TypeAlias

import geopandas as gpd
from pyproj import Transformer
from scipy.sparse import csr_array, hstack

from geo.access.nearest import only_nearest
from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import shorten
from geo.reference.places import Reference
from geo.travel.communes import commune_points, service_points
from geo.travel.homes import Homes, homes_of, no_quarters
from geo.travel.openings import places_to_open
from geo.travel.times import Floats, Minutes, Points, TravelModel, TravelTimes, to_dense
from layers.catalogue.layers import Catalogue
from layers.gaps.services import Service, ServiceError
from layers.model.layer import LayerError
from layers.priority_districts import QPV

Bound: TypeAlias = Literal["low", "central", "high"]
MOST_SERVICES: Final = 32
"""Services whose times are kept: some hundred kilobytes each."""
MOST_OPENINGS: Final = 8
"""Services whose times to new sites in towns are kept: some megabytes each."""
CHOICES: Final = 2
"""Services of which anything is told: the nearest, and the second choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Where a new site of a service would stand in each commune.

    Parameters
    ----------
    places
        In the order of the reference.
    moved
        Number of each commune where that is not the town hall → its column in ``times``.
    times
        From each home to those places.
    """

    places: Points
    moved: dict[int, int]
    times: TravelTimes


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
        self.to_services = lru_cache(maxsize=MOST_SERVICES)(self._to_services)
        self.openings = lru_cache(maxsize=MOST_OPENINGS)(self._openings)

    def seen_with(self, catalogue: Catalogue) -> "Journeys":
        """Return the journeys of a catalogue of more layers; what is of the communes is shared."""
        other = Journeys(catalogue, self.model)
        other.halls, other.homes, other.between = self.halls, self.homes, self.between
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
    def between(self) -> TravelTimes:
        """From each home to each town hall."""
        return self.model.times(self.homes.points, self.halls)

    def to_services_and(self, service: Service, sites: Sequence[str]) -> TravelTimes:
        """Return the times to the nearest services, then to new sites in some communes.

        Of the services only those are given that may be among the :data:`CHOICES` nearest.

        Parameters
        ----------
        sites
            Codes of communes.

        Raises
        ------
        LayerError, ServiceError, TravelError
            The services cannot be had or cannot be travelled to, or a commune is unknown.
        """
        times = self.to_services(service)
        if not sites:
            return times
        columns, openings = self.numbers(sites), self.openings(service)

        def joined(services: Minutes, halls: Minutes, elsewhere: Minutes) -> Minutes:
            opened = [
                elsewhere[:, [openings.moved[number]]]
                if number in openings.moved
                else halls[:, [number]]
                for number in columns
            ]
            return hstack([services, *opened], format="csr")

        return TravelTimes(
            joined(times.low, self.between.low, openings.times.low),
            joined(times.central, self.between.central, openings.times.central),
            joined(times.high, self.between.high, openings.times.high),
            times.limit,
            tuple(dict.fromkeys((*times.remarks, *self.between.remarks))),
        )

    def to_openings(
        self, service: Service, bound: Bound = "central", communes: Sequence[int] | None = None
    ) -> Floats:
        """Return the minutes from each home to a new site in each commune, or in some of them.

        Parameters
        ----------
        communes
            Numbers in the order of the reference; all when left out.
        """
        openings = self.openings(service)
        chosen = range(len(self.halls)) if communes is None else communes
        halls: Minutes = getattr(self.between, bound)
        minutes = to_dense(halls if communes is None else halls[:, list(chosen)])
        elsewhere = to_dense(getattr(openings.times, bound))
        for column, number in enumerate(chosen):
            if number in openings.moved:
                minutes[:, column] = elsewhere[:, openings.moved[number]]
        return minutes

    def opening_at(self, service: Service, number: int) -> tuple[float, float]:
        """Return where a new site would stand in a commune: longitude, latitude, WGS 84."""
        hall = list(self.reference.communes.values())[number].town_hall
        openings = self.openings(service)
        if number not in openings.moved:
            return hall.lon, hall.lat
        x, y = openings.places.xy[number]
        lon, lat = Transformer.from_crs(MEASURE, EXCHANGE, always_xy=True).transform(x, y)
        return float(lon), float(lat)

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

    def _to_services(self, service: Service) -> TravelTimes:
        times = self.model.times(self.homes.points, self._places_of(service))
        return only_nearest(times, CHOICES)

    def _places_of(self, service: Service) -> Points:
        rows = service.rows(self.catalogue)
        return service_points(
            self.reference, rows.geometry.x, rows.geometry.y, list(rows["commune_code"])
        )

    def _openings(self, service: Service) -> Openings:
        places = places_to_open(self.homes, self.halls, self._places_of(service))
        moved = {number: column for column, number in enumerate(places.communes)}
        if not moved:
            nothing = csr_array((len(self.homes), 0))
            return Openings(self.halls, moved, TravelTimes(nothing, nothing, nothing))
        points = self.halls.moved(places.communes, places.xy)
        elsewhere = points.take(places.communes)
        return Openings(points, moved, self.model.times(self.homes.points, elsewhere))


@lru_cache(maxsize=2)
def _homes_in(catalogue: Catalogue) -> Homes:
    """Return the homes, which every model of travel shares."""
    return homes_of(catalogue.reference, districts_of(catalogue))


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

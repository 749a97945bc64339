"""Journeys: the travel times of the département by one model, each searched once and kept."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from scipy.sparse import hstack

from geo.perimeter import shorten
from geo.reference.places import Reference
from geo.travel.communes import commune_points, service_points
from geo.travel.times import Minutes, Points, TravelModel, TravelTimes
from layers.catalogue.layers import Catalogue
from layers.gaps.services import Service, ServiceError

MOST_SERVICES: Final = 32
"""Services whose times are kept: a few megabytes each."""


class Journeys:
    """From every commune to services, and to the town halls where sites could open.

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

    def seen_with(self, catalogue: Catalogue) -> "Journeys":
        """Return the journeys of a catalogue of more layers; what is of the communes is shared."""
        other = Journeys(catalogue, self.model)
        other.homes, other.between = self.homes, self.between
        return other

    @property
    def reference(self) -> Reference:
        """The reference of the catalogue."""
        return self.catalogue.reference

    @cached_property
    def homes(self) -> Points:
        """The communes at their town halls, in the order of the reference."""
        return commune_points(self.reference)

    @cached_property
    def between(self) -> TravelTimes:
        """From each commune to each town hall, both in the order of the reference."""
        return self.model.times(self.homes, self.homes)

    def to_services_and(self, service: Service, sites: Sequence[str]) -> TravelTimes:
        """Return the times to the services, then to new sites at the town halls of communes.

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
        columns = self.numbers(sites)

        def joined(services: Minutes, halls: Minutes) -> Minutes:
            return hstack([services, halls[:, columns]], format="csr")

        return TravelTimes(
            joined(times.low, self.between.low),
            joined(times.central, self.between.central),
            joined(times.high, self.between.high),
            times.limit,
            tuple(dict.fromkeys((*times.remarks, *self.between.remarks))),
        )

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
        rows = service.rows(self.catalogue)
        places = service_points(
            self.reference, rows.geometry.x, rows.geometry.y, list(rows["commune_code"])
        )
        return self.model.times(self.homes, places)

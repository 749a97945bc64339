"""Sites that are supposed to open: where each would stand, and the way there."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from pyproj import Transformer
from scipy.sparse import csr_array, hstack

from geo.crs import EXCHANGE, MEASURE
from geo.travel.times import Floats, TravelTimes, to_dense
from layers.gaps.journeys import Bound, Journeys
from layers.gaps.presets import whole_service
from layers.gaps.question import Question
from layers.gaps.services import Service
from layers.gaps.sites import BETWEEN, Place, find_place


@dataclass(frozen=True, slots=True)
class Site:
    """A site that would open.

    Parameters
    ----------
    word
        Code of a commune, or the word of a row of a layer.
    name
        Of the row, empty for a commune.
    commune_code, commune, epci
        Code and names of where it would stand; the EPCI is empty across the border.
    population
        Inhabitants of the commune, 0 across the border.
    lon, lat
        Degrees, WGS 84: of a commune the town hall, but elsewhere in a town that has the service.
    moved
        Of a commune, that this is not the town hall.
    """

    word: str
    name: str
    commune_code: str
    commune: str
    epci: str
    population: int
    lon: float
    lat: float
    moved: bool = False


def find_site(journeys: Journeys, services: tuple[Service, ...], word: str) -> Site:
    """Return the site that a word means.

    Raises
    ------
    LayerError, ServiceError
        It is unknown.
    """
    if BETWEEN in word:
        return at_place(journeys, _place(journeys, word))
    (number,) = journeys.numbers([word])
    commune = journeys.reference.communes[word]
    lon, lat = opening_at(journeys, services, number)
    epci = journeys.reference.epcis[commune.epci].name
    moved = number in journeys.openings(services).moved
    return Site(word, "", word, commune.name, epci, commune.population, lon, lat, moved)


def at_place(journeys: Journeys, place: Place) -> Site:
    """Return the site that would open at a row of a layer."""
    commune = journeys.reference.communes.get(place.commune_code)
    epci = journeys.reference.epcis[commune.epci].name if commune else ""
    people = commune.population if commune else 0
    return Site(
        place.word,
        place.title,
        place.commune_code,
        place.commune,
        epci,
        people,
        place.lon,
        place.lat,
    )


def opening_at(
    journeys: Journeys, services: tuple[Service, ...], number: int
) -> tuple[float, float]:
    """Return where a site would stand in a commune: longitude, latitude, WGS 84."""
    openings = journeys.openings(services)
    if number not in openings.moved:
        hall = list(journeys.reference.communes.values())[number].town_hall
        return hall.lon, hall.lat
    x, y = openings.places.xy[number]
    lon, lat = _to_degrees().transform(x, y)
    return float(lon), float(lat)


def to_sites(journeys: Journeys, question: Question, bound: Bound = "central") -> Floats:
    """Return the minutes from each home to the sites that open, shape (h, n).

    Raises
    ------
    LayerError, ServiceError, TravelError
        A site is unknown, or cannot be travelled to.
    """
    sites = [getattr(_to_site(journeys, question, word), bound) for word in question.opened]
    return np.hstack([np.empty((len(journeys.homes), 0)), *map(to_dense, sites)])


def _to_site(journeys: Journeys, question: Question, word: str) -> TravelTimes:
    if BETWEEN in word:
        place = _place(journeys, word)
        return journeys.to_point(place.lon, place.lat, place.commune_code)
    (number,) = journeys.numbers([word])
    return journeys.to_opening(question.services, number)


def with_sites(journeys: Journeys, times: TravelTimes, question: Question) -> TravelTimes:
    """Return the times to a service, then to the sites that open."""
    if not question.opened:
        return times
    low, central, high = (
        hstack([getattr(times, bound), _stored(to_sites(journeys, question, bound))], format="csr")
        for bound in ("low", "central", "high")
    )
    opened = [_to_site(journeys, question, word) for word in question.opened]
    remarks = dict.fromkeys((*times.remarks, *(told for one in opened for told in one.remarks)))
    return TravelTimes(low, central, high, times.limit, tuple(remarks))


def _stored(minutes: Floats) -> csr_array:
    """Return a matrix that stores what can be reached."""
    rows, columns = np.nonzero(np.isfinite(minutes))
    return csr_array((minutes[rows, columns], (rows, columns)), shape=minutes.shape)


def _place(journeys: Journeys, word: str) -> Place:
    layer = word.partition(BETWEEN)[0]
    return find_place(journeys.places(whole_service(journeys.catalogue, layer)), word)


@lru_cache(maxsize=1)
def _to_degrees() -> Transformer:
    return Transformer.from_crs(MEASURE, EXCHANGE, always_xy=True)

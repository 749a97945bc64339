"""The geocoder as the operator allows it: without a network, or helped by the one it names."""

from dataclasses import dataclass
from typing import Final

from app.settings import NO_SERVICE, Settings
from geo.ban.cache import BanCache
from geo.ban.client import BanClient
from geo.geocoder.lookup import Geocoder
from geo.geocoder.online import OnlineGeocoder
from geo.perimeter import Perimeter
from geo.reference.named_place import find_place
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.catalogue.sites import read_sites
from layers.placing.answers import given_geocoder

CACHE_FILE: Final = "ban.sqlite"


@dataclass(frozen=True, slots=True)
class Geocoding:
    """What geocodes.

    Parameters
    ----------
    local
        Needs no network, explains its answers.
    online
        Asks the operator's service for what is not exact; ``None`` where none is allowed.
    """

    local: Geocoder
    online: OnlineGeocoder | None

    @property
    def batch(self) -> Geocoder | OnlineGeocoder:
        """What geocodes a table."""
        return self.online or self.local


def local_geocoder(catalogue: Catalogue) -> Geocoder:
    """Make the geocoder over the catalogue's places and sites.

    Raises
    ------
    geo.tables.DamagedReferenceError
        A table of ``data/gazetteer`` is missing or damaged.
    """
    folder = catalogue.data / "gazetteer"
    return Geocoder.load(catalogue.reference, folder, catalogue.derive(read_sites))


def find_context(reference: Reference, where: str) -> Perimeter | None:
    """Return the perimeter that a person names, written out or by any of its names.

    Raises
    ------
    geo.perimeter.PlaceError
        There is none.
    """
    if not where:
        return None
    return find_place(reference, where)[0]


def open_geocoding(catalogue: Catalogue, settings: Settings) -> Geocoding:
    """Make the geocoder of texts, with the operator's service if one is allowed.

    Raises
    ------
    geo.tables.DamagedReferenceError
        A table of ``data/gazetteer`` is missing or damaged.
    geo.ban.answers.BanError
        The memory of the service's answers can be neither read nor made.
    """
    return _with_service(catalogue.derive(local_geocoder), settings)


def open_layer_geocoding(catalogue: Catalogue, settings: Settings) -> Geocoding:
    """Make the geocoder that places the layers; raises as :func:`open_geocoding`."""
    return _with_service(catalogue.derive(given_geocoder), settings)


def _with_service(local: Geocoder, settings: Settings) -> Geocoding:
    if settings.ban == NO_SERVICE:
        return Geocoding(local, None)
    client = BanClient(settings.ban.rstrip("/"))
    cache = BanCache(settings.cache / CACHE_FILE, client.address)
    return Geocoding(local, OnlineGeocoder(local, client, cache))

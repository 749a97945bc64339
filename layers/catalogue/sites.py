"""The named sites of the catalogue where they are best known to be, as the geocoder wants them."""

from geo.geocoder.toponyms import Site
from layers.catalogue.layers import Catalogue
from layers.placing.sites import sites_in


def read_sites(catalogue: Catalogue) -> tuple[Site, ...]:
    """Return every named site of the layers; a layer that cannot be read gives none."""
    return sites_in(catalogue, catalogue.load)

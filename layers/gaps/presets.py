"""The services that planners ask about: the département's own questions, then every layer."""

from collections.abc import Mapping
from typing import Final

from geo.perimeter import shorten
from layers.catalogue.layers import Catalogue
from layers.colleges import SECTORS
from layers.communes import COMMUNES
from layers.departmental_sites import KINDS as SITE_KINDS
from layers.fire_stations import SIEGES_INCENDIE
from layers.france_services import KINDS as FRANCE_SERVICES_KINDS
from layers.gaps.services import Service, ServiceError
from layers.hospitals import KINDS as HOSPITAL_KINDS
from layers.model.layer import Layer


def _words(words: Mapping[str, str], *codes: str) -> tuple[str, ...]:
    return tuple(words[code] for code in codes)


PRESETS: Final = (
    Service(
        "colleges_publics",
        "Collèges publics",
        "un collège public",
        "colleges",
        "sector",
        (SECTORS["public"],),
        "les collèges privés sous contrat",
        supply="pupils",
    ),
    Service(
        "maisons_departement",
        "Maisons du Département",
        "une maison du Département",
        "sites_departementaux",
        "kind",
        _words(SITE_KINDS, "MDS", "MDADT", "service_house"),
        "centres d’entretien routier, centres de planification, maisons des adolescents",
        incomplete=True,
    ),
    Service(
        "france_services",
        "France services",
        "un site France services fixe",
        "france_services",
        "kind",
        _words(FRANCE_SERVICES_KINDS, "fixed", "multi-site"),
        "bus et structures itinérantes, dont les arrêts ne sont pas connus",
    ),
    Service(
        "centres_incendie",
        "Centres d’incendie et de secours",
        "un centre d’incendie et de secours",
        "centres_incendie",
    ),
    Service("mairies", "Mairies", "une mairie", "mairies"),
    Service("colleges", "Collèges, publics et privés", "un collège", "colleges", supply="pupils"),
    Service(
        "sites_departementaux",
        "Sites départementaux ouverts au public",
        "un site départemental ouvert au public",
        "sites_departementaux",
        "kind",
        _words(SITE_KINDS, "MDS", "MDADT", "CPEF", "youth_house", "service_house"),
        "les centres d’entretien routier",
        incomplete=True,
    ),
    Service(
        "lycees",
        "Lycées publics",
        "un lycée public",
        "lycees",
    ),
    Service("gares", "Gares", "une gare", "gares"),
    Service(
        "hopitaux",
        "Hôpitaux et cliniques",
        "un hôpital public ou privé",
        "hopitaux",
        "kind",
        _words(HOSPITAL_KINDS, "hospital", "clinic"),
        "psychiatrie, soins de suite, longs séjours, dialyse, soins à domicile, sièges et autres",
    ),
    Service(
        "urgences",
        "Services d’urgences",
        "un service d’urgences",
        "hopitaux",
        "emergency_service",
        (True,),
        "les établissements sans autorisation d’urgences",
    ),
    Service("pharmacies", "Pharmacies", "une pharmacie", "pharmacies", counted="pharmacies"),
    Service(
        "supermarches",
        "Supermarchés",
        "un supermarché",
        "supermarches",
        incomplete=True,
        counted="supermarkets",
    ),
)
"""The département's own questions first."""
NO_SERVICES: Final = frozenset({SIEGES_INCENDIE.id})
"""Layers of points that nobody has to reach."""


def services_of(catalogue: Catalogue) -> dict[str, Service]:
    """Return the services by identifier: the presets, then every other layer of points to reach."""
    known = {
        service.id: service
        for service in PRESETS
        if service.layer_id in catalogue.layers
        or (service.counted and COMMUNES.id in catalogue.layers)
    }
    points = [
        layer
        for layer in catalogue.layers.values()
        if layer.geometry == "point" and layer.id not in NO_SERVICES
    ]
    return known | {layer.id: _whole(layer) for layer in points if layer.id not in known}


def find_service(catalogue: Catalogue, service_id: str) -> Service:
    """Return a service by its identifier.

    Raises
    ------
    ServiceError
        There is no such service; the message lists those there are.
    """
    known = services_of(catalogue)
    if service_id not in known:
        raise ServiceError(
            f"Service « {shorten(service_id)} » inconnu ; services connus : {', '.join(known)}."
        )
    return known[service_id]


def whole_service(catalogue: Catalogue, layer_id: str) -> Service:
    """Return all the points of a layer as a service, or one that is only counted.

    Raises
    ------
    ServiceError
        There is no such layer of points; the message lists those there are.
    """
    layer = catalogue.layers.get(layer_id)
    if layer is not None and layer.geometry == "point":
        return _whole(layer)
    known = services_of(catalogue)
    if layer_id in known and known[layer_id].counted:
        return known[layer_id]
    points = [layer.id for layer in catalogue.layers.values() if layer.geometry == "point"]
    raise ServiceError(
        f"Couche de points « {shorten(layer_id)} » inconnue ; couches connues : "
        f"{', '.join(points)}."
    )


def _whole(layer: Layer) -> Service:
    return Service(layer.id, layer.title, f"un lieu de la couche « {layer.title} »", layer.id)

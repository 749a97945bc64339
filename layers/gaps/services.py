"""Services as a planner asks about them: which rows of a point layer count, which do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd

from geo.perimeter import shorten
from layers.catalogue.layers import Catalogue
from layers.colleges import SECTORS
from layers.departmental_sites import KINDS as SITE_KINDS
from layers.fire_stations import SIEGES_INCENDIE
from layers.france_services import KINDS as FRANCE_SERVICES_KINDS
from layers.french.wording import plural
from layers.hospitals import KINDS as HOSPITAL_KINDS
from layers.model.layer import Layer, Precision


class ServiceError(ValueError):
    """A service cannot be asked about; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True)
class Service:
    """What people have to reach.

    Parameters
    ----------
    id
        Identifier used by the command line, the URL and JSON.
    title
        French, plural, with a capital.
    one
        One of them, with its article: ``un collège public``.
    layer_id
        Point layer that holds them.
    column, values
        A row counts when this column has one of these values; every row when there is no column.
    left_out
        What the other rows are, in French words that follow a colon.
    incomplete
        Whether the layer is known to lack places: people counted beyond are then too many.
    """

    id: str
    title: str
    one: str
    layer_id: str
    column: str = ""
    values: tuple[str | bool, ...] = ()
    left_out: str = ""
    incomplete: bool = False

    def rows(self, catalogue: Catalogue) -> gpd.GeoDataFrame:
        """Return the rows of the layer that count, in its order.

        Raises
        ------
        LayerError
            The layer cannot be loaded.
        ServiceError
            No row counts.
        """
        rows = catalogue.load(self.layer_id)
        if self.column:
            rows = rows[rows[self.column].isin(self.values)]
        if rows.empty:
            raise ServiceError(
                f"Service « {self.id} » : la couche « {self.layer_id} » n’en a aucun ; "
                "attendu au moins un lieu."
            )
        return rows

    def remarks(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Return French sentences: rows left out, what the layer lacks, positions not exact."""
        layer, rows = catalogue.layer(self.layer_id), self.rows(catalogue)
        every = len(catalogue.load(self.layer_id))
        left, near = every - len(rows), int((rows["precision"] == Precision.COMMUNE).sum())
        told = (
            f"{plural(left, 'ligne laissée', 'lignes laissées')} de côté sur {every} : "
            f"{self.left_out}."
            if left
            else "",
            f"Couche « {layer.title} » : {layer.remark}" if layer.remark else "",
            f"{plural(near, 'lieu', 'lieux')} sur {len(rows)} à la commune près : le temps, compté "
            "jusqu’à la mairie, y est approché."
            if near
            else "",
        )
        return tuple(sentence for sentence in told if sentence)


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
    Service("colleges", "Collèges, publics et privés", "un collège", "colleges"),
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
)
"""The département's own questions first."""
NO_SERVICES: Final = frozenset({SIEGES_INCENDIE.id})
"""Layers of points that nobody has to reach."""


def services_of(catalogue: Catalogue) -> dict[str, Service]:
    """Return the services by identifier: the presets, then every other layer of points to reach."""
    known = {service.id: service for service in PRESETS if service.layer_id in catalogue.layers}
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


def _whole(layer: Layer) -> Service:
    return Service(layer.id, layer.title, f"un lieu de la couche « {layer.title} »", layer.id)

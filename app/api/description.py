"""What the service says of itself and of each collection, as plain data."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from app.api.collection import Collection
from app.api.links import HTML, JSON, OPENAPI, SCHEMA, Link, Links
from app.api.offer import Offer
from app.api.systems import CRS84, SYSTEMS
from app.api.times import Interval
from app.exports.tables import cite

TITLE: Final = "Atlas 62 : les contrats de territoire du Pas-de-Calais"
DESCRIPTION: Final = (
    "Les couches de l’Atlas 62, ses indicateurs à chaque niveau et les tables de ses contrats, "
    "chacune avec ses sources, leur licence et leur millésime. Une valeur inconnue n’est jamais un "
    "zéro."
)
_FEATURES: Final = "http://www.opengis.net/spec/ogcapi-features-{}/1.0/conf/{}"
_CQL2: Final = "http://www.opengis.net/spec/cql2/1.0/conf/{}"
CONFORMANCE: Final = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    *(_FEATURES.format(1, name) for name in ("core", "oas30", "geojson", "html")),
    _FEATURES.format(2, "crs"),
    *(
        _FEATURES.format(3, name)
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(
        _CQL2.format(name)
        for name in (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "accent-insensitive-comparison",
            "basic-spatial-functions",
        )
    ),
)
ENCLOSURES: Final[Mapping[str, tuple[str, str]]] = {
    "gpkg": ("application/geopackage+sqlite3", "GeoPackage"),
    "geojson": ("application/geo+json", "GeoJSON"),
    "csv": ("text/csv", "CSV"),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "classeur",
    ),
}
"""The files of a layer: ending → media type and French word."""
STYLES: Final[Mapping[str, tuple[str, str]]] = {
    "qml": ("application/xml", "Style pour QGIS (QML)"),
    "sld": ("application/vnd.ogc.se+xml", "Style SLD"),
}
"""Ending → media type and French words."""
LICENCES: Final[Mapping[str, str]] = {
    "Licence Ouverte": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


def describe_service(links: Links, here: str) -> dict[str, Any]:
    """Return the landing page."""
    found = [
        *links.encodings("self", here, "Cette page"),
        Link(links.address("definition"), "service-desc", OPENAPI, "Définition, OpenAPI 3.0"),
        Link(links.address("definition", f="html"), "service-doc", HTML, "Mode d’emploi"),
        *links.encodings("conformance", here, "Ce qui est respecté", "conformance"),
        *links.encodings("data", here, "Collections", "collections"),
    ]
    return {"title": TITLE, "description": DESCRIPTION, "attribution": "Atlas 62", "links": found}


def describe_collection(
    offer: Offer, collection: Collection, links: Links, here: str = JSON
) -> dict[str, Any]:
    """Return what is said of a collection (OGC 17-069r4, 7.14; 18-058r1, 6.2)."""
    systems = [*SYSTEMS] if collection.geometry else []
    spatial = {"crs": [*SYSTEMS], "storageCrs": CRS84} if systems else {}
    return {
        "id": collection.id,
        "title": collection.title,
        "description": collection.description,
        "attribution": " ; ".join(cite(source) for source in collection.sources),
        "itemType": "feature",
        "extent": _extent(offer, collection),
        **spatial,
        "links": _collection_links(collection, links, here),
    }


def _extent(offer: Offer, collection: Collection) -> dict[str, Any]:
    extent: dict[str, Any] = {}
    bounds, period = offer.bounds(collection), offer.period(collection)
    if bounds is not None:
        extent["spatial"] = {"bbox": [outwards(bounds)], "crs": CRS84}
    if period is not None:
        extent["temporal"] = {"interval": [write_period(period)]}
    return extent


def outwards(bounds: tuple[float, float, float, float]) -> list[float]:
    """Return bounds rounded so that they still hold all that they held."""
    low, high = (
        np.floor(np.array(bounds[:2]) * 1e6) / 1e6,
        np.ceil(np.array(bounds[2:]) * 1e6) / 1e6,
    )
    return [*low.tolist(), *high.tolist()]


def write_period(period: Interval) -> list[str]:
    """Return the first and the last moment, RFC 3339."""
    return [f"{moment.astype('datetime64[s]')}Z" for moment in period]


def _collection_links(collection: Collection, links: Links, here: str) -> list[Link]:
    path = ("collections", collection.id)
    found = [
        *links.encodings("self", here, collection.title, *path),
        *links.encodings("items", here, "Objets", *path, "items"),
        Link(
            links.address(*path, "queryables"),
            "http://www.opengis.net/def/rel/ogc/1.0/queryables",
            SCHEMA,
            "Ce qui peut être demandé",
        ),
        Link(links.address(*path, "schema"), "describedby", SCHEMA, "Ce que disent les objets"),
    ]
    if collection.geometry is not None:
        found += [
            Link(links.address(*path, f"style.{ending}"), "style", media, words)
            for ending, (media, words) in STYLES.items()
        ]
    named = dict.fromkeys(source.licence for source in collection.sources)
    found += [Link(LICENCES[name], "license", HTML, name) for name in named if name in LICENCES]
    if collection.layer is not None:
        base = "/donnees/couches" if collection.private else "/telecharger"
        found += [
            Link(links.address(f"{collection.id}.{ending}", base=base), "enclosure", media, words)
            for ending, (media, words) in ENCLOSURES.items()
        ]
    return found

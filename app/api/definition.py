"""The definition of the service in OpenAPI 3.0: each address, what it takes, what it answers."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.api.collection import SCHEMA_TYPES, Collection
from app.api.description import DESCRIPTION, TITLE
from app.api.filtering import LANGUAGES
from app.api.links import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from app.api.offer import Offer
from app.api.question import MOST, PARAMETERS, USUAL_LIMIT
from app.api.systems import CRS84, SYSTEMS

VERSION: Final = "1.0.0"
_BOX: Final = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
}
_SYSTEM: Final = {"type": "string", "format": "uri", "enum": [*SYSTEMS], "default": CRS84}
_EXPLODED: Final = {"in": "query", "required": False, "style": "form"}


def _parameter(name: str, words: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, **_EXPLODED, "explode": False, "description": words, "schema": {**schema}}


COMMON: Final[Mapping[str, Mapping[str, Any]]] = {
    "limit": _parameter(
        "limit",
        "Nombre d’objets d’une réponse ; au-delà du plus grand, le plus grand est pris.",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL_LIMIT},
    ),
    "offset": _parameter(
        "offset", "Nombre d’objets à passer.", {"type": "integer", "minimum": 0, "default": 0}
    ),
    "bbox": _parameter(
        "bbox",
        "Objets qui touchent ce rectangle : coin bas puis coin haut, dans l’ordre des axes de "
        "« bbox-crs ». Les objets sans géométrie répondent aussi.",
        _BOX,
    ),
    "bbox-crs": _parameter("bbox-crs", "Système de coordonnées de « bbox ».", _SYSTEM),
    "crs": _parameter("crs", "Système de coordonnées de la réponse.", _SYSTEM),
    "datetime": _parameter(
        "datetime",
        "Date, moment ou intervalle (« .. » pour un bout ouvert). Les objets sans date répondent "
        "aussi.",
        {"type": "string"},
    ),
    "filter": _parameter(
        "filter",
        "Filtre CQL2, comme nom = 'L''Étoile' ou fit > 100000 AND commune LIKE 'Saint%'.",
        {"type": "string"},
    ),
    "filter-lang": _parameter(
        "filter-lang",
        "Langue du filtre.",
        {"type": "string", "enum": [*LANGUAGES], "default": LANGUAGES[0]},
    ),
    "filter-crs": _parameter("filter-crs", "Système de coordonnées du filtre.", _SYSTEM),
    "f": _parameter(
        "f",
        "Forme de la réponse ; sans elle, JSON sauf pour qui demande une page.",
        {"type": "string", "enum": ["json", "html"]},
    ),
}
_LINK: Final = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}
_LINKS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_TEXT: Final = {"type": "string"}
SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "link": _LINK,
    "exception": {
        "type": "object",
        "required": ["code"],
        "properties": dict.fromkeys(("code", "description", "fr", "en"), _TEXT),
    },
    "landingPage": {
        "type": "object",
        "required": ["links"],
        "properties": {"title": _TEXT, "description": _TEXT, "links": _LINKS},
    },
    "confClasses": {
        "type": "object",
        "required": ["conformsTo"],
        "properties": {"conformsTo": {"type": "array", "items": _TEXT}},
    },
    "collection": {
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            "id": _TEXT,
            "title": _TEXT,
            "description": _TEXT,
            "links": _LINKS,
            "extent": {"type": "object"},
            "itemType": _TEXT,
            "crs": {"type": "array", "items": _TEXT},
            "storageCrs": _TEXT,
        },
    },
    "collections": {
        "type": "object",
        "required": ["links", "collections"],
        "properties": {
            "links": _LINKS,
            "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
        },
    },
    "featureGeoJSON": {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": _TEXT,
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object", "nullable": True},
            "links": _LINKS,
        },
    },
    "featureCollectionGeoJSON": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/featureGeoJSON"},
            },
            "links": _LINKS,
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
        },
    },
    "schema": {"type": "object"},
}


def define(offer: Offer, root: str) -> dict[str, Any]:
    """Return the definition of the service for one reader.

    Parameters
    ----------
    root
        Address of the service.
    """
    paths = {**GENERAL}
    for collection in offer.collections.values():
        if collection.kind != "indicator":  # those are many, and all alike
            paths[f"/collections/{collection.id}/items"] = _items(collection)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": TITLE,
            "version": VERSION,
            "description": DESCRIPTION,
            "license": {"name": "Licences de chaque collection, dites par elle"},
        },
        "servers": [{"url": root, "description": "Atlas 62"}],
        "paths": paths,
        "components": {
            "parameters": {**COMMON, **PATH},
            "schemas": SCHEMAS,
            "responses": {
                "Refused": _answer("Refus, en français et en anglais", "exception"),
            },
        },
    }


def _items(collection: Collection) -> dict[str, Any]:
    columns = [
        _parameter(field.name, field.meaning, SCHEMA_TYPES[field.dtype])
        for field in collection.queryable
        if field.name not in PARAMETERS
    ]
    words, operation = f"{collection.title} : objets", f"getFeatures.{collection.id}"
    return _get(words, operation, "featureCollectionGeoJSON", GEOJSON, [*_named(*COMMON), *columns])


def _named(*names: str) -> list[dict[str, Any]]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _get(
    summary: str,
    operation: str,
    schema: str,
    media: str = JSON,
    parameters: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    refused = {"$ref": "#/components/responses/Refused"}
    return {
        "get": {
            "summary": summary,
            "operationId": operation,
            "tags": ["Atlas 62"],
            "parameters": [*(parameters or _named("f"))],
            "responses": {
                "200": _answer(summary, schema, media),
                **dict.fromkeys(("400", "404", "500", "503"), refused),
            },
        }
    }


def _answer(words: str, schema: str, media: str = JSON) -> dict[str, Any]:
    held = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    page: dict[str, Any] = {HTML: {}}
    return {"description": words, "content": {media: held, **page}}


def _path_parameter(name: str, words: str) -> dict[str, Any]:
    schema = {**_TEXT, "minLength": 1}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


PATH: Final = {
    "collectionId": _path_parameter("collectionId", "Identifiant d’une collection."),
    "featureId": _path_parameter("featureId", "Identifiant d’un objet dans sa collection."),
}
_ONE: Final = "/collections/{collectionId}"
GENERAL: Final[Mapping[str, Any]] = {
    "/": _get("La page d’accueil", "getLandingPage", "landingPage"),
    "/conformance": _get("Ce qui est respecté", "getConformance", "confClasses"),
    "/definition": _get("Cette définition", "getDefinition", "schema", OPENAPI),
    "/collections": _get("Les collections", "getCollections", "collections"),
    _ONE: _get(
        "Une collection", "describeCollection", "collection", JSON, _named("collectionId", "f")
    ),
    f"{_ONE}/items": _get(
        "Ses objets ; chacune de ses colonnes est un paramètre de plus",
        "getFeatures",
        "featureCollectionGeoJSON",
        GEOJSON,
        _named("collectionId", *COMMON),
    ),
    f"{_ONE}/items/{{featureId}}": _get(
        "Un objet",
        "getFeature",
        "featureGeoJSON",
        GEOJSON,
        _named("collectionId", "featureId", "crs", "f"),
    ),
    f"{_ONE}/queryables": _get(
        "Ce qui peut être demandé",
        "getQueryables",
        "schema",
        SCHEMA,
        _named("collectionId", "f"),
    ),
    f"{_ONE}/schema": _get(
        "Ce que disent ses objets", "getSchema", "schema", SCHEMA, _named("collectionId", "f")
    ),
}
"""Addresses that every collection has."""

"""The catalogue in DCAT-AP, as JSON-LD: what data.gouv.fr and other portals harvest.

The properties are those that the harvester of udata reads: title, description, keywords, licence,
publisher, extents, and for each file its address, format, size and sum.
"""

from collections.abc import Iterable
from typing import Any, Final

from app.published.dataset import Dataset, Distribution

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PUBLISHER: Final = "Atlas 62"
TITLE: Final = "Atlas 62 : les contrats de territoire du Pas-de-Calais"
DESCRIPTION: Final = (
    "Les couches de l’Atlas 62, chacune avec ses sources, leur licence et leur millésime."
)
FRENCH: Final = "http://publications.europa.eu/resource/authority/language/FRA"
_FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type"
FORMATS: Final = {
    "gpkg": ("GeoPackage", f"{_FILE_TYPE}/GPKG"),
    "geojson": ("GeoJSON", f"{_FILE_TYPE}/GEOJSON"),
    "csv": ("CSV", f"{_FILE_TYPE}/CSV"),
    "xlsx": ("Classeur", f"{_FILE_TYPE}/XLSX"),
}


def describe(datasets: Iterable[Dataset], root: str) -> dict[str, Any]:
    """Return the catalogue as JSON-LD.

    Parameters
    ----------
    root
        What every address begins with: scheme, name and path.
    """
    here = f"{root}/catalogue"
    return {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _french(TITLE),
        "dct:description": _french(DESCRIPTION),
        "dct:language": {"@id": FRENCH},
        "dct:publisher": _publisher(f"{root}/"),
        "foaf:homepage": {"@id": f"{root}/"},
        "dcat:dataset": [_dataset(one, root) for one in datasets],
    }


def _dataset(one: Dataset, root: str) -> dict[str, Any]:
    layer = one.layer
    page = f"{root}/donnees#couche-{layer.id}"
    said: dict[str, Any] = {
        "@id": f"{root}/catalogue/{layer.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"atlas62-{layer.id}",
        "dct:title": _french(f"{layer.title} (Pas-de-Calais)"),
        "dct:description": _french(f"{layer.remark} Sources : {one.rights}.".strip()),
        "dcat:keyword": [_french(word) for word in one.keywords],
        "dct:language": {"@id": FRENCH},
        "dct:publisher": _publisher(f"{root}/"),
        "dct:creator": [{"@type": "foaf:Agent", "foaf:name": name} for name in one.producers],
        "dct:accessRights": {
            "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
        },
        "dct:modified": {"@value": one.changed, "@type": "xsd:dateTime"},
        "owl:versionInfo": " ; ".join(dict.fromkeys(source.vintage for source in layer.sources)),
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [
            *(_file(one, file, root) for file in one.distributions),
            _service(one, root),
        ],
        "dct:rights": {"@type": "dct:RightsStatement", "dct:description": _french(one.rights)},
    }
    if one.licence:
        said["dct:license"] = {"@id": one.licence}
    if one.bounds:
        said["dct:spatial"] = _place(one.bounds)
    if one.days:
        first, last = one.days
        said["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(first),
            "dcat:endDate": _day(last),
        }
    return said


def _file(one: Dataset, file: Distribution, root: str) -> dict[str, Any]:
    words, kind = FORMATS[file.ending]
    said = {
        "@id": f"{root}/catalogue/{one.layer.id}/{file.ending}",
        "@type": "dcat:Distribution",
        "dct:title": _french(f"{one.layer.title}, {words}"),
        "dcat:accessURL": {"@id": f"{root}{file.path}"},
        "dcat:downloadURL": {"@id": f"{root}{file.path}"},
        "dct:format": {"@id": kind},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "dct:modified": {"@value": one.changed, "@type": "xsd:dateTime"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }
    return said | ({"dct:license": {"@id": one.licence}} if one.licence else {})


def _service(one: Dataset, root: str) -> dict[str, Any]:
    items = f"{root}/api/collections/{one.layer.id}"
    return {
        "@id": f"{root}/catalogue/{one.layer.id}/api",
        "@type": "dcat:Distribution",
        "dct:title": _french(f"{one.layer.title}, OGC API – Features"),
        "dcat:accessURL": {"@id": items},
        "dct:conformsTo": {"@id": "http://www.opengis.net/spec/ogcapi-features-1/1.0"},
        "dct:format": {"@id": f"{_FILE_TYPE}/GEOJSON"},
    } | ({"dct:license": {"@id": one.licence}} if one.licence else {})


def _place(bounds: tuple[float, float, float, float]) -> dict[str, Any]:
    west, south, east, north = (round(number, 5) for number in bounds)
    ring = ", ".join(
        f"{x} {y}"
        for x, y in ((west, south), (east, south), (east, north), (west, north), (west, south))
    )
    outline = {"@value": f"POLYGON(({ring}))", "@type": "geo:wktLiteral"}
    return {"@type": "dct:Location", "locn:geometry": outline, "dcat:bbox": outline}


def _day(text: str) -> dict[str, str]:
    kind = {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(text), "xsd:date")
    return {"@value": text, "@type": kind}


def _publisher(address: str) -> dict[str, Any]:
    return {"@id": f"{address}#editeur", "@type": "foaf:Agent", "foaf:name": PUBLISHER}


def _french(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "fr"}

"""A file of FINESS in the form of the producer's own example: establishments below their bodies."""

import gzip
import json


def site(number, commune, **more):
    """Return an establishment at the town hall of a commune."""
    hall = commune.town_hall
    address = {
        "usageAdresse": "03",
        "numeroVoie": "62",
        "typeVoie": "AV",
        "libelleVoie": "DE JASSERON",
        "cogCommune": commune.code,
        "ligneQuatre": "62 AVENUE DE JASSERON",
        "codePostal": commune.postcodes[0],
        "coordonneesGeographique": {
            "directionLatitude": f"{hall.lat}",
            "directionLongitude": f"{hall.lon}",
            "cleInInteropBAN": f"{commune.code}_1950_00062",
            "scoreBAN": "0.97",
        },
    } | more.pop("address", {})
    told = {"numFinessEge": number, "nomEgeLong": "EHPAD LES LILAS     ", "espic": ["0"]}
    return {
        "informationsGeneralesEGE": told | more.pop("told", {}),
        "categorieentiteGeographiqueExercice": "500",
        "adresse": [{"usageAdresse": "02", "cogCommune": "75056"}, address],
        "contact": [{"telecom": {"telephone": "0321000000"}}],
        "etatObjet": "A",
        "dateDerniereMaj": "2026-11-18 00:00:00",
    } | more


def as_finess(sites, *, packed=True):
    whole = {
        "schemaVersion": "v1.0.0",
        "generatedAt": "2026-11-29T02:14:23Z",
        "gcc": [],
        "pmej": [{"informationsGeneralesPMEJ": {}, "ege": []}, {"ege": sites, "etatObjet": "A"}],
    }
    content = json.dumps(whole, indent=1).encode()
    return gzip.compress(content) if packed else content

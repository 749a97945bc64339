"""What a column of a table that somebody brings is for."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """The part that a column plays; the value is what people write."""

    NAME = "nom"
    ADDRESS = "adresse"
    POSTCODE = "code_postal"
    COMMUNE = "commune"
    COMMUNE_CODE = "code_insee"
    DEPARTEMENT = "departement"
    EPCI = "epci"
    CANTON = "canton"
    TERRITORY = "territoire"
    MDS = "mds"
    DISTRICT = "qpv"
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    POINT = "latitude_longitude"
    X = "x"
    Y = "y"
    SHAPE = "geometrie"
    AMOUNT = "montant"
    NUMBER = "nombre"
    DATE = "date"
    TEXT = "texte"
    IGNORED = "ignorer"


WORDS: Final = {
    Role.NAME: "Nom de la ligne",
    Role.ADDRESS: "Adresse",
    Role.POSTCODE: "Code postal",
    Role.COMMUNE: "Commune",
    Role.COMMUNE_CODE: "Code Insee",
    Role.DEPARTEMENT: "Département",
    Role.EPCI: "EPCI",
    Role.CANTON: "Canton",
    Role.TERRITORY: "Territoire de la MDADT",
    Role.MDS: "Secteur de la MDS",
    Role.DISTRICT: "Quartier prioritaire (QPV)",
    Role.LONGITUDE: "Longitude (degrés)",
    Role.LATITUDE: "Latitude (degrés)",
    Role.POINT: "Latitude et longitude",
    Role.X: "X (Lambert-93)",
    Role.Y: "Y (Lambert-93)",
    Role.SHAPE: "Géométrie (WKT…)",
    Role.AMOUNT: "Montant en euros",
    Role.NUMBER: "Nombre",
    Role.DATE: "Date",
    Role.TEXT: "Texte",
    Role.IGNORED: "Ne pas reprendre",
}

ALONE: Final = frozenset(
    (
        Role.NAME,
        Role.POSTCODE,
        Role.COMMUNE,
        Role.COMMUNE_CODE,
        Role.DEPARTEMENT,
        Role.EPCI,
        Role.CANTON,
        Role.TERRITORY,
        Role.MDS,
        Role.DISTRICT,
        Role.LONGITUDE,
        Role.LATITUDE,
        Role.POINT,
        Role.X,
        Role.Y,
        Role.SHAPE,
    )
)
"""Roles that one column alone may have; several columns make one address."""

AREAS: Final = (Role.EPCI, Role.CANTON, Role.TERRITORY, Role.MDS, Role.DISTRICT)
"""Roles whose values name a perimeter other than a commune: no place of a point."""
AXES: Final = frozenset((Role.LONGITUDE, Role.LATITUDE, Role.X, Role.Y))
POSITION: Final = AXES | {Role.POINT, Role.SHAPE}
"""Roles whose values become the point of the row."""

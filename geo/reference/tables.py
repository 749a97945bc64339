"""The tables of ``data/communes`` and what they are made from, each declared once."""

from typing import Final

from geo.tables import Column, Table

_NAME: Final = Column("name", "Nom français, avec ses signes.")
_SIREN: Final = Column("epci", "SIREN de l’intercommunalité.")

COMMUNES: Final = Table(
    "communes/communes.csv",
    (
        Column("code", "Code Insee de la commune en 2026."),
        _NAME,
        _SIREN,
        Column("cantons", "Codes des cantons dont la commune est, en tout ou partie.", "codes"),
        Column("arrondissement", "Code de l’arrondissement."),
        Column("territory", "Territoire de la MDADT."),
        Column("mds_area", "Secteur de la MDS."),
        Column("population", "Population municipale, habitants.", "count"),
        Column("postcodes", "Codes postaux.", "codes"),
        Column("area_km2", "Superficie mesurée en EPSG:2154, km².", "number"),
        Column("town_hall_lon", "Longitude de la mairie, degrés, WGS 84.", "number"),
        Column("town_hall_lat", "Latitude de la mairie, degrés, WGS 84.", "number"),
        Column("town_hall_precision", "Finesse de ce point : « site » ou « commune »."),
        Column("town_hall_address", "Adresse de la mairie.", optional=True),
        Column("town_hall_phone", "Téléphone de la mairie.", optional=True),
        Column("town_hall_website", "Site de la commune.", optional=True),
        Column("town_hall_opening_hours", "Horaires, tels que la source les écrit.", optional=True),
    ),
)
EPCIS: Final = Table(
    "communes/epcis.csv",
    (
        Column("code", "SIREN de l’intercommunalité."),
        Column("name", "Nom d’affichage."),
        Column("official_name", "Nom officiel."),
        Column("kind", "Nature : CC, CA ou CU."),
        Column("territory", "Territoire de la MDADT."),
        Column("mds_area", "Secteur de la MDS."),
        Column("communes_inside", "Nombre de communes dans le département.", "count"),
        Column("communes_outside", "Codes des communes hors du département.", "codes"),
        Column("population_inside", "Habitants dans le département.", "count"),
        Column("population", "Habitants en tout.", "count"),
        Column("area_inside_km2", "Superficie dans le département, km².", "number"),
        Column("area_km2", "Superficie en tout, km².", "number"),
    ),
)
EPCI_NAMES: Final = Table(
    "communes/epci_names.csv",
    (
        _SIREN,
        _NAME,
        Column("use", "Emploi du nom : affichage, sigle, officiel…"),
        Column("source", "D’où vient le nom."),
    ),
)
TERRITORIES: Final = Table(
    "communes/territories.csv",
    (
        Column("code", "Mot qui désigne le territoire de la MDADT."),
        _NAME,
        Column("epcis", "SIREN des intercommunalités du territoire.", "codes"),
    ),
)
MDS_AREAS: Final = Table(
    "communes/mds_areas.csv",
    (
        Column("code", "Mot qui désigne le secteur de la MDS."),
        _NAME,
        Column("territory", "Territoire de la MDADT qui le contient."),
        Column("epcis", "SIREN des intercommunalités du secteur.", "codes"),
    ),
)
CANTONS: Final = Table(
    "communes/cantons.csv",
    (
        Column("code", "Code Insee du canton."),
        _NAME,
        Column("seat", "Code de la commune qui est son bureau centralisateur.", optional=True),
        Column("shared_communes", "Communes dont une partie seulement en est.", "codes"),
    ),
)
ARRONDISSEMENTS: Final = Table(
    "communes/arrondissements.csv",
    (
        Column("code", "Code Insee de l’arrondissement."),
        _NAME,
        Column("seat", "Code de la commune chef-lieu."),
    ),
)
FORMER_COMMUNES: Final = Table(
    "communes/former_communes.csv",
    (
        Column("code", "Code Insee d’alors."),
        Column("name", "Nom d’alors."),
        Column("current", "Code de la commune d’aujourd’hui."),
        Column("date", "Jour du changement.", "date"),
        Column("status", "Ce qu’il en est resté : ancien nom, absorbée, déléguée, associée."),
    ),
)
COMMUNE_NAMES: Final = Table(
    "communes/commune_names.csv",
    (
        Column("commune", "Code Insee de la commune."),
        Column("name", "Nom en usage, qui n’est pas officiel."),
        Column("source", "D’où vient le nom."),
    ),
)
MEMBERSHIP_2024: Final = Table(
    "communes/membership_2024.csv",
    (Column("code", "Code Insee de la commune en 2024."), _NAME, _SIREN),
)
PRINTED_TERRITORIES: Final = Table(
    "communes/printed_territories.csv",
    (
        Column("territory", "Territoire de la MDADT."),
        Column("communes", "Nombre de communes imprimé.", "count"),
        Column("area_km2", "Superficie imprimée, km².", "number"),
        Column("area_as_printed", "Les mots imprimés."),
        Column("document", "Document qui le dit."),
        Column("line_communes", "Ligne du nombre de communes.", "count"),
        Column("line_area", "Ligne de la superficie.", "count"),
    ),
)
"""What a report prints of the territories: the tests hold the membership of 2024 against it."""

TOWN_HALLS_REFUSED: Final = Table(
    "communes/town_halls_refused.csv",
    (
        Column("code", "Code Insee de la commune."),
        _NAME,
        Column("package_lon", "Longitude que donne le paquet, degrés.", "number", optional=True),
        Column("package_lat", "Latitude que donne le paquet, degrés.", "number", optional=True),
        Column("reason", "Pourquoi le point n’est pas cru."),
    ),
)
"""What ``make data`` did not believe, kept for who wonders."""

HISTORY: Final = Table(
    "build/history.csv",
    (
        Column("code", "Code Insee d’alors."),
        Column("name", "Nom d’alors."),
        Column("current", "Code de la commune d’aujourd’hui."),
        Column("date", "Jour du changement.", "date"),
    ),
)
"""Where ``make data`` takes former names from."""

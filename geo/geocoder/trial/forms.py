"""Forms: how people write places in free text, with a gap for each name.

``{code}`` is an INSEE code, ``{epci}`` the commune's EPCI, ``{named}`` a site of the gazetteer,
``{other}`` another commune.
"""

from typing import Final

SITES: Final = (
    "Salle des fêtes", "Médiathèque", "Piscine", "École primaire", "Maison de santé", "Gymnase",
    "Complexe sportif", "Centre social", "Zone d’activités", "Église", "Ancienne gare", "Stade",
    "Béguinage", "Friche industrielle", "Base de loisirs", "Pôle culturel", "Marché couvert",
)  # fmt: skip

FREE_ANYWHERE: Final = (
    "{site} de {commune}", "{site} à {commune}", "{site} – {commune}", "{site}, {commune}",
    "centre-bourg de {commune}", "Commune de {commune}", "{commune}", "{commune} – {street}",
    "{street} à {commune}", "Mairie de {commune}", "{commune} ({site}, {street})",
    "Construction d’une {site} sur la commune de {commune}", "{site} / {street} à {commune}",
    "Requalification du centre-ville de {commune} et de ses abords", "{commune}, {site}",
    "Ville de {commune} - {site}", "{site} {commune}", "{commune} {site}",
    "quartier de la gare à {commune}",
    "Aménagement d’une liaison douce entre la {site} et la {street}, {commune}",
    "Le projet est situé à {commune}, {street}, près de la {site}",
)  # fmt: skip

FREE: Final = (
    *FREE_ANYWHERE, "{commune} ({code})", "{code} {commune}", "{code}", "Code Insee {code}",
    "{epci}, {commune}", "{site} à {commune} ({epci})", "{epci} – {site}, {commune}",
    "{epci} pour la commune de {commune}", "{commune} et {other}", "{other} et {commune}",
    "entre {commune} et {other}", "entre {other} et {commune}",
    "{site} à {commune} et {other}", "{site} à {other} et {commune}",
)  # fmt: skip

SITED: Final = (
    "{named}", "{named}", "{named}, {commune}", "{named} {commune}", "{named} – {street}",
    "Abords : {named}", "{street} (près : {named})", "{commune}, {street}, {named}",
)  # fmt: skip

ABROAD: Final = (
    "{commune}, {country}", "{street}, {commune} ({country})", "{site}, {commune}, {country}",
    "{street}, {other} ({country})",
)  # fmt: skip

AREAS: Final = (
    "{area}", "Siège de la {area}", "Territoire de la {area}", "{area}, toutes les communes",
    "L’ensemble des communes de la {area}", "{site}, {area}",
)  # fmt: skip

NOWHERE: Final = (
    "{street}", "{site}", "{site}, {street}", "à définir", "sans objet", "non communiqué",
    "{site} intercommunale, lieu à préciser", "périmètre du projet", "ensemble du territoire",
)  # fmt: skip

CONTRACTED: Final = (
    (" de Le ", " du "), (" de Les ", " des "), (" à Le ", " au "), (" à Les ", " aux "),
    *((f" de {vowel}", f" d’{vowel}") for vowel in "AEÉÈIOUY"),
)  # fmt: skip
"""What French makes of a preposition before an article or a vowel."""

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

WAYS: Final = (
    "rue", "rue", "rue", "rue", "rue", "Rue", "avenue", "boulevard", "place", "route", "chemin",
    "impasse", "allée", "résidence", "square", "ruelle", "r.", "av.", "bd", "pl.", "voie", "quai",
    "cité", "passage", "sentier",
)  # fmt: skip

STREETED: Final = (
    "{street}, {code} {commune}", "{street}, {code} {commune}", "{street} {code} {commune}",
    "{street} {commune}", "{street}, {commune}", "{street} - {commune}", "{commune}, {street}",
    "{street} {commune} {code}", "{street} à {commune}", "{commune} ({street})",
)  # fmt: skip
"""Forms of a street with its commune."""

ENDING: Final = (
    "rue Basse", "rue Neuve", "impasse Vieille", "rue Robert", "résidence Grand", "rue Haute",
    "rue Arthur", "allée Petit", "place Vieux", "rue Ancienne", "avenue Docteur", "cité Nouvelle",
)  # fmt: skip
"""Beginnings of a street that is called by the name of another commune."""

PARTED: Final = (
    "{street}, {commune}", "{street}, {commune}", "{street}, {code} {commune}",
    "{street} - {commune}", "{street} - {code} {commune}", "{commune} – {street}",
)  # fmt: skip

ELSEWHERE: Final = (
    "{code} {commune}", "{commune} {code}", "{street}, {code} {commune}",
    "{street} {code} {commune}", "{street} - {code} {commune}", "{commune} ({where})",
    "{street}, {commune} ({where})", "{commune} ({number})", "{commune}, {where}",
    "Mairie de {commune}, {code}", "{code} – {commune}", "{commune}, {code}",
)  # fmt: skip
"""Forms of a place in another département."""

OPERATIONS: Final = (
    "Subvention de {money} € pour la salle de {commune}",
    "Travaux, {money} € HT, commune de {commune}",
    "{money} € - toit de l’école de {commune}",
    "Réfection de la toiture de l’église Saint-{saint} de {commune}",
    "Restauration de l’église Saint-{saint}, centre-bourg de {commune}",
    "Rénovation de l’école {person} à {commune}",
    "Réhabilitation de la salle {person} de {commune}",
    "Extension du collège {person} à {commune}",
    "Collège {person} – {commune}",
    "Construction d’une médiathèque à {commune}",
    "Aménagement de la {street} à {commune}",
    "{commune} : requalification de la {street}",
    "ZA de {commune}, extension",
    "Viabilisation de la ZAC de {commune}",
    "Réfection du pont de {commune}",
    "Création d’une voie verte entre la gare et le centre de {commune}",
    "Commune de {commune} – aménagement du cœur de bourg",
    "Construction d’un béguinage à {commune} ({money} € de FIT)",
    "Création d’une maison de santé à {commune}, coût total {money},00 € HT",
    "Commune de {commune} : aide de {money} euros pour l’aire de jeux",
    "Sécurisation de la traversée de {commune} (RD 341)",
    "Rénovation énergétique de la mairie de {commune}",
    "Aménagement des abords de la chapelle Sainte-Barbe à {commune}",
    "Mise en accessibilité des services publics de {commune}",
    "Base nautique de {commune} : requalification du bassin",
    "Réhabilitation de la friche ferroviaire, {commune}",
    "Création d’un terrain multisports, stade {person}, {commune}",
    "Développement de l’intermodalité au pôle gare de {commune}",
    "École {person} de {commune} : remplacement des menuiseries, {money} € TTC",
    "Étude de programmation pour la ville haute de {commune}",
)  # fmt: skip
"""Forms of the title of an operation."""

CONTRACTED: Final = (
    (" de Le ", " du "), (" de Les ", " des "), (" à Le ", " au "), (" à Les ", " aux "),
    *((f" de {vowel}", f" d’{vowel}") for vowel in "AEÉÈIOUY"),
)  # fmt: skip
"""What French makes of a preposition before an article or a vowel."""

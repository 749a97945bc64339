"""Sites of the Département, as far as public pages name them: never the whole network."""

from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, PLACE
from layers.model.tables import Table
from layers.services import (
    ADDRESS,
    NAME,
    WHERE,
    coded,
    kind_field,
    read_sites,
    site_summary,
    site_title,
)

KINDS: Final = {
    "MDS": "maison du Département solidarité (MDS)",
    "MDADT": "maison du Département aménagement et développement territorial (MDADT)",
    "CER": "centre d’entretien routier (CER)",
    "CPEF": "centre de planification (CPEF)",
    "youth_house": "maison des adolescents",
    "service_house": "maison de services",
}

TABLE: Final = Table(
    "services/departmental_sites.csv",
    (
        NAME,
        coded("kind", KINDS, "Catégorie", "Nature du site."),
        Field("territory", "Territoire", "Territoire que le site sert.", nullable=True),
        ADDRESS,
        *WHERE,
        Field("info_date", "Date", "Date de l’information.", "date"),
        Field("source_page", "Page", "Page publique où le site est cité."),
        Field("remark", "Remarque", "Doute sur la ligne.", nullable=True),
    ),
    key="name",
)

SITES_DEPARTEMENTAUX: Final[Layer] = Layer(
    id="sites_departementaux",
    title="Sites départementaux",
    geometry="point",
    key="name",
    fields=(
        NAME,
        kind_field(KINDS, "Nature du site."),
        *TABLE.pick("address", "info_date", "source_page", "remark"),
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Pages publiques du Département et de la presse locale",
            "Département du Pas-de-Calais et divers",
            "non précisée (noms et adresses)",
            "2011 à 2026 selon la ligne",
            "https://www.pasdecalais.fr",
        ),
        Source(
            "FINESS, par Eurostat (centres de planification)",
            "Agence du numérique en santé",
            "Licence Ouverte",
            "29 mars 2020",
            "https://finess.esante.gouv.fr",
        ),
    ),
    read=read_sites(TABLE, kind=KINDS),
    title_of=site_title,
    summary_of=site_summary,
    remark=(
        "Liste incomplète : 20 sites trouvés. Le rapport d’activité 2022 compte 9 MDS (ligne 1519) "
        "et 7 MDADT (ligne 5113) ; les livrets montrent des centres d’exploitation routier sans "
        "les compter (délibération n° 2023-534, ligne 320). Cette couche n’est pas leur réseau."
    ),
)

"""Fire and rescue centres of the SDIS 62, and its headquarters."""

from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE
from layers.model.tables import Table
from layers.services import (
    ADDRESS,
    NAME,
    POSTCODE,
    WHERE,
    coded,
    kind_field,
    read_sites,
    site_summary,
    site_title,
)

KINDS: Final = {
    "fire_station": "centre d’incendie et de secours",
    "headquarters": "direction ou groupement",
}

TABLE: Final = Table(
    "services/fire_stations.csv",
    (
        NAME,
        coded("kind", KINDS, "Catégorie", "Centre de secours, ou direction et groupements."),
        Field("grouping", "Groupement", "Groupement territorial du SDIS.", nullable=True),
        ADDRESS,
        POSTCODE,
        *WHERE,
        OUTSIDE,
    ),
    key="name",
)

CENTRES_INCENDIE: Final[Layer] = Layer(
    id="centres_incendie",
    title="Centres d’incendie et de secours",
    geometry="point",
    key="name",
    fields=(
        NAME,
        kind_field(KINDS, "Centre de secours, ou direction et groupements."),
        *TABLE.pick("grouping", "address", "postcode"),
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Centres du SDIS 62",
            "Service départemental d’incendie et de secours du Pas-de-Calais",
            "non précisée (noms et adresses)",
            "2026",
            "https://www.sdis62.fr",
        ),
    ),
    read=read_sites(TABLE, kind=KINDS),
    title_of=site_title,
    summary_of=site_summary,
    known_total=51,
    remark=(
        "47 centres et 4 directions ou groupements ; les centres de première intervention "
        "n’y sont pas. Presque tous sont connus à la commune près."
    ),
)

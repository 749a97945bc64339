"""Fire and rescue centres of the SDIS 62 and, apart, its headquarters, which no engine leaves."""

from pathlib import Path
from typing import Final

import geopandas as gpd

from geo.reference.places import Reference
from layers.model.layer import Field, Layer, Read, Source
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

_SOURCES: Final = (
    Source(
        "Centres du SDIS 62",
        "Service départemental d’incendie et de secours du Pas-de-Calais",
        "non précisée (noms et adresses)",
        "2026",
        "https://www.sdis62.fr",
    ),
)


def _only(kind: str) -> Read:
    """Return the reader of the rows of one kind."""
    read_all = read_sites(TABLE, kind=KINDS)

    def read(reference: Reference, data: Path) -> gpd.GeoDataFrame:
        rows = read_all(reference, data)
        # what is neither stays, for the schema to refuse
        return rows[(rows["kind"] == KINDS[kind]) | ~rows["kind"].isin(KINDS.values())]

    return read


def _layer(identifier: str, title: str, kind: str, known_total: int, remark: str) -> Layer:
    return Layer(
        id=identifier,
        title=title,
        geometry="point",
        key="name",
        fields=(
            NAME,
            kind_field({kind: KINDS[kind]}, "Centre de secours, ou direction et groupements."),
            *TABLE.pick("grouping", "address", "postcode"),
            *PLACE,
            *GEOCODED,
        ),
        sources=_SOURCES,
        read=_only(kind),
        title_of=site_title,
        summary_of=site_summary,
        known_total=known_total,
        remark=remark,
    )


CENTRES_INCENDIE: Final[Layer] = _layer(
    "centres_incendie",
    "Centres d’incendie et de secours",
    "fire_station",
    47,
    "Les centres de première intervention n’y sont pas, les sièges du SDIS non plus. Presque tous "
    "sont connus à la commune près.",
)

SIEGES_INCENDIE: Final[Layer] = _layer(
    "sieges_incendie",
    "Sièges du SDIS (direction et groupements)",
    "headquarters",
    4,
    "La direction départementale et les trois groupements territoriaux : aucun secours n’en part.",
)

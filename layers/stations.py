"""Passenger railway stations."""

from typing import Final

from layers.model.layer import Field, Layer, Source
from layers.model.points import GEOCODED, OUTSIDE, PLACE
from layers.model.tables import Table
from layers.services import (
    NAME,
    NAME_SOURCE,
    WHERE,
    read_sites,
    site_summary,
    site_title,
)

TABLE: Final = Table(
    "services/stations.csv",
    (
        Field("station_code", "Code", "Code de la gare, à trois lettres."),
        NAME,
        NAME_SOURCE,
        *WHERE,
        OUTSIDE,
    ),
    key="station_code",
)

GARES: Final[Layer] = Layer(
    id="gares",
    title="Gares",
    geometry="point",
    key="station_code",
    fields=(
        *TABLE.pick("station_code", "name"),
        *PLACE,
        *GEOCODED,
    ),
    sources=(
        Source(
            "Gares de voyageurs",
            "SNCF Gares & Connexions",
            "ODbL 1.0",
            "vers 2024-2025",
            "https://ressources.data.sncf.com",
        ),
    ),
    read=read_sites(TABLE),
    title_of=site_title,
    summary_of=site_summary,
    known_total=79,
    remark="Une gare de la liste peut n’avoir presque plus de desserte.",
)

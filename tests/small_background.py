"""A small background round Arras, and a canal far from it; one name is hostile."""

import shapely

from geo.background.features import FILE, Detail, Feature, Kind, write_background
from layers.connectors.declaration import Origin
from layers.connectors.kept import KeptSource
from layers.connectors.openstreetmap.background import CONNECTOR
from tests.layers.connectors.taken_files import facts

HOSTILE = "La Scarpe <script>alert(1)</script>"
EAST, NORTH = 684_200.0, 7_021_700.0
"""In Arras, metres."""


def line(*points):
    return shapely.MultiLineString([[(EAST + x, NORTH + y) for x, y in points]])


FEATURES = (
    Feature(
        Kind.BUILT, "", "", shapely.box(EAST - 2_000, NORTH - 1_500, EAST + 2_000, NORTH + 500)
    ),
    Feature(Kind.RIVER, HOSTILE, "", line((-20_000, 3_000), (0, 2_500), (20_000, 2_000))),
    Feature(Kind.CANAL, "Canal de Calais", "", line((-60_000, 55_000), (-50_000, 55_000))),
    Feature(Kind.RAIL, "", "", line((-9_000, -9_000), (9_000, 9_000))),
    Feature(Kind.SECONDARY, "", "D60", line((0, 0), (4_000, -9_000))),
    Feature(Kind.PRIMARY, "", "D939", line((-20_000, 800), (20_000, -800))),
    Feature(Kind.MOTORWAY, "", "A26", line((6_000, 20_000), (6_000, -20_000))),
)
BACKGROUND = {
    Detail.FAR: tuple(one for one in FEATURES if one.kind is not Kind.SECONDARY),
    Detail.MIDDLE: FEATURES,
    Detail.NEAR: FEATURES,
}


def take_background(folder):
    """Return the folder of the facts with the background among them."""
    origin = Origin(
        CONNECTOR.title,
        CONNECTOR.producer,
        CONNECTOR.licence,
        CONNECTOR.address,
        "2026-11-30T12:00:00+00:00",
        "2026-11-20",
        6_500,
        "0" * 64,
        period="extrait du 20 novembre 2026",
    )
    content = write_background(BACKGROUND)
    KeptSource(folder / "sources", CONNECTOR).keep({FILE: content}, origin, "bien")
    return facts(folder)

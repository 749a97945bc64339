"""A light background of our own from an extract: roads, water, railways, built-up areas."""

from datetime import date
from pathlib import Path
from typing import Final

import shapely

from geo.background.extract import read_extract
from geo.background.features import (
    CREDIT,
    FILE,
    Background,
    BackgroundError,
    Detail,
    Kind,
    kilometres,
    write_background,
)
from geo.background.generalising import generalise
from geo.openstreetmap import MISSING, has_pyosmium
from geo.perimeter import Level
from geo.reference.places import Reference
from layers.connectors.declaration import Connector, ConnectorError, Direct, Feed, Taken
from layers.french.wording import format_date, format_number, plural

GEOFABRIK: Final = "https://download.geofabrik.de"
WANTED: Final = {
    "routes": frozenset(kind for kind in Kind if kind.is_road),
    "cours d’eau": frozenset(kind for kind in Kind if kind.is_water),
    "voies ferrées": frozenset((Kind.RAIL,)),
    "zones bâties": frozenset((Kind.BUILT,)),
}
"""What must be there, each of them."""


class BackgroundFeed(Feed):
    """Feeds the background of the maps; what is usual are kilometres: two carriageways are two."""

    def missing(self) -> str:
        """Return that pyosmium is not installed, where it is not."""
        return "" if has_pyosmium() else MISSING

    def make(
        self, path: Path, connector: Connector, reference: Reference, _data: Path, at: date
    ) -> Taken:
        """Return the background of the département and its EPCIs; raises ConnectorError."""
        epcis = reference.outlines(Level.EPCI).set_index("code").geometry
        try:
            raw = read_extract(path)
            background = generalise(raw, epcis.union_all())
        except BackgroundError as error:
            raise ConnectorError(f"{connector.title} : {error}") from error
        _refuse_lacking(background, connector)
        for code, outline in epcis.items():
            _refuse_empty(background, reference.epcis[str(code)].name, outline, connector)
        count = round(kilometres(background[Detail.NEAR]))
        return Taken(
            {FILE: write_background(background)},
            count,
            raw.day if raw.day <= at.isoformat() else "",
            (_tell(background), *_tell_broken(raw.broken)),
            f"extrait du {format_date(date.fromisoformat(raw.day))}" if raw.day else "",
        )


def _refuse_lacking(background: Background, connector: Connector) -> None:
    found = {one.kind for one in background[Detail.NEAR]}
    for said, kinds in WANTED.items():
        if not found & kinds:
            raise ConnectorError(
                f"{connector.title} : pas de {said} dans le Pas-de-Calais ; attendu l’extrait "
                "Nord-Pas-de-Calais ou plus large."
            )


def _refuse_empty(
    background: Background, name: str, outline: shapely.Geometry, connector: Connector
) -> None:
    """Refuse an extract that stops in the middle of the département: each EPCI has main roads."""
    shapely.prepare(outline)
    roads = [one.shape for one in background[Detail.NEAR] if one.kind.is_road]
    if not shapely.intersects(outline, roads).any():
        raise ConnectorError(
            f"{connector.title} : pas de route principale dans « {name} » ; l’extrait est sans "
            "doute coupé."
        )


def _tell(background: Background) -> str:
    near = background[Detail.NEAR]
    roads, water, rail = (
        format_number(round(kilometres(one for one in near if one.kind in WANTED[said])))
        for said in ("routes", "cours d’eau", "voies ferrées")
    )
    built = sum(shapely.area(one.shape) for one in near if one.kind is Kind.BUILT) / 1e6
    return (
        f"{roads} km de routes, {water} km de cours d’eau, {rail} km de voies ferrées, "
        f"{plural(round(built), 'km²', 'km²')} de zones bâties. {CREDIT}."
    )


def _tell_broken(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    left_out = plural(count, "zone bâtie laissée de côté", "zones bâties laissées de côté")
    return (f"{left_out} : contour ouvert ou croisé dans l’extrait.",)


CONNECTOR: Final = Connector(
    id="fond",
    feed=BackgroundFeed(
        files=(FILE,),
        cited=FILE,
        title="le fond des cartes (routes, cours d’eau, voies ferrées, zones bâties)",
        about=6_500,
        counted="kilomètre",
    ),
    title="OpenStreetMap, extrait Nord-Pas-de-Calais (Geofabrik)",
    producer="les contributeurs d’OpenStreetMap",
    licence="ODbL 1.0",
    address="https://www.openstreetmap.org/copyright",
    where=Direct(
        f"{GEOFABRIK}/europe/france/nord-pas-de-calais-latest.osm.pbf", (GEOFABRIK,), ".md5"
    ),
    columns=("highway", "waterway", "railway", "landuse"),
    rhythm=180,
    most_bytes=1_000_000_000,
    change=0.5,
)

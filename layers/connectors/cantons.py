"""Official outlines of the cantons, from the WFS of the IGN: they say how communes are cut."""

from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import Level
from geo.reference.places import Reference
from layers.areas import CANTONS, OFFICIAL_CANTONS
from layers.connectors.declaration import Connector, ConnectorError, Direct, Feed, Taken
from layers.connectors.qpv import read_areas
from layers.french.wording import plural
from layers.model.points import EASTERNMOST

IGN: Final = "https://data.geopf.fr"
HOME: Final = "62"
CODE: Final = "code_insee"
DEPARTEMENT: Final = "code_insee_du_departement"
LEAST_INSIDE: Final = 0.9
"""Share of an official outline that must lie in the communes of its canton, whole ones."""
MOST_LEFT_OUT: Final = 0.05
MOST_TWICE: Final = 0.001
"""Shares of the département that the cantons may leave out, or cover twice: were they to share
whole communes, it would be 0.02."""
METRES: Final = 5.0
"""Tolerance of what is shown: edges of neighbours stay the same."""
QUESTION: Final = {
    "SERVICE": "WFS",
    "VERSION": "2.0.0",
    "REQUEST": "GetFeature",
    "TYPENAMES": "LIMITES_ADMINISTRATIVES_EXPRESS.LATEST:canton",
    "CQL_FILTER": f"{DEPARTEMENT}='{HOME}'",
    "SRSNAME": "EPSG:4326",
    "OUTPUTFORMAT": "application/json",
    "COUNT": "1000",
}


class CantonOutlines(Feed):
    """Feeds the outlines of the cantons; their communes and inhabitants stay the embedded ones."""

    def make(
        self, path: Path, connector: Connector, reference: Reference, _data: Path, _at: date
    ) -> Taken:
        """Return the outlines of the cantons; raises ConnectorError."""
        found = read_areas(path, connector, _code_of)
        known = reference.outlines(Level.CANTON).set_index("code").geometry
        missing = [code for code in known.index if code not in found]
        if missing:
            raise ConnectorError(
                f"{connector.title} : pas de contour du canton {missing[0]}, "
                f"{len(known)} attendus, {len(known) - len(missing)} trouvés."
            )
        ours = gpd.GeoSeries({code: found[code] for code in known.index}, crs=EXCHANGE)
        if np.abs(ours.total_bounds).max() > EASTERNMOST:
            raise ConnectorError(f"{connector.title} : des contours en degrés étaient attendus.")
        measured = ours.to_crs(MEASURE)
        _refuse_others(measured, known, connector)
        shown = gpd.GeoSeries(
            shapely.coverage_simplify(measured.to_numpy(), METRES), index=known.index, crs=MEASURE
        )
        frame = gpd.GeoDataFrame({"code": known.index}, geometry=shown.to_numpy(), crs=MEASURE)
        content: str = frame.to_crs(EXCHANGE).to_json()
        return Taken({OFFICIAL_CANTONS: content.encode()}, len(frame))


def _code_of(properties: dict[str, Any]) -> str:
    """Return the code of a canton, with its département; the service may give it without."""
    return str(properties[DEPARTEMENT]) + str(properties[CODE])[-2:]


def _refuse_others(ours: gpd.GeoSeries, known: gpd.GeoSeries, connector: Connector) -> None:
    inside = ours.intersection(known, align=False).area / ours.area
    for code, share in inside.items():
        if not (share >= LEAST_INSIDE and ours[code].geom_type.endswith("Polygon")):
            raise ConnectorError(
                f"{connector.title} : le contour du canton {code} n’est pas où on l’attend."
            )
    whole = known.union_all()
    covered = ours.union_all().intersection(whole).area
    twice = ours.area.sum() - ours.union_all().area
    for area, most, said in (
        (whole.area - covered, MOST_LEFT_OUT, "sans canton"),
        (twice, MOST_TWICE, "dans deux cantons"),
    ):
        if area > most * whole.area:
            raise ConnectorError(
                f"{connector.title} : {plural(round(area / 1e6), 'km²', 'km²')} {said}, "
                f"{round(most * whole.area / 1e6)} au plus."
            )


CONNECTOR: Final = Connector(
    id="cantons",
    feed=CantonOutlines(
        files=(OFFICIAL_CANTONS,),
        title="les contours des cantons",
        layer=CANTONS,
        cited=CANTONS.id,
        remark="Contours officiels, aussi dans les quatre communes que des cantons se partagent ; "
        "ce que chacun y compte d’habitants n’est pas connu ici.",
        added=True,
        about=CANTONS.known_total or 0,
    ),
    title="Limites administratives (ADMIN EXPRESS), cantons",
    producer="IGN",
    licence="Licence Ouverte 2.0",
    address="https://geoservices.ign.fr/adminexpress",
    where=Direct(f"{IGN}/wfs/ows?{urlencode(QUESTION)}", (IGN,)),
    columns=(CODE, DEPARTEMENT),
    rhythm=400,
    change=0.0,
)

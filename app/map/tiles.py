"""The base map: off unless the operator wants it, since its tiles come from a third party."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import dash_leaflet as dl
from dash import html
from dash.development.base_component import Component

from app.settings import BaseMap


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles come from.

    Parameters
    ----------
    origin
        Scheme and host, which the page's policy must let through.
    path
        Of a tile, with Leaflet's places for zoom, row and column.
    deepest
        Greatest zoom that is served.
    credit
        Whom the licence wants named on the map.
    keeper
        Who runs the server, to follow « de ».
    referrer
        What the browser tells the server of our page, as a policy: ``no-referrer``, or ``origin``
        for a server that refuses those who do not say where they come from.
    """

    origin: str
    path: str
    deepest: int
    credit: str
    keeper: str
    referrer: str = "no-referrer"

    @property
    def names_us(self) -> bool:
        """Whether the server learns the address of our site."""
        return self.referrer != "no-referrer"

    @property
    def notice(self) -> str:
        """What a visitor must know: that their browser also talks to someone else."""
        host = self.origin.removeprefix("https://")
        return (
            f"Le fond de carte vient du serveur {host}, de {self.keeper}\u00a0: "
            "votre navigateur lui demande les images de l’endroit que vous regardez, "
            f"et lui donne ainsi votre adresse IP{' et celle de ce site' * self.names_us}."
        )


TILES: Final[Mapping[BaseMap, Tiles]] = {
    BaseMap.PLAN_IGN: Tiles(
        "https://data.geopf.fr",
        "/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=normal&FORMAT=image/png"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&TILEMATRIXSET=PM"
        "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
        19,
        "Fond de carte\u00a0: © IGN, Plan IGN, Licence Ouverte",
        "l’Institut national de l’information géographique et forestière (IGN)",
    ),
    BaseMap.OPENSTREETMAP: Tiles(
        "https://tile.openstreetmap.org",
        "/{z}/{x}/{y}.png",
        19,
        "Fond de carte\u00a0: © les contributeurs d’OpenStreetMap, ODbL",
        "la fondation OpenStreetMap",
        "origin",
    ),
}


def image_origins(base_map: BaseMap) -> tuple[str, ...]:
    """Return the hosts that the page may load images from, besides its own."""
    return (TILES[base_map].origin,) if base_map in TILES else ()


def render_tiles(base_map: BaseMap) -> list[Component]:
    """Return the layer of tiles, none when there is no base map."""
    if base_map not in TILES:
        return []
    tiles = TILES[base_map]
    return [
        dl.TileLayer(
            url=tiles.origin + tiles.path,
            maxNativeZoom=tiles.deepest,
            referrerPolicy=tiles.referrer,
        )
    ]


def render_credit(base_map: BaseMap) -> list[Component]:
    """Return the credit and the notice that stand on the map, none when there is no base map."""
    if base_map not in TILES:
        return []
    tiles = TILES[base_map]
    return [
        html.Span(tiles.credit),
        html.Details([html.Summary("Vos données"), html.P(tiles.notice)]),
    ]

"""The map: panes, static files, and the names of the browser's functions that draw them."""

from typing import Any, Final
from urllib.parse import quote

import dash_leaflet as dl
from dash import html
from dash.development.base_component import Component

from app.drawing.signs import sign_of, sized_by
from app.drawing.theme import LARGEST_RADIUS
from app.map.atlas import Atlas, Bounds
from app.map.tiles import render_credit, render_tiles
from app.parts.keys import MAP_HELP
from app.parts.typography import typeset
from app.view.state import ViewState
from app.view.viewport import LATITUDES, LONGITUDES, ZOOMS, MapView
from geo.perimeter import Level
from layers.background import FOND, MAP_CREDIT
from layers.catalogue.layers import Catalogue
from layers.communes import outlines_credit
from layers.model.layer import LayerError

PANES: Final = {
    "around": 200,
    "zones": 300,
    "communes": 310,
    "limits": 320,
    "perimeters": 330,
    "selection": 340,
    "circles": 400,
    "points": 410,
    "names": 420,
}
"""What is drawn over what."""

CLUSTERED_FROM: Final = 1_500
"""Points of a layer; more of them are gathered until they are looked at from near."""
CLUSTERS: Final = {"radius": 140, "maxZoom": 12}
"""Of supercluster: half pixels within which points are gathered, the last zoom that gathers."""

ZOOM_STEP: Final = 0.25
"""Of the zooms at which the map comes to rest."""
PADDING: Final = 16
"""Pixels that are left free around what is framed."""
CLOSEST: Final = 13
"""Zoom beyond which nothing is framed."""

HEARING: Final = ("zones", "communes")
"""Parts that the pointer speaks to."""

ZOOM_BUTTONS: Final = (
    ("+", "in", "Agrandir la carte"),
    ("−", "out", "Réduire la carte"),
    ("⌂", "home", "Voir tout le Pas-de-Calais"),
)


def render_map(atlas: Atlas, view: ViewState) -> Component:
    """Return the map as it first appears; the address of every file is in it."""
    urls = atlas.geometry_urls()
    level = view.level if view.level != Level.COMMUNE else Level.EPCI
    parts = [
        outlines("around", atlas.files["around"].url, "backgroundStyle"),
        outlines("zones", urls[level][0], "zoneStyle", "eachZone"),
        outlines("communes", urls[Level.COMMUNE][0], "communeStyle", "eachCommune"),
        outlines("limits", urls[level][0], "epciLimit", "eachLine"),
        outlines(
            "outline",
            urls[Level.DEPARTEMENT][0],
            "departementLimit",
            "eachLine",
            pane="limits",
        ),
        *(_points(atlas, layer_id, view) for layer_id in atlas.point_layers),
    ]
    frame = frame_of(atlas.frame(view), view.map_view)
    return render_map_box(atlas, parts, MAP_HELP, frame, background=FOND in view.layers)


def render_map_box(
    atlas: Atlas,
    parts: list[Component],
    help_text: str,
    frame: dict[str, Any],
    *,
    background: bool = False,
) -> Component:
    """Return a map of parts that looks where a frame says, with its title and its buttons.

    Parameters
    ----------
    background
        Whether the background is drawn at first; whose it is is said while it is.
    """
    panes = [dl.Pane(name=name, style={"zIndex": order}) for name, order in PANES.items()]
    tiles = render_tiles(atlas.base_map)
    return html.Div(
        [
            html.P(help_text, id="map-help", className="unseen"),
            dl.Map(
                [*tiles, *panes, *parts, dl.ScaleControl(position="bottomleft", imperial=False)],
                id="map",
                attributionControl=False,
                zoomControl=False,
                keyboard=False,
                minZoom=ZOOMS[0],
                maxZoom=ZOOMS[1],
                trackViewport=False,
                zoomSnap=ZOOM_STEP,
                zoomDelta=0.75,
                wheelPxPerZoomLevel=110,
                maxBounds=[[LATITUDES[0], LONGITUDES[0]], [LATITUDES[1], LONGITUDES[1]]],
                maxBoundsViscosity=0.8,
                **frame,
            ),
            html.P(id="map-title", className="map-title"),
            html.Div(
                [
                    html.Button(sign, type="button", **{"data-zoom": step, "aria-label": label})
                    for sign, step, label in ZOOM_BUTTONS
                ],
                className="zoom",
            ),
            html.Div(
                [
                    html.P(map_credit(atlas.catalogue)),
                    *render_credit(atlas.base_map),
                    *([background_credit(shown=background)] if atlas.background else []),
                ],
                className="map-credit",
            ),
        ],
        className="map-box with-base-map" if tiles else "map-box",
    )


def map_credit(catalogue: Catalogue) -> str:
    """Return the line in the corner of a map: whose outlines it shows, and of what year."""
    return typeset(outlines_credit(catalogue.reference))


def background_credit(*, shown: bool) -> Component:
    """Return whom the licence of the background wants named on the map."""
    return html.Span(typeset(MAP_CREDIT), id="background-credit", hidden=not shown)


def function(name: str) -> dict[str, str]:
    """Return how a part of the map names a function of the browser's scripts."""
    return {"variable": f"dashExtensions.atlas.{name}"}


def outlines(part: str, url: str, style: str, each: str = "", *, pane: str = "") -> Component:
    """Return a part of the map that draws a file of outlines; an empty pane is the part's own."""
    handlers = {"onEachFeature": function(each)} if each else {}
    return dl.GeoJSON(
        id=part,
        url=url,
        style=function(style),
        pane=pane or part,
        interactive=part in HEARING,
        **handlers,
    )


def _points(atlas: Atlas, layer_id: str, view: ViewState) -> Component:
    layer = atlas.catalogue.layer(layer_id)
    sign = sign_of(layer)
    large = atlas.is_large(layer_id)
    crowded = len(features_of(atlas, layer_id)) > CLUSTERED_FROM
    return dl.GeoJSON(
        id={"kind": "points", "layer": layer_id},
        url=points_url(atlas, layer_id) if layer_id in view.layers and not large else "",
        pointToLayer=function("point"),
        onEachFeature=function("eachPoint"),
        cluster=crowded,
        clusterToLayer=function("cluster"),
        superClusterOptions=CLUSTERS,
        zoomToBoundsOnClick=crowded,
        pane="points",
        hideout={
            "layer": layer_id,
            "letter": sign.letter,
            "colour": sign.colour,
            "singular": sign.singular,
            "plural": sign.plural,
            "circles": bool(sized_by(layer)) and not large,
            "largest": largest_amount(atlas, layer_id),
            "radius": LARGEST_RADIUS,
        },
    )


def points_url(atlas: Atlas, layer_id: str) -> str:
    """Return the address of a layer's file, empty when the layer cannot be loaded."""
    try:
        return atlas.points_url(layer_id)
    except LayerError:
        return ""


def by_frame_url(layer_id: str) -> str:
    """Return the address that gives what a frame shows of a large layer; the frame is added."""
    return f"/choix/points?couche={quote(layer_id)}"


def features_of(atlas: Atlas, layer_id: str) -> list[dict[str, Any]]:
    """Return what a layer draws; nothing when it cannot be loaded or comes by frame."""
    if atlas.is_large(layer_id):
        return []
    try:
        features: list[dict[str, Any]] = atlas.points(layer_id)["features"]
    except LayerError:
        return []
    return features


def largest_amount(atlas: Atlas, layer_id: str) -> float:
    """Return the amount of a layer's largest circle, 0 when it draws none."""
    features = features_of(atlas, layer_id)
    return max((feature["properties"].get("amount", 0.0) for feature in features), default=0.0)


def frame_of(bounds: Bounds, map_view: MapView | None) -> dict[str, Any]:
    """Return where a map looks: as a reader left it, or so that bounds are seen whole."""
    if map_view:
        return {"center": [map_view.latitude, map_view.longitude], "zoom": map_view.zoom}
    return {
        "bounds": bounds,
        "boundsOptions": {"padding": [PADDING, PADDING], "maxZoom": CLOSEST},
    }

"""The map of gaps: communes by what separates them from a service, the service, new sites."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import dash_leaflet as dl
from dash.development.base_component import Component

from app.drawing.signs import sign_of
from app.gaps.view import GapView
from app.map.atlas import Atlas
from app.map.panes import frame_of, function, outlines, render_map_box
from geo.perimeter import DEPARTEMENT, Level
from layers.gaps.question import MOST_TOGETHER, Question
from layers.gaps.services import Service
from layers.model.layer import Layer, LayerError

POINT_SETS: Final = MOST_TOGETHER + 2
"""Services and layers of neighbours whose points are on the map together."""
HELP: Final = (
    "Flèches : passer d’une commune à l’autre et entendre son temps. Entrée : y supposer un site, "
    "ou le retirer. Un clic sur un lieu du service permet de le supposer fermé. Plus et moins : "
    "zoom. Majuscule et flèches : déplacer la carte. Le tableau sous la carte contient les mêmes "
    "valeurs."
)


def render_gap_map(
    atlas: Atlas, sets: Sequence[Mapping[str, Any]], bands: str, view: GapView
) -> Component:
    """Return the map as it first appears; its colours come with the answer.

    Parameters
    ----------
    sets
        What :func:`point_sets` gives.
    bands
        Address of the bands around a site, empty for none.
    """
    urls = atlas.geometry_urls()
    parts = [
        outlines("around", atlas.files["around"].url, "backgroundStyle"),
        outlines("communes", urls[Level.COMMUNE][0], "communeStyle", "eachCommune"),
        outlines("limits", urls[Level.EPCI][0], "epciLimit", "eachLine"),
        outlines(
            "outline", urls[Level.DEPARTEMENT][0], "departementLimit", "eachLine", pane="limits"
        ),
        outlines("gap-bands", bands, "bandStyle", pane="perimeters"),
        *(
            dl.GeoJSON(
                id=f"service-points-{number}",
                url=points["url"],
                hideout=points["hideout"],
                pointToLayer=function("point"),
                onEachFeature=function("eachPoint"),
                pane="points",
            )
            for number, points in enumerate(sets)
        ),
    ]
    return render_map_box(atlas, parts, HELP, frame_of(atlas.bounds(DEPARTEMENT), view.map_view))


def point_sets(atlas: Atlas, question: Question) -> list[dict[str, Any]]:
    """Return the address and the look of the points of each service, as many as the map has room.

    The addresses are empty where the points cannot be had, and where there is no service.
    """
    sets = [_points(atlas, service) for service in question.services]
    for service in question.services:
        sets += [_whole_layer(atlas, layer_id) for layer_id in service.beside]
    empty = {"url": "", "hideout": {}}
    return [*sets, *[empty] * POINT_SETS][:POINT_SETS]


def _points(atlas: Atlas, service: Service) -> dict[str, Any]:
    try:
        url = atlas.service_url(service)
    except LayerError:
        url = ""
    return {"url": url, "hideout": _look(service.layer(atlas.catalogue))}


def _whole_layer(atlas: Atlas, layer_id: str) -> dict[str, Any]:
    try:
        url = atlas.points_url(layer_id)
    except LayerError:
        url = ""
    return {"url": url, "hideout": _look(atlas.catalogue.layer(layer_id))}


def _look(layer: Layer) -> dict[str, Any]:
    sign = sign_of(layer)
    return {
        "layer": layer.id,
        "letter": sign.letter,
        "colour": sign.colour,
        "singular": sign.singular,
        "plural": sign.plural,
        "circles": False,
    }

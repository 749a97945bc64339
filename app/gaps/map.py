"""The map of gaps: communes by what separates them from a service, the service, new sites."""

from typing import Any

import dash_leaflet as dl
from dash.development.base_component import Component

from app.drawing.signs import sign_of
from app.gaps.view import GapView
from app.map.atlas import Atlas
from app.map.panes import frame_of, function, outlines, render_map_box
from geo.perimeter import DEPARTEMENT, Level
from layers.gaps.services import Service
from layers.model.layer import LayerError

HELP = (
    "Flèches : passer d’une commune à l’autre et entendre son temps. Entrée : y supposer un site, "
    "ou le retirer. Plus et moins : zoom. Majuscule et flèches : déplacer la carte. "
    "Le tableau sous la carte contient les mêmes valeurs."
)


def render_gap_map(atlas: Atlas, view: GapView, service: Service) -> Component:
    """Return the map as it first appears; its colours come with the answer."""
    urls = atlas.geometry_urls()
    points = service_points(atlas, service)
    parts = [
        outlines("around", atlas.files["around"].url, "backgroundStyle"),
        outlines("communes", urls[Level.COMMUNE][0], "communeStyle", "eachCommune"),
        outlines("limits", urls[Level.EPCI][0], "epciLimit", "eachLine"),
        outlines(
            "outline", urls[Level.DEPARTEMENT][0], "departementLimit", "eachLine", pane="limits"
        ),
        dl.GeoJSON(
            id="service-points",
            url=points["url"],
            hideout=points["hideout"],
            pointToLayer=function("point"),
            onEachFeature=function("eachPoint"),
            pane="points",
        ),
    ]
    return render_map_box(atlas, parts, HELP, frame_of(atlas.bounds(DEPARTEMENT), view.map_view))


def service_points(atlas: Atlas, service: Service) -> dict[str, Any]:
    """Return the address of a service's points, empty when they cannot be had, and their look."""
    sign = sign_of(atlas.catalogue.layer(service.layer_id))
    try:
        url = atlas.service_url(service)
    except LayerError:
        url = ""
    return {
        "url": url,
        "hideout": {
            "letter": sign.letter,
            "colour": sign.colour,
            "singular": sign.singular,
            "plural": sign.plural,
            "circles": False,
        },
    }

"""The layers that can be laid over the map, each with its sign and its count."""

from typing import Final

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from app.atlas import Atlas
from app.components.legend import circle_sizes, render_circles
from app.components.map import largest_amount
from app.points import sign_of
from layers.base import Layer
from layers.wording import format_euros, format_number

SHAPES: Final = (
    ("filled", "adresse ou site"),
    ("hollow", "rue ou quartier"),
    ("square", "commune seulement, avec le nombre"),
)


def render_layers(atlas: Atlas, shown: tuple[str, ...]) -> Component:
    """Return the list of layers to tick; one that cannot be loaded says so in its place."""
    layers = [atlas.catalogue.layer(layer_id) for layer_id in atlas.vocabulary.layers]
    return html.Div(
        [
            dmc.CheckboxGroup(
                id="layers",
                value=list(shown),
                label="Couches",
                children=html.Div([_row(atlas, layer) for layer in layers], className="layers"),
            ),
            html.Ul(
                [
                    html.Li([html.Span(className=f"pin pin-{shape} pin-small"), meaning])
                    for shape, meaning in SHAPES
                ],
                className="pin-shapes",
                **{"aria-label": "Forme des points selon la précision de leur position"},
            ),
        ]
    )


def _row(atlas: Atlas, layer: Layer) -> Component:
    state = atlas.catalogue.state(layer.id)
    sign = html.Span(
        sign_of(layer).letter if layer.geometry == "point" else "",
        className=f"sign sign-{layer.geometry}",
        style={"--colour": sign_of(layer).colour},
        **{"aria-hidden": "true"},
    )
    count = format_number(state.rows) if state.ok else "–"
    label = html.Span(
        [sign, html.Span(layer.title), html.Span(count, className="number")], className="layer"
    )
    box = dmc.Checkbox(value=layer.id, label=label, disabled=not state.ok, size="xs")
    failure = html.P(state.message, className="failure", role="note") if state.message else None
    return html.Div([box, failure, _circles(atlas, layer)], className="layer-row")


def _circles(atlas: Atlas, layer: Layer) -> Component | None:
    largest = largest_amount(atlas, layer.id) if layer.geometry == "point" else 0
    if not largest:
        return None
    return html.Div(
        [
            html.P("L’aire des cercles est proportionnelle au montant.", className="note"),
            render_circles(circle_sizes(largest), format_euros, "layer"),
        ],
        className="layer-circles",
    )

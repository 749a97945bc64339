"""The layers that can be laid over the map, each with its sign and its count."""

from typing import Final

from app.drawing.painted_areas import paint_areas
from app.drawing.signs import sign_of
from app.map.atlas import Atlas
from app.map.legend import circle_sizes, render_circles
from app.map.panes import largest_amount
from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import typeset
from layers.background import FOND, TITLE, background_of
from layers.french.wording import format_euros, format_number
from layers.indicators.by_district import first_rate
from layers.model.layer import Layer, LayerError

SHAPES: Final = (
    ("filled", "adresse ou site"),
    ("hollow", "rue ou quartier"),
    ("square", "commune seulement, avec le nombre"),
)


def render_layers(
    atlas: Atlas, shown: tuple[str, ...], *, background: bool = True
) -> list[Element]:
    """Return the list of layers to tick; one that cannot be loaded says so in its place.

    Parameters
    ----------
    background
        Whether the background is offered, where there is one.
    """
    known = atlas.catalogue.layers
    layers = [known[layer_id] for layer_id in atlas.vocabulary.layers if layer_id in known]
    shapes = [
        html.Li([html.Span(className=f"pin pin-{shape} pin-small"), meaning])
        for shape, meaning in SHAPES
    ]
    return [
        html.P("Couches", className="group-title"),
        html.Div(
            [_row(atlas, layer, ticked=layer.id in shown) for layer in layers],
            role="group",
            **{"aria-label": "Couches"},
        ),
        html.Ul(
            shapes,
            className="pin-shapes",
            **{"aria-label": "Forme des points selon la précision de leur position"},
        ),
        *(_background(atlas, ticked=FOND in shown) if background else []),
    ]


def _background(atlas: Atlas, *, ticked: bool) -> list[Element]:
    """Return the choice of the background, or why there is none; nothing where none was taken."""
    failure = ""
    try:
        if background_of(atlas.catalogue) is None:
            return []
    except LayerError as error:
        failure = str(error)
    box = html.Input(
        type="checkbox",
        checked=ticked and not failure,
        disabled=bool(failure),
        **{"data-layer": FOND},
    )
    sign = html.Span(className="sign sign-ground", **{"aria-hidden": "true"})
    row = [
        html.Label([box, sign, html.Span(TITLE)], className="layer"),
        html.P(failure, className="failure", role="note") if failure else None,
    ]
    return [
        html.P("Fond", className="group-title"),
        html.Div(html.Div(row, className="layer-row"), role="group", **{"aria-label": "Fond"}),
    ]


def _row(atlas: Atlas, layer: Layer, *, ticked: bool) -> Element:
    state = atlas.catalogue.state(layer.id)
    box = html.Input(
        type="checkbox",
        checked=ticked and state.ok,
        disabled=not state.ok,
        **{"data-layer": layer.id},
    )
    sign = html.Span(
        sign_of(layer).letter if layer.geometry == "point" else None,
        className=f"sign sign-{layer.geometry}",
        style={"--colour": sign_of(layer).colour},
        **{"aria-hidden": "true"},
    )
    count = html.Span(format_number(state.rows) if state.ok else "–", className="number")
    label = html.Label([box, sign, html.Span(layer.title), count], className="layer")
    failure = html.P(state.message, className="failure", role="note") if state.message else None
    painted = _painted(atlas, layer) if state.ok else None
    return html.Div([label, failure, _circles(atlas, layer), painted], className="layer-row")


def _painted(atlas: Atlas, layer: Layer) -> Element | None:
    """Return the classes of a layer whose areas are painted by a number of their own."""
    if layer.joining is None:
        return None
    rows = atlas.catalogue.load(layer.id)
    painted = paint_areas(layer, rows, first_rate(atlas.catalogue, layer, rows))
    if painted is None:
        return None
    rows = [
        html.Li(
            [html.Span(className="swatch", style={"background": fill or "none"}), typeset(text)]
        )
        for fill, text in painted.legend
    ]
    return html.Div(
        [
            html.P(typeset(painted.title), className="note"),
            html.Ul(rows, **{"aria-label": "Classes"}),
            html.P(typeset(painted.method), className="note"),
        ],
        className="layer-painted",
    )


def _circles(atlas: Atlas, layer: Layer) -> Element | None:
    largest = largest_amount(atlas, layer.id) if layer.geometry == "point" else 0
    if not largest:
        return None
    size = layer.style.size if layer.style else ""
    told = f"à « {layer.field(size).label} »" if size else "au montant"
    say = format_number if size and layer.field(size).dtype != "money" else format_euros
    return html.Div(
        [
            html.P(typeset(f"L’aire des cercles est proportionnelle {told}."), className="note"),
            render_circles(circle_sizes(largest), say, "layer"),
        ],
        className="layer-circles",
    )

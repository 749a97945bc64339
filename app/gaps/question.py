"""The question of the page Écarts: which service, how far, by what measure, for whom."""

from collections.abc import Mapping
from typing import Final

from app.gaps.calculator import GapCalculator
from app.gaps.view import QUESTIONS, GapView, Measured, usual_threshold
from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import typeset
from app.web.addresses import DATA
from geo.travel.line import Distance, StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.roads import Roads
from layers.gaps.public_words import CROSSING, WORDS
from layers.gaps.question import FIRST, MOST_MINUTES, MOST_TOGETHER, SECOND
from layers.gaps.services import Service

MEASURES: Final[Mapping[str, str]] = {
    StraightLine.id: "Minutes en voiture, estimées",
    Distance.id: "Kilomètres, estimés",
    Roads.id: "Minutes en voiture, par les routes",
    TravelMatrix.id: "Minutes de la matrice de l’opérateur",
}
"""Travel model → what it gives, for a list."""
RANKS: Final = [(str(FIRST), "le plus proche"), (str(SECOND), "le deuxième plus proche")]
COUNTS: Final = [
    (str(Measured.WAY), "qui est trop loin"),
    (str(Measured.ROOM), "combien de places pour chacun"),
]
LONGEST_SLIDE: Final = 60
"""The slider ends there; more can be typed."""


def render_question(view: GapView, desk: GapCalculator) -> list[Element]:
    """Return the controls; the browser's scripts keep them in step with the view."""
    services = desk.services
    return [
        html.Div([_group_title("Questions du Département"), _presets(view, services)]),
        _select(
            "service",
            "Service",
            [(one.id, one.title) for one in services.values()],
            view.service,
        ),
        _basket(view, services),
        _select("rank", "Jusqu’à", RANKS, str(view.rank)),
        _threshold(view),
        _select("measured", "Compter", COUNTS, str(view.measured)),
        _select("model", "Mesure", [(one, MEASURES[one]) for one in desk.models], view.model),
        _select(
            "public",
            "Public",
            [(public, words.title) for public, words in WORDS.items()],
            view.public,
        ),
        html.P(typeset(CROSSING), className="note"),
        _neighbours(view, desk),
    ]


def _basket(view: GapView, services: Mapping[str, Service]) -> Element:
    """Return the services that are to be reached too."""
    boxes = [
        html.Label(
            [
                html.Input(
                    type="checkbox",
                    value=service.id,
                    checked=service.id in view.also,
                    **{"data-also": service.id},
                ),
                html.Span(typeset(service.title)),
            ],
            className="box",
        )
        for service in services.values()
    ]
    return html.Details(
        [
            html.Summary("Et aussi (panier de services)"),
            html.P(
                typeset(
                    "Chacun est compté par le service du panier qui est le plus loin de lui. "
                    f"{MOST_TOGETHER} services au plus."
                ),
                className="note",
            ),
            html.Fieldset(
                [html.Legend("Services du panier", className="unseen"), *boxes], className="boxes"
            ),
        ],
        id="gap-basket",
        open=bool(view.also),
    )


def _neighbours(view: GapView, desk: GapCalculator) -> Element:
    """Return the layers of services across the border that can be counted."""
    own = {layer.id for layer in desk.catalogue.stored}
    brought = [(one, title) for one, title in desk.point_layers.items() if one in own]
    if not brought:
        return html.P(
            [
                typeset("Les services des départements voisins ne sont pas comptés : "),
                html.A("apportez-en une couche", href=DATA),
                typeset(" pour qu’ils le soient ici."),
            ],
            className="note",
        )
    return _select(
        "neighbours",
        "Compter aussi, chez les voisins",
        [("", "aucune couche"), *brought],
        view.neighbours[0] if view.neighbours else "",
    )


def _group_title(text: str) -> Element:
    return html.P(text, className="group-title")


def _presets(view: GapView, services: Mapping[str, Service]) -> Element:
    return html.Ul(
        [
            html.Li(
                html.Button(
                    services[service].title,
                    type="button",
                    className="preset",
                    **{
                        "data-do": f"preset:{service}:{usual_threshold(service):g}",
                        "aria-pressed": str(view.service == service).lower(),
                    },
                )
            )
            for service in QUESTIONS
            if service in services
        ],
        className="presets",
    )


def _select(name: str, label: str, options: list[tuple[str, str]], value: str) -> Element:
    return html.Label(
        [
            html.Span(label, className="group-title"),
            html.Select(
                [
                    html.Option(text, value=str(option), selected=option == value)
                    for option, text in options
                ],
                id=f"gap-{name}",
                className="control",
                **{"data-gap": name},
            ),
        ],
        className="field-label",
    )


def _threshold(view: GapView) -> Element:
    number = f"{view.threshold:g}"
    return html.Fieldset(
        [
            html.Legend("Trop loin, au-delà de", className="group-title"),
            html.Div(
                [
                    html.Input(
                        type="range",
                        id="gap-slide",
                        min="1",
                        max=str(LONGEST_SLIDE),
                        step="1",
                        value=number,
                        **{"data-gap": "threshold", "aria-label": "Seuil, curseur"},
                    ),
                    html.Input(
                        type="number",
                        id="gap-threshold",
                        min="0.5",
                        max=str(MOST_MINUTES),
                        step="any",
                        value=number,
                        className="control number",
                        **{"data-gap": "threshold", "aria-label": "Seuil"},
                    ),
                    html.Span("min", id="gap-unit", className="unit"),
                ],
                className="slide",
            ),
        ],
        className="threshold",
    )

"""The question of the page Écarts: which service, how far, by what measure, for whom."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.gaps.view import QUESTIONS, GapView, usual_threshold
from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import typeset
from geo.travel.line import Distance, StraightLine
from geo.travel.matrix import TravelMatrix
from geo.travel.roads import Roads
from layers.gaps.measure import MOST_MINUTES
from layers.gaps.public_words import CROSSING, WORDS
from layers.gaps.services import Service

MEASURES: Final[Mapping[str, str]] = {
    StraightLine.id: "Minutes en voiture, estimées",
    Distance.id: "Kilomètres, estimés",
    Roads.id: "Minutes en voiture, par les routes",
    TravelMatrix.id: "Minutes de la matrice de l’opérateur",
}
"""Travel model → what it gives, for a list."""
LONGEST_SLIDE: Final = 60
"""The slider ends there; more can be typed."""


def render_question(
    view: GapView, services: Mapping[str, Service], models: Iterable[str]
) -> list[Element]:
    """Return the controls; the browser's scripts keep them in step with the view."""
    return [
        html.Div([_group_title("Questions du Département"), _presets(view, services)]),
        _select(
            "service",
            "Service",
            [(one.id, one.title) for one in services.values()],
            view.service,
        ),
        _threshold(view),
        _select("model", "Mesure", [(model, MEASURES[model]) for model in models], view.model),
        _select(
            "public",
            "Public",
            [(public, words.title) for public, words in WORDS.items()],
            view.public,
        ),
        html.P(typeset(CROSSING), className="note"),
    ]


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

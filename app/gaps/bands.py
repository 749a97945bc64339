"""Bands around a site on the page Écarts: who lives within each, and how they are drawn."""

from app.gaps.view import GapView
from app.parts import markup as html
from app.parts.markup import Child, Element
from app.parts.typography import typeset
from layers.french.wording import format_number
from layers.gaps.bands import Bands
from layers.gaps.public_words import WORDS
from layers.gaps.question import CLOSES
from layers.gaps.sentences import short_unit
from layers.gaps.sites import BETWEEN


def render_bands(found: Bands, view: GapView) -> Element:
    """Return who lives in each band around a site, and what can be done with it."""
    public, model = view.public, view.model
    unit = short_unit(model)
    rows = [
        html.Tr(
            [
                html.Th(band.named(unit), scope="row"),
                html.Td(format_number(band.people), className="number"),
            ]
        )
        for band in found.bands
    ]
    return html.Section(
        [
            html.H3(found.title),
            html.Table(
                [
                    html.Thead(
                        html.Tr(
                            [
                                html.Th("Trajet", scope="col"),
                                html.Th(WORDS[public].head, scope="col", className="number"),
                            ]
                        )
                    ),
                    html.Tbody(rows),
                ],
                className="gap-figures",
            ),
            html.P(
                [
                    typeset(
                        "Bandes par carrés de 500 mètres, du même modèle de trajet que le reste. "
                    ),
                    _do("Retirer les bandes", "around:"),
                    *_turn(view),
                ],
                className="note",
            ),
        ]
    )


def _turn(view: GapView) -> list[Child]:
    """Return what closes the place that the bands are around, or opens it again."""
    if BETWEEN not in view.around:
        return []
    word = f"{CLOSES}{view.around}"
    text = "Rouvrir ce lieu" if word in view.sites else "Supposer ce lieu fermé"
    return [" ", _do(text, f"remove:{word}")]


def _do(text: str, action: str) -> Element:
    return html.Button(text, type="button", className="link", **{"data-do": action})

"""Bands around a site on the page Écarts: who lives within each, and how they are drawn."""

from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import typeset
from layers.french.wording import format_number
from layers.gaps.bands import Bands
from layers.gaps.public_words import WORDS
from layers.gaps.publics import Public
from layers.gaps.sentences import short_unit


def render_bands(found: Bands, public: Public, model: str) -> Element:
    """Return who lives in each band around a site."""
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
                    html.Button(
                        "Retirer les bandes",
                        type="button",
                        className="link",
                        **{"data-do": "around:"},
                    ),
                ],
                className="note",
            ),
        ]
    )

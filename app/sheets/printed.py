"""The figures that documents print for a place: value, date, and what must be known of each."""

from collections.abc import Sequence
from typing import Final

from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import keep_years, typeset
from layers.french.wording import format_number
from layers.sheets.printed import PrintedFigure, PrintedTheme

AS_PRINTED: Final = (
    "Tels que le rapport d’activité 2022 et les livrets des contrats les impriment\u202f; un "
    "chiffre absent n’est pas un zéro."
)


def render_printed(themes: Sequence[PrintedTheme]) -> Element | None:
    """Return the printed figures, each theme folded; nothing when there are none."""
    if not themes:
        return None
    return html.Section(
        [
            html.H3("Chiffres imprimés"),
            html.P(AS_PRINTED, className="note"),
            *(_theme(theme) for theme in themes),
        ],
        className="printed",
    )


def _theme(theme: PrintedTheme) -> Element:
    count = html.Span(format_number(len(theme.figures)), className="number")
    return html.Details(
        [
            html.Summary([html.H4(theme.title), count]),
            html.Dl([_figure(figure) for figure in theme.figures], className="printed-figures"),
        ]
    )


def _figure(figure: PrintedFigure) -> Element:
    notes = [html.Dd(keep_years(typeset(note)), className="printed-note") for note in figure.notes]
    return html.Div(
        [
            html.Dt(typeset(figure.title), title=figure.meaning),
            html.Dd(typeset(figure.text), className="number"),
            html.Dd(
                keep_years(typeset(f"{figure.period} · {figure.cited}")), className="printed-date"
            ),
            *notes,
        ]
    )

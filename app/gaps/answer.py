"""The answer of the page Écarts: who is too far, a sentence first, figures, then the method."""

import math
from collections.abc import Sequence
from typing import Final

from app.gaps.address import format_gap_view
from app.gaps.bands import render_bands
from app.gaps.calculator import Answer, GapCalculator
from app.gaps.scenarios import render_scenarios
from app.parts import markup as html
from app.parts.lists import render_remarks, render_sources
from app.parts.markup import Child, Element
from app.parts.typography import typeset
from layers.french.wording import format_number, format_percent
from layers.gaps.inequality import Inequality
from layers.gaps.measure import Gaps
from layers.gaps.public_words import WORDS
from layers.gaps.sentences import (
    border_sentence,
    caution_sentence,
    gap_sentence,
    method,
    said_first,
    short_unit,
    uncertainty_sentence,
    unreachable_sentence,
)
from layers.model.layer import Source

EXPORTS: Final = (
    ("note.pdf", "Note d’une page (PDF)"),
    ("communes.csv", "Tableau des communes (CSV)"),
    ("communes.gpkg", "Communes et contours (GeoPackage)"),
    ("carte.svg", "Carte (SVG)"),
)
"""Files of an answer: name under the page's address, what it is."""


def render_answer(answer: Answer, desk: GapCalculator, sources: Sequence[Source]) -> list[Child]:
    """Return the panel that answers a view."""
    shown = answer.shown
    return [
        html.Div(
            [
                html.P(_kicker(answer), className="kicker"),
                html.H2("Qui est trop loin\u202f?"),
                html.P(typeset(gap_sentence(shown, desk.reference)), className="sentence"),
                *(html.P(text, className="note") for text in said_first(shown)),
                html.P(caution_sentence(shown), className="failure", role="note")
                if shown.question.incomplete
                else None,
                html.P(typeset(unreachable_sentence(shown)), className="note")
                if shown.total.unreachable.people or shown.total.unreachable.communes
                else None,
            ],
            className="sheet-head",
        ),
        _headlines(shown),
        html.P(typeset(uncertainty_sentence(shown)), className="note uncertainty"),
        html.P(typeset(border_sentence(shown)), className="note") if shown.border.people else None,
        render_bands(answer.bands, answer.view) if answer.bands else None,
        render_scenarios(answer, desk.point_layers),
        _groups("Par territoire", answer, answer.inequality.territories),
        html.Section(
            html.Details(
                [
                    html.Summary(
                        [
                            html.H3("Par EPCI"),
                            html.Span(str(len(answer.inequality.epcis)), className="number"),
                        ]
                    ),
                    _group_table(answer, answer.inequality.epcis),
                ],
                id="gap-epcis",
            )
        ),
        _groups("Quartiers prioritaires (QPV)", answer, answer.inequality.districts),
        render_exports(answer),
        html.Section(
            [html.H3("Méthode et limites"), html.P(method(shown)), _reading()],
            className="method",
        ),
        render_remarks(shown.remarks),
        render_sources(sources),
    ]


def render_failure(reason: str) -> list[Child]:
    """Return the panel that says why there is no answer."""
    return [
        html.Div(
            [html.H2("Qui est trop loin\u202f?"), html.P(typeset(reason), className="failure")],
            className="sheet-head",
        )
    ]


def measured(value: float, model: str) -> str:
    """Write minutes or kilometres with their unit."""
    if math.isinf(value):
        return "hors d’atteinte"
    return f"{format_number(value, 1)}\u00a0{short_unit(model)}"


def _kicker(answer: Answer) -> str:
    number = answer.view.active + 1
    state = (
        f"avec le scénario {number}" if answer.scenarios and answer.view.sites else "aujourd’hui"
    )
    return f"{answer.shown.question.title}, {state}"


def headline_figures(gaps: Gaps) -> tuple[tuple[str, str, str], ...]:
    """Return the name, the text and the bracket of the figures in large type."""
    gap = gaps.total
    shares = [_share(t.people, gap.everyone.people) for t in (gap.surely, gap.beyond, gap.possibly)]
    rows = (
        (
            f"{WORDS[gaps.public].head} au-delà",
            [t.people for t in (gap.surely, gap.beyond, gap.possibly)],
        ),
        ("Communes au-delà", [t.communes for t in (gap.surely, gap.beyond, gap.possibly)]),
    )
    people, communes = (
        (name, format_number(at), f"de {format_number(low)} à {format_number(high)}")
        for name, (low, at, high) in rows
    )
    low, at, high = map(format_percent, shares)
    return people, ("Part", at, f"de {low} à {high}"), communes


def _headlines(gaps: Gaps) -> Element:
    return html.Dl(
        [
            html.Div(
                [
                    html.Dt(title),
                    html.Dd(text, className="headline"),
                    html.Dd(bracket, className="compared"),
                ]
            )
            for title, text, bracket in headline_figures(gaps)
        ],
        className="headlines",
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _groups(title: str, answer: Answer, groups: Sequence[Inequality]) -> Element:
    return html.Section([html.H3(title), _group_table(answer, groups)])


def _group_table(answer: Answer, groups: Sequence[Inequality]) -> Element:
    unit = short_unit(answer.shown.model)
    heads = ("Au-delà", "Part", f"Moy. ({unit})", "D9/D1", "Gini")
    whole = answer.inequality.whole
    return html.Table(
        [
            html.Thead(
                html.Tr(
                    [
                        html.Td(),
                        *(html.Th(head, scope="col", className="number") for head in heads),
                    ]
                )
            ),
            html.Tbody([_group_row(group) for group in groups]),
            html.Tbody([_group_row(whole)], className="whole"),
        ],
        className="gap-figures groups",
        **{"aria-label": f"Inégalités, {len(groups)} groupes"},
    )


def _group_row(group: Inequality) -> Element:
    cells = (
        format_number(group.beyond),
        format_percent(group.share_beyond) if group.people else "–",
        _plain(group.mean, 1),
        _plain(group.d9_d1, 1),
        _plain(group.gini, 2),
    )
    return html.Tr(
        [
            html.Th(typeset(group.name), scope="row"),
            *(html.Td(cell, className="number") for cell in cells),
        ]
    )


def _plain(value: float, decimals: int) -> str:
    return format_number(value, decimals) if math.isfinite(value) else "–"


def _reading() -> Element:
    return html.P(
        "Lecture des tableaux : moyenne, D9/D1 et indice de Gini sont pondérés par les habitants. "
        "D9/D1 compare le dixième le plus éloigné au dixième le plus proche ; l’indice de Gini "
        "vaut 0 quand chacun est à la même distance.".replace(" :", "\u00a0:").replace(
            " ;", "\u202f;"
        ),
        className="note",
    )


def render_exports(answer: Answer) -> Element:
    """Return the files of an answer."""
    query = format_gap_view(answer.view)
    return html.Section(
        [
            html.H3("Emporter"),
            html.Ul(
                [
                    html.Li(html.A(text, href=f"/ecarts/{name}{query}", download=True))
                    for name, text in EXPORTS
                ],
                className="exports",
            ),
        ]
    )

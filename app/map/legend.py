"""The legend: what the colours and circles mean, the method, how many there are of each."""

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR

from app.drawing.bounds_text import say_classes
from app.drawing.class_bounds import round_to
from app.drawing.theme import LARGEST_RADIUS, Theme
from app.map.histogram import render_histogram
from app.parts import markup as html
from app.parts.markup import Element
from app.parts.typography import typeset
from app.view.levels import LEVEL_PLURALS
from app.view.state import Drawing
from layers.french.wording import format_number, plural
from layers.indicators.states import SIGNS, State

Say = Callable[[float], str]
CIRCLE_SHARES = (1.0, 0.4, 0.1)
"""Of the largest value: the three circles of the legend, before they are rounded."""


def render_legend(theme: Theme, remarks: Sequence[str] = ()) -> Element:
    """Return the legend of a theme, and what was refused of the choice that it answers."""
    drawn = _circles(theme) if theme.drawing == Drawing.CIRCLES else _classes(theme)
    indicator = theme.indicator
    return html.Div(
        [
            html.P(
                [
                    theme.title,
                    html.Span(f" ({indicator.unit})" if indicator.unit else "", className="unit"),
                ],
                className="legend-title",
            ),
            *(html.P(remark, className="failure", role="note") for remark in remarks),
            drawn,
            _partials(theme),
            html.P(typeset(theme.missing), className="note") if theme.missing else None,
            html.P(_method(theme), className="note"),
            _notes(theme),
            html.Details(
                [
                    html.Summary("Définition et sources"),
                    html.P(typeset(indicator.meaning)),
                    html.P(f"Valeurs : {indicator.vintage}."),
                    *(html.P(f"{source.named}.") for source in indicator.sources),
                ],
                className="more",
            ),
        ]
    )


def _partials(theme: Theme) -> Element | None:
    """Return what is known of the places and of the département that are known in part."""
    told = [*theme.tell_parts(theme.partials)]
    if not told:
        return None
    return html.Ul([html.Li(typeset(one)) for one in told], className="note partials")


def _notes(theme: Theme) -> Element | None:
    """Return what is to be known of single values: reserves, footnotes, differences."""
    if not theme.notes:
        return None
    count = plural(len(theme.notes), "remarque")
    return html.Details(
        [
            html.Summary(f"{count} sur ces valeurs"),
            html.Ul([html.Li(typeset(note)) for note in theme.notes]),
        ],
        className="more",
    )


def brackets(theme: Theme) -> tuple[str, ...]:
    """Return the words of each class: ``de 1,5 à moins de 3``, the last one ``de 3 à 12``."""
    classes = theme.classes
    return say_classes(classes.bounds, zero_apart=classes.zeros is not None)


def circle_sizes(largest: float, *, whole: bool = True) -> tuple[tuple[float, float], ...]:
    """Return three round values, largest first, each with its radius in pixels.

    Radii are those of the map: areas are proportional to values.

    Parameters
    ----------
    largest
        Value whose circle has :data:`app.drawing.theme.LARGEST_RADIUS`.
    whole
        Whether values are counted in whole units.
    """
    if largest <= 0:
        return ()
    sizes = [round_to(largest * share, 1, ROUND_FLOOR) for share in CIRCLE_SHARES]
    distinct = sorted({max(1.0, size) if whole else size for size in sizes}, reverse=True)
    return tuple((size, LARGEST_RADIUS * (size / largest) ** 0.5) for size in distinct)


def render_circles(sizes: Sequence[tuple[float, float]], text: Say, tone: str) -> Element:
    """Return circles of given values and radii, each with its value in words."""
    return html.Div(
        [
            html.Div(
                [
                    html.Span(
                        className=f"circle circle-{tone}",
                        style={"width": f"{2 * radius:.1f}px", "height": f"{2 * radius:.1f}px"},
                    ),
                    html.Span(text(value), className="number"),
                ],
                className="circle-size",
            )
            for value, radius in sizes
        ],
        className="circle-sizes",
    )


def _classes(theme: Theme) -> Element:
    classes = theme.classes
    rows = [
        _row(_swatch(colour), text, count)
        for colour, text, count in zip(theme.colours, brackets(theme), classes.counts, strict=True)
    ]
    if classes.zeros is not None:
        rows.insert(0, _row(_swatch("var(--land)"), "zéro", classes.zeros))
    table = _table([*rows, *_absent_rows(theme)], theme)
    return html.Div([table, render_histogram(theme)])


def _circles(theme: Theme) -> Element:
    tone = "money" if theme.money else "plain"
    sizes = circle_sizes(theme.largest, whole=theme.indicator.decimals == 0)
    known = int(theme.values.notna().sum())
    zeros = theme.classes.zeros or 0
    mark = html.Span(className=f"circle circle-{tone} circle-small")
    rows = [_row(mark, "plus de zéro", known - zeros)]
    if theme.classes.zeros is not None:
        rows.append(_row(_swatch("var(--land)"), "zéro", zeros))
    drawn = render_circles(sizes, theme.indicator.text, tone)
    return html.Div([drawn, _table([*rows, *_absent_rows(theme)], theme)])


def _absent_rows(theme: Theme) -> list[Element]:
    return [
        _row(
            html.Span(className=f"swatch state-{state}"),
            SIGNS[state].word if state is not State.UNKNOWN else SIGNS[state].spoken,
            len(codes),
        )
        for state, codes in theme.absent.items()
    ]


def _table(rows: list[Element], theme: Theme) -> Element:
    head = html.Thead(
        html.Tr(
            [
                html.Th(html.Span("Couleur", className="unseen"), scope="col"),
                html.Th("Valeur", scope="col", className="unseen-head"),
                html.Th(LEVEL_PLURALS[theme.level], scope="col", className="number"),
            ]
        )
    )
    return html.Table(
        [head, html.Tbody(rows)],
        className="legend-table",
        **{"aria-label": f"Légende\u00a0: {theme.title}"},
    )


def _row(swatch: Element, text: str, count: int) -> Element:
    return html.Tr(
        [html.Td(swatch), html.Td(text), html.Td(format_number(count), className="number")]
    )


def _swatch(colour: str) -> Element:
    return html.Span(className="swatch", style={"background": colour})


def _method(theme: Theme) -> str:
    if theme.drawing == Drawing.CIRCLES:
        text = "L’aire des cercles est proportionnelle à la valeur."
        if theme.indicator.kind == "rate":
            text += (
                " Un taux en cercles se lit comme une quantité et ne s’additionne pas\u00a0: "
                "préférez les aplats."
            )
        return text
    text = theme.classes.method
    if theme.indicator.kind == "total":
        text += " Un total en aplats grandit avec le territoire : préférez les cercles."
    return text

"""The legend of a map of gaps: classes on both sides of the threshold, hatching, marks."""

from collections.abc import Sequence

from app.drawing.palette import NEAR_RAMP
from app.drawing.signs import sign_of
from app.gaps.classes import COLOURS, GapClasses, class_texts
from app.parts import markup as html
from app.parts.markup import Element
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number
from layers.gaps.measure import Gaps
from layers.gaps.question import SECOND, Question
from layers.gaps.sentences import short_unit
from layers.model.layer import Layer


def render_gap_legend(
    gaps: Gaps, classes: GapClasses, catalogue: Catalogue, proposed: int
) -> list[Element]:
    """Return the legend, with the communes in each class.

    Parameters
    ----------
    proposed
        How many sites are on the map that are proposed.
    """
    marks = [("doubtful", "seuil dans la fourchette", int(gaps.communes["uncertain"].sum()))]
    if classes.out_of_reach:
        marks.append(("hatched", "hors d’atteinte", classes.out_of_reach))
    return [
        render_legend_table(
            legend_title(gaps),
            short_unit(gaps.model),
            list(zip(COLOURS, class_texts(classes), classes.counts, strict=True)),
            "au-delà du seuil",
            marks,
        ),
        render_place_legend(gaps.question, catalogue, len(gaps.sites), len(gaps.gone), proposed),
    ]


def render_legend_table(
    title: str,
    unit: str,
    classes: Sequence[tuple[str, str, int]],
    beyond: str,
    marks: Sequence[tuple[str, str, int]],
) -> Element:
    """Return the colours of the map under their title.

    Parameters
    ----------
    classes
        Colour, text and number of communes of each.
    beyond
        Said between the near and the far classes.
    marks
        Look, text and number of communes of what is no class.
    """
    rows = [_row(_swatch(colour), text, count) for colour, text, count in classes]
    near = len(NEAR_RAMP)
    others = [_row(html.Span(className=f"swatch {look}"), text, n) for look, text, n in marks]
    return html.Div(
        [
            html.P(
                [title, html.Span(f" ({unit})", className="unit") if unit else None],
                className="legend-title",
            ),
            html.Table(
                [
                    html.Thead(_heads()),
                    html.Tbody(rows[:near]),
                    html.Tbody([_threshold(beyond), *rows[near:]]),
                    html.Tbody(others),
                ],
                className="legend-table gap-legend",
                **{"aria-label": "Légende des couleurs"},
            ),
        ]
    )


def _heads() -> Element:
    return html.Tr(
        [
            html.Th(html.Span("Couleur", className="unseen"), scope="col"),
            html.Th("Classe", scope="col"),
            html.Th("communes", scope="col", className="number"),
        ]
    )


def _threshold(beyond: str) -> Element:
    return html.Tr(
        [
            html.Td(None, className="threshold-mark"),
            html.Th(beyond, scope="rowgroup", colspan="2"),
        ],
        className="threshold-row",
    )


def render_place_legend(
    question: Question, catalogue: Catalogue, opened: int, closed: int, proposed: int
) -> Element:
    """Return the marks of the places, of the sites that open, that close and that are proposed."""
    places = [
        _row(_pin(layer), _places_word(question, layer), count)
        for layer, count in _counts(question, catalogue)
    ]
    if opened:
        mark = html.Span("1", className="site-mark legend-site")
        places.append(_row(mark, "nouveaux sites supposés", opened))
    if closed:
        mark = html.Span("✕", className="site-mark closed legend-site")
        places.append(_row(mark, "lieux supposés fermés", closed))
    if proposed:
        mark = html.Span("1", className="site-mark proposed legend-site")
        places.append(_row(mark, "sites proposés", proposed))
    return html.Table(
        html.Tbody(places), className="legend-table", **{"aria-label": "Légende des points"}
    )


def legend_title(gaps: Gaps) -> str:
    """Return what the classes are of: ``Temps jusqu’au plus proche``."""
    word = "Temps" if gaps.measures == "temps" else "Distance"
    ranked = "au deuxième" if gaps.question.rank == SECOND else "au plus proche"
    return (
        f"{word} jusqu’{ranked}, le pire du panier"
        if gaps.question.is_basket
        else (f"{word} jusqu’{ranked}")
    )


def _counts(question: Question, catalogue: Catalogue) -> list[tuple[Layer, int]]:
    """Return the layers of the places, each once, with how many count."""
    counted: dict[Layer, int] = {}
    for service in question.services:
        own, *beside = service.layers(catalogue)
        counted[own] = max(counted.get(own, 0), len(service.rows(catalogue)))
        counted |= {layer: len(catalogue.load(layer.id)) for layer in beside}
    return list(counted.items())


def _places_word(question: Question, layer: Layer) -> str:
    alone = len(question.services) == 1 and not question.services[0].beside
    return "lieux du service" if alone else sign_of(layer).plural


def _pin(layer: Layer) -> Element:
    sign = sign_of(layer)
    return html.Span(
        html.Span(sign.letter),
        className="pin pin-filled legend-pin",
        style={"--colour": sign.colour},
    )


def _row(mark: Element, text: str, count: int) -> Element:
    return html.Tr(
        [html.Td(mark), html.Td(text), html.Td(format_number(count), className="number")]
    )


def _swatch(colour: str) -> Element:
    return html.Span(className="swatch", style={"background": colour})

"""Two or three places side by side, and the way to put them there."""

from collections.abc import Sequence
from typing import Final

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.lists import render_remarks, render_sources
from app.parts.markup import Child, Element
from app.parts.typography import keep_years, short, shown_name, typeset
from app.view.side_by_side import MOST_COMPARED, write_places
from geo.perimeter import DEPARTEMENT, Perimeter
from geo.reference.places import Reference
from layers.french.wording import UNKNOWN, enumerate_words, format_number
from layers.sheets.beside import CHOSEN, neighbours_beside
from layers.sheets.compared_rows import Compared, ComparedGroup, ComparedRow, Comparison
from layers.sheets.similarity import METHOD, Resembling

STROKES: Final = ("trait plein", "tirets", "pointillés")
"""How the outline of each place is drawn on the map."""
SUMMARY: Final = (
    "Une ligne par chiffre, groupées par thème sous un titre ; une colonne pour chacun de ceux qui "
    "sont comparés, puis le Pas-de-Calais."
)
"""How the table is to be read, for those who hear it."""
LONGEST_SIGN: Final = 3
"""Characters of a unit that stays with its number: %, km, km²."""


def render_comparison(comparison: Comparison) -> list[Child]:
    """Return what stands side by side, in the room of the sheet."""
    columns = comparison.columns
    heads = [_head(columns, rank) for rank in range(len(columns))]
    return [
        html.Div(
            [
                html.P(["Comparaison · ", comparison.kind], className="kicker"),
                html.H2(enumerate_words(typeset(one.name) for one in columns)),
                html.P(keep_years(typeset(comparison.sentence)), className="sentence"),
                _more(columns),
            ],
            className="sheet-head",
        ),
        html.P(SUMMARY, className="unseen", id="compared-help"),
        _table(heads, [_group(group, len(columns)) for group in comparison.groups]),
        render_remarks(comparison.problems),
        render_sources(comparison.sources),
    ]


def render_resembling(
    reference: Reference, place: Perimeter, found: Sequence[Resembling]
) -> Element | None:
    """Return the places most like a place, to be set beside it; nothing for the département."""
    if place == DEPARTEMENT:
        return None
    rows = [
        html.Li(
            [
                html.Span(go_to(one.perimeter, shown_name(reference, one.perimeter))),
                html.Span(
                    [
                        f"écart {format_number(one.distance, 2)}",
                        _set_beside((place, one.perimeter), reference),
                    ],
                    className="beside",
                ),
            ]
        )
        for one in found
    ]
    other = html.P([*_offer_neighbours(reference, place), offer_comparison(str(place))])
    alike = [html.Ul(rows, className="listed"), html.P(METHOD, className="note")] if rows else []
    title = "Territoires qui lui ressemblent" if rows else "Comparer"
    return html.Section([html.H3(title), *alike, other], className="resembling")


def _offer_neighbours(reference: Reference, place: Perimeter) -> list[Child]:
    """Return the way to set a place beside its neighbours in one press."""
    near = neighbours_beside(reference, place)
    if not near:
        return []
    button = html.Button(
        "Comparer aux voisins",
        type="button",
        className="link",
        title=f"Voisins\u00a0: {CHOSEN[place.level]}.",
        **{"data-place": write_places((place, *near))},
    )
    names = enumerate_words(shown_name(reference, one) for one in near)
    return [button, f" ({names}) · "]


def _set_beside(places: tuple[Perimeter, Perimeter], reference: Reference) -> Element:
    name = shown_name(reference, places[1])
    return html.Button(
        ["Comparer", html.Span(f" à {name}", className="unseen")],
        type="button",
        className="link",
        **{"data-place": write_places(places)},
    )


def offer_comparison(shown: str, words: str = "Comparer avec un autre…") -> Element:
    """Return the way to put something else of its nature beside what is shown."""
    return html.Button(words, type="button", className="link", **{"data-beside": shown})


def _more(columns: Sequence[Compared]) -> Element:
    """Return the way to a third column and out of the comparison."""
    written = [one.written for one in columns]
    out = html.Button("Quitter la comparaison", type="button", className="link",
                      **{"data-place": written[0]})  # fmt: skip
    if len(columns) == MOST_COMPARED:
        return html.P([out], className="actions")
    return html.P(
        [offer_comparison(write_places(written), "Ajouter à la comparaison…"), out],
        className="actions",
    )


def _table(heads: Sequence[Element], bodies: Sequence[Element]) -> Element:
    whole = html.Th("Pas-de-Calais", scope="col", role="columnheader", className="whole")
    head = html.Tr([html.Td("", role="cell"), *heads, whole], role="row")
    return html.Table(
        [html.Thead(head, role="rowgroup"), *bodies],
        className="compared-places",
        role="table",
        **{"aria-label": "Comparaison", "aria-describedby": "compared-help"},
    )


def _head(columns: Sequence[Compared], rank: int) -> Element:
    one, name = columns[rank], typeset(columns[rank].name)
    kept = write_places(other.written for other in columns if other is not one)
    without = html.Button(
        ["Retirer", html.Span(f" {name}", className="unseen")],
        type="button",
        className="link",
        **{"data-place": kept},
    )
    stroke = html.Span(STROKES[rank], className=f"stroke stroke-{rank}")
    return html.Th([go_to(one.written, name), stroke, without], scope="col", role="columnheader")


def _group(group: ComparedGroup, places: int) -> Element:
    title = html.Th(group.title, scope="rowgroup", role="rowheader", colspan=places + 2)
    rows = [_row(row) for row in group.rows]
    return html.Tbody([html.Tr(title, role="row", className="group-head"), *rows], role="rowgroup")


def _row(row: ComparedRow) -> Element:
    largest = max((value for value in row.values if value is not None), default=0)
    cells = [
        html.Td([_value(text, row.unit), _bar(value, largest)], role="cell", className="number")
        for text, value in zip(row.texts, row.values, strict=True)
    ]
    whole = html.Td(
        _value(row.whole, row.unit) if row.whole else None, role="cell", className="number whole"
    )
    unit = html.Span(f" {row.unit}") if "/" in row.unit else None
    title = [*keep_years(typeset(row.title)), unit]
    head = html.Th(title, scope="row", role="rowheader", title=row.meaning or None)
    return html.Tr([head, *cells, whole], role="row", className="money" if row.money else None)


def _value(text: str, unit: str) -> Element:
    """Return a value without its unit, unless that is a sign: the head of the row says it."""
    if text == UNKNOWN or (len(unit) > LONGEST_SIGN and not text.endswith(")")):
        text = short(text, unit)
    return html.Span(keep_years(typeset(text)))


def _bar(value: float | None, largest: float) -> Element | None:
    if value is None or largest <= 0:
        return None
    width = {"width": f"{value / largest * 100:.1f}%"}
    # the thinnest bar is two pixels wide: zero has none
    shown = html.Span(style=width) if value > 0 else None
    return html.Div(shown, className="bar", **{"aria-hidden": "true"})

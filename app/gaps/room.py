"""Room on the page Écarts: people for a place, on the map, in the legend, the panel, the table."""

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from app.gaps.answer import render_exports
from app.gaps.bands import render_bands
from app.gaps.calculator import Answer, GapCalculator
from app.gaps.classes import COLOURS, GapClasses, class_texts, cut_into_classes
from app.gaps.legend import render_legend_table, render_place_legend
from app.gaps.scenarios import render_changes
from app.parts import markup as html
from app.parts.lists import render_remarks, render_sources
from app.parts.markup import Child, Element
from app.parts.typography import typeset
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number, format_percent, plural
from layers.gaps.capacity import Capacity
from layers.gaps.capacity_sentences import (
    capacity_method,
    capacity_sentence,
    per_place,
    place_noun,
)
from layers.gaps.public_words import WORDS
from layers.gaps.question import unit_of
from layers.model.layer import Source

PARTS: Final = (0.5, 0.8, 1.0, 1.25, 2.0)
"""Of the mean of the département: the bounds between classes; half the mean has twice the room."""
DIGITS: Final = 2


def room_title(found: Capacity) -> str:
    """Return the title of the map: ``Collèges publics : combien sont-ils par place ?``."""
    return typeset(f"{found.question.title} : combien sont-ils par {place_noun(found.question)} ?")


def room_legend_title(found: Capacity) -> str:
    """Return what the classes are of: ``Habitants par lieu``."""
    return f"{WORDS[found.public].head} par {place_noun(found.question)}"


def classify_room(found: Capacity) -> GapClasses:
    """Sort communes into classes of which the mean of the département is a bound."""
    mean = found.mean if math.isfinite(found.mean) else 1.0
    bounds = tuple(_rounded(mean * part) for part in PARTS)
    return cut_into_classes(found.communes, "people_per_place", bounds)


def _rounded(value: float) -> float:
    """Round to two digits, or to a tenth where that is finer."""
    return round(value, min(1, DIGITS - 1 - math.floor(math.log10(value)))) if value > 0 else value


def room_for_browser(found: Capacity, classes: GapClasses) -> dict[str, Any]:
    """Return what the map's scripts need, as :func:`app.gaps.classes.for_browser`."""
    communes = found.communes
    rows = zip(
        communes["code"], communes["people_per_place"], communes["per_place_low"],
        communes["per_place_high"], strict=True,
    )  # fmt: skip
    table = {
        code: [
            classes.class_of[code], round(at, 1), round(low, 1),
            round(high, 1) if math.isfinite(high) else None, 0,
        ]
        for code, at, low, high in rows
        if code in classes.class_of
    }  # fmt: skip
    return {
        "level": "commune",
        "drawing": "aplats",
        "title": room_title(found),
        "colours": COLOURS,
        "unit": f"par {place_noun(found.question)}",
        "table": table,
        "lost": communes.loc[~np.isfinite(communes["people_per_place"]), "code"].tolist(),
        "values": {},
    }


def render_room_legend(
    found: Capacity, classes: GapClasses, catalogue: Catalogue, proposed: int
) -> list[Element]:
    """Return the legend, with the communes in each class.

    Parameters
    ----------
    proposed
        How many sites are on the map that are proposed.
    """
    return [
        render_legend_table(
            room_legend_title(found),
            "",
            list(zip(COLOURS, class_texts(classes), classes.counts, strict=True)),
            "plus nombreux que la moyenne",
            [("hatched", "rien à portée", classes.out_of_reach)] if classes.out_of_reach else [],
        ),
        render_place_legend(
            found.question, catalogue, len(found.question.opened), len(found.gone), proposed
        ),
    ]


def room_figures(found: Capacity) -> tuple[tuple[str, str, str], ...]:
    """Return the name, the text and what is beside of the figures in large type."""
    words, noun = WORDS[found.public], place_noun(found.question)
    share = found.without / found.people if found.people else math.nan
    return (
        (f"{words.head} par {noun}", per_place(found.mean), "en moyenne"),
        ("Sans rien à portée", format_number(round(found.without)), format_percent(share)),
        (
            place_noun(found.question, several=True).capitalize(),
            format_number(round(found.places)),
            f"pour {words.count(found.people)}",
        ),
    )


def render_room(
    answer: Answer, found: Capacity, desk: GapCalculator, sources: Sequence[Source]
) -> list[Child]:
    """Return the panel that answers a view about room."""
    question = found.question
    within = plural(question.threshold, unit_of(found.model))
    return [
        html.Div(
            [
                html.P(typeset(f"{question.title}, à {within} ou moins"), className="kicker"),
                html.H2("Combien de places pour chacun\u202f?"),
                html.P(capacity_sentence(found, desk.reference), className="sentence"),
            ],
            className="sheet-head",
        ),
        html.Dl(
            [
                html.Div(
                    [
                        html.Dt(typeset(title)),
                        html.Dd(text, className="headline"),
                        html.Dd(typeset(beside), className="compared"),
                    ]
                )
                for title, text, beside in room_figures(found)
            ],
            className="headlines",
        ),
        render_bands(answer.bands, answer.view) if answer.bands else None,
        render_changes(answer),
        _territories(found, desk),
        render_exports(answer),
        html.Section(
            [html.H3("Méthode et limites"), html.P(capacity_method(found))], className="method"
        ),
        render_remarks(found.remarks),
        render_sources(sources),
    ]


def territory_rows(found: Capacity, names: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Return the name, the places, people for one, and who has none, of each territory."""
    sums = found.communes.groupby("territory")[["people", "places", "people_without"]].sum()
    rows = [
        (str(code), float(people / places) if places else math.inf, float(places), float(without))
        for code, (people, places, without) in zip(sums.index, sums.to_numpy(), strict=True)
    ]
    return [
        (typeset(names[code]), format_number(places, 1), per_place(ratio), format_number(round(n)))
        for code, ratio, places, n in sorted(rows, key=lambda row: (-row[1], row[0]))
    ]


def _territories(found: Capacity, desk: GapCalculator) -> Element:
    noun = place_noun(found.question)
    names = {code: one.name for code, one in desk.reference.territories.items()}
    heads = (place_noun(found.question, several=True).capitalize(), f"Par {noun}", "Sans rien")
    return html.Section(
        [
            html.H3("Par territoire"),
            html.Table(
                [
                    html.Thead(
                        html.Tr(
                            [
                                html.Td(),
                                *(html.Th(head, scope="col", className="number") for head in heads),
                            ]
                        )
                    ),
                    html.Tbody(
                        [
                            html.Tr(
                                [
                                    html.Th(name, scope="row"),
                                    *(html.Td(cell, className="number") for cell in cells),
                                ]
                            )
                            for name, *cells in territory_rows(found, names)
                        ]
                    ),
                ],
                className="gap-figures groups",
                **{"aria-label": "Places par territoire"},
            ),
        ]
    )

"""The legend: only what is on the map, each sign as the map draws it."""

from collections.abc import Iterable, Sequence
from typing import Final

import shapely

from app.drawing.signs import sign_of
from app.exports.booklet.labels.marks import Circle, Mark, radius_of, total_count
from app.exports.booklet.panel import (
    SMALL,
    TEXT,
    Block,
    Draw,
    Row,
    joined,
    signed_row,
    text_rows,
    with_note,
)
from app.exports.booklet.pen import inks
from app.exports.booklet.pen.canvas import Canvas, circle, line, rectangle
from app.exports.booklet.pen.lettering import Style
from app.exports.booklet.pen.pictograms import draw_pictogram
from app.exports.booklet.pen.states import draw_state
from app.parts.typography import typeset
from layers.french.wording import format_euros, format_number
from layers.indicators.states import State
from layers.model.layer import Layer

SIGN_SIDE: Final = 3.4
NUMBER: Final = Style(7, "semibold")
_REFERENCES: Final = (500_000, 100_000)

TOTAL_FILL: Final = "#bdd0b4"
TOTAL_LINE: Final = "#285a55"
LARGEST_TOTAL: Final = 4.5
"""Radius of the largest total on a page, millimetres."""

LineStyle = tuple[str, float, tuple[float, ...]]
"""Colour, width and dash of a line on the map."""

OUTLINE_LINE: Final[LineStyle] = (inks.OUTLINE, 0.6, ())
COMMUNE_LINE: Final[LineStyle] = (inks.COMMUNE_LINE, 0.18, ())
EPCI_LINE: Final[LineStyle] = (inks.EPCI_LINE, 0.32, ())
DEPARTEMENT_LINE: Final[LineStyle] = (inks.INK_SOFT, 0.4, (2.4, 0.9, 0.01, 0.9))


def limits_block(lines: Iterable[tuple[str, LineStyle]], width: float) -> Block:
    """Return the limits that the map draws, each a text and how its line is drawn."""
    rows = [signed_row(text, width, line_sign(style), least=4.0) for text, style in lines]
    return Block("Limites", tuple(rows))


def line_sign(style: LineStyle) -> Draw:
    """Return what draws a line as the map has it, for the legend."""
    colour, stroke, dash = style

    def draw(canvas: Canvas, x: float, y: float) -> None:
        path = line([(x - 3.2, y), (x + 3.2, y)])
        canvas.draw(path, stroke=colour, width=stroke, dash=dash)

    return draw


def operations_block(
    circles: Sequence[Circle], captions: dict[str, str], width: float
) -> Block | None:
    """Return the operations, numbered as on the map, and what the circles mean."""
    if not circles:
        return None
    rows = [_operation_row(one, captions, width) for one in circles]
    rows.append(_scale_of_circles(width))
    note = "Cercle à bord tireté : lieu connu à la rue, au quartier ou à la commune près."
    known = all(one.exact for one in circles)
    told = tuple(rows) if known else with_note(rows, note, width)
    return Block("Opérations soutenues par le FIT", told)


def _operation_row(one: Circle, captions: dict[str, str], width: float) -> Row:
    row = one.row
    words = captions.get(row["id"]) or str(row["title"])
    title = text_rows(typeset(words), width, TEXT, indent=6.5)
    facts = f"{row['commune']} – {format_euros(row['fit'])} de FIT"
    lines = [*title, *text_rows(typeset(facts), width, SMALL, inks.INK_SOFT, indent=6.5)]
    body = joined(lines)

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.draw(circle(x + 2.4, y + 2.2, 2.1), fill=inks.MONEY)
        canvas.write(
            x + 2.4, y + 3.05, str(one.number), NUMBER, colour=inks.PAPER, anchor="middle", role="p"
        )
        body.draw(canvas, x, y + 0.4)

    return Row(body.height + 1.6, draw)


def _scale_of_circles(width: float) -> Row:
    largest = radius_of(_REFERENCES[0])
    text = "Surface en proportion du FIT"

    def draw(canvas: Canvas, x: float, y: float) -> None:
        foot = y + 2 * largest + 1.5
        for amount in _REFERENCES:
            radius = radius_of(amount)
            top = foot - 2 * radius
            canvas.draw(circle(x + largest, foot - radius, radius), stroke=inks.MONEY, width=0.25)
            path = line([(x + largest, top), (x + 2 * largest + 2, top)])
            canvas.draw(path, stroke=inks.INK_SOFT, width=0.12)
            canvas.write(x + 2 * largest + 2.6, top + 0.8, format_euros(amount), SMALL, role="p")
        canvas.write(x + 2 * largest + 2.6, foot - 0.2, text, SMALL, colour=inks.INK_SOFT, role="p")

    del width
    return Row(2 * largest + 3, draw)


def totals_block(
    title: str,
    amounts: Sequence[tuple[str, float]],
    states: Sequence[tuple[str, str | State]],
    note: str,
    width: float,
) -> Block:
    """Return circles of reference for a total: for each a text and a radius in millimetres.

    Parameters
    ----------
    states
        What is no number on the page, as :func:`fill_rows` takes it.
    """
    largest = max((radius for _, radius in amounts), default=0.0)

    def draw(canvas: Canvas, x: float, y: float) -> None:
        for index, (text, radius) in enumerate(amounts):
            middle = y + 2 * largest + 0.5 - radius
            path = circle(x + largest, middle, radius)
            canvas.draw(path, fill=TOTAL_FILL if index == 0 else None, stroke=TOTAL_LINE, width=0.2)
            top = middle - radius
            canvas.draw(
                line([(x + largest, top), (x + 2 * largest + 2, top)]),
                stroke=inks.INK_SOFT,
                width=0.12,
            )
            canvas.write(x + 2 * largest + 2.6, top + 0.8, text, SMALL, role="p")

    circles = [Row(2 * largest + 2, draw)] if amounts else []
    return Block(title, with_note([*circles, *fill_rows(states, width)], note, width))


def sites_block(marks: Sequence[Mark], width: float) -> Block | None:
    """Return the layers that have a sign on the map, with their counts."""
    if not marks:
        return None
    layers = {mark.layer.id: mark.layer for mark in marks}
    shapes = {mark.shape for mark in marks}
    rows = []
    for key, layer in layers.items():
        own = [mark for mark in marks if mark.layer.id == key]
        count = total_count(own)
        sign = sign_of(layer)
        noun = sign.singular if count == 1 else sign.plural
        shape = "filled" if any(mark.shape == "filled" for mark in own) else own[0].shape

        def draw(
            canvas: Canvas, x: float, y: float, layer: object = layer, shape: str = shape
        ) -> None:
            draw_pictogram(canvas, layer, shape, (x, y), SIGN_SIDE)  # type: ignore[arg-type]

        text = f"{noun[0].upper()}{noun[1:]} ({count})"
        rows.append(signed_row(text, width, draw, indent=7.0))
    notes = []
    if "square" in shapes:
        notes.append("Signe carré : position connue à la commune près.")
    if "hollow" in shapes:
        notes.append("Signe évidé : position connue à la rue ou au quartier près.")
    notes += [note for layer in layers.values() if (note := _sized_note(layer, marks))]
    told = tuple(rows)
    for note in notes:
        told = with_note(told, note, width)
    return Block("Équipements et quartiers", told)


def _sized_note(layer: Layer, marks: Sequence[Mark]) -> str:
    """Return what the circles of a layer are as large as; empty where it has none."""
    values = [mark.value for mark in marks if mark.layer.id == layer.id]
    column = layer.style.size if layer.style else ""
    if not column or not any(values):
        return ""
    field = layer.field(column)
    write = format_euros if field.dtype == "money" else format_number
    return typeset(
        f"Cercles : leur surface est en proportion de « {field.label} », "
        f"{write(max(values))} pour le plus grand site ; des sites voisins sont additionnés."
    )


def numbers_block(names: Sequence[tuple[str, str]], width: float) -> Block | None:
    """Return the communes that the map tells by a number."""
    if not names:
        return None
    text = "\u00a0· ".join(
        f"{number}\u00a0{name.replace(' ', chr(0xA0))}" for number, name in names
    )
    return Block("Communes numérotées", text_rows(text, width, SMALL))


def fill_rows(rows: Sequence[tuple[str, str | State]], width: float) -> list[Row]:
    """Return the classes and the states of an indicator: text, and colour or sign."""

    def sign(fill: str | State) -> Draw:
        def draw(canvas: Canvas, x: float, y: float) -> None:
            path = rectangle(x - 3.2, y - 1.5, 6.4, 3)
            plain = inks.LAND if isinstance(fill, State) else fill
            canvas.draw(path, fill=plain)
            if isinstance(fill, State):
                draw_state(canvas, fill, shapely.box(x - 3.2, y - 1.5, x + 3.2, y + 1.5))
            canvas.draw(path, stroke=inks.COMMUNE_LINE, width=0.18)

        return draw

    return [signed_row(text, width, sign(fill), least=3.9) for text, fill in rows]


def classes_block(
    title: str, rows: Sequence[tuple[str, str | State]], note: str, width: float
) -> Block:
    """Return the classes of an indicator and what is no number, under its title."""
    return Block(title, with_note(fill_rows(rows, width), note, width))

"""The drawing of the map: sea, land, limits, indicator, marks, names, from below to above."""

import math
from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from app.drawing.signs import sign_of
from app.exports.booklet.background import draw_built, draw_ground_names, draw_lines
from app.exports.booklet.furniture import draw_inset
from app.exports.booklet.labels.marks import COUNT, Circle, Mark, Point, span, text_beside
from app.exports.booklet.labels.names import Label, line_pitch
from app.exports.booklet.labels.towns import DOT
from app.exports.booklet.legend import (
    COMMUNE_LINE,
    DEPARTEMENT_LINE,
    EPCI_LINE,
    LARGEST_TOTAL,
    OUTLINE_LINE,
    TOTAL_FILL,
    TOTAL_LINE,
    LineStyle,
)
from app.exports.booklet.pen import inks
from app.exports.booklet.pen.canvas import Canvas, circle, line, outline, rectangle
from app.exports.booklet.pen.frame import Frame
from app.exports.booklet.pen.lettering import Style
from app.exports.booklet.pen.pictograms import draw_pictogram
from app.exports.booklet.pen.states import draw_state
from app.exports.booklet.placement import Placed
from app.exports.booklet.scene.background import Drawn, detail_of, on_page
from app.exports.booklet.scene.content import Fill, Painted, Scene
from app.exports.booklet.scene.ground import Ground
from geo.perimeter import Level, Perimeter
from layers.indicators.states import State
from layers.model.layer import Layer

COLOURS: Final = {"epci": inks.EPCI_INK, "around": inks.ABROAD_INK, "sea": inks.SEA_INK}
HALOS: Final = {"epci": inks.LAND, "around": inks.ABROAD, "sea": None}
NUMBER: Final = Style(7, "semibold")
AREA_WIDTH: Final = 0.3
AREA_RIM: Final = 0.4
"""Millimetres."""


def draw_map(
    canvas: Canvas, scene: Scene, placed: Placed, frame: Frame
) -> list[tuple[str, LineStyle]]:
    """Draw the map and return the limits that it shows, for the legend."""
    rect, ground, painted = frame.rect, scene.ground, scene.content.painted
    canvas.draw(rectangle(rect.x, rect.y, rect.width, rect.height), fill=inks.SEA)
    drawn = on_page(scene.content.background, detail_of(scene.perimeter), frame)
    _draw_around(canvas, ground, frame)
    draw_built(canvas, drawn, inks.ABROAD)
    _draw_own(canvas, scene, drawn, frame)
    limits = _draw_limits(canvas, scene.perimeter, ground, frame)
    limits += _draw_areas(canvas, scene.content.areas, frame)
    if painted and painted.classes is None:
        _draw_totals(canvas, painted, frame)
    _draw_marks(canvas, placed, scene.side)
    halo = inks.PAPER if painted else inks.LAND
    draw_ground_names(canvas, placed.ground, halo)
    _draw_names(canvas, placed, halo)
    if placed.inset and scene.perimeter.level is not Level.DEPARTEMENT:
        draw_inset(canvas, placed.inset, ground.departement, ground.outline)
    canvas.draw(
        rectangle(rect.x, rect.y, rect.width, rect.height), stroke=inks.INK_SOFT, width=0.25
    )
    return limits


def _draw_around(canvas: Canvas, ground: Ground, frame: Frame) -> None:
    shapes = frame.shapes_to_page(ground.around.shapes)
    shown = shapes[~shapely.is_empty(shapes)]
    canvas.draw("".join(outline(shape) for shape in shown), fill=inks.ABROAD)
    _draw_edges(canvas, ground.around.shapes, frame, (inks.ABROAD_LINE, 0.2, ()))


def _draw_edges(canvas: Canvas, shapes: np.ndarray, frame: Frame, style: LineStyle) -> None:
    """Draw the edges of land once each, though two share them."""
    near = shapes[shapely.intersects(shapes, shapely.box(*frame.ground))]
    if not len(near):
        return
    edges = shapely.line_merge(shapely.union_all(shapely.boundary(near)))
    colour, width, dash = style
    path = outline(frame.shapes_to_page(np.array([edges]))[0])
    canvas.draw(path, stroke=colour, width=width, dash=dash)


def _draw_own(canvas: Canvas, scene: Scene, drawn: Sequence[Drawn], frame: Frame) -> None:
    ground, painted = scene.ground, scene.content.painted
    whole = frame.shapes_to_page(np.array([ground.outline]))[0]
    canvas.draw(outline(whole), fill=inks.LAND)
    draw_built(canvas, drawn, inks.LAND, whole)
    if painted:
        shapes = frame.shapes_to_page(painted.areas.shapes)
        by_fill: dict[Fill, list[shapely.Geometry]] = {}
        for shape, fill in zip(shapes, painted.fills, strict=True):
            by_fill.setdefault(fill, []).append(shape)
        for fill, same in sorted(by_fill.items(), key=lambda item: item[0] or ""):
            if isinstance(fill, State):
                draw_state(canvas, fill, shapely.union_all(same))
            elif fill is not None:
                canvas.draw("".join(outline(shape) for shape in same), fill=fill)
                draw_built(canvas, drawn, fill, shapely.union_all(same))
    draw_lines(canvas, drawn, detail_of(scene.perimeter))
    _draw_edges(canvas, ground.own.shapes, frame, COMMUNE_LINE)


def _draw_limits(
    canvas: Canvas, perimeter: Perimeter, ground: Ground, frame: Frame
) -> list[tuple[str, LineStyle]]:
    """Draw the limits above the land and tell the legend which there are."""
    shown: list[tuple[str, LineStyle]] = []
    if len(ground.epcis) > 1:
        _draw_edges(canvas, ground.epcis.shapes, frame, EPCI_LINE)
        shown.append(("Limite d’EPCI", EPCI_LINE))
    if perimeter.level is not Level.DEPARTEMENT:
        border = shapely.boundary(ground.departement)
        # Where the département ends at the sea there is no limit to draw.
        inland = shapely.intersection(border, _land_border(ground, frame))
        path = outline(frame.shapes_to_page(np.array([inland]))[0])
        if path:
            colour, width, dash = DEPARTEMENT_LINE
            canvas.draw(path, stroke=colour, width=width, dash=dash)
            shown.append(("Limite du département", DEPARTEMENT_LINE))
    whole = outline(frame.shapes_to_page(np.array([ground.outline]))[0])
    canvas.draw(whole, stroke=inks.PAPER, width=OUTLINE_LINE[1] + 0.7)
    canvas.draw(whole, stroke=OUTLINE_LINE[0], width=OUTLINE_LINE[1])
    if len(ground.own) > 1:
        shown.append(("Limite communale", COMMUNE_LINE))
    return shown


def _draw_areas(
    canvas: Canvas, areas: Sequence[tuple[Layer, gpd.GeoSeries]], frame: Frame
) -> list[tuple[str, LineStyle]]:
    """Draw the outlines of areas over the land, rimmed with paper, and tell the legend."""
    shown: list[tuple[str, LineStyle]] = []
    for layer, outlines in areas:
        sign = sign_of(layer)
        path = "".join(outline(shape) for shape in frame.shapes_to_page(outlines.to_numpy()))
        if not path:
            continue
        style: LineStyle = (sign.colour, AREA_WIDTH, ())
        canvas.draw(path, stroke=inks.PAPER, width=AREA_WIDTH + AREA_RIM)
        canvas.draw(path, stroke=sign.colour, width=AREA_WIDTH)
        shown.append((f"Contour : {sign.singular}", style))
    return shown


def _land_border(ground: Ground, frame: Frame) -> shapely.Geometry:
    """Return the edges of the land beyond the département, near the frame."""
    codes = np.array([not code.startswith("62") and len(code) < 9 for code in ground.around.codes])  # noqa: PLR2004
    beyond = ground.around.shapes[codes]
    near = beyond[shapely.intersects(beyond, shapely.box(*frame.ground))]
    return shapely.union_all(shapely.boundary(near))


def _draw_totals(canvas: Canvas, painted: Painted, frame: Frame) -> None:
    points = frame.to_page(shapely.get_coordinates(shapely.point_on_surface(painted.areas.shapes)))
    order = np.argsort(-np.nan_to_num(painted.values))
    for index in order:
        value = painted.values[index]
        if value > 0:
            radius = painted.radius(float(value), LARGEST_TOTAL)
            canvas.draw(
                circle(float(points[index][0]), float(points[index][1]), radius),
                fill=TOTAL_FILL,
                stroke=TOTAL_LINE,
                width=0.2,
            )


def _draw_marks(canvas: Canvas, placed: Placed, side: float) -> None:
    for one in placed.circles:
        _draw_tie(canvas, one.true, one.middle, one.radius * 0.6, inks.MONEY)
    for mark in placed.marks:
        _draw_tie(canvas, mark.true, mark.middle, side * 1.3, inks.INK_SOFT)
    for one in placed.circles:
        _draw_circle(canvas, one)
    for mark in placed.marks:
        _draw_mark(canvas, mark, side)


def _draw_tie(canvas: Canvas, true: Point, middle: Point, enough: float, colour: str) -> None:
    """Draw a thin line from a moved mark to where it belongs."""
    if math.dist(true, middle) > enough:
        canvas.draw(line([true, middle]), stroke=colour, width=0.18)
        canvas.draw(circle(*true, 0.45), fill=colour)


def _draw_circle(canvas: Canvas, one: Circle) -> None:
    x, y = one.middle
    canvas.draw(circle(x, y, one.radius), fill=inks.PAPER, stroke=inks.PAPER, width=0.5)
    inner = one.radius if one.exact else one.radius - 0.55
    canvas.draw(circle(x, y, inner), fill=inks.MONEY)
    if not one.exact:
        canvas.draw(circle(x, y, one.radius - 0.12), stroke=inks.MONEY, width=0.24, dash=(0.8, 0.6))
    canvas.write(x, y + 0.85, str(one.number), NUMBER, colour=inks.PAPER, anchor="middle")


def _draw_mark(canvas: Canvas, mark: Mark, side: float) -> None:
    x, y = mark.middle
    if mark.radius:
        colour = sign_of(mark.layer).colour
        canvas.draw(circle(x, y, mark.radius), fill=inks.PAPER, stroke=colour, width=0.3)
    draw_pictogram(canvas, mark.layer, mark.shape, mark.middle, side)
    if beside := text_beside(mark):
        canvas.write(x + span(mark, side) / 2 + 0.4, y + 0.8, beside, COUNT, halo=inks.LAND)


def _draw_names(canvas: Canvas, placed: Placed, halo: str) -> None:
    for kind, label in placed.names:
        _write(canvas, label, COLOURS[kind], HALOS[kind])
    for label in placed.labels:
        if label.leader:
            canvas.draw(line(label.leader), stroke=inks.INK, width=0.18)
            canvas.draw(circle(*label.leader[1], 0.4), fill=inks.INK)
        if label.kind == "point":
            canvas.draw(
                circle(*label.name.middle, DOT), fill=inks.PAPER, stroke=inks.INK, width=0.3
            )
    for label in placed.labels:
        _write(canvas, label, inks.INK, inks.ABROAD if label.kind == "leader" else halo)


def _write(canvas: Canvas, label: Label, colour: str, halo: str | None) -> None:
    box = label.box
    pitch = line_pitch(label.style)
    for row, text in enumerate(label.lines):
        canvas.write(
            box.x + box.width / 2,
            label.baseline + row * pitch,
            text,
            label.style,
            colour=colour,
            anchor="middle",
            halo=halo,
        )

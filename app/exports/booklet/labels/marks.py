"""Marks: operations as circles of their FIT, sites as pictograms, none over another."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from app.drawing.signs import SHAPES
from app.exports.booklet.labels.room import Room, Spot
from app.exports.booklet.pen.frame import Frame
from app.exports.booklet.pen.lettering import Style, measure
from geo.crs import MEASURE
from layers.model.layer import Layer, Precision

Point = tuple[float, float]

RADIUS_OF_HALF_A_MILLION: Final = 5.5
"""Millimetres for 500 000 € on every page, so that booklets can be laid side by side."""
COUNT: Final = Style(6.5, "semibold")
AIR: Final = 0.35
LARGEST_RADIUS: Final = 3.6
"""Millimetres of the circle of the largest site of a layer whose circles are scaled by a column."""
LONGEST_LABEL: Final = 40
REACH: Final = 18.0
"""Millimetres that a mark may be moved, with a line to where it belongs."""


@dataclass(frozen=True, slots=True)
class Circle:
    """An operation.

    Parameters
    ----------
    number
        By which the list beside the map tells it.
    row
        Of the layer.
    true
        Where the operation is, millimetres of the page.
    middle
        Where the circle is drawn.
    exact
        Whether the place is known better than the commune.
    """

    number: int
    row: Mapping[str, Any]
    true: Point
    middle: Point
    radius: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One or several sites of a layer that stand for one another at this scale.

    Parameters
    ----------
    value
        What the circle of the site is as large as, added up; 0 where the layer has no circles.
    radius
        Millimetres of that circle.
    label
        What its layer writes beside each site; of several the first.
    """

    layer: Layer
    shape: str
    commune: str
    true: Point
    count: int
    middle: Point = (0.0, 0.0)
    value: float = 0.0
    radius: float = 0.0
    label: str = ""


def radius_of(amount: float) -> float:
    """Return the radius of an amount (euros) in millimetres: the area is in proportion."""
    return RADIUS_OF_HALF_A_MILLION * math.sqrt(max(amount, 0.0) / 500_000)


def page_points(frame: Frame, rows: gpd.GeoDataFrame) -> np.ndarray:
    """Return where rows (EPSG:4326) are on the page, n × 2, millimetres."""
    points = rows.geometry.to_crs(MEASURE)
    return frame.to_page(np.column_stack([points.x, points.y]))


def place_circles(
    room: Room, frame: Frame, rows: gpd.GeoDataFrame, owners: Mapping[str, int]
) -> tuple[list[Circle], list[str]]:
    """Give each operation its circle, the largest first; two at one place stand side by side.

    Parameters
    ----------
    owners
        Number of each commune's land in the room.

    Returns
    -------
    circles, lost
        ``lost`` are the titles of those for which there was no place.
    """
    found, lost = [], []
    points = page_points(frame, rows)
    for number, (row, true) in enumerate(
        zip(rows.to_dict("records"), points.tolist(), strict=True), start=1
    ):
        radius = max(radius_of(float(row["fit"])), 1.6)
        exact = SHAPES.get(Precision(row["precision"])) is not None
        found.append(Circle(number, row, (true[0], true[1]), (0, 0), radius, exact))
    placed = []
    for circle in sorted(found, key=lambda c: (-c.radius, c.number)):
        side = 2 * circle.radius + 2 * AIR
        spot = _spot(room, (side, side), circle.true, owners.get(circle.row["commune_code"]))
        if spot is None:
            lost.append(str(circle.row["title"]))
            continue
        room.take(spot.x, spot.y, side, side)
        placed.append(replace(circle, middle=(spot.x + side / 2, spot.y + side / 2)))
    return sorted(placed, key=lambda c: c.number), lost


def place_marks(
    room: Room, marks: Sequence[Mark], side: float, owners: Mapping[str, int]
) -> tuple[list[Mark], list[Mark]]:
    """Give each mark a free place as near as may be to where it is, in its own commune.

    Returns
    -------
    marks, lost
        ``lost`` are those for which there was no place within reach.
    """
    placed, lost = [], []
    for mark in sorted(marks, key=lambda m: (-m.count, m.layer.id, m.true)):
        width, height = mark_size(mark, side)
        near = (mark.true[0] + (width - span(mark, side)) / 2, mark.true[1])
        spot = _spot(room, (width, height), near, owners.get(mark.commune))
        if spot is None:
            lost.append(mark)
            continue
        room.take(spot.x, spot.y, width, height)
        placed.append(replace(mark, middle=(spot.x + AIR + span(mark, side) / 2,
                                            spot.y + height / 2)))  # fmt: skip
    return placed, lost


def mark_size(mark: Mark, side: float) -> tuple[float, float]:
    """Return what a mark covers: its sign or circle, and what is written beside it."""
    beside = text_beside(mark)
    text = measure(beside, COUNT).width + 0.4 if beside else 0.0
    return span(mark, side) + text + 2 * AIR, span(mark, side) + 2 * AIR


def span(mark: Mark, side: float) -> float:
    """Return how wide a mark is without its text: its sign, or the circle around it."""
    return max(side, 2 * mark.radius)


def text_beside(mark: Mark) -> str:
    """Return what stands beside a sign: its label, and ``×3`` where it stands for several."""
    count = f"×{mark.count}" if mark.count > 1 else ""
    return " ".join(filter(None, (mark.label, count)))


def gather_marks(
    layer: Layer, rows: gpd.GeoDataFrame, points: np.ndarray, reach: float
) -> list[Mark]:
    """Put together the sites of a layer, in one commune, that are nearer than ``reach``.

    Parameters
    ----------
    points
        Where the rows are on the page, n × 2, millimetres.
    reach
        Millimetres.
    """
    gathered: list[Mark] = []
    shapes = [SHAPES.get(Precision(text), "square") for text in rows["precision"]]
    told = zip(circle_values(layer, rows), _labels(layer, rows), strict=True)
    places = zip(rows["commune_code"], shapes, points.tolist(), told, strict=True)
    for commune, shape, (x, y), (value, label) in sorted(places, key=lambda place: place[:3]):
        near = _near(gathered, commune, shape, (x, y), reach)
        if near is None:
            one = Mark(layer, shape, commune, (x, y), 1, value=value, label=label)
            gathered.append(one)
        else:
            held = gathered[near]
            gathered[near] = replace(held, count=held.count + 1, value=held.value + value)
    largest = max(circle_values(layer, rows), default=0.0)
    return [replace(m, radius=LARGEST_RADIUS * math.sqrt(m.value / largest)) if largest else m
            for m in gathered]  # fmt: skip


def circle_values(layer: Layer, rows: gpd.GeoDataFrame) -> list[float]:
    """Return what the circle of each row is as large as; what is unknown or below zero has none."""
    column = layer.style.size if layer.style else ""
    if not column:
        return [0.0] * len(rows)
    return [0.0 if pd.isna(value) else max(0.0, float(value)) for value in rows[column]]


def _labels(layer: Layer, rows: gpd.GeoDataFrame) -> list[str]:
    column = layer.style.label if layer.style else ""
    if not column:
        return [""] * len(rows)
    texts = ["" if pd.isna(value) else " ".join(str(value).split()) for value in rows[column]]
    return [t if len(t) <= LONGEST_LABEL else f"{t[: LONGEST_LABEL - 1]}…" for t in texts]


def _near(
    gathered: Sequence[Mark], commune: str, shape: str, place: Point, reach: float
) -> int | None:
    for index in range(len(gathered) - 1, -1, -1):
        mark = gathered[index]
        if mark.commune != commune:
            return None  # they come commune by commune
        if mark.shape == shape and math.dist(mark.true, place) < reach:
            return index
    return None


def _spot(room: Room, size: tuple[float, float], near: Point, owner: int | None) -> Spot | None:
    """Find a place in the own commune, else beside it."""
    half = (size[0] / 2, size[1] / 2)
    if owner is not None:
        patch = room.patch(owner, margin=max(half))
        if patch is not None:
            for share in (0.9, 0.5):
                spot = room.place(size, near, patch, share)
                if spot:
                    return spot
    return room.place(size, near, room.around(*near, REACH))


def in_frame(points: np.ndarray, room: Room) -> np.ndarray:
    """Tell which points of the page lie on the map."""
    rect = room.rect
    inside: np.ndarray = (
        (points[:, 0] > rect.x)
        & (points[:, 0] < rect.right)
        & (points[:, 1] > rect.y)
        & (points[:, 1] < rect.bottom)
    )
    return inside


def total_count(marks: Iterable[Mark]) -> int:
    """Return how many sites some marks stand for."""
    return sum(mark.count for mark in marks)

"""The background of a page: as fine as its perimeter is narrow, cut at its frame."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from app.exports.booklet.pen.frame import Frame
from geo.background.features import Detail, Feature, Kind
from geo.perimeter import Level, Perimeter
from layers.background import MAP_CREDIT, MapBackground

WIDE: Final = {
    Level.DEPARTEMENT: Detail.FAR,
    Level.TERRITORY: Detail.MIDDLE,
    Level.MDS: Detail.MIDDLE,
}
"""Detail for a level; the others are seen from near."""
UNSEEN: Final = 0.04
"""Millimetres by which a line may be off, for the file to be light."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A feature as the page has it: its shape in millimetres."""

    feature: Feature
    shape: shapely.Geometry

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.feature.kind


def credit_of(background: MapBackground) -> str:
    """Return the line that the licence wants on paper, with the day of the extract."""
    return f"{MAP_CREDIT}, {background.source.vintage}."


def detail_of(perimeter: Perimeter) -> Detail:
    """Return how finely a page shows the background."""
    return WIDE.get(perimeter.level, Detail.NEAR)


def kinds_in(
    background: MapBackground, detail: Detail, outline: shapely.Geometry
) -> frozenset[Kind]:
    """Return the kinds that some ground has (metres, EPSG:2154), for the legend."""
    shapely.prepare(outline)
    features = background.features[detail]
    touching = shapely.intersects(outline, [one.shape for one in features])
    return frozenset(one.kind for one, here in zip(features, touching, strict=True) if here)


def on_page(background: MapBackground | None, detail: Detail, frame: Frame) -> list[Drawn]:
    """Return what a frame shows, the lowest first; nothing where there is no background."""
    if background is None:
        return []
    features = background.features[detail]
    shapes = np.array([one.shape for one in features], dtype=object)
    placed = shapely.simplify(frame.shapes_to_page(shapes), UNSEEN)
    return [
        Drawn(one, shape)
        for one, shape in zip(features, placed, strict=True)
        if not shapely.is_empty(shape)
    ]

"""Generalising: an extract cut to a zone, and made as light as each detail wants it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.background.extract import Raw
from geo.background.features import Background, Detail, Feature, Kind

GRID_M: Final = 1.0
"""Of the coordinates that are kept."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a detail shows.

    Parameters
    ----------
    metres
        By which a line may be off (Douglas and Peucker); a piece that is shorter is left out.
    gap
        Metres between built-up areas that become one.
    smallest
        Square metres of a built-up area, and of a hole in one.
    shortest
        Metres of a river in all, below which it is left out.
    kinds
        That are shown.
    """

    metres: float
    gap: float
    smallest: float
    shortest: float
    kinds: frozenset[Kind]


RULES: Final = {
    Detail.FAR: Rules(150.0, 200.0, 300_000.0, 8_000.0, frozenset(Kind) - {Kind.SECONDARY}),
    Detail.MIDDLE: Rules(40.0, 80.0, 60_000.0, 1_000.0, frozenset(Kind)),
    Detail.NEAR: Rules(10.0, 20.0, 10_000.0, 0.0, frozenset(Kind)),
}


def generalise(raw: Raw, zone: BaseGeometry) -> Background:
    """Return the background of a zone (metres, EPSG:2154), at each detail."""
    shapely.prepare(zone)
    lines: dict[tuple[Kind, str, str], list[BaseGeometry]] = defaultdict(list)
    built: list[BaseGeometry] = []
    touching = shapely.intersects(zone, raw.shapes)
    whole = shapely.contains_properly(zone, raw.shapes)
    for index in np.flatnonzero(touching):
        shape = raw.shapes[index]
        if raw.kinds[index] is Kind.BUILT:
            built.append(shape)
            continue
        cut = shape if whole[index] else shapely.intersection(shape, zone)
        lines[raw.kinds[index], raw.names[index], raw.refs[index]] += _parts(cut)
    merged = {key: shapely.line_merge(_many(parts)) for key, parts in lines.items()}
    background: Background = {}
    for detail in reversed(Detail):
        rules = RULES[detail]
        built = _join(built, rules)
        areas = (Feature(Kind.BUILT, "", "", one) for one in _built_up(built, zone, rules))
        background[detail] = (*areas, *_lines(merged, rules))
    return background


def _lines(merged: Mapping[tuple[Kind, str, str], BaseGeometry], rules: Rules) -> Iterator[Feature]:
    order = {kind: rank for rank, kind in enumerate(Kind)}
    for (kind, name, ref), shape in sorted(
        merged.items(), key=lambda item: (order[item[0][0]], item[0])
    ):
        if kind not in rules.kinds:
            continue
        if kind is Kind.RIVER and shapely.length(shape) < rules.shortest:
            continue
        simple = [shapely.simplify(part, rules.metres) for part in _parts(shape)]
        kept = [part for part in map(_on_grid, simple) if shapely.length(part) >= rules.metres]
        if kept:
            yield Feature(kind, name, ref, _many(kept))


def _join(areas: list[BaseGeometry], rules: Rules) -> list[BaseGeometry]:
    """Return areas of which near ones are joined: grown, then shrunk by as much; fewer vertices."""
    by = rules.gap / 2
    grown = shapely.union_all(shapely.buffer(areas, by, join_style="mitre", mitre_limit=1.5))
    joined = shapely.buffer(grown, -by, join_style="mitre", mitre_limit=1.5)
    return _parts(shapely.simplify(joined, rules.metres))


def _built_up(
    areas: list[BaseGeometry], zone: BaseGeometry, rules: Rules
) -> Iterator[shapely.Polygon]:
    """Yield areas cut to the zone; small ones and small holes are left out."""
    large = [area for area in areas if area.area >= rules.smallest]
    cut = [one if shapely.contains_properly(zone, one) else one.intersection(zone) for one in large]
    for area in shapely.get_parts(shapely.set_precision(cut, GRID_M)):
        if isinstance(area, shapely.Polygon) and area.area >= rules.smallest:
            holes = [h for h in area.interiors if shapely.Polygon(h).area >= rules.smallest]
            yield shapely.Polygon(area.exterior, holes)


def _on_grid(line: BaseGeometry) -> BaseGeometry:
    rounded = shapely.transform(line, lambda xy: np.round(xy / GRID_M) * GRID_M)
    return shapely.remove_repeated_points(rounded)


def _many(lines: Iterable[BaseGeometry]) -> shapely.MultiLineString:
    return shapely.MultiLineString([one for one in lines if isinstance(one, shapely.LineString)])


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    """Return the single lines or areas of a shape; points where a line touches are left out."""
    parts: Iterable[BaseGeometry] = shapely.get_parts(shape)
    return [part for part in parts if not part.is_empty and part.geom_type != "Point"]

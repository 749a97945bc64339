"""The map of gaps as an SVG: drawn in Lambert-93, hatched by lines that every program shows."""

from collections.abc import Iterable
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.drawing.signs import sign_of
from app.drawing.tokens import colour
from app.gaps.classes import COLOURS
from app.gaps.paper.content import MapContent
from app.gaps.paper.drawing import WIDTH, Frame, document, hatches, names, path, text
from app.gaps.paper.legend import LEGEND, band_stroke, draw_legend, site_edge
from app.view.levels import low
from geo.crs import EXCHANGE, MEASURE
from geo.outlines.topology import WEB_TOLERANCES
from geo.perimeter import DEPARTEMENT, Level
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.communes import outlines_credit
from layers.french.wording import typeset
from layers.gaps.sites import word_of
from layers.gaps.table import service_sources

SMALLEST_TOWN: Final = 8_000
"""Inhabitants of the towns that are named."""
SMALL_PICTURE: Final = 1.5
"""How much larger marks and names are where the map is printed small, without its caption."""
LONGEST_LINE: Final = 118
"""Characters of a line of the caption."""


def draw_map(content: MapContent, catalogue: Catalogue, *, caption: bool = True) -> str:
    """Return the map of an answer as an SVG document.

    Parameters
    ----------
    caption
        Whether title, legend, method and sources stand around it; without them it is a picture.
    """
    reference = catalogue.reference
    far = WEB_TOLERANCES["far"]
    larger = 1.0 if caption else SMALL_PICTURE
    departement = reference.outlines(DEPARTEMENT.level, far).geometry.iloc[0]
    frame = Frame.around(departement)
    inner = "".join(
        [
            f'<rect width="{WIDTH:g}" height="{frame.height:.1f}" fill="{colour("sea")}"/>',
            path(_land(reference, frame), f'fill="{colour("land-abroad")}"'),
            *_communes(content, reference, frame),
            path(
                frame.draw(reference.epci_parts_inside(far).geometry.boundary.union_all()),
                f'fill="none" stroke="{colour("ink")}" stroke-width="0.6" stroke-opacity="0.6"',
            ),
            path(
                frame.draw(departement),
                f'fill="none" stroke="{colour("ink")}" stroke-width="1.3"',
            ),
            *_bands(content, frame, larger),
            *_services(content, catalogue, frame, larger),
            *_towns(content, catalogue, frame, larger),
            *_sites(content, frame, larger),
        ]
    )
    if not caption:
        return document(inner, WIDTH, frame.height, content.title)
    lines = _wrapped(f"{content.method} {_sources(content, catalogue)}")
    height = frame.height + 44 + 14 * len(lines)
    around = "".join(
        [
            f'<rect width="{WIDTH + LEGEND:g}" height="{height:.1f}" fill="{colour("paper")}"/>',
            text(content.title, 12, 23, 'font-size="17" font-weight="600"'),
            f'<svg y="36" width="{WIDTH:g}" height="{frame.height:.1f}">{inner}</svg>',
            f'<g transform="translate({WIDTH + 14:g},60)">{draw_legend(content, catalogue)}</g>',
            *(
                text(line, 12, frame.height + 56 + 14 * number, 'font-size="11"')
                for number, line in enumerate(lines)
            ),
        ]
    )
    return document(around, WIDTH + LEGEND, height, content.title)


def _communes(content: MapContent, reference: Reference, frame: Frame) -> Iterable[str]:
    shapes = reference.outlines(Level.COMMUNE, WEB_TOLERANCES["far"]).set_index("code").geometry
    drawn = gpd.GeoSeries(frame.draw(shapes.to_numpy()), index=shapes.index)
    asked = content.asked
    kinds = drawn.index.map(
        lambda code: content.classes.class_of.get(code, -1 if code in asked else -2)
    )
    fills = dict(enumerate(COLOURS))
    fills |= {-1: colour("land"), -2: colour("land")}
    for kind, group in drawn.groupby(kinds):
        edge = f'stroke="{colour("hairline")}" stroke-width="0.3"'
        yield from (path(shape, f'fill="{fills[kind]}" {edge}') for shape in group)
    doubtful = list(content.doubtful)
    if doubtful:
        lines = shapely.intersection(hatches(WIDTH, frame.height), drawn.loc[doubtful].union_all())
        ink = f'fill="none" stroke="{colour("ink")}" stroke-width="0.6" stroke-opacity="0.75"'
        yield path(lines, ink)


def _land(reference: Reference, frame: Frame) -> BaseGeometry:
    land = frame.draw(reference.neighbour_land(WEB_TOLERANCES["far"]).geometry.union_all())
    return shapely.clip_by_rect(land, 0, 0, WIDTH, frame.height)


def _bands(content: MapContent, frame: Frame, larger: float) -> Iterable[str]:
    if content.bands is not None:
        for number, shape in enumerate(
            frame.draw(content.bands.outlines.geometry.to_crs(MEASURE).to_numpy())
        ):
            yield path(shape, f'fill="none" {band_stroke(number, larger)}')


def _services(
    content: MapContent, catalogue: Catalogue, frame: Frame, larger: float
) -> Iterable[str]:
    gone = content.gone
    for service in content.question.services:
        tone = sign_of(service.layer(catalogue)).colour
        rows = service.places(catalogue).to_crs(MEASURE)
        words = map(word_of, rows["layer"], rows["key"])
        drawn = _drawn(frame, rows.geometry.to_numpy())
        for word, (x, y) in zip(words, drawn, strict=True):
            yield _closed(x, y, larger) if word in gone else _service(x, y, tone, larger)


def _service(x: float, y: float, tone: str, larger: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3.2 * larger:.1f}" fill="{tone}" stroke="#fff" '
        'stroke-width="0.8"/>'
    )


def _closed(x: float, y: float, larger: float) -> str:
    """Draw a cross where a place is supposed closed."""
    half = 4.5 * larger
    return (
        f'<path d="M{x - half:.1f} {y - half:.1f}l{2 * half:.1f} {2 * half:.1f}'
        f'm0 {-2 * half:.1f}l{-2 * half:.1f} {2 * half:.1f}" stroke="{colour("ink")}" '
        f'stroke-width="{2 * larger:g}" fill="none"/>'
    )


def _towns(content: MapContent, catalogue: Catalogue, frame: Frame, larger: float) -> list[str]:
    communes = sorted(catalogue.reference.communes.values(), key=lambda c: (-c.population, c.code))
    towns = [commune for commune in communes if commune.population >= SMALLEST_TOWN * larger**2]
    places = _places(frame, [t.town_hall.lon for t in towns], [t.town_hall.lat for t in towns])
    taken = [
        shapely.box(x - 3, y - 3, x + 3, y + 3)
        for service in content.question.services
        for x, y in _drawn(frame, service.places(catalogue).to_crs(MEASURE).geometry.to_numpy())
    ]
    return names(
        [(typeset(t.name), x, y) for t, (x, y) in zip(towns, places, strict=True)], taken, larger
    )


def _places(frame: Frame, lon: list[float], lat: list[float]) -> list[list[float]]:
    points = gpd.GeoSeries.from_xy(lon, lat, crs=EXCHANGE).to_crs(MEASURE)
    return _drawn(frame, points.to_numpy())


def _drawn(frame: Frame, points: np.ndarray) -> list[list[float]]:
    return shapely.get_coordinates(frame.draw(points)).tolist()


def _sites(content: MapContent, frame: Frame, larger: float) -> Iterable[str]:
    half, ink = 7 * larger, colour("selection")
    full = f'fill="{ink}" stroke="#fff" stroke-width="1.2"'
    kinds = ((content.sites, full, "#fff"), (content.proposed, site_edge(), ink))
    for sites, look, letter in kinds:
        drawn = _places(frame, [lon for lon, _ in sites], [lat for _, lat in sites])
        for number, (x, y) in enumerate(drawn, 1):
            yield (
                f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:g}" '
                f'height="{2 * half:g}" {look}/>'
            )
            mark = f'font-size="{10 * larger:g}" font-weight="600" fill="{letter}"'
            yield text(str(number), x, y + 3.6 * larger, f'{mark} text-anchor="middle"')


def _wrapped(text: str) -> list[str]:
    lines, line = list[str](), ""
    for word in text.split(" "):
        if len(line) + len(word) >= LONGEST_LINE:
            lines, line = [*lines, line], ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def _sources(content: MapContent, catalogue: Catalogue) -> str:
    sources = service_sources(content.question, catalogue)
    told = " ; ".join(source.named for source in sources)
    return typeset(
        f"Sources : {told} ; populations : Insee, recensement de 2023 ; "
        f"{low(outlines_credit(catalogue.reference))}."
    )

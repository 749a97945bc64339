"""The legend of the map of gaps on paper: classes, marks, bands around a site."""

from collections.abc import Iterator
from typing import Final

import shapely

from app.drawing.signs import sign_of
from app.drawing.tokens import colour
from app.gaps.classes import COLOURS
from app.gaps.paper.content import MapContent
from app.gaps.paper.drawing import document, hatches, path, text
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number

LEGEND: Final = 186.0
"""Width, in units of the drawing."""
BOX: Final = (26.0, 14.0)
"""A swatch."""
DASHES: Final = ("none", "6 3", "2 4")
"""Of the edge of each band."""


def draw_legend(content: MapContent, catalogue: Catalogue) -> str:
    """Return the legend: classes, what is uncertain, marks, bands around a site."""
    parts = [text(content.legend_title, 0, 0, 'font-size="11" font-weight="600"')]
    rows = zip(COLOURS, content.texts, content.classes.counts, strict=True)
    for number, (shade, told, count) in enumerate(rows):
        y = 12 + 20 * number + (8 if number >= len(COLOURS) // 2 else 0)
        parts += [_box(y, f'fill="{shade}"'), *_row(told, format_number(count), y)]
    y = 12 + 20 * len(COLOURS) + 14
    uncertain = len(content.doubtful)
    parts += [
        f'<g transform="translate(0,{y})">{_hatched_box()}</g>',
        *_row("incertain", format_number(uncertain), y),
    ]
    tone = sign_of(content.question.services[0].layer(catalogue)).colour
    parts.append(f'<circle cx="13" cy="{y + 29}" r="4" fill="{tone}"/>')
    parts += _row("service", format_number(content.services), y + 22)
    if content.sites:
        parts.append(
            f'<rect x="7" y="{y + 45}" width="13" height="13" fill="{colour("selection")}"/>'
        )
        parts += _row("site supposé", format_number(len(content.sites)), y + 44)
    if content.proposed:
        y += 22 if content.sites else 0
        parts.append(f'<rect x="7" y="{y + 45}" width="13" height="13" {site_edge()}/>')
        parts += _row("site proposé", format_number(len(content.proposed)), y + 44)
    return "".join([*parts, *_bands(content, y + 84)])


def site_edge() -> str:
    """Return how the square of a proposed site is drawn, as on the screen."""
    return f'fill="#fff" stroke="{colour("selection")}" stroke-width="1.2" stroke-dasharray="3 2"'


def _bands(content: MapContent, top: float) -> Iterator[str]:
    """Yield who lives in each band."""
    if content.bands is None:
        return
    yield text(content.bands.title, 0, top, 'font-size="11" font-weight="600"')
    for number, band in enumerate(content.bands.bands):
        y = top + 12 + 20 * number
        yield f'<path d="M0 {y + 7:g}h{BOX[0]:g}" {band_stroke(number)}/>'
        yield from _row(band.named(content.unit), format_number(band.people), y)


def band_stroke(number: int, larger: float = 1.0) -> str:
    """Return how the edge of a band is drawn, as on the screen: the nearer, the stronger."""
    return (
        f'stroke="{colour("selection")}" stroke-width="{(2.5 - 0.6 * number) * larger:g}" '
        f'stroke-dasharray="{DASHES[number]}"'
    )


def band_swatch(number: int) -> str:
    """Return the swatch of a band as an SVG document, for a legend elsewhere."""
    line = f'<path d="M0 {BOX[1] / 2:g}h{BOX[0]:g}" {band_stroke(number)}/>'
    return document(line, BOX[0], BOX[1], "trait")


def hatched_swatch() -> str:
    """Return the swatch of what is uncertain as an SVG document, for a legend elsewhere."""
    return document(_hatched_box(), BOX[0], BOX[1], "hachures")


def _hatched_box() -> str:
    wide, high = BOX
    ink = f'fill="none" stroke="{colour("ink")}" stroke-width="0.7"'
    inside = shapely.intersection(hatches(wide, high), shapely.box(0, 0, wide, high))
    return _box(0, f'fill="{COLOURS[2]}"') + path(inside, ink)


def _box(y: float, fill: str) -> str:
    edge = f'stroke="{colour("rule-strong")}" stroke-width="0.8"'
    return f'<rect y="{y:g}" width="{BOX[0]:g}" height="{BOX[1]:g}" {fill} {edge}/>'


def _row(told: str, count: str, y: float) -> list[str]:
    return [
        text(told, 34, y + 11.5, 'font-size="12"'),
        text(count, LEGEND - 30, y + 11.5, 'font-size="12" text-anchor="end"'),
    ]

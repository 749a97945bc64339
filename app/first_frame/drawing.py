"""The map of the first frame: an SVG sized by its style sheet, names and signs on it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

import orjson

from app.first_frame.fills import Fills
from app.first_frame.ground import CORNER, GRID_ZOOM, Box, Ground, Shape, project, seen, shape_of
from app.first_frame.names import labels
from app.first_frame.picture import Areas, Picture
from app.first_frame.scale import render_scale, scale_rules
from app.first_frame.signs import (
    NEAR_ZOOM,
    Signs,
    value_circles,
)
from app.first_frame.standing import standing_of
from app.first_frame.steps import Frame, step_rules
from app.first_frame.written import write_name
from app.jobs.one_turn import OneTurn
from app.map.atlas import Atlas
from app.map.panes import map_credit
from geo.background.features import Kind
from geo.perimeter import Level

FINER_FROM: Final = ((12.0, "near"), (10.0, "middle"))
"""Zoom from which each finer resolution is drawn."""
FAR_ZOOM: Final = 8.75
"""Below which the hairlines of the communes are fainter."""
SPECK_MARK: Final = 8
"""Pixels of the mark of an area that is seen from far."""
UNSEEN: Final = 0.5
"""Pixels by which an area may be off, for the document to be light."""
MOST_WAITING: Final = 16
"""Threads that have a picture drawn, or wait for it: half of a worker's."""
BUSY: Final = "Le serveur dessine déjà pour d’autres : redemandez dans un instant."
AFTER: Final = 5
"""Seconds after which whoever was told so may ask again."""
KINDS: Final = {"neighbour": "abroad", "strip": "abroad-strip", "outside": "outside"}
"""Class of what lies around."""


class Draughtsman:
    """Draws pictures on the outlines of one atlas, which it reads once.

    Parameters
    ----------
    atlas
        What its readers see.

    Attributes
    ----------
    turn
        Held by whoever has a picture drawn.
    """

    def __init__(self, atlas: Atlas) -> None:
        self.turn = OneTurn(MOST_WAITING, BUSY, AFTER)
        self._atlas = atlas
        self._ground = Ground(atlas)
        self.middles = lru_cache(maxsize=16)(self._read_middles)
        self._around = lru_cache(maxsize=8)(self._draw_around)

    def draw(self, picture: Picture) -> tuple[str, str]:
        """Return the map as HTML, and its style sheet."""
        frame = picture.frame
        signs = Signs(frame)
        fills = Fills(picture)
        fine = UNSEEN / frame.usual.scale
        areas = [(each, [shape_of(one, fine) for one in each.features]) for each in picture.areas]
        land = "".join(self._land(picture, fills))
        over = "".join(_outlines(picture, areas))
        marks = "".join(self._marks(picture, signs, areas))
        names = "".join(self._names(picture, areas))
        west, north = frame.box[:2]
        view = f"{west:.1f} {north:.1f} {frame.width:.1f} {frame.height:.1f}"
        x, y = CORNER
        html = (
            f'<div class="frame-box">'
            f'<svg class="frame-ground" viewBox="{view}" preserveAspectRatio="none" '
            f'aria-hidden="true" data-grid="{GRID_ZOOM},{x!r},{y!r}">'
            f'<defs>{fills.patterns}</defs>{land}<g class="frame-outlines">{over}</g></svg>'
            f'<svg class="frame-marks" aria-hidden="true"><defs>{signs.definitions}</defs>'
            f'{marks}<g class="frame-names">{names}</g></svg></div>{render_scale(frame)}'
        )
        shown = [
            _at_step(rank, step.zoom, fills.at_step(rank)) + scale_rules(frame, rank)
            for rank, step in enumerate(frame.steps)
        ]
        return html, step_rules(frame, shown) + fills.rules + signs.rules

    def outlines(self, stem: str) -> tuple[Shape, ...]:
        """Return the shapes of a file of outlines, as ``commune-far``."""
        return self._ground.shapes(stem)

    def _land(self, picture: Picture, fills: "Fills") -> Iterator[str]:
        frame, finest = picture.frame, resolution(picture.frame)
        window = frame.window
        whole = finest == "far"
        yield self._around(None if whole else window)
        zones = self._shapes(picture.limits, finest, window, whole=whole)
        communes = self._shapes(Level.COMMUNE, finest, window, whole=whole)
        carried = communes if picture.level == Level.COMMUNE else zones
        painted = "".join(_carrying(shape, fills.name(shape.code), picture) for shape in carried)
        style = "communes" if picture.level == Level.COMMUNE else "zones"
        yield self._group(f"{picture.level}-{finest}", style, painted, whole=whole)
        if picture.level != Level.COMMUNE:
            lines = "".join(_commune(shape) for shape in communes)
            yield self._group(f"commune-{finest}", "hairlines", lines, whole=whole)
        yield _background(picture.background, finest)
        limits = "".join(_limit(shape) for shape in zones)
        again = f"{picture.limits}-{finest}" if picture.level == Level.COMMUNE else ""
        yield self._group(again, "limits", limits, whole=whole)
        coast = self._ground.shapes(f"departement-{finest}")
        yield self._group(
            f"departement-{finest}", "coast", "".join(map(_limit, coast)), whole=whole
        )

    def _group(self, stem: str, style: str, content: str, *, whole: bool) -> str:
        # what is whole here is not asked for again by the browser's map
        file = f' data-file="{self._atlas.files[stem].name}"' if stem and whole else ""
        return f'<g class="frame-{style}"{file}>{content}</g>'

    def _shapes(self, level: Level, finest: str, window: Box, *, whole: bool) -> Sequence[Shape]:
        shapes = self._ground.shapes(f"{level}-{finest}")
        return shapes if whole else [*seen(shapes, window)]

    def _draw_around(self, window: Box | None) -> str:
        shapes = self._ground.shapes("around")
        shown = shapes if window is None else seen(shapes, window)
        paths = "".join(
            f'<path class="{KINDS[shape.kind]}" data-kind="{shape.kind}" d="{shape.path}"/>'
            for shape in shown
        )
        return self._group("around", "around", paths, whole=window is None)

    def _marks(
        self, picture: Picture, signs: Signs, areas: Sequence[tuple[Areas, list[Shape]]]
    ) -> Iterator[str]:
        yield value_circles(picture, self.middles(picture.level) if picture.circles else {})
        if not picture.circles:
            for points in picture.points:
                yield signs.amounts(points)
        for each, shapes in areas:
            yield signs.specks(each, {rank: shape.box for rank, shape in enumerate(shapes)})
        for points in picture.points:
            yield signs.pins(points)
        yield from (signs.site(site) for site in picture.sites)

    def _names(self, picture: Picture, areas: Sequence[tuple[Areas, list[Shape]]]) -> Iterator[str]:
        zones: list[tuple[Shape, tuple[float, float]]] = []
        if picture.level != Level.COMMUNE:
            middles = self.middles(picture.level)
            shapes = self._ground.shapes(f"{picture.level}-{resolution(picture.frame)}")
            zones = [(shape, middles[shape.code]) for shape in shapes if shape.code in middles]
        names = orjson.loads(self._atlas.files["names"].body)
        standing = standing_of(picture, areas, self._credit(picture))
        for label, ranks in labels(picture.frame, names, zones, standing).items():
            yield write_name(label, ranks, picture.frame)

    def _credit(self, picture: Picture) -> str:
        return f"{map_credit(self._atlas.catalogue)} {picture.credit}".rstrip()

    def _read_middles(self, level: Level) -> Mapping[str, tuple[float, float]]:
        places = orjson.loads(self._atlas.files[f"anchors-{level}"].body)
        return {code: project(*at) for code, at in places.items()}


def resolution(frame: Frame) -> str:
    """Return how fine the outlines of a frame are: as a usual desk shows it."""
    zoom = frame.usual.zoom
    return next((name for start, name in FINER_FROM if zoom >= start), "far")


def _carrying(shape: Shape, style: str, picture: Picture) -> str:
    told = picture.told.get(shape.code, "")
    title = escape(f"{shape.name}\u00a0: {told}" if told else shape.name, quote=False)
    path = (
        f'<path class="{style}" data-code="{shape.code}" '
        f'd="{shape.path}"><title>{title}</title></path>'
    )
    link = picture.links.get(shape.code)
    return f'<a href="{escape(link)}" tabindex="-1">{path}</a>' if link else path


def _commune(shape: Shape) -> str:
    return f'<path data-code="{shape.code}" data-name="{escape(shape.name)}" d="{shape.path}"/>'


_limit = _commune


def _background(paths: Mapping[str, str], detail: str) -> str:
    if not paths:
        return ""
    lines = [kind for kind in paths if kind != Kind.BUILT]
    built = f'<path class="ground-built" d="{paths[Kind.BUILT]}"/>' if Kind.BUILT in paths else ""
    shapes = "".join(f'<path id="ground-{kind}" d="{paths[kind]}"/>' for kind in lines)
    drawn = "".join(
        f'<use class="{rim}ground-{kind}" href="#ground-{kind}"/>'
        for rim in ("ground-rim ", "")
        for kind in lines
    )
    inside = f"<defs>{shapes}</defs>{built}{drawn}"
    return f'<g class="frame-background" data-detail="{detail}">{inside}</g>'


def _outlines(picture: Picture, areas: Sequence[tuple[Areas, list[Shape]]]) -> Iterator[str]:
    usual = picture.frame.usual.scale
    for each, shapes in areas:
        colour = each.sign.colour.removeprefix("#")
        # of what is smaller than its mark hardly anything would be seen
        paths = "".join(
            f'<path d="{shape.path}"{_filled(feature)}/>'
            for shape, feature in zip(shapes, each.features, strict=True)
            if shape.side * usual > SPECK_MARK
        )
        yield f'<g class="frame-areas sign-{colour}">{paths}</g>'
    for outlined in picture.outlines:
        for rim in ("-rim", ""):
            paths = "".join(f'<path d="{path}"/>' for path in outlined.paths)
            yield f'<g class="frame-{outlined.style}{rim}">{paths}</g>'


def _filled(feature: Mapping[str, Any]) -> str:
    """Return the fill of an area that is painted by a number of its own."""
    fill = feature["properties"].get("fill")
    return f' fill="{escape(fill)}" fill-opacity="0.9"' if fill else ""


def _at_step(rank: int, zoom: float, fills: str) -> str:
    near, faint = zoom >= NEAR_ZOOM, 0.35 if zoom < FAR_ZOOM else 0
    return (
        f".n{{display:none}}.n{rank}{{display:inline}}"
        f".is-far{{display:{'none' if near else 'inline'}}}"
        f".is-near{{display:{'inline' if near else 'none'}}}"
        f".frame-hairlines{{stroke-opacity:{faint or 0.5}}}"
        f".frame-communes{{stroke-opacity:{faint or 0.9}}}{fills}"
    )

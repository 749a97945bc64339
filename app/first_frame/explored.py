"""The picture of a view of the Explorer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from app.drawing.signs import sign_of, sized_by
from app.drawing.theme import Theme
from app.first_frame.background import background_paths
from app.first_frame.drawing import Draughtsman, resolution
from app.first_frame.ground import Shape, shape_of
from app.first_frame.picture import Areas, Outlined, Picture, Points
from app.first_frame.steps import Frame, frame_of
from app.map.atlas import Atlas
from app.map.panes import features_of, largest_amount
from app.view.keys import EXPLORER, names
from app.view.query import write_query
from app.view.side_by_side import Opened
from app.view.state import DEFAULT, Drawing, ViewState, format_view
from app.view.words import PERIMETER_LAYERS
from geo.background.features import Detail
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.background import FOND, MAP_CREDIT
from layers.french.semester import Semester
from layers.model.layer import LayerError
from layers.operations import OPERATIONS

STROKES: Final = ("selected", "selected-second", "selected-third")
"""Class of the outline of each place beside each other."""
OpenPlace = Callable[[str], str]


def open_from(view: ViewState) -> OpenPlace:
    """Return what writes the address that opens a place, or several, and keeps the rest of a view.

    The function takes places as they are written, commas between them.
    """
    rest = replace(view, place=DEPARTEMENT, subject=None, compared=(), map_view=None)
    kept = format_view(rest).removeprefix("?")
    keys = names(EXPLORER, "place", "compared")

    def open_place(written: str) -> str:
        first, _, others = written.partition(",")
        place = None if first == str(DEPARTEMENT) and not others else first
        said = write_query({keys["place"]: place, keys["compared"]: others or None})
        return "?" + "&".join(part for part in (said.removeprefix("?"), kept) if part)

    return open_place


def addresses_from(view: ViewState) -> Mapping[str, Callable[[str], str | None]]:
    """Return what writes the address that a button leads to, by the attribute of the button."""

    def show_semester(written: str) -> str:
        one = Semester.parse(written, 1)
        period = None if view.operations.period == (one, one) else (one, one)
        kept = replace(view, operations=replace(view.operations, period=period))
        return format_view(kept) or "?"

    def turn_layer(layer: str) -> str:
        shown = (
            tuple(one for one in view.layers if one != layer)
            if layer in view.layers
            else (*view.layers, layer)
        )
        return format_view(replace(view, layers=shown)) or "?"

    return {
        "data-place": open_from(view), "data-semester": show_semester, "data-layer": turn_layer,
    }  # fmt: skip


def picture_of(atlas: Atlas, draughtsman: Draughtsman, view: ViewState) -> Picture:
    """Return what the map of a view shows; without its indicator where that is not to be had."""
    frame = frame_of(atlas.frame(view), view.map_view, beside=len(view.opened) > 1)
    open_place = open_from(view)
    codes = [place.code for place in atlas.reference.perimeters(view.level)]
    common: dict[str, Any] = {
        "frame": frame,
        "level": view.level,
        "limits": Level.EPCI if view.level == Level.COMMUNE else view.level,
        "links": {code: open_place(str(Perimeter(view.level, code))) for code in codes},
        "outlines": (
            *_contracts(atlas, draughtsman, view, frame),
            *_selected(atlas, draughtsman, view, frame),
        ),
        "areas": tuple(_areas(atlas, view)),
        "points": tuple(_points(atlas, view)),
        "credit": MAP_CREDIT if FOND in view.layers else "",
        "background": _background(atlas, view, frame),
    }
    try:
        theme = atlas.theme(view.indicator, view.level, view.drawing, view.classes)
    except LayerError:
        return Picture(title="", fills={}, told={}, **common)
    return Picture(
        title=theme.title,
        fills=theme.fills,
        told={code: theme.tell(code) for code in theme.fills},
        circles=_circles(theme),
        ink="money" if theme.money else "plain",
        **common,
    )


def _background(atlas: Atlas, view: ViewState, frame: Frame) -> Mapping[str, str]:
    if atlas.background is None or FOND not in view.layers:
        return {}
    return background_paths(atlas.background, Detail(resolution(frame)), frame.window)


def _circles(theme: Theme) -> Mapping[str, float]:
    if theme.drawing != Drawing.CIRCLES:
        return {}
    return {str(code): float(value) for code, value in theme.values.dropna().items()}


def selected_shapes(atlas: Atlas, draughtsman: Draughtsman, view: ViewState) -> list[Shape]:
    """Return the outlines of what a view opens, none for the whole département."""
    if view.opened[0] == DEPARTEMENT:
        return []
    return [shape for one in view.opened for shape in _shapes(atlas, draughtsman, one, "far")]


def _contracts(
    atlas: Atlas, draughtsman: Draughtsman, view: ViewState, frame: Frame
) -> Iterator[Outlined]:
    for layer in PERIMETER_LAYERS:
        if layer in view.layers:
            places = map(Perimeter.parse, atlas.perimeters_of(layer))
            finest = resolution(frame)
            shapes = (one for place in places for one in _shapes(atlas, draughtsman, place, finest))
            yield Outlined(layer.replace("_", "-"), tuple(shape.path for shape in shapes))


def _selected(
    atlas: Atlas, draughtsman: Draughtsman, view: ViewState, frame: Frame
) -> Iterator[Outlined]:
    if view.opened[0] == DEPARTEMENT:
        return
    for style, one in zip(STROKES, view.opened, strict=False):
        shapes = _shapes(atlas, draughtsman, one, resolution(frame))
        yield Outlined(style, tuple(shape.path for shape in shapes))


def _shapes(atlas: Atlas, draughtsman: Draughtsman, one: Opened, finest: str) -> Iterator[Shape]:
    for drawn in atlas.drawn_by(one):
        if isinstance(drawn, Perimeter):
            for shape in draughtsman.outlines(f"{drawn.level}-{finest}"):
                if shape.code == drawn.code:
                    yield shape
            continue
        for feature in atlas.points(str(drawn.kind))["features"]:
            if feature["properties"]["items"][0]["key"] == drawn.code:
                yield shape_of(feature)


def _areas(atlas: Atlas, view: ViewState) -> Iterator[Areas]:
    for layer in atlas.area_layers:
        if layer in view.layers:
            sign = sign_of(atlas.catalogue.layer(layer))
            yield Areas(layer, sign, features_of(atlas, layer))


def _points(atlas: Atlas, view: ViewState) -> Iterator[Points]:
    for layer in atlas.point_layers:
        if layer not in view.layers:
            continue
        features, doubtful = features_of(atlas, layer), frozenset[str]()
        if layer == OPERATIONS.id and view.operations != DEFAULT.operations:
            kept = atlas.kept_operations(view.operations)
            features, doubtful = _kept(features, frozenset(kept.keys)), kept.maybe
        sign = sign_of(atlas.catalogue.layer(layer))
        largest = largest_amount(atlas, layer) if sized_by(atlas.catalogue.layer(layer)) else 0.0
        yield Points(layer, sign, features, largest, doubtful)


def _kept(features: list[dict[str, Any]], keys: frozenset[str]) -> list[dict[str, Any]]:
    """Return what stands where when only some rows of a layer are kept."""
    narrowed = []
    for feature in features:
        items = [item for item in feature["properties"]["items"] if item["key"] in keys]
        if items:
            amount = sum(item["amount"] for item in items)
            properties = feature["properties"] | {
                "items": items, "count": len(items), "amount": amount,
            }  # fmt: skip
            narrowed.append(feature | {"properties": properties})
    return narrowed

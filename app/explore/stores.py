"""What the Explorer's stores hold, for the browser: the choices, what is drawn, where files are."""

from dataclasses import replace
from typing import Any, Final

from app.explore.picker import listed
from app.map.atlas import Atlas
from app.map.panes import by_frame_url, points_url
from app.view.operation_choice import ALL_OPERATIONS
from app.view.state import ViewState, texts_of
from app.view.words import PERIMETER_LAYERS
from layers.model.layer import LayerError

CHOICE: Final = ("indicator", "level", "drawing", "method", "classes", "bounds", "palette")
"""Parts of a view that the ``choice`` store holds."""
OPERATIONS: Final = ("period", "ambitions")
"""Parts of a view that the ``operations`` store holds."""


def choice_of(atlas: Atlas, view: ViewState) -> dict[str, str | None]:
    """Return what was chosen to be drawn, as the ``choice`` store holds it."""
    texts = texts_of(as_usual(atlas, view))
    return {part: texts[part] for part in CHOICE}


def operations_of(view: ViewState) -> dict[str, str | None]:
    """Return what operations are filtered by, as the ``operations`` store holds it."""
    texts = texts_of(view)
    return {part: texts[part] for part in OPERATIONS}


def as_usual(atlas: Atlas, view: ViewState) -> ViewState:
    """Return the view as the page's own address writes it: a usual drawing goes without saying."""
    usual = view.drawing == atlas.usual_drawing(view.indicator)
    return replace(view, drawing=None) if usual else view


def operations_shown(atlas: Atlas, view: ViewState) -> dict[str, Any] | None:
    """Return what the browser shows of the operations, None when they are not to be had."""
    try:
        kept = atlas.kept_operations(view.operations)
    except LayerError:
        return None
    everything = view.operations == ALL_OPERATIONS
    return {
        "choice": operations_of(view),
        "keys": None if everything else kept.keys,
        "maybe": sorted(kept.maybe),
        "total": kept.total,
        "sentence": kept.sentence(view.operations),
    }


def browser_urls(atlas: Atlas) -> dict[str, Any]:
    """Return the addresses of all static files, for the map's scripts."""
    files = atlas.files
    return {
        **atlas.geometry_urls(),
        "anchors": {level: files[f"anchors-{level}"].url for level in atlas.geometry_urls()},
        "names": files["names"].url,
        "background": atlas.background_urls(),
        "search": files["search"].url,
        "within": atlas.places_of_subjects(),
        "points": {
            layer: points_url(atlas, layer)
            for layer in atlas.point_layers
            if not atlas.is_large(layer)
        },
        "byFrame": {
            layer: by_frame_url(layer)
            for layer in (*atlas.point_layers, *atlas.area_layers)
            if atlas.is_large(layer)
        },
        "perimeters": {layer: atlas.perimeters_of(layer) for layer in PERIMETER_LAYERS},
        "areas": {
            layer: points_url(atlas, layer)
            for layer in atlas.area_layers
            if not atlas.is_large(layer)
        },
    }


def theme_data(
    atlas: Atlas, view: ViewState, remarks: tuple[str, ...] = ()
) -> dict[str, Any] | None:
    """Return what the browser draws, None when the indicator is not to be had.

    Parameters
    ----------
    remarks
        What was refused of the choice, French sentences.
    """
    try:
        theme = atlas.theme(view.indicator, view.level, view.drawing, view.classes)
    except LayerError:
        return None
    return {
        **theme.for_browser(),
        "choice": choice_of(atlas, view),
        "refused": bool(remarks),
        "listed": listed(theme.indicator),
    }

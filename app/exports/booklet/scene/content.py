"""The content of a page: which rows of which layers the perimeter holds, not yet placed."""

import math
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from app.drawing.bounds_text import say_classes
from app.drawing.classes import Classes
from app.drawing.signs import SHAPES
from app.drawing.theme import make_theme
from app.exports.booklet.labels.marks import Circle, Mark, circle_values, radius_of
from app.exports.booklet.pen.inks import tint
from app.exports.booklet.scene.ground import Ground, Land
from app.exports.booklet.scene.request import PageRequest
from app.exports.booklet.scene.words import filter_note
from app.parts.typography import typeset
from app.view.operation_choice import ALL_OPERATIONS
from app.view.operation_filter import keep_operations
from app.view.state import Drawing
from geo.crs import EXCHANGE, MEASURE
from geo.perimeter import Level, Perimeter
from geo.reference.places import Reference
from layers.background import FOND, MapBackground, asked_background
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import SMALLEST_SHARE, touches
from layers.communes import outlines_source
from layers.facts.acts import sources_of_rows
from layers.french.wording import enumerate_words
from layers.indicators.definition import Indicator
from layers.indicators.every import find_indicator
from layers.indicators.states import ABSENCES, SIGNS, State
from layers.model.layer import Layer, LayerError, Precision, Source

OPERATIONS: Final = "operations"
Fill = str | State | None
"""Of an area: a colour, a state without a number, or nothing."""


@dataclass(frozen=True)
class Painted:
    """An indicator on the communes of a page.

    Parameters
    ----------
    level
        At which it is counted: as asked, else communes where it has a value for them, else the
        territories or sectors that it is printed for.
    areas
        The perimeters of that level, as far as they lie on the page.
    values
        Of the areas, in their order; NaN where there is no number.
    states
        What is known of each.
    classes
        Over the whole département, so that pages can be compared; None for what is drawn as
        circles.
    colours
        Of the classes.
    title
        What it shows, by what, of which years.
    told
        French sentences about what is known in part, of the areas and of the département.
    """

    indicator: Indicator
    level: Level
    areas: Land
    values: np.ndarray
    states: tuple[State, ...]
    classes: Classes | None
    colours: tuple[str, ...]
    title: str
    told: tuple[str, ...] = ()

    @property
    def fills(self) -> tuple[Fill, ...]:
        """What each area is filled with: a colour, or the sign of its state; None for nothing."""
        return tuple(
            self.colour(float(value)) if state.measured else state
            for value, state in zip(self.values, self.states, strict=True)
        )

    def colour(self, value: float) -> str | None:
        """Return the colour of a number, None where numbers are circles."""
        if self.classes is None:
            return None
        if self.classes.zeros is not None and value == 0:
            return ZERO
        index = int(np.searchsorted(self.classes.bounds, value, side="right")) - 1
        return self.colours[min(max(index, 0), len(self.colours) - 1)]

    def radius(self, value: float, largest: float) -> float:
        """Return the radius of a total, where the page's largest one has ``largest``."""
        return largest * math.sqrt(value / float(np.nanmax(self.values)))

    def references(self, largest: float) -> list[tuple[str, float]]:
        """Return two round totals for the legend, each as text and radius; none without totals."""
        known = self.values[~np.isnan(self.values)]
        if not len(known) or known.max() <= 0:
            return []
        high = round_down(float(known.max()))
        quarter = round_down(high / 4)
        values = [high, quarter] if quarter >= 1 else [high]
        return [(self.indicator.text(value), self.radius(value, largest)) for value in values]

    def rows(self) -> list[tuple[str, str | State]]:
        """Return the classes and the states that are on the page, as text and fill."""
        shown = set(self.fills)
        found: list[tuple[str, str | State]] = []
        if self.classes is not None:
            zero_apart = self.classes.zeros is not None
            if ZERO in shown:
                found.append((SIGNS[State.ZERO].word, ZERO))
            words = say_classes(self.classes.bounds, zero_apart=zero_apart)
            found += [
                (f"{text} {self.indicator.unit}".strip(), colour)
                for text, colour in zip(words, self.colours, strict=True)
                if colour in shown
            ]
        return [*found, *((SIGNS[state].word, state) for state in ABSENCES if state in shown)]


def round_down(value: float) -> float:
    """Return the largest number of one digit (1 to 9 times a power of ten) that is not more."""
    power = 10.0 ** math.floor(math.log10(value))
    return math.floor(value / power) * power


ZERO: Final = "#f4f0e6"


@dataclass(frozen=True)
class Content:
    """What a page holds.

    Parameters
    ----------
    operations
        Rows of the operations of the perimeter, EPSG:4326.
    sites
        The other layers, each with its rows of the perimeter, as points; never empty.
    areas
        Those of them whose rows are areas, with their outlines, EPSG:2154.
    painted
        The indicator, if any.
    sources
        Of everything that is shown.
    filtered
        French sentence that says which operations are shown; empty when all are.
    background
        Roads, water, railways and built-up areas, where they were asked for.
    """

    operations: gpd.GeoDataFrame | None
    sites: tuple[tuple[Layer, gpd.GeoDataFrame], ...]
    areas: tuple[tuple[Layer, gpd.GeoSeries], ...]
    painted: Painted | None
    sources: tuple[Source, ...]
    filtered: str = ""
    background: MapBackground | None = None

    def legend_circles(self) -> list[Circle]:
        """Return the operations as the legend lists them."""
        if self.operations is None:
            return []
        rows = self.operations.to_dict("records")
        return [
            Circle(
                number,
                row,
                (0.0, 0.0),
                (0.0, 0.0),
                radius_of(float(row["fit"])),
                exact=SHAPES.get(Precision(row["precision"])) == "filled",
            )
            for number, row in enumerate(rows, start=1)
        ]

    def legend_marks(self) -> list[Mark]:
        """Return one mark for each layer and each shape of sign, with its count."""
        marks = []
        for layer, rows in self.sites:
            shapes = [SHAPES.get(Precision(text), "square") for text in rows["precision"]]
            largest = max(circle_values(layer, rows), default=0.0)
            for shape, count in sorted(pd.Series(shapes).value_counts().items()):
                one = Mark(layer, str(shape), "", (0.0, 0.0), int(count), value=largest)
                marks.append(one)
        return marks


@dataclass(frozen=True)
class Scene:
    """What a page is drawn from.

    Parameters
    ----------
    side
        Width of a site's sign, millimetres.
    """

    request: PageRequest
    reference: Reference
    ground: Ground
    content: Content
    side: float

    @property
    def perimeter(self) -> Perimeter:
        """What the page shows."""
        return self.request.perimeter


def gather(catalogue: Catalogue, request: PageRequest, ground: Ground) -> Content:
    """Gather the rows that lie in the perimeter.

    Raises
    ------
    LayerError
        A layer or an indicator is unknown, holds no points, or cannot be loaded.
    """
    members = frozenset(ground.own.codes)
    operations = None
    sites = []
    areas = []
    sources: list[Source] = []
    background = asked_background(catalogue) if FOND in request.shown_layers else None
    for layer_id in request.shown_layers:
        if layer_id == FOND:
            continue
        layer = catalogue.layer(layer_id)
        if not layer.local:
            raise LayerError(
                f"Couche « {layer_id} » : ce sont des périmètres ; une page montre des couches "
                "de points ou de quartiers."
            )
        rows = catalogue.load(layer_id)
        rows = rows[touches(rows, members)]
        if layer_id == OPERATIONS and request.operations != ALL_OPERATIONS:
            rows = rows[rows["id"].isin(keep_operations(catalogue, request.operations).keys)]
        if rows.empty:
            continue
        sources += sources_of_rows(layer, rows)
        if layer_id == OPERATIONS:
            operations = rows.sort_values(["contract", "number"], kind="stable")
        elif layer.geometry == "polygon":
            areas.append((layer, rows.geometry.to_crs(MEASURE)))
            sites.append((layer, _marked(rows)))
        else:
            sites.append((layer, rows))
    painted = _painted(catalogue, request, ground)
    if painted:
        sources += painted.indicator.sources
    kept = tuple(dict.fromkeys([*sources, outlines_source(catalogue.reference)]))
    filtered = _tell_filters(catalogue, request, [layer for layer, _ in sites], painted)
    return Content(operations, tuple(sites), tuple(areas), painted, kept, filtered, background)


def _tell_filters(
    catalogue: Catalogue, request: PageRequest, shown: list[Layer], painted: Painted | None
) -> str:
    """Say which operations and which rows of brought layers alone are on the page."""
    asked = OPERATIONS in request.shown_layers
    told = [filter_note(request.operations, catalogue)] if asked else []
    if painted and painted.indicator.brought:
        shown = [*shown, catalogue.layer(painted.indicator.brought)]
    layers = {one.id: one for one in shown if one.narrowed}
    told += [f"« {one.title} » : {one.narrowed}" for one in layers.values()]
    return typeset(" ".join(filter(None, told)))


def _marked(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return areas as the points inside them that bear their signs."""
    inside = rows.geometry.to_crs(MEASURE).representative_point().to_crs(EXCHANGE)
    return rows.assign(precision=str(Precision.SITE)).set_geometry(inside)


def _painted(catalogue: Catalogue, request: PageRequest, ground: Ground) -> Painted | None:
    if request.indicator is None:
        return None
    chosen = find_indicator(catalogue, request.indicator)
    usual = Level.COMMUNE if Level.COMMUNE in chosen.levels else chosen.levels[0]
    level = request.level or usual
    if level not in chosen.levels:
        known = enumerate_words(f"« {one} »" for one in chosen.levels)
        raise LayerError(f"Indicateur « {chosen.id} » : sans valeur par « {level} » ; par {known}.")
    drawing = request.drawing
    if drawing is None and request.level is None and level is not Level.COMMUNE:
        drawing = Drawing.COLOURS
    theme = make_theme(catalogue, chosen, level, drawing, request.classes)
    areas = ground.own if level is Level.COMMUNE else _areas(catalogue.reference, level, ground)
    values = theme.values.reindex(list(areas.codes)).to_numpy(dtype=float)  # noqa: PD011
    # a commune of an EPCI that lies across the border of the département is read by nobody
    here = theme.readings
    states = tuple(here[code].state if code in here else State.UNKNOWN for code in areas.codes)
    told = (*theme.tell_withheld(areas.codes), *theme.tell_parts(areas.codes))
    if theme.drawing is Drawing.CIRCLES:
        return Painted(chosen, level, areas, values, states, None, (), theme.title, told)
    colours = tuple(tint(colour) for colour in theme.colours)
    return Painted(chosen, level, areas, values, states, theme.classes, colours, theme.title, told)


def _areas(reference: Reference, level: Level, ground: Ground) -> Land:
    """Return the parts of the perimeters of a level that lie on a page."""
    frame = reference.outlines(level)
    shapes = shapely.intersection(frame.geometry.to_numpy(), ground.outline)
    shown = shapely.area(shapes) > SMALLEST_SHARE
    codes, names = (tuple(frame.loc[shown, column]) for column in ("code", "name"))
    return Land(codes, names, shapes[shown])

"""What every reader of the page shares: the catalogue, the static files, the themes made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from functools import lru_cache, partial
from typing import Any, Final, Self

import geopandas as gpd

from app.drawing.theme import Theme, make_theme, usual_drawing
from app.map.background import background_makers
from app.map.gathered import LARGE, LARGE_AREAS, Gathered, GatheredAreas
from app.map.names import map_names
from app.map.outlines import geometry_makers
from app.map.points import area_features, point_features
from app.map.search_index import search_groups
from app.settings import BaseMap
from app.view.class_choice import USUAL_CLASSES, ClassChoice
from app.view.operation_filter import keep_operations
from app.view.state import Drawing, ViewState
from app.view.words import make_vocabulary
from app.web.static_files import StaticFiles
from geo.background.features import Detail
from geo.crs import EXCHANGE
from geo.outlines.topology import WEB_TOLERANCES
from geo.perimeter import Level, Perimeter
from geo.reference.named_place import find_place
from layers.background import background_of, has_background
from layers.catalogue.layers import Catalogue
from layers.gaps.presets import services_of
from layers.gaps.services import Service
from layers.indicators.by_district import first_rate
from layers.indicators.definition import Indicator
from layers.indicators.every import list_indicators
from layers.model.layer import Layer, LayerError
from layers.operation.statements import adopted
from layers.sheets.subject import Subject, places_of, subjects
from layers.sheets.territory import profile

FIRST_PAINT: Final = ("commune-far", "epci-far", "departement-far", "around", "names")

Bounds = tuple[tuple[float, float], tuple[float, float]]
"""South-west then north-east, (latitude, longitude)."""


class Atlas:
    """The state of the server: nothing in it belongs to one reader.

    Parameters
    ----------
    catalogue
        Layers and reference.
    base_map
        Whose tiles are drawn under the layers.

    Attributes
    ----------
    background
        Roads, water, railways and built-up areas of our own, None where none were taken.
    """

    def __init__(self, catalogue: Catalogue, base_map: BaseMap = BaseMap.NONE) -> None:
        self.base_map = base_map
        self.background = background_of(catalogue) if has_background(catalogue) else None
        self.reference = catalogue.reference
        self.find_place = partial(find_place, self.reference)
        self.theme: Callable[..., Theme] = lru_cache(maxsize=1024)(self._theme)
        self._bounds_of = lru_cache(maxsize=None)(self._bounds_of_level)
        self._look_at(catalogue, {})
        self.files = StaticFiles(
            {
                **geometry_makers(self.reference),
                **background_makers(self.background),
                "names": lambda: map_names(self.reference),
                "search": lambda: search_groups(catalogue),
                **{
                    f"layer-{layer}": partial(self.points, layer)
                    for layer in (*self.point_layers, *self.area_layers)
                },
                **{
                    f"service-{service.id}": partial(self._service_points, service)
                    for service in services_of(catalogue).values()
                },
            }
        )

    def with_layers(self, layers: Sequence[Layer], urls: Mapping[str, str]) -> Self:
        """Return an atlas of more layers, for some readers; all else is shared with this one.

        Parameters
        ----------
        urls
            Address of the points or areas of each of them, by identifier.
        """
        other = copy(self)
        other._look_at(self.catalogue.with_layers(layers), urls)  # noqa: SLF001 - our own kind
        own = other.points

        def points(layer_id: str) -> dict[str, Any]:
            return own(layer_id) if layer_id in urls else self.points(layer_id)

        drawn = lru_cache(maxsize=128)(other._theme)  # noqa: SLF001 - our own kind

        def theme(indicator_id: str, *how: Any) -> Theme:  # noqa: ANN401 - as for all readers
            brought = other.indicators[indicator_id].brought
            return drawn(indicator_id, *how) if brought else self.theme(indicator_id, *how)

        other.points, other.theme = points, theme
        return other

    @property
    def added(self) -> frozenset[str]:
        """Identifiers of the layers that not all readers see."""
        return frozenset(self._urls)

    def points_url(self, layer_id: str) -> str:
        """Return the address of the points or areas of a layer.

        Raises
        ------
        LayerError
            The layer cannot be loaded.
        """
        return self._urls.get(layer_id) or self.files[f"layer-{layer_id}"].url

    def background_urls(self) -> list[str]:
        """Return the addresses of the background, coarsest first; none where there is none."""
        if self.background is None:
            return []
        return [self.files[f"background-{detail}"].url for detail in Detail]

    def is_large(self, layer_id: str) -> bool:
        """Return whether the points or areas of a layer are too many for one file."""
        most = {
            **dict.fromkeys(self.point_layers, LARGE),
            **dict.fromkeys(self.area_layers, LARGE_AREAS),
        }
        if layer_id not in most:
            return False
        state = self.catalogue.state(layer_id)
        return state.ok and (state.rows or 0) > most[layer_id]

    def gathered(self, layer_id: str) -> Gathered | GatheredAreas:
        """Return the points or areas of a large layer, by frame.

        Raises
        ------
        LayerError
            The layer cannot be loaded.
        """
        return self._gathered(layer_id)

    def service_url(self, service: Service) -> str:
        """Return the address of the points of a service; raises as :meth:`points_url`."""
        if service.layer_id in self._urls:
            return self._urls[service.layer_id]
        return self.files[f"service-{service.id}"].url

    def _look_at(self, catalogue: Catalogue, urls: Mapping[str, str]) -> None:
        self.catalogue = catalogue
        self._urls = urls
        self.point_layers = tuple(
            layer.id for layer in catalogue.layers.values() if layer.geometry == "point"
        )
        self.area_layers = tuple(
            layer.id
            for layer in catalogue.layers.values()
            if layer.geometry == "polygon" and layer.local
        )
        self.points: Callable[[str], dict[str, Any]] = lru_cache(maxsize=32)(self._points)
        self._gathered: Callable[[str], Gathered | GatheredAreas] = lru_cache(maxsize=8)(
            self._gather
        )
        self.profile = lru_cache(maxsize=512)(partial(profile, catalogue))
        self.kept_operations = lru_cache(maxsize=64)(partial(keep_operations, catalogue))
        self.vocabulary = make_vocabulary(catalogue)

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """All indicators by identifier, in the order in which people see them."""
        return self.catalogue.derive_own(list_indicators)

    def prepare(self) -> None:
        """Make and compress what the first paint needs, so that no reader waits for it."""
        for stem in FIRST_PAINT:
            _ = self.files[stem].packed
        # seconds of reading, that the first sheet of a place with a contract would wait for
        with suppress(LayerError):
            adopted(self.catalogue)

    def geometry_urls(self) -> dict[str, list[str]]:
        """Return the addresses of each level's outlines, coarsest first."""
        return {
            str(level): [self.files[f"{level}-{resolution}"].url for resolution in WEB_TOLERANCES]
            for level in Level
        }

    def usual_drawing(self, indicator_id: str) -> Drawing:
        """Return how an indicator is drawn when nothing is asked: totals as circles."""
        return usual_drawing(self.indicators[indicator_id])

    def perimeters_of(self, layer_id: str) -> list[str]:
        """Return what a layer of contracts is drawn on; none when it cannot be loaded.

        Perimeters of partners, or communes where the layer names them.
        """
        try:
            rows = self.catalogue.load(layer_id)
        except LayerError:
            return []
        if "commune_codes" not in rows.columns:
            return rows["perimeter"].tolist()
        codes = sorted({code for codes in rows["commune_codes"] for code in codes})
        return [str(Perimeter(Level.COMMUNE, code)) for code in codes]

    def places_of_subjects(self) -> dict[str, list[str]]:
        """Return the places that each subject lies in, in written form."""
        found = subjects(self.catalogue).items()
        return {str(subject): [str(place) for place in places] for subject, places in found}

    def frame(self, view: ViewState) -> Bounds:
        """Return what holds all that a view shows."""
        places = [place for one in view.opened for place in self.drawn_by(one)]
        south_west, north_east = zip(*map(self.bounds, places), strict=True)
        return _corner(min, south_west), _corner(max, north_east)

    def _theme(
        self,
        indicator_id: str,
        level: Level,
        drawing: Drawing | None,
        classes: ClassChoice = USUAL_CLASSES,
    ) -> Theme:
        indicator = self.indicators[indicator_id]
        return make_theme(self.catalogue, indicator, level, drawing, classes)

    def drawn_by(self, shown: Perimeter | Subject) -> tuple[Perimeter | Subject, ...]:
        """Return what something is drawn by: a contract by its partner, the rest by itself."""
        if isinstance(shown, Subject) and str(shown.kind) not in self.area_layers:
            return places_of(self.catalogue, shown)
        return (shown,)

    def bounds(self, shown: Perimeter | Subject) -> Bounds:
        """Return what holds a place, or a subject that has an outline of its own."""
        if isinstance(shown, Subject):
            rows = self.catalogue.load(shown.kind)
            return _corners(rows.set_index(self.catalogue.layer(shown.kind).key))[shown.code]
        return self._bounds_of(shown.level)[shown.code]

    def _bounds_of_level(self, level: Level) -> Mapping[str, Bounds]:
        return _corners(self.reference.outlines(level).set_index("code").to_crs(EXCHANGE))

    def _service_points(self, service: Service) -> dict[str, Any]:
        return point_features(service.layer(self.catalogue), service.rows(self.catalogue))

    def _gather(self, layer_id: str) -> Gathered | GatheredAreas:
        layer, frame = self.catalogue.layer(layer_id), self.catalogue.load(layer_id)
        if layer.geometry == "polygon":
            return GatheredAreas(layer, frame, first_rate(self.catalogue, layer, frame))
        return Gathered(layer, frame)

    def _points(self, layer_id: str) -> dict[str, Any]:
        layer = self.catalogue.layer(layer_id)
        frame = self.catalogue.load(layer_id)
        if layer.geometry == "polygon":
            return area_features(layer, frame, first_rate(self.catalogue, layer, frame))
        return point_features(layer, frame)


def _corners(frame: gpd.GeoDataFrame) -> Mapping[str, Bounds]:
    corners = frame.bounds.round(4).itertuples()
    return {code: ((south, west), (north, east)) for code, west, south, east, north in corners}


def _corner(
    pick: Callable[[Iterable[float]], float], corners: Iterable[tuple[float, float]]
) -> tuple[float, float]:
    latitudes, longitudes = zip(*corners, strict=True)
    return pick(latitudes), pick(longitudes)

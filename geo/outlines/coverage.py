"""The coverage: communes and the land around them as outlines that meet edge to edge."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import Transformer

from geo.crs import EXCHANGE, MEASURE
from geo.outlines.kept import KeptOutlines
from geo.outlines.topology import dissolve, read_outlines, simplify

KINDS = ("commune", "land")
FINEST_FOR_WEB_M = 25.0


class Coverage:
    """Outlines of the communes and of the land around, read when first asked for.

    Parameters
    ----------
    folder
        Folder of the outlines that come with the project: ``communes.parquet``, ``land.parquet``
        and ``neighbours.parquet``.
    finer
        Outlines that the operator brought and that take their place, None for none.
    """

    def __init__(self, folder: Path, finer: KeptOutlines | None = None) -> None:
        self.folder = finer.folder if finer else folder
        self.origin = finer.origin if finer else None
        self.embedded: Coverage = Coverage(folder) if finer else self
        self._simplified: dict[float, gpd.GeoDataFrame] = {}

    @cached_property
    def _full(self) -> gpd.GeoDataFrame:
        files = [read_outlines(self.folder, f"{name}.parquet") for name in ("communes", "land")]
        both = pd.concat(files, keys=KINDS, names=["kind", None]).reset_index("kind")
        return gpd.GeoDataFrame(both.reset_index(drop=True), crs=MEASURE)

    def _at(self, tolerance_m: float) -> gpd.GeoDataFrame:
        if tolerance_m not in self._simplified:
            self._simplified[tolerance_m] = simplify(self._full, tolerance_m)
        return self._simplified[tolerance_m]

    @property
    def finest_m(self) -> float:
        """Tolerance in metres below which outlines are too heavy for a browser."""
        return FINEST_FOR_WEB_M if self.origin else 0.0

    def communes(self, tolerance_m: float) -> gpd.GeoDataFrame:
        """Return the communes of the département: ``code``, ``geometry``, EPSG:2154."""
        frame = self._at(tolerance_m)
        return frame.loc[frame["kind"] == "commune", ["code", "geometry"]].reset_index(drop=True)

    def land(self, tolerance_m: float) -> gpd.GeoDataFrame:
        """Return the land around: ``code``, ``name``, ``geometry``, EPSG:2154."""
        frame = self._at(tolerance_m)
        columns = ["code", "name", "geometry"]
        return frame.loc[frame["kind"] == "land", columns].reset_index(drop=True)

    def united(self, groups: Mapping[str, Iterable[str]], tolerance_m: float) -> gpd.GeoDataFrame:
        """Unite communes, here or beyond the border, into groups: ``code``, ``geometry``."""
        return dissolve(self._at(tolerance_m), groups)

    def around(self) -> gpd.GeoDataFrame:
        """Return the communes of the Nord and the Somme within 40 km, EPSG:2154."""
        return read_outlines(self.folder, "neighbours.parquet")

    @cached_property
    def _shapes(self) -> gpd.GeoSeries:
        return self.communes(0).set_index("code").geometry

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._shapes.to_numpy())

    @cached_property
    def _to_metres(self) -> Transformer:
        return Transformer.from_crs(EXCHANGE, MEASURE, always_xy=True)

    def at(self, lon: float, lat: float) -> str | None:
        """Return the code of the commune at a point (degrees); on a border, the lowest code."""
        point = shapely.Point(*self._to_metres.transform(lon, lat))
        hits = self._tree.query(point, predicate="intersects")
        return min((str(self._shapes.index[hit]) for hit in hits), default=None)

    def metres_from(self, code: str, lon: float, lat: float) -> float:
        """Return how far a point (degrees) is from a commune, in metres; 0 inside."""
        point = shapely.Point(*self._to_metres.transform(lon, lat))
        return float(shapely.distance(self._shapes[code], point))

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """The communes that share a stretch of border with each, by code."""
        shapes = self._shapes.to_numpy()
        left, right = self._tree.query(shapes, predicate="touches")
        left, right = left[left < right], right[left < right]
        shared = shapely.length(shapely.intersection(shapes[left], shapes[right])) > 0
        one, other = self._shapes.index.to_numpy()[[left[shared], right[shared]]]
        pairs = pd.Series([*other, *one], index=[*one, *other])
        found = {code: tuple(sorted(group)) for code, group in pairs.groupby(level=0)}
        return {code: found.get(code, ()) for code in sorted(self._shapes.index)}

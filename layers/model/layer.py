"""The layer contract: what every layer says of itself, and the check that its rows keep to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd

from geo.crs import EXCHANGE
from geo.precision import Precision
from geo.reference.places import Reference
from layers.model.measures import Gathering, Joining
from layers.model.schema import Field, LayerError, validate
from layers.model.style import Style

__all__ = ["Field", "Layer", "LayerError", "Precision", "Source"]

GeometryKind = Literal["point", "polygon"]
Read = Callable[[Reference, Path], gpd.GeoDataFrame]
Say = Callable[[Mapping[str, Any]], str]

GEOMETRY_TYPES: dict[GeometryKind, frozenset[str]] = {
    "point": frozenset({"Point"}),
    "polygon": frozenset({"Polygon", "MultiPolygon"}),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts of a layer come from.

    Parameters
    ----------
    title
        Name of the data set or document, in French.
    producer
        Who publishes it.
    licence
        Licence under which it may be used again.
    vintage
        Date or period that the facts describe, in French words.
    address
        Web address or document reference where a reader can check.
    """

    title: str
    producer: str
    licence: str
    vintage: str
    address: str = ""

    @property
    def named(self) -> str:
        """Title, producer and vintage, as every page, map and file cites them."""
        return f"{self.title}, {self.producer}, {self.vintage}"

    @property
    def printed(self) -> str:
        """The same with the licence, as paper has it, where a line is dear."""
        return f"{self.named} ({self.licence})"


@dataclass(frozen=True)
class Layer:
    """A subject on the map: everything that pages, exports and the API may know of it.

    Parameters
    ----------
    id
        Identifier used by the command line, the URL and the API.
    title
        French title, plural, with a capital.
    geometry
        Kind of geometry; a point layer also has the columns ``precision`` and ``commune_code``.
    key
        Name of the column that identifies a row; text, unique, never null.
    fields
        Every column but the geometry, in reading order.
    sources
        At least one.
    read
        Makes the rows from the reference and the data folder, at least the columns of ``fields``
        and the geometry; may raise :class:`LayerError`.
    title_of, summary_of
        Plain French text (never HTML) for the title of a row and for one sentence about it.
    known_total
        Number of rows that the world is known to hold, where it is known.
    remark
        French sentence about what is missing or doubtful, empty when nothing is.
    joining
        How its rows are perimeters whose numbers are mapped; None where they are not.
    gathering
        What its rows come to in a perimeter, of points and areas that somebody brought.
    style
        How whoever brought it wants it to be drawn; None for the usual sign.
    narrowed
        Which of its rows are here, a French sentence; empty where all are.
    """

    id: str
    title: str
    geometry: GeometryKind
    key: str
    fields: tuple[Field, ...]
    sources: tuple[Source, ...]
    read: Read
    title_of: Say
    summary_of: Say
    known_total: int | None = None
    remark: str = ""
    joining: Joining | None = None
    gathering: Gathering | None = None
    style: Style | None = None
    narrowed: str = ""

    def __post_init__(self) -> None:
        """Refuse a layer that does not keep to its own words."""
        names = {field.name for field in self.fields}
        wanted = {self.key} | ({"precision", "commune_code"} if self.geometry == "point" else set())
        if not wanted <= names or not self.sources:
            raise ValueError(f"layer {self.id}: missing {sorted(wanted - names) or 'a source'}")

    @property
    def local(self) -> bool:
        """Whether each row lies in a commune, so that it can be laid over a map and counted there.

        Points do, and areas that tell their ``commune_code``: quartiers do, EPCIs do not.
        """
        return any(field.name == "commune_code" for field in self.fields)

    def field(self, name: str) -> Field:
        """Return a column's declaration, or raise KeyError."""
        return {field.name: field for field in self.fields}[name]

    def load(self, reference: Reference, data: Path) -> gpd.GeoDataFrame:
        """Read the rows and check them against the schema.

        Returns
        -------
        geopandas.GeoDataFrame
            One row per object, columns as in ``fields`` then ``geometry``, EPSG:4326.

        Raises
        ------
        LayerError
            A file is missing or damaged, or a row breaks the schema; says where and what.
        """
        where = f"Couche « {self.title} »"
        try:
            frame = self.read(reference, data)
        except LayerError as error:
            raise LayerError(f"{where} – {error}") from error
        except (ValueError, KeyError, OSError) as error:
            raise LayerError(f"{where} : données illisibles ({error}).") from error
        self._check_geometry(frame)
        rows = validate(frame, self.fields, key=self.key, where=where)
        # The line in the file served the messages; from here a row is known by its key.
        return gpd.GeoDataFrame(
            rows.reset_index(drop=True),
            geometry=frame.geometry.reset_index(drop=True),
            crs=EXCHANGE,
        )

    def _check_geometry(self, frame: gpd.GeoDataFrame) -> None:
        where = f"Couche « {self.title} »"
        if frame.crs is None or frame.crs.to_string() != EXCHANGE:
            raise LayerError(f"{where} : système de coordonnées {frame.crs}, attendu : {EXCHANGE}.")
        bad = frame.index[frame.geometry.isna() | frame.geometry.is_empty]
        if len(bad):
            raise LayerError(f"{where} : ligne {bad[0]}, géométrie absente.")
        wrong = frame.index[~frame.geom_type.isin(GEOMETRY_TYPES[self.geometry])]
        if len(wrong):
            raise LayerError(
                f"{where} : ligne {wrong[0]}, trouvé {frame.geom_type[wrong[0]]}, "
                f"attendu : {' ou '.join(sorted(GEOMETRY_TYPES[self.geometry]))}."
            )

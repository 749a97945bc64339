"""A collection: rows with a schema that the service offers, whatever they were made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from geo.perimeter import Level
from layers.indicators.definition import Indicator
from layers.model.layer import GeometryKind, Layer, Source
from layers.model.schema import Dtype, Field

Kind = Literal["layer", "indicator", "table"]

SCHEMA_TYPES: Final[Mapping[Dtype, Mapping[str, Any]]] = {
    "text": {"type": "string"},
    "date": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string"}},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "money": {"type": "number", "multipleOf": 0.01},
    "bool": {"type": "boolean"},
}
"""JSON Schema of each type of column; a date may be a year alone, so it is no ``date`` there."""
SHAPES: Final[Mapping[GeometryKind, str]] = {
    "point": "geometry-point",
    "polygon": "geometry-multipolygon",
}
"""What OGC 23-058 calls each kind of geometry."""


Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees WGS 84."""


@dataclass(frozen=True, eq=False)
class Collection:
    """Rows that can be asked for.

    Parameters
    ----------
    id
        Stands in its address.
    title, description
        French.
    kind
        What it was made from.
    fields
        Columns that may leave the house, in reading order; the key is one of them.
    key
        Name of the column that identifies a row: text, unique, never null.
    geometry
        None for a table.
    sources
        Where the rows come from.
    load
        Gives the rows, with the columns of ``fields`` and, where there is a geometry, ``geometry``
        in EPSG:4326; the same frame each time. May raise
        :class:`layers.model.schema.LayerError`.
    private
        Whether one reader alone sees it.
    layer
        The layer that it was made from, None for others.
    measure
        The indicator and the level that it was made from, None for others.
    bounds
        Gives the bounds where they are known without the rows.
    """

    id: str
    title: str
    description: str
    kind: Kind
    fields: tuple[Field, ...]
    key: str
    geometry: GeometryKind | None
    sources: tuple[Source, ...]
    load: Callable[[], pd.DataFrame]
    private: bool = False
    layer: Layer | None = None
    measure: tuple[Indicator, Level] | None = None
    bounds: Callable[[], Bounds] | None = None

    @property
    def dated(self) -> Field | None:
        """The column that ``datetime`` asks about: the first of dates; None without one."""
        return next((field for field in self.fields if field.dtype == "date"), None)

    def field(self, name: str) -> Field | None:
        """Return the declaration of a column, None where there is none."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def queryable(self) -> tuple[Field, ...]:
        """Columns that can be asked about; a list of texts is no value to compare with."""
        return tuple(field for field in self.fields if field.dtype != "list")


def of_layer(layer: Layer, load: Callable[[], pd.DataFrame], *, private: bool) -> Collection:
    """Return a layer as a collection."""
    return Collection(
        id=layer.id,
        title=layer.title,
        description=layer.remark or f"{layer.title} du Pas-de-Calais.",
        kind="layer",
        fields=tuple(field for field in layer.fields if field.shown),
        key=layer.key,
        geometry=layer.geometry,
        sources=layer.sources,
        load=load,
        private=private,
        layer=layer,
    )


def describe_field(field: Field) -> dict[str, Any]:
    """Return the JSON Schema of a column."""
    said: dict[str, Any] = {
        "title": field.label,
        "description": field.meaning,
        **SCHEMA_TYPES[field.dtype],
    }
    if field.allowed:
        said["enum"] = [*field.allowed]
    if field.unit:
        said["x-ogc-unit"] = field.unit
    return said


def schema_of(collection: Collection, address: str, *, queryables: bool) -> dict[str, Any]:
    """Return the JSON Schema of the objects of a collection, or of what can be asked about them.

    Parameters
    ----------
    address
        Of the schema itself.
    queryables
        Whether what can be asked about is meant (OGC 19-079r2) and not what is answered.
    """
    fields = collection.queryable if queryables else collection.fields
    properties = {field.name: describe_field(field) for field in fields}
    if collection.key in properties:
        properties[collection.key]["x-ogc-role"] = "id"
    if collection.dated and collection.dated.name in properties:
        properties[collection.dated.name]["x-ogc-role"] = "primary-instant"
    if collection.geometry:
        shape = {"title": "Géométrie", "x-ogc-role": "primary-geometry"}
        properties["geometry"] = {**shape, "format": SHAPES[collection.geometry]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": collection.title,
        "description": collection.description,
        "properties": properties,
        "additionalProperties": False,
    }

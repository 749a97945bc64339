"""A layer that is described by data rather than by a module: what a store keeps of it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

import geopandas as gpd

from geo.reference.places import Reference
from layers.model.layer import Field, GeometryKind, Layer, Source
from layers.model.measures import Gathering, Joining
from layers.model.schema import LayerError
from layers.model.style import Style

KEY: Final = Field("line", "Ligne", "Ligne du fichier d’origine.")
"""What identifies a row."""
BROKEN: Final = "magasin"
"""Identifier of the layer that stands for a store that cannot be read, and says why."""
MOST_TOLD: Final = 6
"""Numbers that sum a row up."""


@dataclass(frozen=True)
class Description:
    """All that a layer says of itself, as plain values.

    Parameters
    ----------
    id, title, geometry, fields, sources, remark
        As :class:`layers.model.layer.Layer` has them; the key is :data:`KEY`.
    named_by
        Column that gives the title of a row; empty for its line.
    told_by
        Columns that sum a row up.
    joining
        How its rows are perimeters; None where they are not.
    gathering
        What its rows come to in a perimeter; None where they are perimeters themselves.
    style
        How it is drawn; None for the usual sign.
    narrowed
        Which rows the filter of whoever brought it lets through, a French sentence; empty for all.
    """

    id: str
    title: str
    geometry: GeometryKind
    fields: tuple[Field, ...]
    sources: tuple[Source, ...]
    remark: str = ""
    named_by: str = ""
    told_by: tuple[str, ...] = ()
    joining: Joining | None = None
    gathering: Gathering | None = None
    style: Style | None = None
    narrowed: str = ""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_record` wrote.

        Raises
        ------
        LayerError
            It is no such record.
        """
        try:
            fields = tuple(
                Field(**{**field, "allowed": tuple(field["allowed"])}) for field in record["fields"]
            )
            sources = tuple(Source(**source) for source in record["sources"])
            told_by = tuple(record["told_by"])
            told = record.get("joining")  # a former version has none
            joining = None if told is None else Joining.from_record(told)
            told = record.get("gathering")
            gathering = None if told is None else Gathering.from_record(told)
            told = record.get("style")
            style = None if told is None else Style(**told)
            lists = {"fields": fields, "sources": sources, "told_by": told_by}
            return cls(
                **{**record, **lists, "joining": joining, "gathering": gathering, "style": style}
            )
        except (KeyError, TypeError) as error:
            raise LayerError("description de couche illisible.") from error

    def to_record(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return asdict(self)

    def declare(self, read: Callable[[], gpd.GeoDataFrame]) -> Layer:
        """Return the layer whose rows a function reads."""

        def rows(_reference: Reference, _data: Path) -> gpd.GeoDataFrame:
            return read()

        return Layer(
            id=self.id,
            title=self.title,
            geometry=self.geometry,
            key=KEY.name,
            fields=self.fields,
            sources=self.sources,
            read=rows,
            title_of=self._title,
            summary_of=self._summary,
            remark=self.remark,
            joining=self.joining,
            gathering=self.gathering,
            style=self.style,
            narrowed=self.narrowed,
        )

    def _title(self, row: Mapping[str, Any]) -> str:
        name = row.get(self.named_by)
        return name if isinstance(name, str) else f"Ligne {row[KEY.name]}"

    def _summary(self, row: Mapping[str, Any]) -> str:
        texts = [row.get(column) for column in self.told_by]
        numbers = self.joining.measures if self.joining else ()
        told = ", ".join(text for text in texts if isinstance(text, str))
        values = " ; ".join(f"{one.title} : {one.say(row)}" for one in numbers[:MOST_TOLD])
        return " ".join(f"{part}." for part in (told, values) if part)


def broken(error: LayerError, look: Callable[[], object] | None = None) -> Layer:
    """Return the layer that stands for a store that cannot be read, and says why.

    Parameters
    ----------
    look
        Looks again, and raises LayerError while the store cannot be read; the layer is empty once
        it can. None where that has to be said until the next start.
    """

    def read() -> gpd.GeoDataFrame:
        if look is None:
            raise error
        look()
        return gpd.GeoDataFrame({KEY.name: []}, geometry=[], crs="EPSG:4326")

    return Description(
        BROKEN, "Couches apportées", "polygon", (KEY,), (Source("Magasin", "", "", ""),)
    ).declare(read)

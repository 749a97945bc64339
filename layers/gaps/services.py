"""Services as a planner asks about them: which rows of a point layer count, which do not."""

from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from layers.catalogue.layers import Catalogue
from layers.french.wording import enumerate_words, plural
from layers.gaps.counted import counted_layer, counted_rows
from layers.model.layer import Layer, Precision
from layers.model.schema import LayerError


class ServiceError(ValueError):
    """A service cannot be asked about; the message is a French sentence for a person."""


@dataclass(frozen=True, slots=True)
class Service:
    """What people have to reach.

    Parameters
    ----------
    id
        Identifier used by the command line, the URL and JSON.
    title
        French, plural, with a capital.
    one
        One of them, with its article: ``un collège public``.
    layer_id
        Point layer that holds them.
    column, values
        A row counts when this column has one of these values; every row when there is no column.
    left_out
        What the other rows are, in French words that follow a colon.
    incomplete
        Whether the layer is known to lack places: people counted beyond are then too many.
    supply
        Column that says how much each of them has room for; empty where each counts as one.
    counted
        Column of the counts of facilities by commune, where there is no layer: nobody knows then
        where in their communes they are.
    beside
        Layers of points whose rows count too: those of the neighbours.
    """

    id: str
    title: str
    one: str
    layer_id: str
    column: str = ""
    values: tuple[str | bool, ...] = ()
    left_out: str = ""
    incomplete: bool = False
    supply: str = ""
    counted: str = ""
    beside: tuple[str, ...] = ()

    def layer(self, catalogue: Catalogue) -> Layer:
        """Return the layer that holds them; of those that are only counted, one made of counts."""
        if self.counted:
            return counted_layer(self.id, self.title, self.counted)
        return catalogue.layer(self.layer_id)

    def layers(self, catalogue: Catalogue) -> tuple[Layer, ...]:
        """Return its layer, then those beside."""
        return (self.layer(catalogue), *(catalogue.layer(other) for other in self.beside))

    def rows(self, catalogue: Catalogue) -> gpd.GeoDataFrame:
        """Return the rows of the layer that count, in its order.

        Raises
        ------
        LayerError
            The layer cannot be loaded.
        ServiceError
            No row counts.
        """
        rows = self._every(catalogue)
        if self.column:
            rows = rows[rows[self.column].isin(self.values)]
        if rows.empty:
            raise ServiceError(
                f"Service « {self.id} » : la couche « {self.layer_id} » n’en a aucun ; "
                "attendu au moins un lieu."
            )
        return rows

    def places(self, catalogue: Catalogue) -> gpd.GeoDataFrame:
        """Return all that counts, the rows of the layers beside too.

        Returns
        -------
        geopandas.GeoDataFrame
            Columns ``layer``, ``key``, ``title``, ``commune_code``, ``commune``, ``supply`` (1
            where a place has no number of its own) and the geometry, EPSG:4326.

        Raises
        ------
        LayerError, ServiceError
            As :meth:`rows`.
        """
        parts = [_places(self.layer(catalogue), self.rows(catalogue), self.supply)]
        beside = ((catalogue.layer(other), catalogue.load(other)) for other in self.beside)
        parts += [_places(layer, rows, "") for layer, rows in beside]
        joined = pd.concat(parts, ignore_index=True) if self.beside else parts[0]
        return gpd.GeoDataFrame(joined, crs=parts[0].crs)

    def with_neighbours(self, layers: tuple[str, ...]) -> "Service":
        """Return the service with the rows of other layers of points; itself is not added twice."""
        return replace(self, beside=tuple(one for one in layers if one != self.layer_id))

    def remarks(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Return French sentences: rows left out, what the layer lacks, positions not exact."""
        layer, rows = self.layer(catalogue), self.rows(catalogue)
        every = len(self._every(catalogue))
        left, near = every - len(rows), int((rows["precision"] == Precision.COMMUNE).sum())
        told = (
            f"{plural(left, 'ligne laissée', 'lignes laissées')} de côté sur {every} : "
            f"{self.left_out}."
            if left
            else "",
            f"Couche « {layer.title} » : {layer.remark}" if layer.remark else "",
            f"{plural(near, 'lieu', 'lieux')} sur {len(rows)} à la commune près : le temps, compté "
            "jusqu’à la mairie, y est approché."
            if near
            else "",
            self._told_beside(catalogue),
        )
        return tuple(sentence for sentence in told if sentence)

    def _every(self, catalogue: Catalogue) -> gpd.GeoDataFrame:
        if self.counted:
            return catalogue.derive(counted_rows)[self.counted]
        return catalogue.load(self.layer_id)

    def _told_beside(self, catalogue: Catalogue) -> str:
        if not self.beside:
            return ""
        counts = [
            f"{plural(len(catalogue.load(other)), 'lieu', 'lieux')} de la couche "
            f"« {catalogue.layer(other).title} »"
            for other in self.beside
        ]
        return f"Comptés aussi : {enumerate_words(counts)}, apportés pour cette question."


def _places(layer: Layer, rows: gpd.GeoDataFrame, supply: str) -> gpd.GeoDataFrame:
    if layer.geometry != "point":
        raise LayerError(f"Couche « {layer.title} » : attendu une couche de points.")
    return gpd.GeoDataFrame(
        {
            "layer": layer.id,
            "key": rows[layer.key].astype(str).to_numpy(),
            "title": [layer.title_of(row) for row in rows.to_dict("records")],
            "commune_code": rows["commune_code"].to_numpy(),
            "commune": rows["commune"].to_numpy(),
            "supply": rows[supply].to_numpy(dtype=float) if supply else 1.0,
        },
        geometry=rows.geometry.to_numpy(),
        crs=rows.crs,
    )

"""A store whose layers somebody goes on working at: what they change lies beside it."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo.whole_file import write_whole
from layers.model.layer import Layer, LayerError
from layers.store.description import Description
from layers.store.edit_checks import check_edit
from layers.store.edited_rows import apply_edits
from layers.store.edits import Edit, describe_edited
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import StoreError
from layers.store.tables import read_rows

EDITS: Final = "edits"
"""Folder of the edits, beside the store: one file a layer."""
MOST_EDITS: Final = 2_000
"""Of one layer."""


class EditedStore(GeoPackageStore):
    """A store of one visitor, whose layers are shown as they were edited.

    The table of a layer stays as it was made: :meth:`edit` adds to a list, :meth:`undo` takes the
    last away.
    """

    def layers(self) -> tuple[Layer, ...]:
        """Return the layers as they were edited, in the order of their adoption."""
        found = super().layers()
        if not self._folder.is_dir():
            return found
        try:
            made = self.adoptions()
        except StoreError:
            return found  # one layer that says what is wrong
        return tuple(
            self._declare(made[layer.id].description) if layer.id in made else layer
            for layer in found
        )

    def version(self) -> int:
        """Return a number that changes whenever the layers or their edits do."""
        newest = super().version()
        with suppress(OSError):
            newest = max(newest, self._folder.stat().st_mtime_ns)
        return newest

    def remove(self, layer_id: str) -> None:
        """Forget a layer and its edits; raises as :class:`GeoPackageStore` does."""
        super().remove(layer_id)
        self._file(layer_id).unlink(missing_ok=True)

    def edits(self, layer_id: str) -> tuple[Edit, ...]:
        """Return the edits of a layer that fit it, the first before the others."""
        description = self.adoptions()[layer_id].description
        try:
            records = json.loads(self._file(layer_id).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ()
        return tuple(read_edits(records, description))

    def edit(self, layer_id: str, edit: Edit) -> None:
        """Add an edit to those of a layer.

        Raises
        ------
        LayerError
            It does not fit the layer, or there are too many.
        """
        edits = self.edits(layer_id)
        if len(edits) >= MOST_EDITS:
            raise LayerError(f"Déjà {MOST_EDITS} modifications de cette couche : c’est le plus.")
        made = self.adoptions()[layer_id].description
        self._keep(layer_id, [*edits, check_edit(edit, made)])

    def undo(self, layer_id: str) -> None:
        """Take away the last edit of a layer; nothing happens where there is none."""
        self._keep(layer_id, self.edits(layer_id)[:-1])

    def set_edits(self, layer_id: str, edits: Sequence[Edit]) -> None:
        """Put edits in place of those of a layer; those that do not fit it are left out."""
        made = self.adoptions()[layer_id].description
        self._keep(layer_id, read_edits([asdict(edit) for edit in edits], made))

    def edited(self, layer_id: str, *, narrow: bool = True) -> tuple[Description, gpd.GeoDataFrame]:
        """Return a layer as it was edited, with or without the rows that its filter leaves out."""
        made, edits = self.adoptions()[layer_id].description, self.edits(layer_id)
        rows = apply_edits(made, read_rows(self.path, made), edits, narrow=narrow)
        return describe_edited(made, edits), rows

    def _declare(self, made: Description) -> Layer:
        edits = self.edits(made.id)
        return describe_edited(made, edits).declare(partial(self._rows, made, edits))

    def _rows(self, made: Description, edits: Sequence[Edit]) -> gpd.GeoDataFrame:
        return apply_edits(made, read_rows(self.path, made), edits)

    def _keep(self, layer_id: str, edits: Sequence[Edit]) -> None:
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            records = [asdict(edit) for edit in edits]
            write_whole(self._file(layer_id), json.dumps(records, ensure_ascii=False))
        except OSError as error:
            raise StoreError("Le serveur ne peut garder aucune modification.") from error

    @property
    def _folder(self) -> Path:
        return self.path.with_name(EDITS)

    def _file(self, layer_id: str) -> Path:
        return self._folder / f"{layer_id}.json"


def read_edits(records: Any, description: Description) -> list[Edit]:  # noqa: ANN401 - hostile
    """Return the edits of a list of records that fit a layer; the others are left out."""
    found: list[Edit] = []
    for record in records[:MOST_EDITS] if isinstance(records, list) else ():
        with suppress(LayerError, KeyError, TypeError):
            found.append(check_edit(Edit(str(record["kind"]), record["said"]), description))
    return found

"""A source whose rows are those of a layer's table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from geo.reference.places import Reference
from layers.connectors.declaration import Connector, ConnectorError, Feed, Taken
from layers.connectors.reading import newest_day, read_rows
from layers.model.layer import Layer
from layers.model.schema import LayerError, validate
from layers.model.tables import Table


@dataclass(frozen=True, slots=True)
class SiteRows:
    """What rows of a source became: those of the table, and what is to be told of the others."""

    rows: pd.DataFrame
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewed:
    """How embedded rows are renewed, where the file says a part of them only.

    Parameters
    ----------
    renew
        Makes rows of the table of those of the file and those embedded, texts all.
    """

    table: Table
    renew: Callable[[pd.DataFrame, pd.DataFrame, Reference], SiteRows]


@dataclass(frozen=True, slots=True)
class LayerRows(Feed):
    """Feeds a layer.

    Parameters
    ----------
    table
        The rows made are those of this table, of which ``layer`` is made.
    take
        Makes rows of the table of those of the file, texts both.
    read
        Reads the rows of the file, texts all.
    """

    layer: Layer
    table: Table
    take: Callable[[pd.DataFrame, Reference], SiteRows] | Renewed
    read: Callable[[Path, Connector], pd.DataFrame] = read_rows
    files: tuple[str, ...] = field(init=False)
    title: str = field(init=False)
    cited: str = field(init=False)

    def __post_init__(self) -> None:
        """Say of the layer and of its table what others say in words."""
        object.__setattr__(self, "files", (self.table.file,))
        object.__setattr__(self, "title", f"la couche «\u00a0{self.layer.title}\u00a0»")
        object.__setattr__(self, "cited", self.layer.id)

    def usual(self, data: Path) -> int:
        """Return how many rows are embedded, or usual where none are."""
        return self.about or len(self.table.texts(data))

    def make(
        self, path: Path, connector: Connector, reference: Reference, data: Path, at: date
    ) -> Taken:
        """Return the table with the rows of a file; raises ConnectorError."""
        rows = self.read(path, connector)
        if isinstance(self.take, Renewed):
            made = self.take.renew(rows, self.take.table.texts(data), reference)
        else:
            made = self.take(rows, reference)
        try:
            validate(made.rows, self.table.fields, key=self.table.key, where=connector.title)
        except LayerError as error:
            raise ConnectorError(str(error)) from error
        table = made.rows.to_csv(index=False, lineterminator="\n").encode()
        newest = newest_day(rows[connector.dated], at) if connector.dated else ""
        return Taken({self.table.file: table}, len(made.rows), newest, made.told)

"""What the store notes of each adoption: what the layer says of itself, who adopted it and when."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from layers.model.schema import LayerError
from layers.store.description import Description
from layers.store.failure import explain
from layers.store.sqlite import open_database

CATALOGUE: Final = "atlas62_couches"
"""Table of descriptions, without geometry: QGIS shows it as one more table."""
_LATER: Final = {"origine": "TEXT NOT NULL DEFAULT ''", "adoptee": "TEXT NOT NULL DEFAULT ''"}
"""Columns that the stores of former versions have not, and what they are."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A layer of the store.

    Parameters
    ----------
    source
        Who adopted it; empty for the operator, by command.
    moment
        Of the last adoption, ISO 8601, UTC; empty where a former version did not note it.
    rows
        How many it has.
    """

    description: Description
    source: str
    moment: str
    rows: int

    @property
    def told(self) -> str:
        """The layer in French words: its title, its identifier, its rows, its day."""
        rows = f"{self.rows} {'ligne' if self.rows < 2 else 'lignes'}"  # noqa: PLR2004 - French
        day = datetime.fromisoformat(self.moment).strftime("%d/%m/%Y") if self.moment else ""
        when = f", adoptée le {day}" if day else ""
        return f"« {self.description.title} » ({self.description.id}, {rows}{when})"


def read_adoptions(path: Path) -> dict[str, Adoption]:
    """Return the layers by identifier, in the order of their adoption; none without file.

    Raises
    ------
    LayerError
        The table of descriptions is damaged, or cannot be read now.
    """
    if not path.exists():
        return {}
    try:
        with closing(open_database(path)) as database:
            known = _columns(database)
            later = ", ".join(name if name in known else "''" for name in _LATER)
            lines = database.execute(
                f"SELECT description, {later} FROM {CATALOGUE} ORDER BY rang"  # noqa: S608
            ).fetchall()
            found = [Description.from_record(json.loads(text)) for text, *_ in lines]
            rows = [_count(database, description.id) for description in found]
    except (sqlite3.Error, json.JSONDecodeError, TypeError) as error:
        raise LayerError(f"descriptions illisibles : {explain(error)}.") from error
    return {
        description.id: Adoption(description, source, moment, count)
        for description, (_, source, moment), count in zip(found, lines, rows, strict=True)
    }


def note_adoption(
    path: Path, description: Description, source: str, moment: str | None = None
) -> None:
    """Write, into a file that is thrown away, what a layer says of itself and who adopts it."""
    text = json.dumps(description.to_record(), ensure_ascii=False)
    moment = datetime.now(UTC).isoformat(timespec="seconds") if moment is None else moment
    with closing(open_database(path, lasting=False)) as database, database:
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {CATALOGUE} (rang INTEGER PRIMARY KEY, "
            "couche TEXT NOT NULL UNIQUE, titre TEXT NOT NULL, description TEXT NOT NULL)"
        )
        for name, kind in _LATER.items():
            if name not in _columns(database):
                database.execute(f"ALTER TABLE {CATALOGUE} ADD COLUMN {name} {kind}")
        database.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, description) "
            "VALUES (?, 'attributes', ?, 'Ce que sont les couches de ce fichier')",
            (CATALOGUE, CATALOGUE),
        )
        database.execute(
            f"INSERT INTO {CATALOGUE} (couche, titre, description, origine, adoptee) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (couche) DO UPDATE SET titre = excluded.titre, "
            "description = excluded.description, origine = excluded.origine, "
            "adoptee = excluded.adoptee",
            (description.id, description.title, text, source, moment),
        )


def _columns(database: sqlite3.Connection) -> set[str]:
    lines = database.execute("SELECT name FROM pragma_table_info(?)", (CATALOGUE,))
    return {name for (name,) in lines}


def _count(database: sqlite3.Connection, table: str) -> int:
    held = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    if not held:  # the layer says so itself, in its place
        return 0
    quoted = table.replace('"', '""')
    (count,) = database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608
    return int(count)

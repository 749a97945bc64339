"""The journal of what people change: who, when, what, before, after; nothing in it is changed.

It is a SQLite file beside the store, or a table of the database that machines share. A change is
made while its line is being written, so that two changes come one after the other and none is
without a line.
"""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from layers.model.schema import LayerError

FILE: Final = "journal.sqlite"
WAIT_SECONDS: Final = 25.0
"""For another change to be over."""
_TABLE: Final = """CREATE TABLE IF NOT EXISTS journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT, moment TEXT NOT NULL, who TEXT NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, what TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, undoes INTEGER REFERENCES journal(number))"""
Facts = Mapping[str, Any]
"""Plain data for JSON; empty for nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to be written of a change.

    Parameters
    ----------
    who
        Name and address of a person, or the account that ran a command.
    kind
        ``adoption``, ``retrait``, ``correction``, ``source``, ``brouillon``, ``délibération``,
        ``restauration``.
    subject
        What was changed, as ``couche:ecoles``.
    what
        French sentence.
    before, after
        What is needed to tell both apart, and to go back.
    undoes
        Number of the line that it undoes; None for none.
    """

    who: str
    kind: str
    subject: str
    what: str
    before: Facts
    after: Facts
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal.

    Parameters
    ----------
    number
        From 1.
    moment
        ISO 8601, UTC.
    undone
        Number of the line that undoes it; None for none.
    """

    number: int
    moment: str
    change: Change
    undone: int | None


class Noting:
    """A line that is being written: the change says what it was, then it is kept."""

    def __init__(self) -> None:
        self.change: Change | None = None


class Journal(ABC):
    """The journal of one store, whatever it is kept in."""

    @abstractmethod
    def noting(self) -> AbstractContextManager[Noting]:
        """Hold the journal while something is changed; without a change nothing is written.

        Raises
        ------
        LayerError
            The journal cannot be written: nothing has been changed then.
        """

    @abstractmethod
    def lines(self) -> tuple[Line, ...]:
        """Return the lines, the newest first; none where nothing was ever changed.

        Raises
        ------
        LayerError
            The journal cannot be read.
        """

    def note(self, change: Change) -> None:
        """Write a line of what was done already; raises LayerError."""
        with self.noting() as noting:
            noting.change = change

    def newest_of(self, subject: str) -> Line | None:
        """Return the newest line of a subject that nothing has undone; raises LayerError."""
        of_it = (line for line in self.lines() if line.change.subject == subject)
        return next((one for one in of_it if one.undone is None and not one.change.undoes), None)


class FileJournal(Journal):
    """A journal that is a file beside the store.

    Parameters
    ----------
    path
        The file; it is made at the first change.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def noting(self) -> Iterator[Noting]:
        """Hold the journal while something is changed; without a change nothing is written.

        Raises
        ------
        LayerError
            The journal cannot be written: nothing has been changed then.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise unwritten(error) from error
        with closing(database):
            try:
                database.execute(_TABLE)
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                raise unwritten(error) from error
            noting = Noting()
            yield noting
            if noting.change is not None:
                database.execute(
                    "INSERT INTO journal (moment, who, kind, subject, what, before, after, undoes) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    cells_of(noting.change),
                )
            database.execute("COMMIT")

    def lines(self) -> tuple[Line, ...]:
        """Return the lines, the newest first; none without a file.

        Raises
        ------
        LayerError
            The journal cannot be read.
        """
        if not self.path.exists():
            return ()
        try:
            with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as database:
                rows = database.execute(
                    "SELECT number, moment, who, kind, subject, what, before, after, undoes, "
                    "(SELECT max(number) FROM journal AS later WHERE later.undoes = journal.number)"
                    " FROM journal ORDER BY number DESC"
                ).fetchall()
        except sqlite3.Error as error:
            raise unread(error) from error
        return tuple(line_of(*row) for row in rows)


def cells_of(change: Change) -> tuple[str | int | None, ...]:
    """Return the cells of a line that is written now: moment, who, kind… and what it undoes."""
    return (
        datetime.now(UTC).isoformat(timespec="seconds"),
        change.who,
        change.kind,
        change.subject,
        change.what,
        json.dumps(dict(change.before), ensure_ascii=False),
        json.dumps(dict(change.after), ensure_ascii=False),
        change.undoes,
    )


def line_of(number: int, moment: str, *told: Any) -> Line:  # noqa: ANN401 - cells
    """Return a line from its cells: number, moment, who, kind… and which line undoes it."""
    who, kind, subject, what, before, after, undoes, undone = told
    change = Change(who, kind, subject, what, json.loads(before), json.loads(after), undoes)
    return Line(number, moment, change, undone)


def unwritten(error: Exception) -> LayerError:
    """Return what is said of a journal that cannot be written."""
    return LayerError(f"Le journal ne peut pas être écrit ({error}) : rien n’est changé.")


def unread(error: Exception) -> LayerError:
    """Return what is said of a journal that cannot be read."""
    return LayerError(f"Le journal ne peut pas être lu ({error}).")

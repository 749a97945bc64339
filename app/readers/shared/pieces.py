"""The folder of a visitor on one machine, and the same in the database, piece by piece.

The database is what holds: a folder is brought up to date before it is looked at, and what a change
made of it is kept there in one transaction. What was noted of the last time tells which pieces
differ. A change that a killed machine began is thrown away there, as the database never had it.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from psycopg import Connection

from app.imports.held import is_held
from app.imports.sandbox import TEMPORARY
from app.jobs.folder import PRIVATE
from app.readers.sessions import NAME, USED
from geo.whole_file import write_whole
from layers.store.sqlite import BESIDE, bring_in, copy_database

PASSING: Final = frozenset((PRIVATE, TEMPORARY))
"""Folders of what this machine alone works on."""
LAYERS_ENDING: Final = ".gpkg"
_PASSING_ENDINGS: Final = (*BESIDE, ".lock", ".part", ".new")
_PUT: Final = (
    "INSERT INTO atlas62.pieces (visiteur, chemin, empreinte, contenu) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (visiteur, chemin) DO UPDATE "
    "SET empreinte = excluded.empreinte, contenu = excluded.contenu"
)


@dataclass(slots=True)
class Note:
    """What a machine knows of a folder: its revision, and of each piece digest, time and size."""

    revision: int = -1
    pieces: dict[str, tuple[str, int, int]] = field(default_factory=dict)


class Pieces:
    """The pieces of one visitor's folder.

    Parameters
    ----------
    folder
        The visitor's, on this machine.
    notes
        Folder of the notes of this machine.
    """

    def __init__(self, folder: Path, notes: Path) -> None:
        self.folder, self._notes = folder, notes
        self.lock_file = notes / f"{folder.name}.lock"
        self._note = notes / f"{folder.name}.json"
        self._begun = notes / f"{folder.name}.begun"

    def note(self) -> Note:
        """Return what was noted last."""
        try:
            told: dict[str, Any] = json.loads(self._note.read_bytes())
        except (OSError, ValueError):
            return Note()
        return Note(told["revision"], {path: tuple(of) for path, of in told["pieces"].items()})

    @property
    def was_begun(self) -> bool:
        """Whether a change goes on, or was cut off."""
        return self._begun.exists()

    def begin(self) -> None:
        """Note that a change begins."""
        self._begun.touch()

    def over(self, note: Note) -> None:
        """Note what is here and in the database alike."""
        write_whole(self._note, json.dumps({"revision": note.revision, "pieces": note.pieces}))
        self._begun.unlink(missing_ok=True)

    def forget(self) -> None:
        """Take the folder away, as the database has it no more."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for path in (self._note, self._begun):
            path.unlink(missing_ok=True)

    def bring(self, connection: Connection, revision: int) -> Note:
        """Bring the folder to what the database has of it; what a step is at here stays.

        Parameters
        ----------
        revision
            Of the visitor, as this transaction sees it.
        """
        before, there = self.note(), _digests(connection, self.folder.name)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._drop_removed(before, there)
        note = Note(revision)
        here = dict(self._walk())
        for path in here.keys() - there.keys():
            if not self._is_at_work(path):
                self._unlink(path)
        for path, digest in there.items():
            known = before.pieces.get(path)
            if path in here and (known == (digest, *here[path]) or self._is_at_work(path)):
                if known is not None:
                    note.pieces[path] = known
                continue
            note.pieces[path] = self._fetch(connection, path, digest)
        return note

    def _fetch(self, connection: Connection, path: str, digest: str) -> tuple[str, int, int]:
        found = connection.execute(
            "SELECT contenu FROM atlas62.pieces WHERE visiteur = %s AND chemin = %s",
            (self.folder.name, path),
        ).fetchone()
        target = self.folder / path
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = bytes(found[0]) if found else b""
        if target.suffix != LAYERS_ENDING:
            write_whole(target, content)
            return digest, *_times(target)
        with TemporaryDirectory(dir=self._notes) as room:
            whole = Path(room) / target.name
            whole.write_bytes(content)
            bring_in(whole, target)  # whoever reads it meanwhile sees the one of before or this one
        return digest, *_times(target)

    def _read(self, path: str) -> bytes:
        source = self.folder / path
        if source.suffix != LAYERS_ENDING:
            return source.read_bytes()
        with TemporaryDirectory(dir=self._notes) as room:  # a part may lie in its journal still
            whole = Path(room) / source.name
            copy_database(source, whole, "DELETE")
            return whole.read_bytes()

    def push(self, connection: Connection, before: Note) -> Note:
        """Keep in the database what has changed here since.

        Returns
        -------
        Note
            Of what is there now, at the next revision where anything changed.
        """
        owner, note = self.folder.name, Note(before.revision)
        changed = False
        for path, times in self._walk():
            known = before.pieces.get(path)
            if known is not None and known[1:] == times:
                note.pieces[path] = known
                continue
            with suppress(FileNotFoundError):  # a step may have taken it away meanwhile
                content = self._read(path)
                digest = hashlib.sha256(content).hexdigest()
                note.pieces[path] = (digest, *times)
                if known is None or known[0] != digest:
                    connection.execute(_PUT, (owner, path, digest, content))
                    changed = True
        gone = [*(before.pieces.keys() - note.pieces.keys())]
        if gone:
            connection.execute(
                "DELETE FROM atlas62.pieces WHERE visiteur = %s AND chemin = ANY(%s)", (owner, gone)
            )
        note.revision += bool(changed or gone)
        return note

    def _drop_removed(self, before: Note, there: dict[str, str]) -> None:
        """Take away the files that were removed on another machine, even under a step."""
        known = {path.partition("/")[0] for path in before.pieces if "/" in path}
        kept = {path.partition("/")[0] for path in there if "/" in path}
        for name in known - kept:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def _is_at_work(self, path: str) -> bool:
        top = path.partition("/")[0]
        return bool(NAME.fullmatch(top)) and is_held(self.folder / top)

    def _unlink(self, path: str) -> None:
        target = self.folder / path
        target.unlink(missing_ok=True)
        with suppress(OSError):  # others are in it
            target.parent.rmdir()

    def _walk(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the pieces that are here: path, then time of change in nanoseconds and size."""
        for inside, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if name not in PASSING)
            for name in sorted(names):
                if name == USED or name.endswith(_PASSING_ENDINGS):
                    continue
                path = Path(inside, name)
                with suppress(OSError):
                    yield path.relative_to(self.folder).as_posix(), _times(path)


def _times(path: Path) -> tuple[int, int]:
    told = path.stat()
    if path.suffix == LAYERS_ENDING:
        with suppress(OSError):
            journal = path.with_name(f"{path.name}{BESIDE[0]}").stat()
            if journal.st_size:
                newest = max(told.st_mtime_ns, journal.st_mtime_ns)
                return newest, told.st_size + journal.st_size
    return told.st_mtime_ns, told.st_size


def _digests(connection: Connection, owner: str) -> dict[str, str]:
    found = connection.execute(
        "SELECT chemin, empreinte FROM atlas62.pieces WHERE visiteur = %s ORDER BY chemin", (owner,)
    )
    return dict(found.fetchall())

"""The condition of the store, for whoever watches over it: what would keep a change from it."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from typing import Final

from filelock import FileLock, Timeout

from layers.store.backups import Backups
from layers.store.failure import explain
from layers.store.waiting import probe

SECONDS: Final = 0.5
"""For which a file that another program holds is waited for."""
ROOM: Final = 3
"""Times its size that a change takes of the disk: the copy, the journal, the backup."""
LEAST_ROOM: Final = 50_000_000
"""Bytes."""
MEGABYTE: Final = 1_000_000


def store_troubles(path: Path, backups: Backups) -> tuple[str, ...]:
    """Return what keeps the store from being changed as it should, as French sentences.

    A store that nobody has made yet is in good condition where its disk has room.
    """
    name = f"Magasin « {path.name} »"
    troubles = []
    if path.exists():
        try:
            _probe(path)
        except (sqlite3.Error, OSError) as error:
            troubles.append(f"{name} : {explain(error)} ; aucune couche ne peut être adoptée.")
    folder = next(parent for parent in path.absolute().parents if parent.is_dir())
    size = 0
    with suppress(OSError):
        size = path.stat().st_size
    needed, free = max(LEAST_ROOM, ROOM * size), disk_usage(folder).free
    if free < needed:
        troubles.append(
            f"{name} : il reste {free // MEGABYTE} Mo sur le disque, attendu "
            f"{needed // MEGABYTE} Mo pour garder un changement et sa sauvegarde."
        )
    ahead = [backup.name for backup in backups.all() if backups.is_ahead(backup)]
    if ahead:
        troubles.append(
            f"{name} : sauvegarde datée de l’avenir ({ahead[0]}) ; l’horloge est ou était fausse."
        )
    return tuple(troubles)


def _probe(path: Path) -> None:
    """Try to write; a change of ours that is being made is no trouble."""
    try:
        with FileLock(f"{path}.lock", timeout=0):
            probe(path, SECONDS)
    except Timeout:
        return

"""Waiting for another program that holds the store: some seconds, told, and not without end."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from layers.store.failure import DAMAGED, HeldError, explain, is_held
from layers.store.sqlite import open_database

TOLD_AFTER: Final = 2.0
"""Seconds after which it is told that one waits."""
PAUSE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Patience:
    """How long another program is waited for.

    Parameters
    ----------
    seconds
        Of one change, in all.
    tell
        Is given a French sentence once it takes long; None where nobody reads it meanwhile.
    """

    seconds: float = 5.0
    tell: Callable[[str], None] | None = None


@dataclass(slots=True)
class Wait:
    """The waiting of one change; it begins when this is made."""

    patience: Patience
    name: str
    begun: float = field(default_factory=time.monotonic)
    told: bool = False

    def restart(self) -> None:
        """Count anew: what we did ourselves meanwhile was no waiting."""
        self.begun = time.monotonic()

    def hold_on(self) -> None:
        """Go on waiting; raises HeldError when it has been long enough."""
        waited = time.monotonic() - self.begun
        if waited >= self.patience.seconds:
            raise HeldError
        if not self.told and waited >= TOLD_AFTER and self.patience.tell is not None:
            self.told = True
            self.patience.tell(
                f"Magasin « {self.name} » : un autre programme le tient ; on attend qu’il le "
                f"lâche, {self.patience.seconds:.0f} secondes au plus."
            )

    def until_free(self, path: Path) -> None:
        """Wait until a file can be written.

        Raises
        ------
        HeldError
            Another program holds it for too long.
        sqlite3.Error
            It can be written by nobody.
        """
        while path.exists():
            try:
                probe(path, PAUSE)
            except sqlite3.Error as error:
                if explain(error) == DAMAGED:
                    return  # nobody holds it; what is wrong is said by whoever reads it
                if not is_held(error):
                    raise
            else:
                return
            self.hold_on()
            time.sleep(PAUSE)


def probe(path: Path, seconds: float) -> None:
    """Begin to write into a file and write nothing; raises sqlite3.Error when that is refused."""
    with closing(open_database(path, seconds=seconds)) as database:
        database.execute("BEGIN IMMEDIATE")
        database.rollback()

"""The backups of the store: which of them are kept, and what each says of itself.

A backup is the whole store as it was before a change. Kept are the last ones of each source, and
the newest of each of the last days, weeks and months that have one, so that a day of many changes
takes nothing from the days before it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from layers.model.schema import LayerError
from layers.store.sqlite import copy_database, remove_database
from layers.store.tables import check_whole

DAYS: Final = 7
WEEKS: Final = 5
MONTHS: Final = 12
OF_A_SOURCE: Final = 3
OF_THE_OPERATOR: Final = 10
OF_ALL_SOURCES: Final = 20
"""Last changes of which the backups are kept: of one visitor, by command, of all visitors."""
OPERATOR: Final = ""
"""The source of what is done by command."""
AHEAD: Final = timedelta(minutes=5)
"""By which a clock may differ from another without being wrong."""

_MOMENT: Final = "%Y-%m-%dT%H%M%S.%fZ"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z)(?:-([0-9a-z]+))?")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """The store as it was before a change.

    Parameters
    ----------
    moment
        UTC.
    source
        Who changed it then: :data:`OPERATOR`, or a word for a visitor.
    name
        By which it is asked for.
    """

    moment: datetime
    source: str
    name: str

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether a clock was wrong when it was made, or is now."""
        return self.moment > now + AHEAD


class Backups:
    """The backups of one store.

    Parameters
    ----------
    folder
        Where they are; None keeps none.
    stem
        How their names begin.
    clock
        Gives the time, UTC.
    """

    def __init__(
        self,
        folder: Path | None,
        stem: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.folder = folder
        self._stem = stem
        self._clock = clock

    def all(self) -> tuple[Backup, ...]:
        """Return the backups, the newest first; those that lie ahead of the clock come last."""
        if self.folder is None or not self.folder.is_dir():
            return ()
        found = [self._read(path) for path in self.folder.glob(f"{self._stem}-*.gpkg")]
        newest_first = sorted(filter(None, found), reverse=True)
        return tuple(sorted(newest_first, key=self.is_ahead))

    def is_ahead(self, backup: Backup) -> bool:
        """Tell whether a backup lies ahead of the clock."""
        return backup.is_ahead(self._clock())

    def make(self, store: Path, source: str) -> Path | None:
        """Keep a copy that was read back to its last row.

        Raises
        ------
        LayerError, sqlite3.Error, OSError
            It cannot be made, or not be read back; nothing is left of it then.
        """
        if self.folder is None or not store.exists():
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".{self._stem}.part"
        remove_database(part)
        made = self.folder / f"{self._name(source)}.gpkg"
        try:
            copy_database(store, part, "DELETE")
            check_whole(part)
            part.replace(made)
        except LayerError as error:
            raise LayerError(f"sa sauvegarde ne peut être relue : {error}") from error
        finally:
            remove_database(part)
        return made

    def prune(self) -> None:
        """Remove what is not kept; what cannot be removed now is at the next change."""
        found = self.all()
        keep = kept(found, self._clock())
        for backup in found:
            if backup not in keep:
                with suppress(OSError):
                    self.path_of(backup).unlink(missing_ok=True)

    def path_of(self, backup: Backup) -> Path:
        """Return the file of a backup."""
        return (self.folder or Path()) / backup.name

    def aside(self, beside: Path) -> Path:
        """Return a name, without its ending, for a file that is set aside."""
        folder = self.folder or beside.parent
        folder.mkdir(parents=True, exist_ok=True)
        return folder / self._name(OPERATOR)

    def _name(self, source: str) -> str:
        moment = self._clock().strftime(_MOMENT)
        return f"{self._stem}-{moment}{f'-{source}' if source else ''}"

    def _read(self, path: Path) -> Backup | None:
        told = _NAME.fullmatch(path.name.removeprefix(f"{self._stem}-").removesuffix(".gpkg"))
        if told is None:
            return None
        try:
            moment = datetime.strptime(told[1], _MOMENT).replace(tzinfo=UTC)
        except ValueError:
            return None
        return Backup(moment, told[2] or OPERATOR, path.name)


def kept(backups: Iterable[Backup], now: datetime) -> frozenset[Backup]:
    """Return those that are kept of some backups.

    Those that lie ahead of the clock are judged among themselves: a wrong clock takes nothing from
    the others, nor they from it.
    """
    behind: list[Backup] = []
    ahead: list[Backup] = []
    for backup in sorted(backups, reverse=True):
        (ahead if backup.is_ahead(now) else behind).append(backup)
    return frozenset(_kept(behind)) | frozenset(_kept(ahead))


def _kept(newest_first: list[Backup]) -> set[Backup]:
    keep = set(_last_changes(newest_first))
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        newest: dict[object, Backup] = {}
        for backup in newest_first:
            newest.setdefault(period(backup), backup)
        keep.update([*newest.values()][:most])
    first = {_day(backup): backup for backup in newest_first}  # as the day before left it
    keep.update([*first.values()][:DAYS])
    return keep


def _day(backup: Backup) -> object:
    return backup.moment.date()


def _week(backup: Backup) -> object:
    return backup.moment.isocalendar()[:2]


def _month(backup: Backup) -> object:
    return backup.moment.year, backup.moment.month


def _last_changes(newest_first: list[Backup]) -> list[Backup]:
    """Return the last of each source; where these are too many, fewer of those that have most."""
    of_source: defaultdict[str, list[Backup]] = defaultdict(list)
    for backup in newest_first:
        most = OF_A_SOURCE if backup.source else OF_THE_OPERATOR
        if len(of_source[backup.source]) < most:
            of_source[backup.source].append(backup)
    own = of_source.pop(OPERATOR, [])
    counts = Counter({source: len(held) for source, held in of_source.items()})
    while counts.total() > OF_ALL_SOURCES:
        source = max(of_source, key=lambda name: (counts[name], -_age(of_source[name][-1])))
        of_source[source].pop()
        counts[source] -= 1
        if not of_source[source]:
            del of_source[source]
    return [*own, *(backup for held in of_source.values() for backup in held)]


def _age(backup: Backup) -> float:
    return backup.moment.timestamp()

"""A source taken: found, brought, read, checked against what must hold, and only then kept."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from geo.download import DownloadError, Told, download
from geo.http_service import RequestPolicy
from geo.reference.places import Reference
from layers.connectors.declaration import ConnectorError, Origin, Taken
from layers.connectors.kept import Attempt, KeptSource
from layers.connectors.locate import locate_file
from layers.french.wording import format_percent, plural

FILE: Final = "telechargement"
PATIENT: Final = RequestPolicy(per_second=5.0, tries=5, backoff_s=1.0, timeout_s=60.0)

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def bring(
    kept: KeptSource, policy: RequestPolicy = PATIENT, told: Told = lambda _come, _all: None
) -> Path:
    """Download the file of a source into its folder, and return where it is.

    Raises
    ------
    ConnectorError
        It cannot be had.
    """
    path = kept.folder / FILE
    try:
        download(locate_file(kept.connector, policy), path, policy, told)
    except DownloadError as error:
        raise ConnectorError(f"{kept.connector.title} : {error}") from error
    return path


def take_file(
    path: Path, kept: KeptSource, reference: Reference, data: Path, at: datetime
) -> Taken:
    """Return what a file becomes, checked.

    Parameters
    ----------
    data
        Folder of the embedded facts: their number of rows is the measure where nothing was taken
        before.

    Raises
    ------
    ConnectorError
        The file is not what it should be, or holds too many or too few rows.
    """
    connector = kept.connector
    taken = connector.feed.make(path, connector, reference, data, at.date())
    version = kept.current()
    before = version.origin.rows if version else connector.feed.usual(data)
    if not taken.count or abs(taken.count - before) > connector.change * before:
        found = plural(taken.count, connector.feed.counted)
        raise ConnectorError(
            f"{connector.title} : {found} pour {before} auparavant, plus de "
            f"{format_percent(connector.change)} d’écart ; le fichier est sans doute incomplet."
        )
    return taken


def origin_of(path: Path, taken: Taken, kept: KeptSource, at: datetime) -> Origin:
    """Return how what was taken is cited."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    connector, before = kept.connector, kept.current()
    when = at.isoformat(timespec="seconds")
    same = before is not None and before.origin.sha256 == digest
    return Origin(
        connector.title,
        connector.producer,
        connector.licence,
        connector.address,
        when,
        taken.newest,
        taken.count,
        digest,
        taken.told,
        since=(before.origin.since or before.origin.taken) if before and same else when,
        period=taken.period,
    )


def refuse(kept: KeptSource, error: ConnectorError, at: datetime) -> None:
    """Remember that a try failed, as far as the disk takes it; what was in use stays so."""
    try:
        kept.note(Attempt(at.isoformat(timespec="seconds"), good=False, said=str(error)))
    except OSError:
        return

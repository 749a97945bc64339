"""A source taken: found, brought, read, checked against what must hold, and only then kept."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pandas as pd

from geo.download import DownloadError, Told, download
from geo.http_service import RequestPolicy
from geo.reference.places import Reference
from layers.connectors.declaration import Connector, ConnectorError, Origin, Taken
from layers.connectors.kept import Attempt, KeptSource
from layers.connectors.locate import locate_file
from layers.connectors.reading import read_rows
from layers.french.wording import format_percent, plural
from layers.model.schema import LayerError, validate

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


def take_file(path: Path, kept: KeptSource, reference: Reference, data: Path) -> Taken:
    """Return what the rows of a file become, checked.

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
    rows = read_rows(path, connector)
    taken = connector.take(rows, reference)
    try:
        validate(taken.rows, connector.table.fields, key=connector.table.key, where=connector.title)
    except LayerError as error:
        raise ConnectorError(str(error)) from error
    version = kept.current()
    before = version.origin.rows if version else len(connector.table.texts(data))
    count = len(taken.rows)
    if not count or abs(count - before) > connector.change * before:
        raise ConnectorError(
            f"{connector.title} : {plural(count, 'ligne')} pour {before} auparavant, plus de "
            f"{format_percent(connector.change)} d’écart ; le fichier est sans doute incomplet."
        )
    return taken


def origin_of(path: Path, taken: Taken, connector: Connector, at: datetime) -> Origin:
    """Return how taken rows are cited."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Origin(
        connector.title,
        connector.producer,
        connector.licence,
        connector.address,
        at.isoformat(timespec="seconds"),
        newest_day(read_rows(path, connector), connector, at),
        len(taken.rows),
        digest,
        taken.told,
    )


def newest_day(rows: pd.DataFrame, connector: Connector, at: datetime) -> str:
    """Return the newest day in the column that dates the rows, ISO, not later than ``at``."""
    if not connector.dated:
        return ""
    texts = rows[connector.dated].str[:10]
    french = texts.str.replace(r"^(\d{2})/(\d{2})/(\d{4})$", r"\3-\2-\1", regex=True)
    days = french[french.str.fullmatch(r"20\d\d-\d\d-\d\d")]
    known = [day for day in days if day <= at.date().isoformat()]
    return max(known, default="")


def refuse(kept: KeptSource, error: ConnectorError, at: datetime) -> None:
    """Remember that a try failed, as far as the disk takes it; what was in use stays so."""
    try:
        kept.note(Attempt(at.isoformat(timespec="seconds"), good=False, said=str(error)))
    except OSError:
        return

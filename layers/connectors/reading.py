"""The rows of a source's file: plain, gzip or alone in a ZIP; columns by name; never a web page."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Final

import pandas as pd

from layers.connectors.declaration import Connector, ConnectorError
from layers.french.wording import plural

MOST_ROWS: Final = 400_000
HEAD: Final = 512
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


def read_rows(path: Path, connector: Connector) -> pd.DataFrame:
    """Return the rows as texts, with the columns of the connector; the index is the line.

    Raises
    ------
    ConnectorError
        It is no table, or lacks a column that is needed, or is larger than such files are.
    """
    index: list[int] = []
    rows: list[list[str]] = []
    for line, row in stream_rows(path, connector):
        if len(rows) == MOST_ROWS:
            raise ConnectorError(f"{connector.title} : plus de {MOST_ROWS} lignes.")
        index.append(line)
        rows.append(row)
    return pd.DataFrame(rows, columns=[*connector.columns], index=index, dtype=object)


def stream_rows(
    path: Path, connector: Connector, suffix: str = ".csv"
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its line: the texts of the connector's columns, in their order.

    Parameters
    ----------
    suffix
        How the name of the table ends in an archive.

    Raises
    ------
    ConnectorError
        It is no table, or lacks a column that is needed.
    """
    with open_plain(path, connector, suffix) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            yield from _read(text, connector)
        except UnicodeDecodeError as error:
            raise ConnectorError(f"{connector.title} : UTF-8 attendu, lu autre chose.") from error
        except (csv.Error, EOFError, OSError, zipfile.BadZipFile) as error:
            raise ConnectorError(f"{connector.title} : fichier endommagé ou coupé.") from error


def year_in(path: Path) -> str:
    """Return the last year that the name of a file holds, empty for none."""
    return next(iter(_YEAR.findall(path.stem)[::-1]), "")


def newest_day(texts: pd.Series, at: date) -> str:
    """Return the newest day of a column, ISO, not later than ``at``; empty where it holds none."""
    first = texts.str[:10]
    french = first.str.replace(r"^(\d{2})/(\d{2})/(\d{4})$", r"\3-\2-\1", regex=True)
    days = french[french.str.fullmatch(r"20\d\d-\d\d-\d\d")]
    return max((day for day in days if day <= at.isoformat()), default="")


@contextmanager
def open_plain(path: Path, connector: Connector, suffix: str) -> Iterator[IO[bytes]]:
    """Open a file as it is, out of gzip, or the one of a ZIP whose name ends so.

    Raises
    ------
    ConnectorError
        It is a web page, an archive of several such files, or more than can be held.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise ConnectorError(f"{connector.title} : une page web au lieu des données.")
    if head.startswith(b"\x1f\x8b"):
        with gzip.open(path) as unpacked:
            yield _Bounded(unpacked, connector)  # type: ignore[misc]
    elif head.startswith(b"PK\x03\x04"):
        with _open_archive(path, connector) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(suffix)]
            if len(names) != 1:
                raise ConnectorError(
                    f"{connector.title} : archive de {len(names)} fichiers {suffix}, un seul "
                    "attendu."
                )
            with archive.open(names[0]) as member:
                yield _Bounded(member, connector)  # type: ignore[misc]
    else:
        with path.open("rb") as file:
            yield file


def _open_archive(path: Path, connector: Connector) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise ConnectorError(f"{connector.title} : archive endommagée ou coupée.") from error


class _Bounded(io.RawIOBase):
    """What is unpacked, up to a size: a few kilobytes can hold gigabytes."""

    def __init__(self, packed: IO[bytes] | gzip.GzipFile, of: Connector) -> None:
        self._packed, self._of, self._come = packed, of, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._packed.read(len(buffer))
        self._come += len(data)
        if self._come > self._of.most_unpacked:
            raise ConnectorError(
                f"{self._of.title} : plus de {self._of.most_unpacked // 1_000_000} Mo une fois "
                "décompressé."
            )
        buffer[: len(data)] = data
        return len(data)


def _read(text: io.TextIOWrapper, connector: Connector) -> Iterator[tuple[int, list[str]]]:
    lines = csv.reader(text, delimiter=connector.delimiter, strict=True)
    header = [name.strip() for name in next(lines, [])]
    missing = [name for name in connector.columns if name not in header]
    if missing:
        raise ConnectorError(
            f"{connector.title} : colonne « {missing[0]} » absente ; trouvé : "
            f"{', '.join(name[:40] for name in header[:12]) or 'un fichier vide'}."
        )
    places = [header.index(name) for name in connector.columns]
    for row in lines:
        if not row:
            continue
        if len(row) != len(header):
            raise ConnectorError(
                f"{connector.title} : ligne {lines.line_num}, {plural(len(row), 'colonne')}, "
                f"{len(header)} attendues ; le fichier est coupé ou endommagé."
            )
        yield lines.line_num, [row[place].strip() for place in places]

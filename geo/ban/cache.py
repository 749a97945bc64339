"""The answers of the Base Adresse Nationale kept on disk: asked once, resumed after a stop."""

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final

from geo.ban.answers import BanAnswer, BanError, Question
from geo.precision import Precision

DAYS: Final = 180
"""Age from which an answer is asked again."""

SECONDS_OF_A_DAY: Final = 86_400

TABLE: Final = """
    CREATE TABLE IF NOT EXISTS answers (
        service TEXT, text TEXT, city_code TEXT, answer TEXT, asked_on REAL,
        PRIMARY KEY (service, text, city_code)
    ) WITHOUT ROWID
"""
FIND: Final = (
    "SELECT answer FROM answers WHERE service = ? AND text = ? AND city_code = ? AND asked_on > ?"
)
KEEP: Final = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)"


class BanCache:
    """Answers by service and question, in one SQLite file.

    Parameters
    ----------
    path
        File to keep them in; made, with its folder, where there is none. A file that is no such
        thing is replaced: what it held can be asked again.
    service
        Address of the service that answers.

    Raises
    ------
    BanError
        The file can be neither read nor made.
    """

    def __init__(self, path: Path, service: str) -> None:
        self._service = service
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = _open(path)
        except (OSError, sqlite3.Error) as error:
            raise BanError(
                f"Base Adresse Nationale : « {path} » ne peut servir de mémoire ({error})."
            ) from error

    def find(self, question: Question) -> tuple[bool, BanAnswer | None]:
        """Tell whether the question was asked of late, and what was answered."""
        oldest = time.time() - DAYS * SECONDS_OF_A_DAY
        row = self._base.execute(
            FIND, (self._service, question.text, question.city_code, oldest)
        ).fetchone()
        if row is None:
            return False, None
        return True, _read(row[0])

    def keep(self, answers: Mapping[Question, BanAnswer | None]) -> None:
        """Keep answers, those that are none too."""
        now = time.time()
        rows: Iterable[tuple[object, ...]] = (
            (self._service, question.text, question.city_code, _write(answer), now)
            for question, answer in answers.items()
        )
        with self._base:
            self._base.executemany(KEEP, rows)

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.DatabaseError:
        path.unlink()
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=30)
    try:
        with closing(base.execute("PRAGMA journal_mode=WAL")):
            base.execute(TABLE)
        base.execute("SELECT count(*) FROM answers").fetchone()
    except sqlite3.Error:
        with suppress(sqlite3.Error):
            base.close()
        raise
    return base


def _write(answer: BanAnswer | None) -> str:
    return json.dumps(None if answer is None else asdict(answer))


def _read(text: str) -> BanAnswer | None:
    values = json.loads(text)
    if values is None:
        return None
    return BanAnswer(**{**values, "precision": Precision(values["precision"])})

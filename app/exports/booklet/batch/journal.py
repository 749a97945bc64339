"""The journal of a batch: which of its pages are done, in a file beside them."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any, Final

from app.exports.booklet.batch.archive import Entry
from app.exports.formats import save

VERSION: Final = 2


class Journal:
    """Which pages of a batch are done; another request forgets those of the one before.

    Parameters
    ----------
    path
        Its file, in the folder of the pages.
    asked
        All that the pages depend on, besides the data.
    day
        The date that is printed.
    """

    def __init__(self, path: Path, asked: tuple[Any, ...], day: dt.date) -> None:
        self._path = path
        words = f"{(VERSION, *asked)!r} {day.isoformat()}"
        self._asked = hashlib.sha256(words.encode()).hexdigest()
        self._entries = self._read()

    def _read(self) -> dict[str, Entry]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            if held["asked"] != self._asked:
                return {}
            return {name: Entry(name, *fields) for name, fields in held["pages"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def entry(self, path: Path) -> Entry | None:
        """Return what is known of a page, if its file is there as it was written."""
        entry = self._entries.get(path.name)
        if entry is None or not path.is_file():
            return None
        same = hashlib.sha256(path.read_bytes()).hexdigest() == entry.digest
        return entry if same else None

    def add(self, entry: Entry) -> None:
        """Note that a page is done.

        Raises
        ------
        SaveError
            It cannot be written.
        """
        self._entries[entry.file] = entry
        pages = {
            one.file: [one.title, one.scale, one.digest, one.group]
            for one in self._entries.values()
        }
        text = json.dumps({"asked": self._asked, "pages": pages}, ensure_ascii=False)
        save(text.encode(), self._path, replace=True)

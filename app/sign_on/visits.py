"""Who is signed on: a file for each, named after a hash of the word in their cookie, until it ends.

Files serve all processes and machines that see the folder. What a provider said is kept, not the
role: it is found anew for each request, so that who leaves a list has lost it at the next start.
"""

import hashlib
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import orjson

from geo.whole_file import write_whole

WORD: Final = re.compile(r"[\w-]{43}", re.ASCII)
WORD_BYTES: Final = 32


class Visits:
    """The visits of those who have signed on.

    Parameters
    ----------
    folder
        Where they are kept; it is made when it is needed.
    seconds
        That a visit lasts, whatever is done meanwhile.
    """

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.seconds = seconds

    def begin(self, claims: Mapping[str, Any], id_token: str) -> str:
        """Keep who has signed on, and return the word of their cookie; raises OSError."""
        self._sweep()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        word, until = secrets.token_urlsafe(WORD_BYTES), time.time() + self.seconds
        held = {"claims": dict(claims), "id_token": id_token, "until": until}
        write_whole(self._path(word), orjson.dumps(held))
        return word

    def find(self, word: str | None) -> Mapping[str, Any] | None:
        """Return what is held of a visit; None where there is none, or it is over."""
        if word is None or not WORD.fullmatch(word):
            return None
        try:
            held: dict[str, Any] = orjson.loads(self._path(word).read_bytes())
        except (OSError, ValueError):
            return None
        return held if held["until"] > time.time() else None

    def end(self, word: str) -> None:
        """Forget a visit: its cookie opens nothing any more."""
        if WORD.fullmatch(word):
            self._path(word).unlink(missing_ok=True)

    def _path(self, word: str) -> Path:
        return self.folder / f"{hashlib.sha256(word.encode()).hexdigest()}.json"

    def _sweep(self) -> None:
        """Take away the files of visits that are over."""
        oldest = time.time() - self.seconds
        for path in self.folder.glob("*.json"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

"""The rows of a file that are geocoded: what is asked, how far it is, what was found so far.

Each chunk that is done is a file of its own, so that an import which stops goes on from there.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

import pandas as pd
from pyarrow.parquet import read_metadata

from app.imports.limits import BroughtFileError
from geo.geocoder.table import COLUMNS, GeocodesMany, geocode_frame
from geo.whole_file import whole_file

ASKED: Final = "asked.parquet"
PLACES: Final = "places"
TEXT: Final = "text"
LINE: Final = "line"
NOT_CHOSEN: Final = "Choisissez d’abord ce que sont les colonnes."
CHUNK: Final = 2_000
FIRST_CHUNK: Final = 5
"""Rows that are geocoded between two looks at the clock: at most, and before their pace is known
(a hostile text takes a hundred times as long as an honest one)."""
LEAST_SECONDS: Final = 0.001
"""Less than what a chunk takes, whatever the clock says."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the geocoding of a file is: rows done, of how many."""

    done: int
    total: int

    @property
    def over(self) -> bool:
        """Whether no row is left."""
        return self.done >= self.total


@dataclass(frozen=True, slots=True)
class GeocodedRows:
    """The rows to geocode of the import that lies in a folder."""

    folder: Path

    @property
    def known(self) -> bool:
        """Whether what is to geocode is known."""
        return (self.folder / ASKED).exists()

    def ask(self, texts: pd.Series) -> None:
        """Keep what is to geocode; the index is the line of each row."""
        table = pd.DataFrame({LINE: texts.index, TEXT: texts.to_numpy()})
        with whole_file(self.folder / ASKED) as part:
            table.to_parquet(part, index=False)

    def forget(self) -> None:
        """Forget what is to geocode and what was found."""
        (self.folder / ASKED).unlink(missing_ok=True)
        shutil.rmtree(self.folder / PLACES, ignore_errors=True)

    def progress(self) -> Progress:
        """Tell how far it is; raises BroughtFileError before anything is asked."""
        done = max((int(path.stem) for path in self._parts()), default=0)
        try:
            total = read_metadata(self.folder / ASKED).num_rows
        except OSError as error:
            raise BroughtFileError(NOT_CHOSEN) from error
        return Progress(done, total)

    def advance(self, geocoder: GeocodesMany, seconds: float = float("inf")) -> Iterator[Progress]:
        """Geocode rows until none is left or the time is out; what is done stays done.

        Yields
        ------
        Progress
            After each chunk, once it is kept.
        """
        asked = self._asked()
        begun = start = monotonic()
        done, size = self.progress().done, min(CHUNK, FIRST_CHUNK)
        while done < len(asked) and start - begun < seconds:
            chunk = asked.iloc[done : done + size]
            placed = geocode_frame(chunk, TEXT, geocoder)[[LINE, *COLUMNS]]
            done += len(chunk)
            self._keep(placed, done)
            yield Progress(done, len(asked))
            now = monotonic()
            fitting = (seconds - (now - begun)) * len(chunk) / max(now - start, LEAST_SECONDS)
            size, start = int(min(max(fitting, 1), 2 * size, CHUNK)), now

    def found(self) -> pd.DataFrame:
        """Return what was found so far, by line: :data:`geo.geocoder.table.COLUMNS`."""
        parts = [pd.read_parquet(path).astype(object) for path in self._parts()]
        if not parts:
            return pd.DataFrame(columns=[*COLUMNS], dtype=object)
        places = pd.concat(parts, ignore_index=True).drop_duplicates(LINE).set_index(LINE)
        return places.where(places.notna(), None)

    def _asked(self) -> pd.DataFrame:
        try:
            return pd.read_parquet(self.folder / ASKED)
        except OSError as error:
            raise BroughtFileError(NOT_CHOSEN) from error

    def _parts(self) -> list[Path]:
        return sorted((self.folder / PLACES).glob("*.parquet"))

    def _keep(self, placed: pd.DataFrame, done: int) -> None:
        folder = self.folder / PLACES
        folder.mkdir(exist_ok=True)
        with whole_file(folder / f"{done:09}.parquet") as part:
            placed.to_parquet(part, index=False)

"""Travel times that someone else has computed: a file of pairs, from INSEE, OSRM or Valhalla."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from geo.perimeter import shorten
from geo.travel.line import DEFAULT_PACE, StraightLine
from geo.travel.times import (
    CAR_TIMES,
    UNREACHABLE,
    Bracket,
    Floats,
    Integers,
    Minutes,
    Points,
    TravelError,
    TravelTimes,
    to_minutes,
)

COLUMNS = ("from", "to", "minutes")
MOST_PAIRS = 50_000_000
MOST_BYTES = 2_000_000_000
SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class TravelMatrix:
    """Minutes looked up by commune code, as a file gives them.

    Parameters
    ----------
    name
        Name of the file, for messages.
    origins, destinations
        Codes of the rows and of the columns.
    minutes
        Stored where the file has the pair; ``inf`` where it says that there is no way.
    spread
        Factors of the file's minutes, since it gives one time only.
    local
        Pace within a commune, where the file says zero.
    """

    name: str
    origins: pd.Index
    destinations: pd.Index
    minutes: Minutes
    spread: Bracket = CAR_TIMES
    local: StraightLine = DEFAULT_PACE
    id: ClassVar[str] = "matrice"

    @classmethod
    def read(cls, path: Path, spread: Bracket = CAR_TIMES) -> Self:
        """Read a CSV (UTF-8; comma, semicolon or tab) or Parquet file of pairs.

        It has the columns ``from``, ``to`` (commune codes, as text) and ``minutes``; an empty
        cell of minutes says that there is no way. Other columns are left alone.

        Raises
        ------
        TravelError
            The file cannot be read, lacks a column, or a pair is negative, no number or twice
            there; says the line.
        """
        table = _read_table(path)
        minutes = _minutes_of(table, path.name)
        _refuse(table, path.name, _without_code(table), "deux codes de commune")
        rows, origins = pd.factorize(table["from"], sort=True)
        columns, destinations = pd.factorize(table["to"], sort=True)
        _refuse_twice(table, path.name, rows * len(destinations) + columns)
        (matrix,) = to_minutes(rows, columns, [minutes], (len(origins), len(destinations)))
        return cls(path.name, pd.Index(origins), pd.Index(destinations), matrix, spread)

    def times(
        self, origins: Points, destinations: Points, limit: float = UNREACHABLE
    ) -> TravelTimes:
        """Return the file's minutes, at least the internal time; holes are told and unreachable.

        Within a commune, of which the file knows one time only, they are at least those of the
        straight way between the two places.

        Raises
        ------
        TravelError
            The file has no row or no column at all for a commune.
        """
        rows = self._look_up(self.origins, origins, "de départ")
        columns = self._look_up(self.destinations, destinations, "d’arrivée")
        pairs = self.minutes[rows][:, columns].tocoo()
        holes = len(origins) * len(destinations) - pairs.nnz
        minutes = np.maximum(pairs.data, self._own_way(origins, destinations, pairs.row, pairs.col))
        low = self.spread.low / self.spread.central
        near = np.isfinite(minutes) & (minutes * low <= limit)
        (central,) = to_minutes(pairs.row[near], pairs.col[near], [minutes[near]], pairs.shape)
        return TravelTimes.around(central, self.spread, limit, self._remarks(holes))

    def _own_way(
        self, origins: Points, destinations: Points, rows: Integers, columns: Integers
    ) -> Floats:
        """Return the least minutes of each pair: the way within the place, or the commune."""
        numbers, _ = pd.factorize(np.array([*origins.codes, *destinations.codes], dtype=object))
        same = numbers[rows] == numbers[len(origins) + columns]
        away = np.hypot(*(origins.xy[rows] - destinations.xy[columns]).T) / 1000
        km = np.maximum(origins.internal_km[rows], np.where(same, away, 0))
        return np.asarray(km * self.local.pace_at(origins)[rows])

    def _look_up(self, known: pd.Index, points: Points, end: str) -> Integers:
        found = known.get_indexer(pd.Index(points.codes))
        missing = sorted({points.codes[i] for i in np.flatnonzero(found < 0)})
        if missing:
            shown = ", ".join(missing[:SHOWN]) + (", …" if len(missing) > SHOWN else "")
            raise TravelError(
                f"Matrice « {self.name} » : commune{'s' if len(missing) > 1 else ''} {end} sans "
                f"aucun trajet ({shown}) ; attendu au moins un trajet pour chacune."
            )
        return np.asarray(found, dtype=np.int64)

    def _remarks(self, holes: int) -> tuple[str, ...]:
        if not holes:
            return ()
        told = (
            f"La matrice « {self.name} » ne donne pas {holes} des trajets demandés : ces services "
            "sont comptés hors d’atteinte."
        )
        return (told,)


def _read_table(path: Path) -> pd.DataFrame:
    read: Callable[[Path], pd.DataFrame] = _read_csv
    if path.suffix.lower() in {".parquet", ".pq"}:
        read = _read_parquet
    try:
        return read(path)
    except OSError as error:
        raise TravelError(f"Matrice « {path.name} » : fichier absent ou illisible.") from error
    except (UnicodeDecodeError, pa.ArrowInvalid, pd.errors.ParserError) as error:
        row = re.search(r"Row #(\d+)", str(error))
        raise TravelError(
            f"Matrice « {path.name} »{f', ligne {row[1]}' if row else ''} : illisible ; attendu un "
            "fichier Parquet, ou un CSV en UTF-8 dont chaque ligne a les colonnes de la première."
        ) from error


def _read_csv(path: Path) -> pd.DataFrame:
    if path.stat().st_size > MOST_BYTES:
        raise TravelError(
            f"Matrice « {path.name} » : fichier de plus de 2 Go ; attendu un extrait, ou Parquet."
        )
    with path.open(encoding="utf-8-sig") as stream:
        header = stream.readline(1000)
    separator = max(";,\t", key=header.count)
    names = [name.strip().strip('"').lower() for name in header.strip().split(separator)]
    _check_columns(path, names)
    # Unlike pandas, Arrow refuses a line of four cells under three names: « 10,5 » is not 10.
    table = pa_csv.read_csv(
        path,
        read_options=pa_csv.ReadOptions(column_names=names, skip_rows=1, use_threads=False),
        parse_options=pa_csv.ParseOptions(delimiter=separator),
        convert_options=pa_csv.ConvertOptions(
            include_columns=list(COLUMNS), column_types=dict.fromkeys(COLUMNS, pa.string())
        ),
    )
    return pd.DataFrame({name: table[name].to_pandas().str.strip() for name in COLUMNS})


def _read_parquet(path: Path) -> pd.DataFrame:
    with pq.ParquetFile(path) as file:
        _check_columns(path, file.schema_arrow.names)
        if file.metadata.num_rows > MOST_PAIRS:
            raise TravelError(
                f"Matrice « {path.name} » : plus de {MOST_PAIRS} trajets ; attendu un extrait."
            )
        table: pd.DataFrame = file.read(columns=list(COLUMNS)).to_pandas()
    codes = {name: table[name].map(str, na_action="ignore") for name in ("from", "to")}
    return table.assign(**codes)


def _check_columns(path: Path, names: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise TravelError(
            f"Matrice « {path.name} » : colonne « {missing[0]} » absente ; "
            "attendu les colonnes from, to et minutes."
        )


def _minutes_of(table: pd.DataFrame, name: str) -> Floats:
    cells = table["minutes"]
    if cells.dtype == float:
        numbers, empty = cells, cells.isna()
    else:
        text = cells.astype("string").fillna("").str.replace(",", ".")
        numbers, empty = pd.to_numeric(text, errors="coerce"), text == ""
    minutes = numbers.to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = ~(empty.to_numpy(dtype=bool) | (np.isfinite(minutes) & (minutes >= 0)))
    _refuse(table, name, wrong, "un nombre de minutes positif, ou rien s’il n’y a pas de chemin")
    return np.where(empty, UNREACHABLE, minutes)


def _without_code(table: pd.DataFrame) -> NDArray[np.bool_]:
    codes = table[["from", "to"]]
    return np.asarray((codes.isna() | (codes == "")).any(axis=1), dtype=bool)


def _refuse_twice(table: pd.DataFrame, name: str, pairs: Integers) -> None:
    order = np.argsort(pairs, kind="stable")
    twice = np.zeros(len(pairs), dtype=bool)
    twice[order[1:]] = pairs[order[1:]] == pairs[order[:-1]]
    _refuse(table, name, twice, "chaque trajet une seule fois")


def _refuse(table: pd.DataFrame, name: str, wrong: NDArray[np.bool_], expected: str) -> None:
    """Raise the sentence for the first wrong pair; a line counts from the header's, 1."""
    lines = np.flatnonzero(wrong)
    if len(lines):
        found = shorten(" ; ".join(str(cell) for cell in table.iloc[lines[0]][list(COLUMNS)]))
        raise TravelError(
            f"Matrice « {name} », ligne {lines[0] + 2} : trouvé « {found} », attendu {expected}."
        )

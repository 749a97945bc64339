"""What is known from elsewhere of the data as a whole: each total once, with its source."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).parent / "fixtures" / "known_totals.csv"

with FILE.open(encoding="utf-8", newline="") as _stream:
    _TOTALS = {row["name"]: Decimal(row["total"]) for row in csv.DictReader(_stream)}

ALL_COMMUNES = int(_TOTALS["communes"])
COMMUNES_OF_2024 = int(_TOTALS["communes_2024"])
ALL_PEOPLE = int(_TOTALS["people"])
FIT = _TOTALS["fit"]


def _rows_of_layers() -> Mapping[str, int]:
    with FILE.with_name("known_layers.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["layer"]: int(row["rows"]) for row in csv.DictReader(stream)}
    return MappingProxyType({"communes": ALL_COMMUNES, **rows})


ROWS = _rows_of_layers()
"""Rows of each layer whose whole is known, by its identifier."""

"""What is known from elsewhere of the data as a whole: each total once, with its source."""

import csv
from decimal import Decimal
from pathlib import Path

FILE = Path(__file__).parent / "fixtures" / "known_totals.csv"

with FILE.open(encoding="utf-8", newline="") as _stream:
    _TOTALS = {row["name"]: Decimal(row["total"]) for row in csv.DictReader(_stream)}

ALL_COMMUNES = int(_TOTALS["communes"])
COMMUNES_OF_2024 = int(_TOTALS["communes_2024"])
ALL_PEOPLE = int(_TOTALS["people"])
FIT = _TOTALS["fit"]

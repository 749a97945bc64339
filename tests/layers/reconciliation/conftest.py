"""A copy of the data that a test may spoil, and put right again."""

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Row = dict[str, str]


@pytest.fixture(scope="session")
def copied(data, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("communes", "build", "*.md"))
    return folder


@pytest.fixture
def spoiled(copied):
    """Return a context in which one table of the copy is what a function makes of its rows."""

    @contextmanager
    def spoil(name: str, change: Callable[[list[Row]], list[Row]]) -> Iterator[Path]:
        path = copied / name
        before = path.read_bytes()
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            columns, rows = table.fieldnames, change(list(table))
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(rows)
            yield copied
        finally:
            path.write_bytes(before)

    return spoil


@pytest.fixture
def respelt(spoiled):
    """Return a context in which one cell of a table of the copy holds another text."""

    def respell(name: str, column: str, text: str, number: int = 0):
        def change(rows: list[Row]) -> list[Row]:
            rows[number][column] = text
            return rows

        return spoiled(name, change)

    return respell


@pytest.fixture
def read(copied):
    """Return the rows of a table of the copy."""

    def read_rows(name: str) -> list[Row]:
        with (copied / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read_rows

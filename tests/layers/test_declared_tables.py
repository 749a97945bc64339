"""Every table of ``data/`` is declared once, with exactly the columns that it has."""

import ast
import csv
import importlib
import pkgutil
from collections import Counter

import pytest

import app
import geo
import layers
from app.settings import EMBEDDED_DATA
from geo import tables as ground
from layers.model import tables as subjects

ROOT = EMBEDDED_DATA.parent
TAKEN = "official/"
"""Folder of what ``actualiser`` brings, which no project starts with."""
FILES = sorted(path.relative_to(EMBEDDED_DATA).as_posix() for path in EMBEDDED_DATA.rglob("*.csv"))


def modules():
    for room in (geo, layers, app):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


@pytest.fixture(scope="module")
def declared():
    """All declarations that stand in a module, each object once."""
    found = {}
    for module in modules():
        for value in vars(module).values():
            for table in value if isinstance(value, tuple) else (value,):
                if isinstance(table, ground.Table | subjects.Table):
                    found[id(table)] = table
    return list(found.values())


@pytest.fixture(scope="module")
def embedded(declared):
    return [table for table in declared if not table.file.startswith(TAKEN)]


def test_every_csv_is_declared_once_and_nothing_else_is(declared, embedded):
    assert sorted(table.file for table in embedded) == FILES
    taken = [table.file for table in declared if table.file.startswith(TAKEN)]
    assert len(taken) == len(set(taken))


def test_its_columns_are_exactly_those_declared(embedded):
    for table in embedded:
        with (EMBEDDED_DATA / table.file).open(encoding="utf-8", newline="") as file:
            assert (table.file, tuple(next(csv.reader(file)))) == (table.file, table.columns)


def test_every_column_says_what_it_means(declared):
    for table in declared:
        columns = table.fields if isinstance(table, subjects.Table) else table.declared
        assert all(len(column.meaning) > 5 for column in columns), table.file


def test_every_cell_is_what_its_column_declares(embedded):
    for table in embedded:
        if isinstance(table, subjects.Table):
            table.read(EMBEDDED_DATA)
        else:
            table.check((EMBEDDED_DATA / table.file).parent)


def test_no_module_writes_the_name_of_a_table_again():
    """A second mention is a second declaration; a name that stands nowhere is made in a loop."""
    named = Counter()
    for room in ("geo", "layers", "app"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and node.value in FILES:
                    named[node.value] += 1
    assert max(named.values()) == 1
    assert len(named) > len(FILES) - 10

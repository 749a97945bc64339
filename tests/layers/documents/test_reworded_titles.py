"""An operator may word a title otherwise: no page loses a statement, and what is lost is told."""

import csv
import shutil

import pytest

from app.settings import EMBEDDED_DATA
from layers.catalogue.layers import Catalogue
from layers.operation.sheet import operation_sheet
from layers.reconciliation.confrontation import Status
from layers.reconciliation.verification import verify
from layers.sheets.contract import contract_sheet
from tests.known_operations import OPERATIONS


def change(data, file, edit):
    """Edit the rows of a table in place."""
    path = data / file
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        edit(row)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(EMBEDDED_DATA, tmp_path / "data", ignore=shutil.ignore_patterns("build"))


def test_with_other_titles_every_page_says_as_much(copy, reference, catalogue):
    change(copy, "contracts/operations.csv", lambda row: row.update(title=f"Autre {row['id']}"))
    change(copy, "contracts/contracts.csv", lambda row: row.update(partner=row["partner"].upper()))
    reworded = Catalogue(reference, copy)
    for name in OPERATIONS:
        before, after = (operation_sheet(each, name) for each in (catalogue, reworded))
        assert after.title.text == f"Autre {name}"
        assert before.words.statements
        assert after.words == before.words
        assert after.sources == before.sources
        assert (after.plan, after.steps, after.ambitions, after.axes) == (
            before.plan, before.steps, before.ambitions, before.axes,
        )  # fmt: skip
    for name in catalogue.load("contrats")["id"]:
        assert contract_sheet(reworded, name).words == contract_sheet(catalogue, name).words


def test_with_other_titles_nothing_is_found_wrong(copy, reference):
    change(copy, "contracts/operations.csv", lambda row: row.update(title=f"Autre {row['id']}"))
    assert verify(reference, copy).with_status(Status.NEW) == ()


def test_an_identifier_that_its_act_does_not_know_is_told(copy, reference):
    def rename(row):
        for column in ("id", "operation", "subject"):
            if row.get(column) in OPERATIONS:
                row[column] += "9"

    for table in ("operations", "financing", "calendar", "pacts", "restatements"):
        change(copy, f"contracts/{table}.csv", rename)
    renamed = Catalogue(reference, copy)
    for name in OPERATIONS:
        sheet = operation_sheet(renamed, f"{name}9")
        assert sheet.words.statements == ()
        assert f"{name}9" in sheet.words.problem
    new = {finding.id for finding in verify(reference, copy).with_status(Status.NEW)}
    assert {"tables.2023-534.operations", *(f"tables.{name}9.acte" for name in OPERATIONS)} <= new

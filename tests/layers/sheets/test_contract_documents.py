"""The tables of contracts against each other and against the documents they come from."""

import csv
import itertools
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.known_totals import FIT

Row = dict[str, str]


def rows(data: Path, name: str) -> list[Row]:
    with (data / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def operations(data):
    return rows(data, "contracts/operations.csv")


@pytest.fixture(scope="module")
def financing(data):
    return rows(data, "contracts/financing.csv")


def words(text: str) -> str:
    text = text.translate(str.maketrans("’‘`\u00a0\u202f\t", "'''   ")).casefold()
    return re.sub(r"\s+", " ", text).strip()


def around(lines: list[str], line: int, count: int = 4) -> str:
    """Return the text from a line on, hyphens at line ends undone both ways."""
    return words(" ".join(lines[line - 1 : line - 1 + count]))


def amounts(text: str) -> list[Decimal]:
    found = re.findall(r"\d{1,3}(?:[ \u00a0\u202f]+\d{3})*(?:,\d{2})?(?=\s*€|\s|$)", text)
    return [Decimal(re.sub(r"\s", "", one).replace(",", ".")) for one in found]


def test_six_contracts_and_nine_contrats_de_ville(data):
    kinds = [row["kind"] for row in rows(data, "contracts/contracts.csv")]
    assert (kinds.count("territoire"), kinds.count("ville")) == (6, 9)


def test_the_fit_is_the_printed_total(operations):
    assert len(operations) == 7
    assert sum(Decimal(row["fit"]) for row in operations) == FIT


def test_budget_lines_hold_the_fit_in_only_one_way(data, operations):
    lines = {row["code"]: Decimal(row["proposed"]) for row in rows(data, "contracts/budget.csv")}
    assert sum(lines.values()) == FIT
    culture = lines["C05-300J01"]
    ways = [
        {row["id"] for row in group}
        for size in range(len(operations) + 1)
        for group in itertools.combinations(operations, size)
        if sum(Decimal(row["fit"]) for row in group) == culture
    ]
    assert ways == [{row["id"] for row in operations if row["budget_code"] == "C05-300J01"}]


@pytest.mark.parametrize(
    ("side", "total"), [("depense", "total_cost"), ("recette", "total_receipts")]
)
def test_plans_add_up_but_for_the_known_twenty_cents(operations, financing, side, total):
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in financing:
        if line["side"] == side and not line["parent"]:
            sums[line["operation"]] += Decimal(line["amount"])
    gaps = {row["id"]: Decimal(row[total]) - sums[row["id"]] for row in operations}
    known = {"2023-534-fauquembergues-1": Decimal("0.20")} if side == "recette" else {}
    assert {key: gap for key, gap in gaps.items() if gap} == known


def test_details_add_up_to_their_parent(financing):
    details: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in financing:
        if line["parent"]:
            details[line["operation"], line["parent"]] += Decimal(line["amount"])
    parents = {
        (line["operation"], line["label"]): Decimal(line["amount"])
        for line in financing
        if (line["operation"], line["label"]) in details
    }
    assert len(details) == 2
    assert details == parents


def test_the_fit_of_an_operation_is_the_fit_line_of_its_plan(operations, financing):
    plans = {line["operation"]: line["amount"] for line in financing if line["programme"] == "FIT"}
    assert plans == {row["id"]: row["fit"] for row in operations}


def test_every_reference_leads_to_a_row(data, operations):
    contracts = {row["id"] for row in rows(data, "contracts/contracts.csv")}
    known = {row["id"] for row in operations}
    assert {row["contract"] for row in operations} <= contracts
    for table in ("financing", "calendar", "pacts"):
        assert {row["operation"] for row in rows(data, f"contracts/{table}.csv")} == known


def test_partners_and_axes_stand_on_their_lines(data, lines):
    for row in rows(data, "contracts/contracts.csv"):
        text = lines[row["document"]]
        assert words(row["partner"]) in around(text, int(row["line"]))
        axes = [axis for axis in row["axes"].split(" | ") if axis]
        essential = around(text, int(row["axes_line"]), 9) if axes else ""
        assert all(words(axis) in essential for axis in axes)


def test_facts_of_operations_stand_on_their_lines(operations, lines):
    text = lines["cd62-2023-534"]
    for row in operations:
        assert words(row["title"]) in around(text, int(row["title_line"]))
        assert words(row["place"]) in around(text, int(row["place_line"]))
        owner = row["owner"].removeprefix("Commune de ").removeprefix("Commune d’")
        assert words(owner) in around(text, int(row["owner_line"]))
        assert words(row["delegate"]) in around(text, int(row["delegate_line"] or 1))
        axes = row["axes"].split(" | ")
        around_axes = around(text, int(row["axes_line"] or 1), 6).replace("7 allées", "7 vallées")
        assert all(words(axis) in around_axes for axis in axes)
        assert Decimal(row["fit"]) in amounts(text[int(row["fit_line"]) - 1])
        assert Decimal(row["fit"]) in amounts(text[int(row["article_line"]) - 1])
        totals = amounts(text[int(row["total_line"]) - 1])
        assert totals == [Decimal(row["total_cost"]), Decimal(row["total_receipts"])]


def test_lines_of_the_plans_stand_on_their_lines(financing, lines):
    for row in financing:
        text = lines[row["document"]]
        line = int(row["line"])
        assert Decimal(row["amount"]) in amounts(text[line - 1]), row
        # A label may begin on the line before its amount.
        assert words(row["label"]) in around(text, line - 1, 2), row


def test_dates_pacts_and_budget_stand_on_their_lines(data, lines):
    for row in rows(data, "contracts/calendar.csv"):
        text = words(lines[row["document"]][int(row["line"]) - 1])
        assert words(row["date"]) in text
        assert words(row["comment"]) in text
    for row in rows(data, "contracts/pacts.csv"):
        text = words(lines[row["document"]][int(row["line"]) - 1])
        assert text.rstrip(".") == words(f"Ambition {row['ambition']} {row['label']}")
    for row in rows(data, "contracts/budget.csv"):
        printed = amounts(lines[row["document"]][int(row["line"]) - 1])
        columns = ("programme_authorisation", "available", "proposed", "balance")
        assert printed == [Decimal(row[column]) for column in columns]

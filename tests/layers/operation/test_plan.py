"""Plans de financement: lines, details, printed totals and public aid."""

from dataclasses import replace
from decimal import Decimal

import pytest

from layers.documents.funders import Funder
from layers.operation.plan import read_plan
from layers.reconciliation.memory import read_evidence

CALAIS = "2023-534-grand-calais-1"
FAUQUEMBERGUES = "2023-534-fauquembergues-1"
TERNOIS = "2023-534-ternois-1"


@pytest.fixture(scope="module")
def evidence(catalogue):
    return read_evidence(catalogue)


def test_every_line_of_the_table_stands_in_a_plan_once(evidence):
    found = []
    for operation in evidence.operations:
        plan = read_plan(evidence, operation)
        for line in (*plan.expenses.lines, *plan.receipts.lines):
            found += [line, *line.details]
    assert len(found) == len(evidence.plans) == 60
    assert sum(line.amount for line in found) == sum(row.amount for row in evidence.plans)


def test_details_make_up_their_line_and_are_not_added_again(evidence):
    expenses = read_plan(evidence, FAUQUEMBERGUES).expenses
    detailed = {line.label: [detail.amount for detail in line.details] for line in expenses.lines}
    assert {label: len(amounts) for label, amounts in detailed.items()} == {
        "Voirie et cheminements doux": 3,
        "Effacement des réseaux": 2,
        "Défense Incendie": 0,
    }
    for line in expenses.lines:
        assert not line.details or sum(detailed[line.label]) == line.amount
    assert expenses.sum == expenses.total == Decimal("481374.20")


def test_a_printed_total_that_its_lines_do_not_make_is_kept_with_its_difference(evidence):
    receipts = read_plan(evidence, FAUQUEMBERGUES).receipts
    assert (receipts.total, receipts.sum) == (Decimal("481374.20"), Decimal("481374.00"))
    assert receipts.difference == Decimal("0.20")


def test_receipts_of_one_funder_stand_together(evidence):
    ordered = [line.funder for line in read_plan(evidence, TERNOIS).by_funder]
    assert ordered == [
        Funder.DEPARTEMENT, Funder.ETAT, Funder.ETAT, Funder.REGION, Funder.OWNER
    ]  # fmt: skip


def test_receipts_are_told_public_first_and_the_owner_last(evidence):
    ordered = read_plan(evidence, CALAIS).by_funder
    assert ordered[0].is_fit
    assert ordered[-1].funder is Funder.OWNER
    assert [line.share for line in ordered] == [
        Decimal("0.05"), Decimal("0.1"), Decimal("0.29"), Decimal("0.36"), Decimal("0.2")
    ]  # fmt: skip


def test_public_aid_is_held_against_the_ceiling(evidence):
    aid = read_plan(evidence, TERNOIS).aid
    assert (aid.amount, aid.excess) == (Decimal("1064616.75"), Decimal("93.22"))
    assert read_plan(evidence, CALAIS).aid.excess == 0


def test_every_line_can_be_walked_back_to_words(evidence):
    for operation in evidence.operations:
        assert all(source.text for source in read_plan(evidence, operation).sources)


def test_a_detail_is_a_share_of_the_whole_cost(evidence):
    expenses = read_plan(evidence, FAUQUEMBERGUES).expenses
    details = [detail for line in expenses.lines for detail in line.details]
    assert details
    assert all(detail.share == detail.amount / expenses.total for detail in details)
    assert {line.programme for line in expenses.lines} == {""}


def test_details_of_another_operation_under_the_same_words_stay_there(evidence):
    others = [
        replace(row, operation=CALAIS) for row in evidence.plans if row.operation == FAUQUEMBERGUES
    ]
    mixed = replace(evidence, plans=(*evidence.plans, *others))
    assert read_plan(mixed, FAUQUEMBERGUES) == read_plan(evidence, FAUQUEMBERGUES)


def test_nothing_is_a_share_of_no_cost(evidence):
    free = replace(evidence.operations[CALAIS], total_cost=Decimal(0))
    spoiled = replace(evidence, operations={**evidence.operations, CALAIS: free})
    assert {line.share for line in read_plan(spoiled, CALAIS).expenses.lines} == {None}

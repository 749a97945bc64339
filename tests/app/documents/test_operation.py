"""The page of an operation: every figure of the plan, every source within reach."""

from decimal import Decimal
from urllib.parse import unquote

import pytest

from app.documents.operation import class_beside, operation_page
from app.web.addresses import contract_url, map_url, operation_url
from layers.french.wording import format_euros, typeset
from layers.operation.sheet import operation_sheet
from tests.known_operations import OPERATIONS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_amount_of_the_plan_stands_on_its_page(catalogue, read_page, operation):
    text = read_page(operation_url(operation)).text.replace("\u202f", " ").replace("\u00a0", " ")
    sheet = operation_sheet(catalogue, operation)
    sides = (sheet.plan.expenses, sheet.plan.receipts)
    lines = [line for side in sides for line in side.lines]
    lines += [detail for line in lines for detail in line.details]
    amounts = [line.amount for line in lines] + [side.total for side in sides]
    amounts += [payment.amount for payment in sheet.terms.payments]
    amounts += [sheet.plan.aid.amount, sheet.plan.aid.ceiling, sheet.budget.available]
    for amount in amounts:
        assert (
            format_euros(amount, cents=True).replace("\u202f", " ").replace("\u00a0", " ") in text
        )
    for line in lines:
        assert line.label in text


@pytest.mark.parametrize("operation", OPERATIONS)
def test_dates_ambitions_and_people_in_charge_stand_on_its_page(catalogue, read_page, operation):
    text = read_page(operation_url(operation)).text
    sheet = operation_sheet(catalogue, operation)
    assert sheet.owner.text in text
    assert all(step.printed in text for step in sheet.steps)
    assert all(typeset(axis) in text for axis in sheet.axes)
    assert text.count("Ambition") >= len(sheet.ambitions)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_source_leads_to_a_line_quoted_on_the_page(read_page, operation):
    page = read_page(operation_url(operation))
    inside = {unquote(link[1:]) for link in page.links if link.startswith("#")}
    assert len([one for one in inside if one.startswith("cd62-2023-534-l")]) > 20
    assert inside <= set(page.anchors)
    assert len(page.anchors) == len(set(page.anchors))


def test_the_page_leads_to_its_contract_and_to_the_map(catalogue, read_page):
    sheet = operation_sheet(catalogue, "2023-534-ternois-1")
    links = read_page(operation_url("2023-534-ternois-1")).links
    assert contract_url("ct-ternois") in links
    assert map_url(sheet.commune) == "/?lieu=commune:62767"
    assert map_url(sheet.commune) in links


def test_what_exceeds_the_ceiling_is_said(read_page):
    text = read_page(operation_url("2023-534-ternois-1")).text
    assert "Le plafond est dépassé de 93,22\u00a0€" in text
    assert "dépassé" not in read_page(operation_url("2023-534-aire-sur-la-lys-1")).text


def test_a_known_discrepancy_is_told_with_both_values(read_page):
    text = read_page(operation_url("2023-534-fauquembergues-1")).text
    for value in ("481\u202f374,20\u00a0€", "481\u202f374,00\u00a0€", "+0,20\u00a0€"):
        assert value in text


def test_the_money_is_said_in_a_sentence(catalogue):
    said = operation_page(catalogue, "2023-534-grand-calais-1")["sentence"]
    assert said.replace("\u202f", " ").replace("\u00a0", " ") == (
        "Le FIT apporte 500 000 € à une opération de 10 000 000 € HT : il en paie 5,0 %, "
        "soit 20,00 € de dépenses pour un euro de FIT."
    )


def test_a_label_is_not_told_twice_who_pays(catalogue):
    receipts = operation_sheet(catalogue, "2023-534-ternois-1").plan.receipts.lines
    assert {line.label: class_beside(line) for line in receipts} == {
        "Département - FIT": "",
        "ETAT (DETR)": "",
        "Région (ACTes)": "",
        "Fonds vert": "État",
        "Reste à charge MO": "Maître d’ouvrage",
    }


def test_the_bar_is_as_long_as_the_plan(catalogue):
    for operation in OPERATIONS:
        values = operation_page(catalogue, operation)
        bars, plan = values["bars"], values["sheet"].plan
        paid = plan.receipts.sum / plan.expenses.total
        assert bars[0].kind == "fit"
        assert Decimal(bars[-1].x + bars[-1].width) / 1000 == pytest.approx(
            paid, abs=Decimal("0.004")
        )

"""The page of the money, and its tables to download."""

import csv
import io
from decimal import Decimal

import pytest

from app.documents.funding import PAYERS, WORDINGS, funding_page
from app.web.addresses import FUNDING, breakdown_url, contract_url, operation_url
from layers.operation.funding import BREAKDOWNS
from tests.known_totals import FIT

TABLES = (*BREAKDOWNS, PAYERS, "operations")


def rows(documents, name):
    answer = documents.get(breakdown_url(name))
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def money(text):
    return Decimal(text.replace(",", "."))


def test_the_totals_stand_on_the_page(read_page):
    text = read_page(FUNDING).text
    for said in ("1\u202f878\u202f696\u00a0€", "15\u202f595\u202f862,61\u00a0€", "4,17\u00a0€"):
        assert said in text
    assert "15\u202f595\u202f862,41\u00a0€" in text
    assert "0,20\u00a0€ de moins" in text


def test_every_operation_contract_and_table_is_one_link_away(catalogue, read_page):
    links = read_page(FUNDING).links
    assert all(operation_url(each) in links for each in catalogue.load("operations")["id"])
    assert all(contract_url(each) in links for each in catalogue.load("contrats")["id"])
    assert all(breakdown_url(name) in links for name in TABLES)


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_each_table_ends_with_the_total_of_all_operations(documents, name):
    found = rows(documents, name)
    assert found[-1]["Libellé"] == WORDINGS[name].total
    assert money(found[-1]["FIT (€)"]) == FIT
    assert all(row["Sources"] for row in found)


@pytest.mark.parametrize("name", [name for name in BREAKDOWNS if name != "pactes"])
def test_the_rows_of_a_partition_add_up_to_the_cent(documents, name):
    *parts, total = rows(documents, name)
    for column in ("FIT (€)", "Coût total HT (€)"):
        assert sum(money(row[column]) for row in parts if row[column]) == money(total[column])


def test_where_nothing_is_known_cells_are_empty_and_not_zero(documents):
    found = {row["Libellé"]: row for row in rows(documents, "territoires")}
    assert len(found) == 8
    assert found["Lens-Hénin"]["FIT (€)"] == ""
    assert found["Lens-Hénin"]["FIT par habitant (€)"] == ""


def test_who_pays_can_be_downloaded(documents):
    paid = rows(documents, PAYERS)
    assert sum(money(row["Montant HT (€)"]) for row in paid) == Decimal("15595862.41")


def test_the_operations_can_be_downloaded(documents):
    assert len(rows(documents, "operations")) == 7


@pytest.mark.parametrize("name", ["", "zz", "..%2f..%2fetc", "%3Cscript%3E"])
def test_a_table_that_does_not_exist_is_not_found(documents, name):
    answer = documents.get(f"{FUNDING}/{name}.csv")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_pacts_say_how_they_are_counted(catalogue, read_page):
    table = next(each for each in funding_page(catalogue)["tables"] if each.name == "pactes")
    assert table.breakdown.repeated == 8
    text = read_page(FUNDING).text.replace("\u00a0", " ")
    assert "7 opérations comptent 15 fois" in text
    assert "Ensemble, chaque opération une fois" in text


def test_what_is_in_a_quartier_prioritaire_by_the_documents_words_is_counted(read_page):
    text = " ".join(read_page(FUNDING).text.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "960 836 €, soit 51 % du FIT, vont à 2 opérations situées dans un quartier" in text
    assert "lignes 8351 et 10034" in text

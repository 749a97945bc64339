"""Operations in a quartier prioritaire by the documents' own words."""

import re
from decimal import Decimal

import pytest

from layers.facts.operation_brief import brief
from layers.facts.operation_districts import OPERATION_DISTRICTS, stated_districts
from layers.french.wording import format_euros
from layers.operation.sheet import find_row
from layers.sheets.district import district_sheet

POOL, ISLET = "2023-534-grand-calais-1", "2023-534-aire-sur-la-lys-1"


@pytest.fixture(scope="module")
def stated(data):
    return stated_districts(data)


def test_the_words_stand_on_each_line(data, lines):
    for row in OPERATION_DISTRICTS.read(data).itertuples():
        words = " ".join(" ".join(lines[row.document][row.line - 1 : row.line + 1]).split())
        assert re.search("géographie prioritaire|politique de la ville", words), row.line


def test_two_operations_have_more_than_half_of_the_grants(catalogue, stated):
    fit = catalogue.load("operations").set_index("id")["fit"]
    assert set(stated) == {POOL, ISLET}
    money = sum(fit[one] for one in stated)
    assert f"{money:.2f}" == "960836.00"
    assert round(money * 100 / fit.sum()) == 51


def test_the_only_district_of_a_commune_is_named_and_none_is_chosen_among_several(stated):
    assert stated[ISLET].only == "QN06256M"
    assert "« Centre Historique »" in stated[ISLET].sentence
    assert stated[POOL].only is None
    assert "Le document ne le nomme pas" in stated[POOL].sentence
    assert "lignes 1899 et 9888" in stated[POOL].sentence


def test_the_operation_says_it_wherever_it_is_shown(catalogue):
    rows = {one: find_row(catalogue, "operations", one) for one in (POOL, "2023-534-ternois-1")}
    pool, other = map(brief, rows.values())
    assert pool.district.startswith("Située dans un quartier prioritaire ; sa commune en a ")
    assert other.district == ""


def test_the_districts_of_the_sheets_have_the_grant_where_it_is_known(catalogue):
    aire, calais = (district_sheet(catalogue, code) for code in ("QN06256M", "QN06254M"))
    (told,) = aire.money
    people = catalogue.load("qpv").set_index("code")["population"]["QN06256M"]
    assert "460 836 € de FIT" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert format_euros(Decimal(460836) / int(people), cents=True) in told
    (told,) = calais.money
    assert "500 000 € de FIT" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert "par habitant" not in told
    assert "ne dit pas" in told


def test_a_district_without_such_an_operation_says_nothing(catalogue):
    assert district_sheet(catalogue, "QN06201M").money == ()

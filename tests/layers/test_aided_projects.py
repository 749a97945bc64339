"""The other projects of the Département: each word and amount at its line, each money apart."""

import re
from decimal import Decimal

import pytest

from geo.crs import MEASURE
from layers.aided_projects import PROJETS_AIDES, TABLE, say_money
from layers.model.layer import Precision

AMOUNTS = (("amount", "amount_line"), ("other_amount", "other_line"), ("works", "works_line"))
ROUNDED = {Decimal("5730000.00"): "5,73M€"}
NEAR = 4
"""Lines over which the text versions spread one sentence of two columns or one amount."""


def spread(lines, line, number):
    return " ".join(" ".join(lines[line - 1 : line - 1 + number]).split())


@pytest.fixture(scope="module")
def table(data):
    return TABLE.read(data)


def test_the_words_of_each_project_stand_on_its_line(table, lines):
    for row in table.itertuples():
        printed = spread(lines[row.document], row.line, 7)
        ways = {printed, printed.replace("- ", ""), printed.replace("- ", "-")}
        broken = {re.sub(r"(\w)- (\w)", r"\1\2", printed), re.sub(r"(\w)- (\w)", r"\1-\2", printed)}
        words = " ".join(row.words.split()).lower()
        assert any(words in way.lower() for way in ways | broken), (row.id, row.words)
        assert len(row.words.split()) < 25, row.id


def test_each_amount_is_printed_at_its_line(table, lines):
    for row in table.to_dict("records"):
        for name, line in AMOUNTS:
            if not isinstance(row[name], Decimal):
                continue
            printed = re.sub(r"\s", "", spread(lines[row["document"]], int(row[line]), NEAR))
            digits = ROUNDED.get(row[name], f"{row[name]:.0f}")
            assert re.search(rf"(?<!\d){digits}", printed), (row["id"], name, printed)


def test_an_amount_is_of_a_kind_of_money_and_its_line_is_told(table):
    for money, amount, line in (
        ("money", "amount", "amount_line"),
        ("other_money", "other_amount", "other_line"),
    ):
        known = table[amount].notna()
        assert table.loc[known, money].notna().all()
        assert (table[line].notna() == known).all()
    assert (table["works_line"].notna() == table["works"].notna()).all()


def test_the_documents_are_told_whole(table):
    lists = table[(table["kind"] == "achievement") & ~table["line"].isin([390, 2131])]
    assert len(lists) == 36
    before = table[table["kind"] == "contract_2019"]
    assert len(before) == 9
    assert sum(before["amount"].dropna()) == Decimal(1_855_287)
    created = table[(table["kind"] == "home") & (table["line"] == 1323)]
    assert created["places"].sum() == 75


def test_studies_are_no_works_and_stand_in_their_commune(catalogue, table):
    rows = catalogue.load("projets_aides").set_index("id")
    studied = table[table["line"] == 5991]
    found = rows.loc[studied["id"]]
    assert list(zip(found["commune"], found["kind"], strict=True)) == [
        ("Libercourt", "itinéraire cyclable"),
        ("Avion", "itinéraire cyclable"),
    ]
    assert found["remark"].str.contains("ce ne sont pas encore des travaux").all()
    assert found[["amount", "works"]].isna().all(axis=None)
    centre = rows.loc["rapport-5548-1"]
    assert (centre["commune"], centre["kind"], centre["period"]) == (
        "Escœuilles",
        "route",
        "depuis 2020",
    )


def test_no_amount_of_the_layer_may_be_added_up():
    money = [field for field in PROJETS_AIDES.fields if field.dtype == "money"]
    assert len(money) == 3
    assert {field.aggregate for field in money} == {"none"}


def test_an_amount_for_several_places_stands_in_words_alone(table):
    shared = table[table["shared"].notna()]
    assert len(shared) == 11
    assert shared[["amount", "other_amount", "works"]].isna().all(axis=None)


def test_each_kind_of_money_is_said_apart(catalogue):
    rows = catalogue.load("projets_aides").set_index("name")
    portel = rows.loc["Requalification de la place du Portel"]
    assert say_money(portel) == (
        "contractualisation avant 2023 : 200\u202f000\u00a0€ ; "
        "maintenance en milieu urbain : 107\u202f000\u00a0€"
    )
    assert say_money(rows.loc["Bâtiment relais de la zone d’activités d’Herlin-le-Sec"]) == ""
    assert say_money(rows.loc["Salle polyvalente"]) == "FARDA, montant non dit"


def test_a_point_is_a_known_site_or_the_town_hall(catalogue, reference):
    for row in catalogue.load("projets_aides").itertuples():
        hall = reference.communes[row.commune_code].town_hall
        if row.precision == Precision.COMMUNE:
            assert row.geometry.x == pytest.approx(hall.lon, abs=1e-5), row.name
            assert row.position_note
        else:
            assert isinstance(row.position_source, str), row.name


def test_works_in_a_college_stand_at_the_college(catalogue):
    colleges = catalogue.load("colleges").to_crs(MEASURE).union_all()
    rows = catalogue.load("projets_aides").to_crs(MEASURE)
    works = rows[rows["kind"] == "collège"]
    assert len(works) == 21
    assert works.geometry.distance(colleges).max() < 10

"""Cases of real files: codes, numbers, days and totals as offices write them."""

from decimal import Decimal

import pytest

from layers.brought.problems import LEFT_OUT
from tests.app.imports.cases import texts, told, values


def test_08_codes_that_look_like_numbers_stay_codes(case):
    assert values(case("08-liste.csv"), "repere") == ["1E2", "2E3"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("zag", ["1E2", "3E4"]),
        ("zag", ["00123", "00456"]),
        ("zag", ["12345678901234567", "12345678901234568"]),
        ("zag", ["01.04.13", "02.01.14"]),
        ("zag", ["1.2", "1.10.3"]),
        ("zag", ["06 12 34 56 78", "03 21 00 00 00"]),
        ("zag", ["12 34", "56 78"]),
        ("Rubrique", ["1/2/24", "3/4/25"]),
        ("Lot", ["0x1F", "1_000"]),
        ("Nomenclature", ["1.10", "6574"]),
        ("zag", ["1.9", "1.10"]),
        ("Dossier", ["6574", "65748"]),
    ],
)
def test_08_what_is_no_number_for_sure_stays_as_it_is(bring, heading, cells):
    rows = [f"{cell};Lens" for cell in cells]
    made = bring(texts(f"{heading};Ville", *rows))
    assert values(made, heading.lower()) == cells


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1 234", "5"], [1234, 5]),
        (["1\u202f234,5", "2\u00a0000"], [1234.5, 2000.0]),
        (["(12)", "5"], [-12, 5]),
        (["12-", "−5"], [-12, -5]),
        (["1,5E3", "2"], [1500.0, 2.0]),
        (["12,5 %", "7\u202f%"], [12.5, 7.0]),
        (["1,234.50", "12,000"], [1234.5, 12_000.0]),
        (["123456789012345", "1"], [123456789012345, 1]),
    ],
)
def test_numbers_are_read_as_offices_write_them(bring, cells, numbers):
    made = bring(texts("zag;Ville", *[f"{cell};Lens" for cell in cells]))
    assert values(made, "zag") == numbers
    field = next(f for f in made.description.fields if f.name == "zag")
    assert field.unit == ("%" if "%" in cells[0] else "")


def test_accountants_write_what_is_owed_in_brackets(bring):
    made = bring(texts("Montant;Ville", "(1 234,50) €;Lens", "(10 €);Arras", "5 €;Calais"))
    assert values(made, "montant") == [Decimal("-1234.50"), Decimal(-10), Decimal(5)]


def test_10_headings_do_not_make_dates_and_euros_of_counts(case):
    made = case("10-liste.csv")
    assert values(made, "population_annee_2021") == [32920, 30063]
    assert values(made, "nombre_d_aides_accordees") == [6, 7]
    assert values(made, "rubrique") == ["01.04.13", "02.01.14"]


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Année", ["2021", "2022"], ["2021", "2022"]),
        ("Année", ["32920", "30063"], [32920, 30063]),
        ("Aides", ["6", "7"], [6, 7]),
        ("Aides", ["6 000 €", "7"], [Decimal(6000), Decimal(7)]),
        ("Solde", ["-56,00 €", "12 k€"], [Decimal(-56), Decimal(12_000)]),
        ("Date", ["45352", "45353"], [45_352, 45_353]),
        ("Date", ["01/04/2024", "45352"], ["2024-04-01", "2024-03-01"]),
        ("Date", ["01.04.13", "02.01.14"], ["2013-04-01", "2014-01-02"]),
        ("Places (année 2021)", ["2012", "1950"], [2012, 1950]),
    ],
)
def test_10_a_day_is_proved_and_an_amount_too(bring, heading, cells, expected):
    made = bring(texts(f"{heading};Ville", *[f"{c};Lens" for c in cells]))
    assert made.rows.iloc[:, 1].tolist() == expected


def test_19_a_total_among_the_rows_is_left_out_and_told(case):
    made = case("19-liste.csv")
    assert sum(made.rows["montant"]) == 15000
    assert told(made, LEFT_OUT) == [(4, "Bénéficiaire", "Sous-total Arras")]
    assert made.left_out == (4,)


TOTALS = {
    "subtotals and a total": (
        ["A;Arras;10", "B;Arras;5", "Sous-total;Arras;15", "C;Lens;7", "Sous-total;Lens;7",
         "TOTAL GÉNÉRAL;Arras;22"],
        [4, 6, 7],
    ),
    "a total of all": (["A;Arras;10", "B;Lens;5", "Ensemble;Arras;15"], [4]),
    "a choir is no total": (["A;Arras;10", "Ensemble vocal;Lens;5", "B;Arras;2"], []),
    "a total that is no sum": (["A;Arras;10", "B;Lens;5", "Total;Arras;99"], []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "left"), TOTALS.values(), ids=TOTALS.keys())
def test_19_a_total_is_proved_by_its_sum(bring, rows, left):
    made = bring(texts("Nom;Commune;Montant", *rows))
    assert list(made.left_out) == left
    if "Total;Arras;99" in rows:
        assert told(made) == [(4, "Nom", "Total")]


def test_rows_that_repeat_one_above_are_told(bring):
    made = bring(texts("Nom;Commune", "A;Lens", "B;Arras", "A;Lens"))
    assert len(made.rows) == 3
    assert told(made) == [(4, "", "A | Lens")]


def test_19_totals_cut_short_are_totals(bring):
    rows = (
        "A;Lens;10",
        "B;Lens;20",
        "S/T Lens;Lens;30",
        "C;Arras;5",
        "S/T Arras;Arras;5",
        "TOTAL;;35",
    )
    made = bring(texts("Nom;Commune;Montant", *rows))
    assert values(made, "nom") == ["A", "B", "C"]
    assert [value for *_, value in told(made, LEFT_OUT)][:3] == ["S/T Lens", "S/T Arras", "TOTAL"]


def test_a_sign_that_could_part_thousands_or_decimals_is_told(bring):
    made = bring(texts("Surface;Ville", "12.500;Lens", "3.200;Arras"))
    assert values(made, "surface") == [12.5, 3.2]
    assert (0, "Surface", "12.500 (2 lignes)") in told(made)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Montant (k€)", "k€"),
        ("Budget en M€", "M€"),
        ("Dépenses en milliers d’euros", "k€"),
        ("Coût KEUR", "k€"),
    ],
)
def test_thousands_of_euros_are_no_euros(bring, heading, unit):
    made = bring(texts(f"{heading};Ville", "12,5;Lens", "7;Arras"))
    (field,) = (field for field in made.description.fields if field.label == heading)
    assert (field.dtype, field.unit) == ("float", unit)
    assert values(made, field.name) == [12.5, 7]


def test_a_cell_that_says_its_own_currency_is_read_by_it(bring):
    made = bring(texts("Montant (k€);Ville", "12 k€;Lens", "700 €;Arras"))
    assert made.rows.iloc[:, 1].tolist() == [Decimal(12_000), Decimal(700)]

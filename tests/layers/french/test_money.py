from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.french.money import (
    LARGEST,
    UnreadableAmountError,
    find_amounts,
    parse_euros,
    round_to_cent,
    tidy,
)
from layers.french.wording import format_euros

cents = st.integers(0, int(LARGEST) * 100 - 100).map(lambda n: Decimal(n).scaleb(-2))


@pytest.mark.parametrize(
    ("text", "value", "footnote"),
    [
        ("1 045 158,41 €", "1045158.41", ""),
        ("1\u202f045\u00a0158,41\u00a0€", "1045158.41", ""),
        ("2.5M€", "2500000.00", ""),
        ("500  000  €", "500000.00", ""),
        ("25,4 millions d’euros", "25400000.00", ""),
        ("74 220 500 d'euros par an3", "74220500.00", "3"),
        ("846 515,75 €1", "846515.75", "1"),
        ("345 000,001 €", "345000.00", "1"),
        ("200 0001 €", "200000.00", "1"),
        ("1.045.158,41 €", "1045158.41", ""),
        ("1 045 158.41", "1045158.41", ""),
        ("2.500 €", "2500.00", ""),
        ("850 k€", "850000.00", ""),
        ("12 milliers d'euros", "12000.00", ""),
        ("1,2 milliard d’euros", "1200000000.00", ""),
        ("500 000 euros HT", "500000.00", ""),
        ("0,20 €", "0.20", ""),
    ],
)
def test_amounts_as_the_documents_print_them(text, value, footnote):
    amount = parse_euros(text)
    assert (str(amount.value), amount.footnote) == (value, footnote)


@pytest.mark.parametrize(
    "text",
    ["", "XXX €", "1O 500 €", "500 00,00 €", "262 60 €", "quinze euros", "9" * 60, "1 € 2 €"],
)
def test_what_is_no_amount_is_refused_in_french(text):
    with pytest.raises(UnreadableAmountError, match="Montant illisible"):
        parse_euros(text)


@pytest.mark.parametrize(
    "text",
    [
        "Travaux 1O 5OO,OO €",
        "Travaux 1 45 158,41 €",
        "VRD1 053 000,00 €",
        "VRD 053 000,00 €",
        "Région 262 60 €",
        "Etat 1 045 1S8,41 €",
        "Département XXX €",
        "Etat (DETR) - €",
    ],
)
def test_the_place_of_an_amount_that_cannot_be_read_is_said_not_guessed(text):
    (amount,) = find_amounts(tidy(text))
    assert amount.value is None


def test_amounts_of_a_table_line():
    line = tidy("Travaux VRD (lots 1 à 10) 1 445 146,00 € Département / FIT 460 836,00 € ")
    assert [a.value for a in find_amounts(line)] == [Decimal("1445146.00"), Decimal("460836.00")]
    bare = find_amounts("4 332 182,85 1 365 000,00 1 115 836,00 249 164,00", bare=True)
    assert [str(a.value) for a in bare] == ["4332182.85", "1365000.00", "1115836.00", "249164.00"]


def test_a_figure_that_may_number_the_label_gives_two_readings():
    (amount,) = find_amounts("Lot 2 345 000 €")
    assert (amount.value, amount.shorter) == (Decimal(2345000), Decimal(345000))


@given(cents)
def test_what_is_printed_is_read_again(value):
    amount = parse_euros(format_euros(value, cents=True))
    assert (amount.value, amount.footnote) == (value, "")
    assert parse_euros(format_euros(value)).value == value


@given(cents, cents)
def test_a_table_line_gives_both_amounts(left, right):
    line = tidy(f"Travaux {format_euros(left)} Région {format_euros(right)} ")
    assert [amount.value for amount in find_amounts(line)] == [left, right]


@given(st.text(max_size=300) | st.text(alphabet="0123456789 ,.€OlM'-kdeuros", max_size=300))
def test_no_text_makes_it_fail(text):
    tidied = tidy(text)
    for amount in find_amounts(tidied, bare=True):
        assert 0 <= amount.start < amount.end <= len(tidied)
        assert amount.value is None or amount.value == round_to_cent(amount.value)


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("0.005", "0.01"),
        ("0.045", "0.05"),
        ("2.675", "2.68"),
        ("0.0449", "0.04"),
        ("-0.005", "-0.01"),
    ],
)
def test_half_a_cent_is_rounded_away_from_zero(value, cents):
    assert str(round_to_cent(Decimal(value))) == cents


@pytest.mark.parametrize(
    "text",
    ["2,500 millions d’euros", "2.500 millions d’euros", "2,5 M€", "2 500 k€", "2.500.000 €"],
)
def test_a_sign_before_three_figures_groups_thousands_only_without_a_scale(text):
    assert parse_euros(text).value == 2_500_000


@pytest.mark.parametrize(
    ("text", "value", "footnote"),
    [
        ("-500,20 €", "-500.20", ""),
        ("−1 000 €", "-1000.00", ""),
        ("500 EUR", "500.00", ""),
        ("345 000,126 €", "345000.12", "6"),
        ("846 515,75 € (1)", "846515.75", "1"),
        ("200 0001,50 €", "200000.50", "1"),
        ("9 999 999 999 999,99 €", "9999999999999.99", ""),
    ],
)
def test_signs_footnotes_and_the_largest_amount_are_read_to_the_cent(text, value, footnote):
    amount = parse_euros(text)
    assert (str(amount.value), amount.footnote) == (value, footnote)


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("Travaux 500  000 € HT", "500 000 € HT", "500000.00"),
        ("Travaux 1 45 158,41 € HT", "1 45 158,41 € HT", None),
        ("Travaux 1O 5OO,OO € HT", "1O 5OO,OO", None),
        ("Travaux 10000000000000 € HT", "10000000000000 € HT", None),
        ("Travaux 053 000,00 € HT", "053 000,00 € HT", None),
    ],
)
def test_an_amount_keeps_what_is_printed_and_where(text, printed, value):
    (amount,) = find_amounts(text)
    assert amount.printed == printed
    assert text[amount.start : amount.end].split() == printed.split() + ["€"] * ("€" not in printed)
    assert amount.value == (None if value is None else Decimal(value))


def test_only_a_scale_rounds_and_only_a_numbered_label_gives_two_readings():
    found = find_amounts("Travaux 2 345 000 € Région 2,5 M€")
    assert [(amount.rounded, amount.shorter) for amount in found] == [(False, None), (True, None)]


def test_amounts_with_and_without_unit_stand_side_by_side():
    found = find_amounts("4 000,00 puis 30 €, XXX € et 5 000,00", bare=True)
    assert [amount.value for amount in found] == [4000, 30, None, 5000]

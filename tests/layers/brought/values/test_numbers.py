from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.brought.values.numbers import (
    amount_parser,
    are_sections,
    number_parser,
    separator_of,
)
from layers.brought.values.unit_signs import unit_of
from layers.french.wording import format_euros, format_number


def column(*texts, name="zag"):
    return pd.Series(texts, name=name, dtype=object)


def amount(text, *others):
    return amount_parser(column(text, *others))(text)


def numbers(*texts, name="zag"):
    told = column(*texts, name=name)
    return [number_parser(told)(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("1 234,50 €", "1234.50"),
        ("1\u202f234,50\u00a0€", "1234.50"),
        ("1234.5", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("12 k€", "12000.00"),
        ("500 EUR HT", "500.00"),
        ("−12,005", "-12.01"),
        ("1,5 M€", "1500000.00"),
        ("2 Md€", "2000000000.00"),
        ("12 KEUR", "12000.00"),
        ("€ 1 234,50", "1234.50"),
        ("EUR 200", "200.00"),
        ("-€12,50", "-12.50"),
        ("1 234,50 € H.T.", "1234.50"),
        ("(1 234,50 €)", "-1234.50"),
        ("(1 234,50) €", "-1234.50"),
        ("(2 k€)", "-2000.00"),
        ("56,00- €", "-56.00"),
    ],
)
def test_amounts_are_read_as_the_french_write_them(text, euros):
    assert amount(text) == Decimal(euros)


def test_dots_part_thousands_where_every_amount_has_three_figures_after_them():
    assert amount("1.234", "12.500") == Decimal(1234)
    assert amount("1.234", "12.5") == Decimal("1.23")


def test_one_cell_that_tells_thousands_from_decimals_speaks_for_its_column():
    assert amount("12,000", "1,234.50", "2,000") == Decimal(12_000)
    assert amount("12.000", "1.234,50") == Decimal(12_000)
    assert numbers("1,234,567", "2,000") == [1_234_567, 2000]
    assert numbers("12.500", "1.234.567") == [12_500, 1_234_567]
    assert numbers("12,5", "2,000") == [12.5, 2.0]


def test_three_figures_behind_each_sign_are_thousands_of_what_is_counted_alone():
    assert numbers("12.500", "3.200", name="Population") == [12_500, 3200]
    assert numbers("12,500", "3,200", name="Nombre d’élèves") == [12_500, 3200]
    assert numbers("12.500", "3.200", name="Surface") == [12.5, 3.2]
    assert numbers("0.500", "3.200", name="Population") == [0.5, 3.2]


def test_a_column_that_could_be_meant_in_both_ways_is_told():
    assert not separator_of(column("12.500", "3.200")).sure
    assert not separator_of(column("12,500", "3,200", name="Population")).sure
    assert separator_of(column("12,500", "3,2")).sure
    assert separator_of(column("1.234.567", "3.200")).sure
    assert separator_of(column("12", "3")).sure


def test_a_negative_percentage_is_one_and_zero_needs_no_sign():
    assert numbers("(3,2 %)", "0", "-1,5%") == [-3.2, 0, -1.5]
    assert unit_of(column("0", "0,0")) == ""
    assert unit_of(column("3 %", "4")) == ""


@pytest.mark.parametrize(
    ("texts", "read", "unit"),
    [
        (("12,5 m²", "1 200 m2", "0"), [12.5, 1200, 0], "m²"),
        (("1,5 ha", "-20 hectares"), [1.5, -20], "ha"),
        (("12 places", "n.d."), [12], "places"),
        (("2.500 m", "12,5 m"), [2.5, 12.5], "m"),
    ],
)
def test_numbers_with_one_unit_are_read_with_it(texts, read, unit):
    told = column(*texts)
    assert unit_of(told) == unit
    assert [number_parser(told)(text) for text in texts[: len(read)]] == read


@pytest.mark.parametrize("texts", [("1,5 ha", "20 m²"), ("12 bis", "13 bis"), ("3 m", "4")])
def test_several_units_are_none(texts):
    assert unit_of(column(*texts)) == ""
    with pytest.raises(ValueError, match=texts[0]):
        numbers(*texts)


def test_an_exact_amount_keeps_the_parts_of_a_cent():
    texts = column("12.345", "1.2")
    assert amount_parser(texts)("12.345") == Decimal("12.35")
    assert amount_parser(texts, exact=True)("12.345") == Decimal("12.345")


def test_figures_that_number_parts_of_a_whole_are_told_by_the_zero_at_their_end():
    assert are_sections(["1.9", "1.10"])
    assert not are_sections(["1.50", "1.20"])
    assert not are_sections(["1.5", "1.25"])


@pytest.mark.parametrize("text", ["", "gratuit", "1,2,3", "1e400", "12 34x", "٣", "nan", "inf"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises((ValueError, ArithmeticError)):
        amount(text)


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_an_amount_written_by_us_is_read_again(euros):
    assert amount(format_euros(euros, cents=True)) == euros


@given(st.integers(-(10**12), 10**12))
def test_a_number_written_by_us_is_read_again(number):
    assert number_parser(pd.Series([], dtype=object))(format_number(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("50.948", 50.948), ("-2,5", -2.5), ("+007", 7), ("-0", 0), ("12", 12), ("0,50", 0.5)],
)
def test_plain_figures_are_read_at_once_as_the_others_are(text, value):
    read = numbers(text, "1 000 000,5")[0]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("text", ["٥٠", "1" * 16, "5 0", "1,2,3"])
def test_what_is_nearly_plain_figures_is_not_read_at_once(text):
    with pytest.raises(ValueError, match=r".*"):
        numbers(text)

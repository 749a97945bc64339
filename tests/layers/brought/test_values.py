from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.brought.values import (
    amount_parser,
    date_parser,
    number_parser,
    parse_code,
    parse_date,
    parse_each,
    parse_text,
)
from layers.french.wording import format_euros, format_number

anything = st.text(max_size=40)


def amount(text, *others):
    return amount_parser(pd.Series([text, *others]))(text)


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
    ],
)
def test_amounts_are_read_as_the_french_write_them(text, euros):
    assert amount(text) == Decimal(euros)


def test_dots_part_thousands_where_every_amount_has_three_figures_after_them():
    assert amount("1.234", "12.500") == Decimal(1234)
    assert amount("1.234", "12.5") == Decimal("1.23")


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
    ("text", "iso"),
    [
        ("03/02/2024", "2024-02-03"),
        ("3.2.24", "2024-02-03"),
        ("2024-02-03T00:00:00", "2024-02-03"),
        ("2024-02", "2024-02"),
        ("1er mars 2024", "2024-03-01"),
        ("mars 2024", "2024-03"),
        ("2024", "2024"),
        ("2024-03-31T22:00:00Z", "2024-04-01"),
        ("2024-03-31 22:00:00+00", "2024-04-01"),
        ("2024/04/01 00:00:00+02:00", "2024-04-01"),
        ("2024-12-31T23:30:00Z", "2025-01-01"),
        ("2024-04-01T00:30:00", "2024-04-01"),
    ],
)
def test_dates_keep_their_precision(text, iso):
    assert parse_date(text) == iso


def test_days_since_1900_are_days_beside_days_alone():
    assert date_parser(pd.Series(["45352", "01/03/2024"]))("45352") == "2024-03-01"
    with pytest.raises(ValueError, match="45352"):
        date_parser(pd.Series(["45352", "32920"]))("45352")


@pytest.mark.parametrize("text", ["31/02/2024", "2ème sem 2026", "hier", "0", "12/2024/1"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_date(text)


def test_codes_get_back_the_zero_that_a_spreadsheet_took():
    assert [parse_code(t) for t in ("62 300", "62193.0", "1500", "2a004")] == [
        "62300", "62193", "01500", "2A004",
    ]  # fmt: skip


@given(st.lists(anything, max_size=8))
def test_no_text_breaks_a_column(texts):
    column = pd.Series(texts, dtype=object)
    for parse in (number_parser(column), amount_parser(column), parse_date, parse_code, parse_text):
        values, wrong = parse_each(column, parse)
        assert len(values) == len(wrong) == len(texts)
        assert values[wrong].isna().all()

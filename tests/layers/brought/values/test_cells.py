import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from layers.brought.values.cells import parse_code, parse_each, parse_text
from layers.brought.values.dates import parse_date
from layers.brought.values.numbers import amount_parser, number_parser

anything = st.text(max_size=40)


def test_codes_get_back_the_zero_that_a_spreadsheet_took():
    assert [parse_code(t) for t in ("62 300", "62193.0", "1500", "2a004")] == [
        "62300", "62193", "01500", "2A004",
    ]  # fmt: skip


def test_signs_that_nobody_sees_are_taken_away_and_part_nothing():
    assert parse_text("Coo\u00adpé\u200bra\ufefftive\tdes Flandres") == "Coopérative des Flandres"


@given(st.lists(anything, max_size=8))
def test_no_text_breaks_a_column(texts):
    column = pd.Series(texts, dtype=object)
    for parse in (number_parser(column), amount_parser(column), parse_date, parse_code, parse_text):
        values, wrong = parse_each(column, parse)
        assert len(values) == len(wrong) == len(texts)
        assert values[wrong].isna().all()

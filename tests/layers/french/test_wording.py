from datetime import date
from decimal import Decimal

import pytest

from layers.french import wording


@pytest.mark.parametrize(
    ("value", "cents", "expected"),
    [
        (Decimal("1234567.00"), None, "1\u202f234\u202f567\u00a0€"),
        (Decimal("1045158.41"), None, "1\u202f045\u202f158,41\u00a0€"),
        (Decimal("0.20"), None, "0,20\u00a0€"),
        (Decimal(500000), True, "500\u202f000,00\u00a0€"),
        (Decimal("499999.50"), False, "500\u202f000\u00a0€"),
        (4.987, None, "4,99\u00a0€"),
        (Decimal("-12.5"), None, "-12,50\u00a0€"),
        (float("nan"), None, wording.UNKNOWN),
        (None, None, wording.UNKNOWN),
    ],
)
def test_euros(value, cents, expected):
    assert wording.format_euros(value, cents=cents) == expected


def test_numbers_round_half_up_and_keep_no_useless_zero():
    assert wording.format_number(1468018) == "1\u202f468\u202f018"
    assert wording.format_number(12.5) == "12,5"
    assert wording.format_number(12.5, 0) == "13"
    assert wording.format_number(0.125) == "0,13"
    assert wording.format_number(2, 2) == "2,00"


def test_units():
    assert wording.format_percent(Decimal("0.374")) == "37,4\u202f%"
    assert wording.format_percent(None) == wording.UNKNOWN
    assert wording.format_km(12.5) == "12,5\u00a0km"
    assert wording.format_km2(6671.4) == "6\u202f671\u00a0km²"


def test_plural_begins_at_two():
    assert wording.plural(0, "opération") == "0\u00a0opération"
    assert wording.plural(1.5, "kilomètre") == "1,5\u00a0kilomètre"
    assert wording.plural(7, "opération") == "7\u00a0opérations"
    assert wording.plural(2, "quartier prioritaire", "quartiers prioritaires").endswith(
        "prioritaires"
    )


def test_dates_and_lists():
    assert wording.format_date(date(2023, 12, 4)) == "4 décembre 2023"
    assert wording.format_date(date(2024, 1, 1)) == "1er janvier 2024"
    assert wording.enumerate_words(["Arras", "Lens", "Calais"]) == "Arras, Lens et Calais"


def test_spans_of_days():
    year_end = date(2026, 12, 31)
    assert wording.format_days(date(2026, 7, 1), year_end) == "du 1er juillet au 31 décembre 2026"
    assert wording.format_days(date(2025, 7, 1), year_end) == (
        "du 1er juillet 2025 au 31 décembre 2026"
    )
    assert wording.format_days(year_end, year_end) == "le 31 décembre 2026"


def test_spaces_of_a_sentence_are_set_and_its_words_are_kept():
    plain = "Aides : 80,007 % de 1 330 654,41 € ; « en 2023 120 » ? Délibération n° 2023-534."
    typeset = wording.typeset(plain)
    assert "Aides\u00a0: 80,007\u202f% de 1\u202f330\u202f654,41\u00a0€\u202f;" in typeset
    assert "«\u00a0en 2023 120\u00a0»\u202f? Délibération n°\u00a02023-534." in typeset
    assert typeset.replace("\u202f", " ").replace("\u00a0", " ") == plain
    assert wording.typeset(typeset) == typeset
    assert wording.typeset("1 795 860,00 762 860,00 0,00") == (
        "1\u202f795\u202f860,00 762\u202f860,00 0,00"
    )

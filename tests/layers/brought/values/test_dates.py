import pandas as pd
import pytest

from layers.brought.values.dates import date_parser, has_hour, is_proved_date, parse_date


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
        ("31/03/2024 22:00 UTC", "2024-04-01"),
        ("31/03/2024 à 22h30 +0000", "2024-04-01"),
        ("2024-03-31 22:00 UTC+2", "2024-03-31"),
        ("2024-06-30T23:00:00.000-02:00", "2024-07-01"),
        ("2024/03/25", "2024-03-25"),
        ("20240325", "2024-03-25"),
        ("lundi 25 mars 2024", "2024-03-25"),
        ("1975", "1975"),
        ("3 mars 1962", "1962-03-03"),
        ("03/1985", "1985-03"),
    ],
)
def test_dates_keep_their_precision(text, iso):
    assert parse_date(text) == iso


def test_days_since_1900_are_days_beside_days_alone():
    assert date_parser(pd.Series(["45352", "01/03/2024"]))("45352") == "2024-03-01"
    with pytest.raises(ValueError, match="45352"):
        date_parser(pd.Series(["45352", "32920"]))("45352")


@pytest.mark.parametrize(
    "text",
    ["31/02/2024", "2ème sem 2026", "hier", "0", "12/2024/1", "vers 1990", "avant 1950", "2024/12"],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_date(text)


@pytest.mark.parametrize("text", ["20240325", "2024/12", "2021", "01.04.13"])
def test_figures_are_no_day_unless_their_heading_says_so(text):
    assert not is_proved_date(text)


def test_an_hour_is_found_in_what_an_offset_makes_of_it():
    assert has_hour("31/03/2024 23:00 UTC")
    assert not has_hour("31/03/2024 22:00 UTC")

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.french.period import DatePrecision, find_period, parse_period
from layers.french.semester import say_period


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("03/2022", "2022-03-01", "2022-03-31", "mois"),
        ("09/24", "2024-09-01", "2024-09-30", "mois"),
        ("04-05/2024", "2024-04-01", "2024-05-31", "mois consécutifs"),
        ("09/2023 – 02/2024", "2023-09-01", "2024-02-29", "mois consécutifs"),
        ("novembre 2023 à février 2024", "2023-11-01", "2024-02-29", "mois consécutifs"),
        ("décembre-janvier 2025", "2024-12-01", "2025-01-31", "mois consécutifs"),
        ("Août 2024", "2024-08-01", "2024-08-31", "mois"),
        ("1er sem 2024", "2024-01-01", "2024-06-30", "semestre"),
        ("2ème sem 2026", "2026-07-01", "2026-12-31", "semestre"),
        ("deuxième semestre 2024", "2024-07-01", "2024-12-31", "semestre"),
        ("2ème semestre de l’année 2026", "2026-07-01", "2026-12-31", "semestre"),
        ("3ème trim 2023", "2023-07-01", "2023-09-30", "trimestre"),
        ("T4 2025", "2025-10-01", "2025-12-31", "trimestre"),
        ("3ème et 4ème trimestres 2024", "2024-07-01", "2024-12-31", "trimestre"),
        ("2020", "2020-01-01", "2020-12-31", "année"),
        ("fin 2025", "2025-01-01", "2025-12-31", "année"),
        ("2024-2026", "2024-01-01", "2026-12-31", "années"),
        ("4 décembre 2023", "2023-12-04", "2023-12-04", "jour"),
        ("1er janvier 2024", "2024-01-01", "2024-01-01", "jour"),
        ("12/03/2024", "2024-03-12", "2024-03-12", "jour"),
    ],
)
def test_dates_as_the_documents_print_them(text, start, end, precision):
    period = parse_period(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.precision, period.printed) == (precision, text)


@pytest.mark.parametrize(
    "text", ["", "bientôt", "13/2024", "31/02/2024", "4ème sem 2024", "2 024", "1789", "99/99/9999"]
)
def test_what_is_no_date_gives_none(text):
    assert parse_period(text) is None


def test_a_date_within_words():
    period, start, end = find_period("désignation au deuxième semestre 2024")
    assert (period.start, start, end) == (date(2024, 7, 1), 15, 37)
    assert find_period("Début de l’opération 03/2022 Début des études")[0].printed == "03/2022"


def test_order_knows_precision():
    vote = date(2023, 12, 4)
    year, autumn = parse_period("2023"), parse_period("11/2023")
    assert autumn.is_before(vote)
    assert year.may_be_before(vote)
    assert not year.is_before(vote)
    assert autumn.is_before(parse_period("01/2024"))


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_again(day):
    period = parse_period(f"{day:%d/%m/%Y}")
    assert (period.start, period.end, period.precision) == (day, day, DatePrecision.DAY)
    assert parse_period(f"{day:%m/%Y}").start == day.replace(day=1)


@given(st.text(max_size=250) | st.text(alphabet="0123456789/- èsemtrid", max_size=60))
def test_no_text_makes_it_fail(text):
    found = find_period(text)
    if found:
        assert found[0].start <= found[0].end
        assert 0 <= found[1] < found[2] <= len(text)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("2ème sem 2026", "2e semestre 2026"),
        ("1er semestre 2024", "1er semestre 2024"),
        ("3ème trim 2023", "3e trimestre 2023"),
        ("09/2024", "09/2024"),
        ("2024", "2024"),
        ("bientôt", "bientôt"),
    ],
)
def test_a_half_year_is_said_as_a_person_says_it(printed, said):
    assert say_period(printed) == said

"""Which headings count something: the year of a count is no year, a year is no count."""

import pandas as pd
import pytest

from layers.brought.measured import guess_measures
from layers.brought.roles import Role


def guessed(heading, values=("1200", "350", "40")):
    frame = pd.DataFrame({heading: list(values)}, dtype=object)
    return guess_measures(frame, {heading: Role.NUMBER})


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Population (année 2021)", "total"),
        ("Population année 2021", "total"),
        ("Licenciés, année 2021", "total"),
        ("Effectif millésime 2022", "total"),
        ("Habitants en l'an 2020", "total"),
        ("Nombre de logements par an", "total"),
        ("Taux de chômage (année 2021)", "rate"),
    ],
)
def test_the_year_of_a_count_does_not_make_a_year_of_it(heading, kind):
    (found,) = guessed(heading)
    assert (found.column, found.kind, found.unit) == (heading, kind, "")


def test_a_title_keeps_the_year_and_loses_a_unit():
    assert guessed("Population (année 2021)")[0].title == "Population (année 2021)"
    (found,) = guessed("Surface (ha)")
    assert (found.title, found.unit) == ("Surface", "ha")


@pytest.mark.parametrize(
    "heading",
    ["Année", "Année 2021", "Millésime 2020", "Année de construction", "Rang par revenu",
     "Classement", "Article 12"],
)  # fmt: skip
def test_orders_and_years_count_nothing(heading):
    assert guessed(heading) == ()

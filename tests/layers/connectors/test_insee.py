"""Ages and incomes of Insee: newer vintages in the tables that indicators read, secrets kept."""

import pytest

from app.settings import EMBEDDED_DATA
from geo.perimeter import Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.connectors.census import CONNECTOR as AGES_CONNECTOR
from layers.connectors.census import compose_groups
from layers.connectors.declaration import ConnectorError
from layers.connectors.incomes import CONNECTOR as INCOMES_CONNECTOR
from layers.gaps.public_words import public_remarks
from layers.gaps.publics import Public, public_sources
from layers.indicators.every import find_indicator
from layers.population.ages import AGES, read_ages
from layers.population.income import read_income
from layers.sheets.people import people_notes
from tests.layers.connectors.insee_files import (
    CENSUS_HEADER,
    INCOME_HEADER,
    as_melodi,
    census_rows,
    income_rows,
)
from tests.layers.connectors.taken_files import facts, take

CALAIS = "62193"


def census(change=lambda row: row):
    return as_melodi([change(row) for row in census_rows()], CENSUS_HEADER)


def incomes(change=lambda row: row):
    return as_melodi([change(row) for row in income_rows()], INCOME_HEADER)


def one(**wanted):
    """Return a change of the rows that hold some values."""

    def of(**new):
        return lambda row: row | new if wanted.items() <= row.items() else row

    return of


def test_the_ages_of_a_newer_census_are_shown_with_its_year(reference, tmp_path):
    older = one(GEO=CALAIS, AGE="Y_LT15")(OBS_VALUE="12000.04")
    younger = one(GEO=CALAIS, AGE="_T", SEX="_T", TIME_PERIOD="2023")

    def change(row):
        embedded = AGES.texts(EMBEDDED_DATA).set_index("commune_code").loc[CALAIS]
        total = int(embedded["population"]) - float(embedded["age_0_14"]) + 12_000
        return younger(OBS_VALUE=str(round(total)))(older(row))

    taken = take(AGES_CONNECTOR, census(change), reference, tmp_path)
    assert (taken.count, taken.newest) == (887, "2023-01-01")
    catalogue = Catalogue(reference, facts(tmp_path))
    assert read_ages(reference, catalogue.data).loc[CALAIS, "age_0_14"] == 12_000.0
    shown = find_indicator(catalogue, "part_0_14_ans")
    assert shown.vintage == "recensement de 2023"
    assert "enquêtes vont de 2021 à 2025" in shown.meaning
    assert "2022" not in shown.meaning
    assert shown.sources[0].vintage == "2023 (enquêtes de 2021 à 2025)"
    assert public_sources(Public.FROM_75, catalogue)[0].vintage.startswith("2023")
    (note, *_) = people_notes(catalogue, Perimeter(Level.EPCI, reference.communes[CALAIS].epci))
    assert "de 2023 et de 2022" in note.replace("\u00a0", " ")


def test_embedded_ages_are_told_of_their_own_year(catalogue):
    assert find_indicator(catalogue, "part_0_14_ans").vintage == "recensement de 2022"
    assert "recensement de 2022" in public_remarks(Public.FROM_75, [])[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("ages", "composed"),
    [
        (("Y_LT15", "Y15T29"), {"age_0_14": ("Y_LT15",), "age_15_29": ("Y15T29",)}),
        (
            ("Y_LT5", "Y5T9", "Y10T14", "Y15T19", "Y20T24", "Y25T29", "Y_LT20", "Y15T24"),
            {"age_0_14": ("Y_LT5", "Y5T9", "Y10T14"), "age_15_29": ("Y15T24", "Y25T29")},
        ),
    ],
)
def test_groups_of_the_file_are_put_together_to_ours(ages, composed):
    rest = ("Y30T44", "Y45T59", "Y60T74", "Y75T89", "Y90T94", "Y_GE95", "_T")
    found = compose_groups([*ages, *rest], AGES_CONNECTOR)
    assert {name: found[name] for name in composed} == composed
    assert found["age_90_plus"] == ("Y90T94", "Y_GE95")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (one(AGE="Y15T29")(AGE="Y15T24"), "« age_15_29 » ne se compose"),
        (one(GEO=CALAIS)(GEO="62999"), "62999"),
        (one(GEO=CALAIS, AGE="Y_LT15")(OBS_VALUE=""), "attendu un nombre d’habitants"),
        (one(GEO=CALAIS, AGE="Y_LT15")(OBS_VALUE="-3"), "attendu un nombre d’habitants"),
        (one(GEO=CALAIS, AGE="Y_LT15")(OBS_VALUE="9"), "dans les sept tranches"),
        (one(GEO=CALAIS, AGE="Y_LT15")(AGE="Y15T29"), "deux valeurs"),
        (one(GEO=CALAIS)(GEO_OBJECT="ARM"), "rien pour Calais"),
        (one()(TIME_PERIOD="demain"), "aucune année"),
    ],
)
def test_a_census_that_is_not_whole_is_refused(reference, tmp_path, change, said):
    with pytest.raises(ConnectorError, match=said):
        take(AGES_CONNECTOR, census(change), reference, tmp_path)


def test_incomes_are_renewed_and_what_is_withheld_is_missing(reference, tmp_path):
    before = read_income(reference, EMBEDDED_DATA)
    secret = one(GEO=CALAIS, FILOSOFI_MEASURE="PR_MD60")(CONF_STATUS="C", OBS_VALUE="0")
    richer = one(GEO=CALAIS, FILOSOFI_MEASURE="MED_SL")(OBS_VALUE="19990.4")
    content = incomes(lambda row: secret(richer(row)))
    taken = take(INCOMES_CONNECTOR, content, reference, tmp_path)
    catalogue = Catalogue(reference, facts(tmp_path))
    after = read_income(reference, catalogue.data)
    assert after.loc[CALAIS, "median"] == 19_990
    assert after.isna().sum().tolist() == [
        n + (name == "poverty_rate") for name, n in before.isna().sum().items()
    ]
    assert "secret statistique" in taken.told[0]
    shown = find_indicator(catalogue, "revenu_median")
    assert (shown.vintage, "en 2023" in shown.meaning) == ("revenus de 2023", True)


@pytest.mark.parametrize("value", ["0", "19.99", "dix", "NaN"])
def test_a_median_that_is_none_is_refused(reference, tmp_path, value):
    wrong = one(GEO=CALAIS, FILOSOFI_MEASURE="MED_SL")(OBS_VALUE=value)
    with pytest.raises(ConnectorError, match="attendu un nombre entre 3000 et 200000"):
        take(INCOMES_CONNECTOR, incomes(wrong), reference, tmp_path)


def test_two_communes_that_became_one_have_no_median_together(reference, tmp_path):
    rows = income_rows()
    twice = [{**row, "GEO": "62447"} for row in rows if row["GEO"] == CALAIS]
    content = as_melodi([*rows, *twice], INCOME_HEADER)
    take(INCOMES_CONNECTOR, content, reference, tmp_path)
    after = read_income(reference, facts(tmp_path))
    assert after.loc["62447"].isna().all()

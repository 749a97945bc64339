"""Ages, cars, incomes, shops: by hand for ten communes, conserved in sums, withheld kept apart."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.indicators.every import find_indicator
from layers.indicators.inhabitants import EVERYONE, Aged, Incomes
from layers.indicators.people import PEOPLE_INDICATORS
from layers.indicators.states import State
from layers.population.ages import AGES

PARTITIONS = (Level.COMMUNE, Level.EPCI, Level.TERRITORY, Level.MDS)
GROUPS = (
    "age_0_14", "age_15_29", "age_30_44", "age_45_59", "age_60_74", "age_75_89", "age_90_plus",
)  # fmt: skip
TOTALS = [one.id for one in PEOPLE_INDICATORS if one.kind == "total"]
SHARES = (
    "part_0_14_ans", "part_15_29_ans", "part_60_74_ans", "part_75_ans_et_plus",
    "part_sans_voiture", "revenu_median", "taux_pauvrete", "pharmacies_pour_10000",
    "supermarches_pour_10000",
)  # fmt: skip
BY_HAND = {
    "62041": (17.1087, 24.5261, 14.1721, 8.1927, 29.1227, 20230, 25, 3.7318, 3.0321),
    "62193": (17.8287, 20.5796, 16.2804, 8.4353, 28.7981, 18090, 29, 4.1438, 2.3679),
    "62160": (17.1354, 21.9516, 16.6766, 8.7738, 36.2875, 17720, 30, 4.4402, 1.7267),
    "62498": (17.9226, 20.6082, 16.5195, 9.6400, 27.4407, 17250, 32, 3.3414, 2.1264),
    "62119": (16.1862, 23.4476, 15.2166, 8.9531, 25.5788, 19290, 26, 3.9645, 2.3787),
    "62826": (6.6989, 9.2160, 36.0067, 23.8995, 19.8121, 31410, 10, 7.1023, 7.1023),
    "62396": (6.4286, 13.5714, 40.0, 13.5714, 14.2857, None, None, 0, 0),
    "62447": (13.7854, 14.8446, 22.5127, 17.2590, 23.7772, 18970, 25, 8.9286, 8.9286),
    "62601": (17.9199, 18.7842, 11.3800, 22.4143, 2.9851, 21640, None, 0, 0),
    "62899": (11.2308, 13.4793, 26.9467, 13.9290, 15.6863, 24960, None, 11.9760, 0),
}
"""Worked out from the published tables: ages and cars of 2022, shops over the people of 2023."""


@pytest.mark.parametrize("code", BY_HAND)
def test_the_figures_of_a_commune_are_those_worked_out_by_hand(catalogue, code):
    place = Perimeter(Level.COMMUNE, code)
    for one, expected in zip(SHARES, BY_HAND[code], strict=True):
        value = find_indicator(catalogue, one).value(catalogue, place)
        if expected is None:
            assert value is None, one
        else:
            assert float(value) == pytest.approx(expected, abs=5e-5), one


def test_the_share_of_an_epci_is_of_its_people_and_no_mean_of_shares(catalogue):
    place = Perimeter.parse("epci:200090751")
    members = catalogue.reference.members(place)
    young, everyone = Aged(("age_0_14",))(catalogue), EVERYONE(catalogue)
    share = find_indicator(catalogue, "part_0_14_ans").value(catalogue, place)
    over = sum(young[code] for code in members) / sum(everyone[code] for code in members)
    assert float(share) == pytest.approx(100 * float(over))
    shares = [float(100 * young[code] / everyone[code]) for code in members]
    assert float(share) != pytest.approx(sum(shares) / len(shares), abs=0.01)


@pytest.mark.parametrize("level", PARTITIONS)
@pytest.mark.parametrize("one", TOTALS)
def test_a_total_is_the_sum_of_its_parts(catalogue, one, level):
    found = find_indicator(catalogue, one)
    parts = [found.value(catalogue, place) for place in catalogue.reference.perimeters(level)]
    assert sum(parts) == found.value(catalogue, DEPARTEMENT)


@settings(max_examples=25)
@given(data=st.data())
def test_any_groups_and_the_others_are_everyone_wherever_they_live(catalogue, data):
    chosen = data.draw(st.sets(st.sampled_from(GROUPS)))
    some = Aged(tuple(one for one in GROUPS if one in chosen))(catalogue)
    others = Aged(tuple(one for one in GROUPS if one not in chosen))(catalogue)
    everyone = EVERYONE(catalogue)
    level = data.draw(st.sampled_from(PARTITIONS))
    place = data.draw(st.sampled_from(catalogue.reference.perimeters(level)))
    members = catalogue.reference.members(place)
    assert _sum(some, members) + _sum(others, members) == _sum(everyone, members)


def test_everyone_is_the_population_of_2022_in_each_commune(catalogue, data):
    published = AGES.read(data).set_index("commune_code")["population"]
    everyone = EVERYONE(catalogue)
    assert max(abs(everyone[code] - int(count)) for code, count in published.items()) < Decimal(1)


@pytest.mark.parametrize(
    ("one", "known", "withheld"), [("revenu_median", 844, 43), ("taux_pauvrete", 137, 750)]
)
def test_what_is_not_published_is_withheld_and_never_zero(catalogue, one, known, withheld):
    readings = find_indicator(catalogue, one).readings(catalogue, Level.COMMUNE).values()
    states = [reading.state for reading in readings]
    assert (states.count(State.KNOWN), states.count(State.WITHHELD)) == (known, withheld)
    secret = [reading for reading in readings if reading.state is State.WITHHELD]
    assert {(reading.value, reading.part) for reading in secret} == {(None, None)}
    assert all("secret statistique, pas zéro" in reading.why for reading in secret)


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.COMMUNE])
@pytest.mark.parametrize("one", ["revenu_median", "taux_pauvrete"])
def test_no_median_and_no_poverty_is_made_of_those_of_communes(catalogue, one, level):
    found = find_indicator(catalogue, one)
    assert level not in found.levels
    reading = found.reading(catalogue, catalogue.reference.perimeters(level)[0])
    assert (reading.state, reading.known) == (State.UNKNOWN, None)
    assert "ne se calcule pas" in reading.why


def test_no_epci_has_the_poverty_of_all_its_communes(catalogue):
    """Which is why none is computed: 13 of 14 at best (CA d'Hénin-Carvin)."""
    rates = Incomes("poverty_rate")(catalogue)
    for place in catalogue.reference.perimeters(Level.EPCI):
        members = catalogue.reference.members(place)
        assert sum(code in rates for code in members) < len(members), place


def test_a_canton_that_shares_a_town_is_not_told(catalogue):
    for one in PEOPLE_INDICATORS:
        if Level.CANTON in one.levels:
            reading = one.reading(catalogue, Perimeter.parse("canton:6218"))
            assert reading.state is State.UNKNOWN, one.id


def test_estimates_of_a_survey_have_no_decimals_and_none_becomes_zero(catalogue):
    estimates = [one for one in PEOPLE_INDICATORS if one.care]
    assert len(estimates) == 10
    for one in estimates:
        for reading in one.readings(catalogue, Level.COMMUNE).values():
            if reading.value:
                assert one.plain(reading.value).is_integer()
                assert one.plain(reading.value) > 0, one.id
                assert "," not in one.text(reading.value)


def test_each_says_its_vintage_its_source_and_what_to_beware_of(catalogue):
    dated = {one.id: one.dated for one in PEOPLE_INDICATORS}
    assert dated["part_75_ans_et_plus"] == "2022"
    assert dated["revenu_median"] == "2021"
    assert dated["pharmacies_pour_10000"] == "2023 et 2024"
    for one in PEOPLE_INDICATORS:
        assert one.sources
        assert one.meaning.endswith(".")
        if one.pair:
            assert find_indicator(catalogue, one.pair).pair == one.id
    share = find_indicator(catalogue, "part_0_14_ans").meaning
    assert "2022" in share
    assert "2023" in share
    assert "200 habitants" in share
    assert "hypermarché" in find_indicator(catalogue, "supermarches").meaning


def _sum(table: Mapping[str, Decimal | int], codes: tuple[str, ...]) -> Decimal:
    return Decimal(sum(table[code] for code in codes))

"""Who is counted where: ten communes and five quartiers read by hand in the tables of Insee."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from layers.gaps.public_words import WORDS, public_remarks
from layers.gaps.publics import Public, count_people
from layers.gaps.question import GapError
from layers.gaps.sentences import gap_sentence, uncertainty_sentence
from tests.known_totals import ALL_PEOPLE
from tests.layers.gaps.asking import measure_gaps
from tests.layers.three_towns import matrix, plain, three_towns

DATA = Path(__file__).parents[3] / "data"

BY_HAND = {
    # 0-14, 15-29, 60-74 + 75-89 + 90 and more, 75-89 + 90 and more, households - with a car
    "62001": (334.9, 251.5, 615.9, 247.0, 53),
    "62002": (46.0, 33.7, 52.7, 14.5, 4),
    "62003": (81.7, 97.4, 153.6, 29.3, 13),
    "62004": (1329.1, 1398.5, 2240.4, 701.9, 573),
    "62005": (199.9, 167.1, 211.9, 67.6, 32),
    "62006": (55.5, 45.8, 78.8, 33.9, 12),
    "62014": (1685.4, 1472.8, 2799.7, 975.7, 671),
    "62041": (7291.9, 10453.3, 9532.1, 3491.8, 6287),
    "62048": (2128.2, 1826.2, 2645.0, 988.7, 1079),
    "62057": (1037.4, 874.5, 1485.7, 486.3, 279),
}
DISTRICTS = {"62560": 1348, "62032": 1575}
"""Marquise and Angres have one quartier each, in no other commune."""
PEOPLE = (Public.UNDER_15, Public.FROM_15_TO_29, Public.FROM_60, Public.FROM_75)
COUNTED = (*PEOPLE, Public.WITHOUT_CAR, Public.DISTRICTS)


@pytest.fixture(scope="module")
def by_commune(journeys):
    def count(public):
        people = count_people(public, journeys.homes, journeys.catalogue)
        sums = journeys.homes.sum_by_commune(people, len(journeys.reference.communes))
        return dict(zip(journeys.reference.communes, sums.tolist(), strict=True))

    return {public: count(public) for public in Public}


@pytest.mark.parametrize("code", BY_HAND)
def test_a_commune_has_the_people_of_the_tables(by_commune, code):
    *ages, without_car = BY_HAND[code]
    assert [by_commune[public][code] for public in PEOPLE] == pytest.approx(ages, abs=1e-6)
    assert by_commune[Public.WITHOUT_CAR][code] == pytest.approx(without_car)


@pytest.mark.parametrize("code", DISTRICTS)
def test_a_quartier_in_one_commune_is_counted_there(by_commune, code):
    assert by_commune[Public.DISTRICTS][code] == pytest.approx(DISTRICTS[code])


def test_a_quartier_in_several_communes_is_shared_among_them_alone(journeys):
    homes, codes = journeys.homes, list(journeys.reference.communes)
    rows = journeys.catalogue.load("qpv").reset_index(drop=True)
    for code, people in (("QN06205M", 2624), ("QN06206M", 1203), ("QN06207M", 2073)):
        number = int(np.flatnonzero(rows["code"] == code)[0])
        own = homes.quarter == number
        assert {codes[n] for n in homes.commune[own]} == set(rows["commune_codes"][number])
        assert homes.quarter_people[own].sum() == pytest.approx(people)


def test_publics_add_up_to_the_departement(by_commune):
    with (DATA / "population/ages.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    young = sum(float(row["age_0_14"]) for row in rows)
    assert sum(by_commune[Public.UNDER_15].values()) == pytest.approx(young)
    assert sum(by_commune[Public.DISTRICTS].values()) == pytest.approx(172_024)
    assert sum(by_commune[Public.EVERYBODY].values()) == ALL_PEOPLE


def test_a_group_is_never_more_than_the_one_that_it_is_in(by_commune):
    for code, everyone in by_commune[Public.EVERYBODY].items():
        assert by_commune[Public.FROM_75][code] <= by_commune[Public.FROM_60][code] + 1e-6
        assert by_commune[Public.DISTRICTS][code] <= everyone
        parts = (Public.UNDER_15, Public.FROM_15_TO_29, Public.FROM_60)
        # The census of ages is a year older than the population.
        assert sum(by_commune[public][code] for public in parts) <= everyone * 1.15 + 5


@settings(max_examples=4, deadline=None)
@given(
    st.sampled_from(COUNTED),
    st.sampled_from(("colleges_publics", "france_services")),
    st.tuples(st.floats(1, 40), st.floats(1, 40)).map(sorted),
    st.lists(st.sampled_from(("62193", "62041", "62765", "62003")), unique=True, max_size=3),
)
def test_counts_fall_with_the_threshold_and_with_each_site(
    journeys, public, service_id, ends, sites
):
    service = find_service(journeys.catalogue, service_id)
    short, long = ends
    everyone = measure_gaps(journeys, service, short).total.beyond.people
    measured = measure_gaps(journeys, service, short, (), public)
    now = measured.total
    later = measure_gaps(journeys, service, long, (), public).total
    opened = measure_gaps(journeys, service, short, sites, public).total
    assert later.beyond.people <= now.beyond.people
    assert opened.beyond.people <= now.beyond.people
    assert now.surely.people <= now.beyond.people <= now.possibly.people
    assert now.beyond.people <= now.everyone.people
    # The census of ages is a year older than the population, that of the quartiers three.
    assert now.beyond.people <= everyone * 1.15 + 5
    parts = [epci.gap.beyond.people for epci in measured.by_epci()]
    assert sum(parts) == pytest.approx(now.beyond.people, abs=10)


def test_the_sentence_names_the_public(journeys):
    service = find_service(journeys.catalogue, "colleges_publics")
    gaps = measure_gaps(journeys, service, 12, (), Public.UNDER_15)
    told = plain(gap_sentence(gaps, journeys.reference))
    people = f"{gaps.total.beyond.people:,}".replace(",", " ")
    assert told.startswith(f"{people} enfants de moins de 15 ans (")
    assert "d’entre eux) sont à plus de 12 minutes d’un collège public, dont " in told
    assert "enfants de moins de 15 ans" in uncertainty_sentence(gaps)
    assert any("ne sont pas les collégiens" in remark for remark in gaps.remarks)


def test_households_are_never_called_people(journeys):
    service = find_service(journeys.catalogue, "mairies")
    near = measure_gaps(journeys, service, 60, (), Public.WITHOUT_CAR)
    told = plain(gap_sentence(near, journeys.reference))
    assert (
        told == "Sur 102 929 ménages sans voiture, aucun n’est à plus de 60 minutes d’une mairie."
    )
    assert any("des ménages, non des personnes" in remark for remark in near.remarks)


@pytest.mark.parametrize("public", [Public.FROM_75, Public.WITHOUT_CAR])
def test_the_crossing_of_age_and_car_is_said_to_be_unknown(public):
    assert any("n’est pas connu" in remark for remark in public_remarks(public, ["gares"]))
    assert not any("n’est pas connu" in r for r in public_remarks(Public.EVERYBODY, ["gares"]))


def test_where_no_quartier_is_known_their_people_are_no_question(reference, tmp_path):
    catalogue = three_towns(reference)
    service = find_service(catalogue, "phares")
    with pytest.raises(GapError, match="Aucune commune n’a de quartier prioritaire connu"):
        measure_gaps(Journeys(catalogue, matrix(tmp_path)), service, 20, (), Public.DISTRICTS)


def test_every_public_has_its_words():
    assert set(WORDS) == set(Public)
    told = WORDS[Public.UNDER_15].count(3410.4)
    assert plain(told) == "3 410 enfants de moins de 15 ans"
    assert plain(WORDS[Public.WITHOUT_CAR].count(1)) == "1 ménage sans voiture"

"""Ten communes and five quartiers: the program against what the raw tables give without it."""

import csv

import numpy as np
import pytest

from geo.travel.line import Distance
from layers.gaps.capacity import measure_capacity
from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from layers.gaps.publics import Public
from layers.gaps.reach import choices_in
from tests.layers.gaps import by_hand
from tests.layers.gaps.asking import asked, measure_gaps

WITHIN = 2e-3
"""Of a figure: the way within a place is an exact integral here, the mean over a grid there."""


def rows_of(file):
    with (by_hand.FIXTURES / file).open(encoding="utf-8") as rows:
        return {row["code"]: row for row in csv.DictReader(rows)}


def close(expected):
    return pytest.approx(float(expected), rel=WITHIN, abs=2e-3)


COMMUNES, QUARTIERS = rows_of("communes.csv"), rows_of("quartiers.csv")


@pytest.fixture(scope="module")
def stations(catalogue):
    return find_service(catalogue, "gares")


@pytest.fixture(scope="module")
def basket(catalogue):
    return find_service(catalogue, "gares"), find_service(catalogue, "lycees")


@pytest.fixture(scope="module")
def measured(journeys, stations, basket):
    kilometres = Journeys(journeys.catalogue, Distance())
    return {
        "today": measure_gaps(journeys, stations, by_hand.BEYOND_MINUTES),
        "basket": measure_gaps(journeys, basket, 10),
        "km": measure_gaps(kilometres, basket[1], 10),
    }


def of(gaps, code):
    return gaps.communes.set_index("code").loc[code]


def word_of(journeys, service, name):
    return next(one.word for one in journeys.places(service).values() if one.title == name)


@pytest.mark.parametrize("code", COMMUNES)
def test_the_ways_of_a_commune_are_those_found_by_hand(measured, journeys, stations, code):
    hand, today = COMMUNES[code], of(measured["today"], code)
    assert today["nearest"] == hand["station"]
    assert today["minutes"] == close(hand["station_minutes"])
    assert today["minutes_low"] == close(hand["station_minutes_fast"])
    assert today["minutes_high"] == close(hand["station_minutes_slow"])
    assert today["second_minutes"] == close(hand["second_station_minutes"])
    assert of(measured["km"], code)["minutes"] == close(hand["lycee_km"])
    assert of(measured["basket"], code)["minutes"] == close(hand["station_and_lycee_minutes"])
    closed = [f"-{word_of(journeys, stations, hand['station'])}"]
    then = measure_gaps(journeys, stations, by_hand.BEYOND_MINUTES, closed)
    assert of(then, code)["minutes"] == close(hand["station_closed_minutes"])


@pytest.mark.parametrize(
    ("public", "column"),
    [
        (Public.EVERYBODY, "people_beyond"),
        (Public.FROM_75, "from_75_beyond"),
        (Public.WITHOUT_CAR, "without_car_beyond"),
        (Public.DISTRICTS, "qpv_beyond"),
    ],
)
def test_each_public_beyond_is_that_found_by_hand(journeys, stations, public, column):
    found = measure_gaps(journeys, stations, by_hand.BEYOND_MINUTES, (), public).communes
    beyond = dict(zip(found["code"], found["people_beyond"], strict=True))
    counts = {code: beyond.get(code, 0.0) for code in COMMUNES}
    assert counts == {code: close(hand[column]) for code, hand in COMMUNES.items()}


def test_the_places_of_a_college_are_shared_as_by_hand(journeys):
    service = find_service(journeys.catalogue, "colleges_publics")
    rows = measure_capacity(journeys, asked(service, 15, public=Public.UNDER_15)).communes
    found = dict(zip(rows["code"], rows["places"], strict=True))
    hand = {code: close(row["college_places"]) for code, row in COMMUNES.items()}
    assert {code: found[code] for code in COMMUNES} == hand


@pytest.mark.parametrize("code", QUARTIERS)
def test_the_ways_of_a_quartier_are_those_found_by_hand(journeys, stations, basket, code):
    hand, catalogue = QUARTIERS[code], journeys.catalogue
    (number,) = np.flatnonzero(catalogue.load("qpv")["code"] == code)
    homes = journeys.homes
    people = np.where(homes.quarter == number, homes.quarter_people, 0)

    def mean(question):
        ways = choices_in(journeys, question).near.central
        some = people > 0
        return [ways[some, rank] @ people[some] / people.sum() for rank in (0, 1)], ways[:, 0]

    (first, second), ways = mean(asked(stations, 10))
    assert people.sum() == close(hand["people"])
    assert first == close(hand["station_minutes"])
    assert second == close(hand["second_station_minutes"])
    assert people[ways > by_hand.BEYOND_MINUTES].sum() == close(hand["people_beyond"])
    assert mean(asked(basket, 10))[0][0] == close(hand["station_and_lycee_minutes"])
    closed = [f"-{word_of(journeys, stations, hand['station'])}"]
    assert mean(asked(stations, 10, closed))[0][0] == close(hand["station_closed_minutes"])


def test_the_files_are_what_the_tables_give():
    near = {*by_hand.COMMUNES, "62048", "62194", "62555"}  # those of the quartier of Auchel
    homes = by_hand.homes(near)
    for kept, rows in (
        (COMMUNES, by_hand.commune_rows(homes)),
        (QUARTIERS, by_hand.quartier_rows(homes)),
    ):
        found = {row["code"]: row for row in rows}
        assert found.keys() == kept.keys()
        for code, row in found.items():
            figures = {
                name: value for name, value in row.items() if name not in {"code", "station"}
            }
            assert figures == {name: close(kept[code][name]) for name in figures}
            assert row["station"] == kept[code]["station"]

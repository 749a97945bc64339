"""How often the geocoder is right, and how true its confidence is."""

import csv
from random import Random

import pytest

from app.settings import EMBEDDED_DATA
from geo.geocoder.confidence import measure_reliability
from geo.geocoder.trial.noise import Address, wear, write
from geo.geocoder.trial.texts import Kind, is_right, make_labelled
from geo.perimeter import Perimeter

TABLES = {
    "colleges_62/colleges_62.csv": "code_insee",
    "bibliotheques_62/bibliotheques_62.csv": "code_insee_2026",
    "hopitaux_62/hopitaux_62.csv": "code_insee_2026",
    "france_services_62/france_services_62.csv": "code_insee",
}
LARGEST_ERROR = 0.03


@pytest.fixture(scope="module")
def tried(geocoder):
    # a tenth of fewer has an error of its own of two points
    cases = make_labelled(geocoder.gazetteer, 12_000, 9, tried=True)
    return [(case, geocoder.geocode(case.text, case.context)) for case in cases]


@pytest.fixture(scope="module")
def addresses(shared, reference):
    """Addresses that other producers publish, with the commune that they give."""
    found = []
    for file, code in TABLES.items():
        with (shared / "sources" / file).open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                address = Address(row["adresse"], row["code_postal"], row["commune"])
                found.append((address, reference.resolve_code(row[code])[0]))
    assert len(found) == 576
    return found


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (Kind.CLEAN, 1.0),
        (Kind.WORN, 0.95),
        (Kind.FREE, 0.90),
        (Kind.OUTSIDE, 0.95),
        (Kind.AREA, 0.97),
        (Kind.NOWHERE, 0.97),
        (Kind.STREET, 0.97),
        (Kind.STREET_AND, 0.97),
        (Kind.HOMONYM, 0.97),
        (Kind.OPERATION, 0.97),
        (Kind.SENTENCE, 0.80),
    ],
)
def test_places_never_fitted_on_are_found(tried, kind, least):
    rights = [is_right(place, case) for case, place in tried if case.kind is kind]
    assert sum(rights) / len(rights) >= least


def test_confidence_comes_true_on_places_never_fitted_on(tried):
    told = [(place, case) for case, place in tried if place.confidence]
    deciles = measure_reliability(
        [place.confidence for place, _ in told], [is_right(*pair) for pair in told]
    )
    assert max(decile.error for decile in deciles) <= LARGEST_ERROR


def test_published_addresses_give_their_commune(geocoder, addresses):
    rights = [geocoder.geocode(str(address)).commune_code == code for address, code in addresses]
    assert sum(rights) / len(rights) >= 0.99


def test_published_addresses_worn_give_their_commune_as_surely_as_said(geocoder, addresses):
    random = Random(3)  # noqa: S311 - chooses how to wear, keeps no secret
    places = [
        (geocoder.geocode(write(wear(address, random), random)), code)
        for address, code in addresses * 3
    ]
    rights = [place.commune_code == code for place, code in places]
    assert sum(rights) / len(rights) >= 0.97
    deciles = measure_reliability([place.confidence for place, _ in places], rights)
    # None of these is a text without a place, with which confidence counts: it may say less.
    assert max(decile.mean - decile.right for decile in deciles) <= LARGEST_ERROR
    assert max(decile.error for decile in deciles[1:]) <= LARGEST_ERROR


def test_place_in_words_of_every_operation_gives_its_commune(geocoder):
    contracts = {row["id"]: row["perimeter"] for row in read("contracts/contracts.csv")}
    operations = read("contracts/operations.csv")
    assert len(operations) == 7
    for row in operations:
        context = Perimeter.parse(contracts[row["contract"]])
        place = geocoder.geocode(row["place"], context)
        assert place.commune_code == row["communes"].split(";")[0], row["place"]
        assert place.confidence > 0.9


def read(file):
    with (EMBEDDED_DATA / file).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))

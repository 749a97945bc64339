"""What the documents say twice, or what a list counts otherwise: each difference is told."""

import re
from decimal import Decimal

import pytest

from layers.reconciliation.checks import CHECKS
from layers.reconciliation.said_twice import SAID_TWICE
from layers.reconciliation.verification import verify

PUPILS = {
    "epci:200090751": (4442, 4372),
    "epci:200072460": (11871, 11658),
    "epci:200044030": (1014, 999),
    "epci:200069672": (1727, 1703),
    "departement:62": (61579, 60519),
}
TWICE = {
    "creation": ("2004", "2005"),
    "premiers-contrats-cadre": ("mars 2023", "4 décembre 2023"),
    "premiers-contrats-rapport": ("juin 2023", "4 décembre 2023"),
    "egyptobus": (9, 8),
    "points-accueil": (400, 396),
    "agents": (7000, 6841),
    "covoiturage": (1832, 6 * 49),
    "bassins": (2087, 2657),
    "investissements": ("2019-2022", "2020-2023"),
    "nature-grand-calais": ("Communauté de Communes", "Communauté d’agglomération"),
    "referents-aire": ("EPCI", "Commune d’Aire-sur-la-Lys"),
    "referents-fauquembergues": ("EPCI", "Commune de Fauquembergues"),
    "bureau-etudes": ("CE3E", "CE3I"),
    "axes-partie-2-aire": ("les axes communs", "Mode d’emploi"),
    "axes-partie-2-fauquembergues": ("les axes communs", "Mode d’emploi"),
    "bassins-existants": (Decimal("1328.5"), 1328),
}
PLACES = (
    "Boulogne-sur-Mer", "Olhain", "Montreuil-sur-Mer", "Saint-Omer", "Liévin", "Calais",
    "Saint-Pol-sur-Ternoise", "Arras",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(reference, data):
    """Give the confrontations of a check by their key."""

    def of(name):
        (check,) = [one for one in CHECKS if one.id == name]
        findings = verify(reference, data, (check,)).findings
        assert {one.status for one in findings} <= {"ok", "connu"}
        return {one.confrontation.key: one.confrontation for one in findings}

    return of


def both(found, check):
    return {key: (one.printed, one.computed) for key, one in found(check).items()}


def test_the_pupils_of_the_booklets_are_not_those_of_the_list(found):
    values = both(found, "eleves")
    for place, numbers in PUPILS.items():
        assert values[f"collegiens_publics.{place}"] == numbers


def test_more_communes_touch_a_district_than_the_contracts_covered(found):
    (values,) = both(found, "communes-quartiers").values()
    assert values == (49, 62)


def test_the_people_of_the_districts_are_counted_otherwise(found):
    assert both(found, "habitants-quartiers")["departement:62"] == (167300, 172024)


def test_what_is_said_twice_is_told_with_both_values(found):
    assert both(found, "dit-deux-fois") == TWICE
    for one in found("dit-deux-fois").values():
        assert re.match(r"Seconde valeur : ligne \d+ d", one.note)


def test_the_amounts_of_the_booklets_are_people_times_an_average(found):
    values = both(found, "montants-moyens")
    assert len(values) == 8
    assert all(printed == computed for printed, computed in values.values())


@pytest.mark.parametrize("side", ["", "second_"])
def test_each_value_stands_on_its_line(data, lines, side):
    counted = {"egyptobus", "points-accueil", "covoiturage", "bassins"} if side else set()
    for row in SAID_TWICE.read(data).to_dict("records"):
        document, line = row[f"{side}document"], row[f"{side}line"]
        value = row["second" if side else "first"]
        words = " ".join(" ".join(lines[document][line - 1 : line + 1]).split()).lower()
        if row["id"] not in counted:
            spelt = words.replace(" ", "").replace(",", ".")
            assert value.lower() in words or value in spelt, row["id"]


def test_what_is_counted_can_be_counted_on_the_lines(lines):
    report = lines["cd62-rapport-2022"]
    tour = " ".join(report[line - 1] for line in (3432, 3434, 3436))
    assert all(place in tour for place in PLACES)
    assert len(PLACES) == 8
    assert "25 sites" in report[1541]
    assert "371 points" in report[1545]
    assert "49 places" in report[6113]
    assert "1 328,5 m2" in lines["cd62-2023-534"][1893]
    assert "du double" in lines["cd62-2023-534"][9882]

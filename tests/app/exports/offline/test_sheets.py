"""The brief sheets of communes: each lists what lies in it, whole or in part."""

import pytest

from app.exports.offline.sheets import sheets
from app.map.atlas import Atlas
from app.parts.markup import text_of
from geo.perimeter import Level, Perimeter


@pytest.fixture(scope="module")
def brief(catalogue):
    places = [Perimeter(Level.COMMUNE, code) for code in catalogue.reference.communes]
    made = sheets(Atlas(catalogue), catalogue, places)
    return {place: " ".join(map(text_of, sheet["content"])) for place, sheet in made.items()}


def test_a_quartier_of_several_communes_stands_in_each(catalogue, brief):
    rows = catalogue.load("qpv")
    shared = rows[rows["commune_codes"].map(len) > 1]
    assert len(shared) > 10
    for name, codes in zip(shared["name"], shared["commune_codes"], strict=True):
        for code in codes:
            assert name.replace("'", "’") in brief[f"commune:{code}"], (name, code)


def test_a_commune_lists_its_own_colleges_alone(catalogue, brief):
    rows = catalogue.load("colleges").set_index("name")
    assert "Collège Jean Jaurès" in brief["commune:62193"]
    named = rows[rows["commune_code"] == "62041"].index
    assert all(name.replace("'", "’") in brief["commune:62041"] for name in named)
    assert "Collège" not in brief["commune:62480"]

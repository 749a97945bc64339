"""Who answers for a place: the house of its territory, and whom its contract names."""

import pytest

from geo.perimeter import Perimeter
from layers.documents.houses import HOUSES, ROLE
from layers.sheets.beside import neighbours_beside
from layers.sheets.contact import contact
from layers.sheets.contract_ties import contract_ties
from tests.documents import read_kept


def found(catalogue, written):
    place = Perimeter.parse(written)
    return contact(catalogue, place, contract_ties(catalogue, "contrats", place))


@pytest.mark.parametrize(
    ("place", "house", "line"),
    [
        ("commune:62193", "Maison du Département Solidarité du Calaisis", 1848),
        (
            "epci:200069672",
            "Maison du département aménagement et développement territorial du Montreuillois",
            7267,
        ),
    ],
)
def test_the_contract_names_services_of_the_departement(catalogue, place, house, line):
    [(_, services)] = found(catalogue, place).named
    assert any(one.text.startswith(house) and one.source.line == line for one in services)


def test_every_commune_and_epci_has_the_house_of_its_territory(catalogue, reference):
    for epci in reference.epcis.values():
        told = contact(catalogue, Perimeter.parse(f"epci:{epci.code}"), ())
        assert told is not None
        inside = contact(catalogue, Perimeter.parse(f"commune:{epci.communes[0]}"), ())
        assert inside is not None
        assert inside.house == told.house
    lens = contact(catalogue, Perimeter.parse("epci:246200364"), ())
    assert lens is not None
    assert lens.house.text == "MDADT Lens - Hénin"
    assert contact(catalogue, Perimeter.parse("departement:62"), ()) is None


def test_the_names_stand_on_their_lines():
    for quotation in (*HOUSES.values(), ROLE):
        line = read_kept(quotation.document)[quotation.line]
        assert " ".join(quotation.text.split()) in " ".join(line.replace("'", "’").split())


def test_neighbours_touch_and_are_of_the_same_level(reference):
    ternois = Perimeter.parse("epci:200069672")
    near = neighbours_beside(reference, ternois)
    assert len(near) == 2
    own = set(reference.members(ternois))
    for other in near:
        touching = {n for code in reference.members(other) for n in reference.neighbours_of(code)}
        assert touching & own
    assert [str(one) for one in neighbours_beside(reference, Perimeter.parse("canton:6201"))] == []

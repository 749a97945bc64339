"""Streets and numbers of the national base: exact where they are known, and told where not."""

import copy

import numpy as np
import pytest

from geo.geocoder.addresses.building import AddressRows, as_file
from geo.geocoder.addresses.index import HOUSES, LOCALITIES, STREETS, Addresses, House
from geo.geocoder.lookup import Geocoder
from geo.precision import Precision
from geo.tables import DamagedReferenceError

ARRAS, HESDIN, LENS, VIS = "62041", "62447", "62498", "62864"
STREET = [(1, ""), (3, ""), (12, ""), (12, "bis"), (14, "b"), (60, ""), (62, "")]


def write_index(folder, reference):
    """Write streets that run north from the town halls: house 1 at it, each next 22 m on."""
    rows, places = AddressRows(), AddressRows()

    def street(code, name, numbers=STREET, *, former="", step=0.0002, along=False):  # noqa: PLR0913
        hall = reference.communes[code].town_hall
        for place, (number, repeated) in enumerate(numbers):
            house = House(number, repeated, hall.lon, hall.lat + step * place, along)
            rows.add((code, name, former), house)

    street(ARRAS, "Rue Frédéric Degeorges")
    street(ARRAS, "Grande Rue")
    street(ARRAS, "Rue du 8 Mai 1945")
    street(ARRAS, "Boulevard de la Liberté", [(n, "") for n in range(1, 99)])
    street(ARRAS, "Rue Émile Zola", along=True)
    street(LENS, "Rue Émile Zola")
    street(LENS, "Rue Jules Ferry", [(5, ""), (5, "")], step=0.01)
    street(HESDIN, "Rue Haute", former="Marconne")
    street(HESDIN, "Rue Haute", former="Huby-Saint-Leu", step=0.01)
    street(HESDIN, "Rue du Bois", former="Marconne")
    hall = reference.communes[ARRAS].town_hall
    for name in ("Le Moulin Rouge", "Le Centre"):
        places.add((ARRAS, name, ""), House(0, "", hall.lon, hall.lat + 0.003, along=False))
    streets, houses = rows.tables(np.ones(len(rows), dtype=bool))
    localities, _ = places.tables(np.ones(len(places), dtype=bool))
    for name, table in ((STREETS, streets), (HOUSES, houses), (LOCALITIES, localities)):
        (folder / name).write_bytes(as_file(table))


@pytest.fixture(scope="module")
def placing(geocoder, reference, tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, reference)
    gazetteer = copy.copy(geocoder.gazetteer)
    gazetteer.addresses = Addresses.open(folder)
    return Geocoder(gazetteer, geocoder.weights, geocoder.calibrations)


def north(place, reference):
    """Return how many houses north of the town hall a point is."""
    hall = reference.communes[place.commune_code].town_hall
    assert place.lon == pytest.approx(hall.lon)
    return round((place.lat - hall.lat) / 0.0002, 3)


@pytest.mark.parametrize(
    ("text", "houses"),
    [
        ("12 rue Frédéric Degeorges, 62000 Arras", 2),
        ("12 bis rue Frédéric-Degeorges – Arras", 3),
        ("12bis, r. Frédéric Degeorges 62000 ARRAS", 3),
        ("14 bis rue Frédéric Degeorges à Arras", 4),
        ("60 rue Frédéric Degeorges bâtiment B Arras", 5),
        ("3 Grande Rue, Arras", 1),
        ("1 rue du 8 mai 1945, Arras", 0),
        ("Salle des fêtes, 3 rue du 8 mai 1945, 62000 Arras", 1),
    ],
)
def test_a_number_that_is_known_is_an_address(placing, reference, text, houses):
    place = placing.geocode(text)
    assert place.precision is Precision.ADDRESS
    assert north(place, reference) == houses
    assert (place.point_remark, place.source) == ("", "Base Adresse Nationale (IGN, DINUM)")


@pytest.mark.parametrize(
    ("text", "houses", "said"),
    [
        ("16 rue Frédéric Degeorges, Arras", 4, "N° 16 inconnu : placé au n° 14 b"),
        ("9 rue Frédéric Degeorges, Arras", 1, "placé au n° 3"),
        ("11 rue Frédéric Degeorges, Arras", 2, "placé au n° 12"),
        ("12 ter rue Frédéric Degeorges, Arras", 2, "N° 12 ter inconnu"),
        ("rue Frédéric Degeorges, Arras", 3, ""),
        ("12 rue Frédéric Degorges, Arras", 2, "compris comme Rue Frédéric Degeorges"),
        ("boulevard de la Liberté, Arras", 48, "Rue longue : point en son milieu"),
        ("12 rue Émile Zola, Arras", 2, "le long de la rue"),
    ],
)
def test_what_is_not_known_to_the_house_is_a_street_and_says_why(
    placing, reference, text, houses, said
):
    place = placing.geocode(text)
    assert place.precision is Precision.STREET
    assert north(place, reference) == houses
    assert said in place.point_remark.replace("\N{NO-BREAK SPACE}", " ")
    assert bool(said) == bool(place.point_remark)


@pytest.mark.parametrize(
    "text",
    [
        "12 rue du 1 mai 1945, Arras",
        "12 place Frédéric Degeorges, Arras",
        "12 rue Frédéric, Arras",
        "12 rue Haute, Lens",
        "Centre, Arras",
    ],
)
def test_another_name_is_not_taken_for_one_that_is_known(placing, text):
    place = placing.geocode(text)
    assert place.precision is Precision.COMMUNE


def test_two_streets_of_a_name_are_told_apart_by_the_former_commune_or_not_at_all(placing):
    assert placing.geocode("12 rue Haute, 62140 Marconne").precision is Precision.ADDRESS
    assert placing.geocode("12 rue du Bois, Hesdin-la-Forêt").precision is Precision.ADDRESS
    assert placing.geocode("12 rue du Bois, Huby-Saint-Leu").precision is Precision.COMMUNE
    place = placing.geocode("12 rue Haute, Hesdin-la-Forêt")
    assert place.precision is Precision.COMMUNE
    assert "Plusieurs" in place.point_remark
    assert "Marconne" in place.point_remark


def test_a_number_that_a_street_bears_twice_far_apart_is_no_address(placing):
    place = placing.geocode("5 rue Jules Ferry, Lens")
    assert place.precision is Precision.STREET
    assert "Plusieurs n°" in place.point_remark


def test_a_locality_is_a_district(placing, reference):
    for text in ("Hameau du Moulin Rouge, Arras", "Le Moulin Rouge, 62000 Arras"):
        place = placing.geocode(text)
        assert (place.precision, place.label) == (Precision.DISTRICT, "Le Moulin Rouge")
        assert north(place, reference) == 15


def test_a_bare_street_names_no_place(placing):
    for text in ("12 rue Frédéric Degeorges", "rue Haute", "Le Moulin Rouge"):
        assert placing.geocode(text).commune_code is None


def test_a_street_with_a_postcode_says_a_commune_that_is_to_be_looked_at(placing, geocoder):
    for text in ("12 rue Frédéric Degeorges, 62000", "12 rue Émile Zola 62300"):
        place = placing.geocode(text)
        assert place.precision is not Precision.COMMUNE
        assert place.confidence < 0.9
    assert placing.geocode("12 rue Frédéric Degeorges, 62000 Arras").confidence > 0.99
    assert geocoder.geocode("12 rue Frédéric Degeorges, 62000").precision is Precision.COMMUNE


def test_a_damaged_index_is_told(reference, tmp_path):
    write_index(tmp_path, reference)
    whole = (tmp_path / STREETS).read_bytes()
    (tmp_path / STREETS).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DamagedReferenceError, match="ban_streets"):
        Addresses.open(tmp_path)

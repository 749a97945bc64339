"""What a sheet says of who lives there: the figures of its level, and how they are to be read."""

import pytest

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.sheets.people import people_figures, people_notes
from tests.known_totals import ALL_COMMUNES


@pytest.mark.parametrize(
    ("place", "count"), [("commune:62041", 11), ("epci:200033579", 9), ("departement:62", 9)]
)
def test_a_level_has_the_figures_that_it_can_have(catalogue, place, count):
    figures = people_figures(catalogue, Perimeter.parse(place))
    assert len(figures) == count
    assert all(figure.reading.state.measured for figure in figures)


def test_the_departement_stands_beside(catalogue):
    figures = {one.id: one for one in people_figures(catalogue, Perimeter.parse("commune:62041"))}
    young, car = figures["part_0_14_ans"], figures["part_sans_voiture"]
    assert (young.text, young.departement_text) == ("17\u00a0%", "18\u00a0%")
    assert (car.text, car.departement_text) == ("29\u00a0%", "16\u00a0%")
    assert figures["pharmacies_pour_10000"].text == "3,7\u00a0pour 10 000 hab."
    median = figures["revenu_median"]
    assert (median.departement, median.departement_text) == (None, "non disponible")
    assert median.peers_text == f"844 sur {ALL_COMMUNES}"


def test_a_small_commune_is_to_be_read_with_care(catalogue):
    notes = " ".join(people_notes(catalogue, Perimeter(Level.COMMUNE, "62396")))
    assert "Moins de 200 habitants" in notes
    assert "7\u00a0ménages seulement" in notes
    arras = " ".join(people_notes(catalogue, Perimeter(Level.COMMUNE, "62041")))
    assert "prudence" not in arras
    assert "recensement de 2022" in arras


def test_communes_without_a_pharmacy_are_counted_with_their_inhabitants(catalogue):
    """CA Grand Calais, by hand: eight of fourteen communes have none."""
    place = Perimeter.parse("epci:200090751")
    notes = people_notes(catalogue, place)
    assert notes[1].startswith("Le revenu médian et le taux de pauvreté sont publiés par commune")
    assert notes[2] == (
        "Sans pharmacie : 8\u00a0communes sur 14, où vivent 6\u202f049\u00a0habitants."
    )
    assert people_notes(catalogue, DEPARTEMENT)[2].startswith("Sans pharmacie : ")


def test_a_canton_that_shares_a_town_counts_no_communes(catalogue):
    notes = people_notes(catalogue, Perimeter.parse("canton:6218"))
    assert not any("pharmacie" in note for note in notes)


def test_a_table_that_fails_leaves_the_sheet_standing(reference, tmp_path):
    empty = Catalogue(reference, tmp_path)
    place = Perimeter(Level.COMMUNE, "62041")
    assert people_notes(empty, place) == ()
    assert {one.text for one in people_figures(empty, place)} == {"non disponible"}
    assert all(".csv : fichier absent" in one.why for one in people_figures(empty, place))

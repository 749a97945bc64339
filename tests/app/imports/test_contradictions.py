"""Rows that say in one column another place than in the next."""

import pytest

from layers.brought.problems import EMPTIED, TO_CHECK
from tests.app.imports.cases import texts, told, values


def test_the_address_of_another_commune_than_its_column_names_is_told_and_not_sure(bring):
    rows = ("A;12 rue Pasteur;Lens", "B;12 rue du Bois 62300 LENS;Arras")
    made = bring(texts("Nom;Adresse;Commune", *rows))
    assert told(made) == [(3, "Commune", "Arras")]
    sure, unsure = values(made, "confidence")
    assert sure >= 0.9
    assert unsure <= 0.5


def test_an_epci_that_the_commune_is_not_in_is_told(bring):
    rows = ("A;Lens;CU d’Arras", "B;Arras;CUA", "C;Lens;CALL", "D;Lens;Nord")
    made = bring(texts("Nom;Commune;EPCI", *rows))
    assert told(made, TO_CHECK) == [(2, "EPCI", "CU d’Arras")]


@pytest.mark.parametrize("half", ["50.95;", ";1.85"])
def test_half_of_a_position_is_told(bring, half):
    rows = ("A;Lens;50.43;2.83", f"B;Calais;{half}", "C;Arras;;")
    made = bring(texts("Nom;Commune;Lat;Long", *rows))
    assert told(made, EMPTIED) == [(3, "Long, Lat", half.strip(";"))]

"""What a place has from a wider partner: only what is known of it is said."""

from geo.perimeter import Level, Perimeter
from layers.sheets.key_figures import key_figures
from layers.sheets.partner import name_money, say_contract

BETHUNE_BRUAY = Perimeter(Level.EPCI, "200072460")
LENS_LIEVIN = Perimeter(Level.EPCI, "246200364")


def test_the_money_of_a_known_contract_bears_the_name_of_its_partner(catalogue):
    figures = key_figures(catalogue, BETHUNE_BRUAY)
    titles = [one.title for one in name_money(catalogue, BETHUNE_BRUAY, figures)]
    assert len(titles) == 2
    assert all(title.endswith(", CA de Béthune-Bruay") for title in titles)


def test_nothing_is_said_of_money_that_is_not_known(catalogue):
    figures = key_figures(catalogue, LENS_LIEVIN)
    assert name_money(catalogue, LENS_LIEVIN, figures) == ()
    assert say_contract(catalogue, LENS_LIEVIN, figures) == ""

"""Places as addresses write them, on the project's own reference."""

import pytest

from geo.perimeter import DEPARTEMENT, Level, Perimeter, UnknownPlaceError


def test_a_former_commune_leads_to_todays_and_says_so(atlas):
    place, remark = atlas.find_place("commune:62549")
    assert place == Perimeter(Level.COMMUNE, "62447")
    assert remark is not None


def test_a_name_is_understood_and_the_guess_is_told(atlas):
    place, remark = atlas.find_place("grand calais terres et mers")
    assert place == Perimeter(Level.EPCI, "200090751")
    assert remark is not None
    assert "Grand Calais" in remark


@pytest.mark.parametrize("text", ["commune:62999", "epci:000000000", "qsdfghjklm", ""])
def test_an_unknown_place_is_an_error_in_french(atlas, text):
    with pytest.raises(UnknownPlaceError, match=r"Territoire|[Cc]ommune|code"):
        atlas.find_place(text)


def test_bounds_are_south_west_then_north_east_around_the_departement(atlas):
    (south, west), (north, east) = atlas.bounds(DEPARTEMENT)
    assert (49.9, 1.5) < (south, west) < (50.1, 1.6)
    assert (51.0, 3.1) < (north, east) < (51.1, 3.3)


def test_every_indicator_of_the_page_has_a_level_that_the_map_draws(atlas):
    assert all(atlas.vocabulary.indicators.values())
    assert "operations" in atlas.vocabulary.layers

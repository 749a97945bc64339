"""Publics in squares: as the grid counts them where its ages say so, else as everybody."""

import numpy as np
import pytest

from geo.travel.grid import Grid, homes_on
from geo.travel.homes import no_quarters
from layers.gaps.public_words import grid_remarks, public_remarks
from layers.gaps.publics import Public, count_people, public_sources, years_on_grid
from layers.population.grid import AGE_GROUPS, HOUSEHOLDS
from tests.layers.three_towns import plain

CALAIS = "62193"


@pytest.fixture(scope="module")
def homes(reference):
    """Return Calais as two squares: young families in the first, old people in the second."""
    groups = {name: np.array([30.0, 10.0]) for name in AGE_GROUPS}
    groups |= {"age_65_79": np.array([0.0, 60.0]), "age_80_plus": np.array([0.0, 40.0])}
    groups |= {"age_55_64": np.array([0.0, 0.0]), HOUSEHOLDS: np.array([100.0, 300.0])}
    xy = np.array([[620_000.0, 7_095_000.0], [620_200.0, 7_095_000.0]])
    grid = Grid((CALAIS,) * 2, xy, np.array([250.0, 250.0]), groups, np.array([False, True]))
    return homes_on(grid, reference, no_quarters())


def of_calais(public, homes, catalogue):
    number = list(catalogue.reference.communes).index(CALAIS)
    people = count_people(public, homes, catalogue)[homes.commune == number]
    return people / people.sum()


@pytest.mark.parametrize(
    ("public", "share"),
    [
        (Public.EVERYBODY, 0.5),
        (Public.FROM_75, 0),
        (Public.UNDER_15, 0.75),
        (Public.WITHOUT_CAR, 0.25),
        (Public.FROM_15_TO_29, 0.5),
    ],
)
def test_the_first_square_has_its_share(homes, catalogue, public, share):
    assert of_calais(public, homes, catalogue)[0] == pytest.approx(share, abs=1e-4)


@pytest.mark.parametrize("public", [Public.FROM_75, Public.UNDER_15, Public.WITHOUT_CAR])
def test_a_commune_has_as_many_as_without_a_grid(homes, catalogue, public):
    from_grid = count_people(public, homes, catalogue)
    assert np.isfinite(from_grid).all()
    count = len(catalogue.reference.communes)
    sums = homes.sum_by_commune(from_grid, count)
    plain_homes = homes_on(
        Grid((CALAIS,), homes.points.xy[:1], np.ones(1), {}, np.zeros(1, bool)),
        catalogue.reference,
        no_quarters(),
    )
    assert not plain_homes.on_grid
    without = plain_homes.sum_by_commune(count_people(public, plain_homes, catalogue), count)
    assert sums == pytest.approx(without)


def test_a_public_of_part_of_a_group_has_that_part():
    assert years_on_grid(Public.FROM_75) == {"age_65_79": pytest.approx(5 / 15), "age_80_plus": 1}
    assert years_on_grid(Public.UNDER_15)["age_11_17"] == pytest.approx(4 / 7)
    assert years_on_grid(Public.FROM_15_TO_29) == {}


def test_it_is_said_how_a_public_is_spread():
    def told(public):
        return plain(" ".join(public_remarks(public, ["gares"], on_grid=True)))

    assert "selon les âges comptés dans chaque carreau" in told(Public.FROM_60)
    assert "ne disent pas où sont ceux-là" in told(Public.FROM_15_TO_29)
    assert "l’ensemble des ménages de ses carreaux" in told(Public.WITHOUT_CAR)
    assert "comme les habitants de ses carreaux" in told(Public.DISTRICTS)
    assert not any("carreau" in one for one in public_remarks(Public.FROM_60, ["gares"]))


def test_it_is_said_how_many_beyond_are_in_squares_without_values_of_their_own(homes):
    beyond = np.zeros(len(homes))
    beyond[np.flatnonzero(homes.approached)] = 300
    beyond[np.flatnonzero(~homes.approached)[0]] = 100
    (told,) = grid_remarks(Public.EVERYBODY, homes, beyond)
    assert "75 %" in plain(told)
    assert "300 habitants" in plain(told)
    assert grid_remarks(Public.EVERYBODY, homes, np.zeros(len(homes))) == ()


def test_no_grid_is_cited_where_none_was_taken(catalogue):
    assert public_sources(Public.EVERYBODY, catalogue) == ()

"""The grid of 200 m: squares of the département, in their commune, and what they count told."""

import numpy as np
import pytest
import shapely

from geo.perimeter import Level
from geo.travel.line import StraightLine
from layers.catalogue.layers import Catalogue
from layers.connectors.declaration import ConnectorError
from layers.connectors.grid import CONNECTOR
from layers.gaps.journeys import Journeys
from layers.gaps.publics import Public, public_sources
from layers.population.grid import read_grid
from tests.layers.connectors.grid_files import as_csv, as_grid, corner, square, squares_of
from tests.layers.connectors.taken_files import expecting, facts, take

SMALL = expecting(CONNECTOR, 1_774)
CALAIS, ARRAS = "62193", "62041"


@pytest.fixture(scope="module")
def rows(reference):
    return squares_of(reference)


def plain(told):
    return " ".join(told).replace("\u202f", " ").replace("\u00a0", " ")


def test_squares_are_where_they_are_and_in_their_commune(rows, reference, tmp_path):
    taken = take(SMALL, as_grid(rows), reference, tmp_path)
    assert taken.count == 2 * len(reference.communes)
    assert taken.period == "ménages et revenus de 2021"
    grid = read_grid(reference, facts(tmp_path))
    assert set(grid.codes) == set(reference.communes)
    of_calais = [n for n, code in enumerate(grid.codes) if code == CALAIS]
    hall = reference.outlines(Level.COMMUNE).set_index("code").geometry.loc[CALAIS]
    away = [hall.distance(point) for point in shapely.points(grid.xy[of_calais])]
    assert max(away) == 0
    assert grid.people[of_calais].sum() == pytest.approx(
        reference.communes[CALAIS].population * 0.97, abs=0.2
    )
    assert grid.approached[of_calais].tolist() == [False, True]
    assert grid.groups["age_80_plus"].sum() == pytest.approx(grid.people.sum() * 0.05, rel=0.01)


def test_what_the_squares_count_is_told_beside_the_population(rows, reference, tmp_path):
    fewer = [{**row, "ind": "10.0"} if row["lcog_geo"] == ARRAS else row for row in rows]
    told = plain(take(SMALL, as_grid(fewer), reference, tmp_path).told)
    population = sum(one.population for one in reference.communes.values())
    assert f"pour {population:,} habitants".replace(",", " ") in told
    assert "1 commune où les carreaux s’écartent" in told
    assert "Arras (-100 %)" in told or "Arras (−100 %)" in told


def test_a_square_of_several_communes_is_in_that_of_its_middle(rows, reference, tmp_path):
    town = reference.communes[CALAIS]
    north, east = corner(town.town_hall.lon, town.town_hall.lat)
    joined = square((north + 400, east), ARRAS + CALAIS, 40.0)
    take(SMALL, as_grid([*rows, joined]), reference, tmp_path)
    grid = read_grid(reference, facts(tmp_path))
    assert grid.codes.count(CALAIS) == 3
    assert grid.codes.count(ARRAS) == 2


def test_a_square_whose_middle_is_in_the_next_departement_is_left_to_it(rows, reference, tmp_path):
    lille = square(corner(3.06, 50.63), "59350" + ARRAS, 300.0)
    taken = take(SMALL, as_grid([*rows, lille]), reference, tmp_path)
    assert taken.count == len(rows) - 1
    assert "1 carreau laissé de côté, dont le milieu est dans un autre département" in plain(
        taken.told
    )


def test_a_table_out_of_its_archive_is_read_too(rows, reference, tmp_path):
    assert take(SMALL, as_csv(rows), reference, tmp_path).count == len(rows) - 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda rows: as_csv(rows).replace(b"i_est_200", b"est_200", 1), "« i_est_200 » absente"),
        (lambda rows: as_csv([{**row, "i_est_200": "2"} for row in rows]), "attendu 0 ou 1"),
        (lambda rows: as_csv([{**row, "idcar_200m": "N1E2"} for row in rows]), "N1E2"),
        (lambda rows: as_csv([{**row, "ind_0_3": ""} for row in rows]), "aucun sous zéro"),
        (lambda rows: as_csv([{**row, "ind": "-1"} for row in rows]), "aucun sous zéro"),
        (lambda rows: as_csv([{**row, "ind": "nan"} for row in rows]), "aucun sous zéro"),
        (lambda rows: as_csv([{**row, "ind": "1.0"} for row in rows]), "sans doute incomplet"),
        (lambda rows: as_csv([*rows, rows[-1]]), "deux fois"),
        (lambda rows: as_csv([{**row, "lcog_geo": "62999"} for row in rows]), "62999"),
        (lambda rows: as_csv(rows[:1]), "aucun carreau du Pas-de-Calais"),
        (
            lambda rows: as_csv(
                [{**row, "lcog_geo": other["lcog_geo"]}
                 for row, other in zip(rows[1:], [*rows[9:], *rows[1:9]], strict=True)]
            ),
            "longitudes et latitudes",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_should_be_is_refused(rows, reference, tmp_path, spoil, said):
    with pytest.raises(ConnectorError, match=said):
        take(SMALL, spoil(rows), reference, tmp_path)


def test_people_set_out_from_their_squares_once_the_grid_is_there(rows, reference, tmp_path):
    take(SMALL, as_grid(rows), reference, tmp_path)
    journeys = Journeys(Catalogue(reference, facts(tmp_path)), StraightLine())
    homes = journeys.homes
    assert homes.on_grid
    (source,) = public_sources(Public.EVERYBODY, journeys.catalogue)
    assert source.vintage == "ménages et revenus de 2021"
    sums = homes.sum_by_commune(homes.people, len(reference.communes))
    populations = [one.population for one in reference.communes.values()]
    assert np.array_equal(sums, populations)

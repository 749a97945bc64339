import numpy as np
import pytest

from geo.travel.times import Points
from layers.gaps.border import count_near_border
from layers.gaps.presets import find_service
from layers.gaps.sentences import border_sentence, without_sentence
from tests.layers.gaps.asking import asked, measure_gaps
from tests.layers.three_towns import plain


def test_who_is_nearer_to_the_border_than_to_a_service_by_hand():
    homes = Points.of(["1", "2", "3"], [[0, 0], [5000, 0], [9000, 0]], 100, 0.5)
    service = Points.of(["1"], [[0, 0]], 100)
    # the border is at 10 km: 10, 5 and 1 km away; the service 0, 5 and 9
    found = count_near_border(
        np.array([10.0, 5.0, 1.0]),
        homes,
        [service],
        np.array([10.0, 20.0, 40.0]),
        np.array([False, True, True]),
    )
    assert (found.people, found.beyond) == (40, 40)


def test_of_several_services_the_farthest_decides():
    homes = Points.of(["1", "2"], [[0, 0], [0, 0]], 100, 0.5)
    near, far = (Points.of(["1"], [[metres, 0]], 100) for metres in (1000, 20_000))
    # the border is at 10 and at 30 km
    found = count_near_border(
        np.array([10.0, 30.0]), homes, [near, far], np.array([7.0, 5.0]), np.array([True, True])
    )
    assert found.people == 7


def test_distances_are_those_to_the_land_beyond_the_border(journeys):
    codes = list(journeys.reference.communes)
    km = dict(zip(np.array(codes)[journeys.homes.commune], journeys.border_km, strict=True))
    assert km["62108"] < 8  # Berck, beside the Somme
    assert km["62160"] > 30  # Boulogne-sur-Mer: the sea is no border that one drives over
    assert (journeys.border_km >= 0).all()


def test_it_is_said_with_the_number_beyond(catalogue, journeys):
    gaps = measure_gaps(journeys, find_service(catalogue, "lycees"), 20)
    assert 0 < gaps.border.beyond <= gaps.border.people
    assert gaps.border.beyond <= gaps.total.beyond.people
    assert "plus près, à vol d’oiseau, d’un autre département que d’un lycée public d’ici" in plain(
        border_sentence(gaps)
    )


def test_where_nobody_of_them_is_beyond_no_zero_is_read_out(catalogue, journeys):
    gaps = measure_gaps(journeys, find_service(catalogue, "pharmacies"), 60)
    assert gaps.border.people > gaps.border.beyond == 0
    assert "d’une pharmacie d’ici, mais personne n’est au-delà du seuil :" in plain(
        border_sentence(gaps)
    )


def test_a_layer_of_the_neighbours_is_counted(catalogue, journeys):
    alone = find_service(catalogue, "lycees")
    # any layer of points stands for one that somebody brings
    both = alone.with_neighbours(("gares",))
    now, then = (measure_gaps(journeys, one, 12) for one in (alone, both))
    assert then.services == now.services + len(catalogue.load("gares"))
    assert then.total.beyond.people < now.total.beyond.people
    assert any("apportés pour cette question" in remark for remark in then.remarks)
    assert "s’ils sont dans la couche ajoutée" in plain(border_sentence(then))
    assert asked(both, 12).services[0].with_neighbours(()).beside == ()


def test_services_of_one_layer_are_not_added_to_themselves(catalogue):
    assert find_service(catalogue, "gares").with_neighbours(("gares",)).beside == ()


@pytest.mark.parametrize(
    ("service", "counts", "nearest"),
    [
        ("pharmacies", (491, 671), "jusqu’à la plus proche"),
        ("supermarches", (329, 733), "jusqu’au plus proche"),
    ],
)
def test_what_is_only_counted_says_what_is_sure(catalogue, journeys, service, counts, nearest):
    gaps = measure_gaps(journeys, find_service(catalogue, service), 15)
    assert (gaps.services, gaps.without.communes) == counts
    assert "Ce qui est sûr" in without_sentence(gaps)
    assert nearest in without_sentence(gaps)

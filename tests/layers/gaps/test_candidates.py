"""Where new sites may stand: communes from a size on, or the points of a layer."""

import pytest

from layers.gaps.candidates import Candidates, Choice
from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from layers.gaps.question import GapError
from tests.layers.gaps.asking import asked
from tests.layers.three_towns import ARRAS, BOULOGNE, CALAIS, PEOPLE, matrix, three_towns


@pytest.fixture
def candidates(reference, tmp_path):
    catalogue = three_towns(reference)
    journeys = Journeys(catalogue, matrix(tmp_path))
    question = asked(find_service(catalogue, "phares"), 20)
    return lambda **choice: Candidates.of(journeys, question, Choice(1, **choice), 20)


def test_a_commune_of_just_the_size_is_one(candidates):
    assert candidates().words == (ARRAS, CALAIS, BOULOGNE)
    assert candidates(smallest=PEOPLE[CALAIS]).words == (ARRAS, CALAIS)
    assert candidates(smallest=PEOPLE[CALAIS] + 1).words == (ARRAS,)


def test_where_nothing_may_open_is_a_sentence(candidates):
    with pytest.raises(GapError, match="Emplacements possibles : 0 ; attendu de 1 à"):
        candidates(smallest=1000)


def test_the_points_of_a_layer_are_named_with_their_commune(candidates):
    of_layer = candidates(layer="phares")
    assert of_layer.sizes == (PEOPLE[ARRAS], PEOPLE[CALAIS])
    assert of_layer.name(1) == "Phare 62193 (Calais)"
    assert of_layer.site(0).commune_code == ARRAS
    assert candidates().name(0) == "Arras"

"""What is known of a value: five things apart from a number, each with its own sign and words."""

import pytest

from geo.perimeter import Level, Perimeter
from layers.indicators.counted import indicator
from layers.indicators.every import find_indicator
from layers.indicators.states import ABSENCES, SIGNS, Reading, State, measured


def test_five_things_have_five_signs():
    apart = [State.ZERO, *ABSENCES]
    assert len(apart) == 5
    for part in ("word", "cell", "spoken"):
        assert len({getattr(SIGNS[state], part) for state in apart}) == 5


def test_only_a_number_is_measured():
    assert [state for state in State if state.measured] == [State.KNOWN, State.ZERO]
    assert measured(0) == Reading(State.ZERO, 0)
    assert measured(3).state is State.KNOWN


@pytest.mark.parametrize(
    ("one", "place", "said"),
    [
        ("fit", "epci:200090751", "500\u202f000\u00a0€"),
        ("fit", "commune:62548", "0\u00a0€"),
        ("fit", "epci:200069037", "partiel\u00a0: 660\u202f836\u00a0€"),
        ("fit", "epci:200033579", "non disponible"),
        ("fit_par_habitant", "commune:62193", "sans objet"),
        ("fit_par_habitant", "departement:62", "partiel\u00a0: 4,17\u00a0€/hab."),
        ("eleves_par_college", "commune:62480", "sans objet"),
        ("eleves", "commune:62480", "0\u00a0élève"),
    ],
)
def test_each_state_is_said_in_its_own_words(catalogue, one, place, said):
    found = find_indicator(catalogue, one)
    assert found.say(found.reading(catalogue, Perimeter.parse(place))) == said


def test_pupils_per_college_are_without_object_where_there_is_no_college(catalogue):
    """A commune without a collège has no pupils per collège: nobody keeps that number from us."""
    states = find_indicator(catalogue, "eleves_par_college").readings(catalogue, Level.COMMUNE)
    colleges = indicator("colleges").values(catalogue, Level.COMMUNE)
    for code, reading in states.items():
        expected = State.KNOWN if colleges[code] else State.WITHOUT_OBJECT
        assert reading.state is expected, code


def test_a_commune_that_hosts_the_project_of_its_agglomeration_has_no_rate(catalogue):
    """180 000 € over the 11 590 inhabitants of Nœux-les-Mines made 15,53 € that nobody granted."""
    rate = indicator("fit_par_habitant")
    reading = rate.reading(catalogue, Perimeter.parse("commune:62617"))
    assert (reading.state, reading.known) == (State.WITHOUT_OBJECT, None)
    assert "celui de tout un EPCI" in reading.why
    aire = rate.reading(catalogue, Perimeter.parse("commune:62014"))
    assert f"{aire.value:.2f}" == "48.01", "its own contract"

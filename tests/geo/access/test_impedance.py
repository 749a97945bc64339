import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.access.impedance import LUO_QI_ZONES, Exponential, Gaussian, Power, Step, within

minutes = st.lists(st.floats(0.01, 300), min_size=1, max_size=30).map(np.array)
decays = st.one_of(
    st.floats(1, 60).map(Gaussian),
    st.floats(1, 60).map(Exponential),
    st.builds(Power, st.floats(0.1, 3), st.floats(1, 60), st.floats(0.1, 5)),
    st.floats(0, 60).map(within),
    st.just(LUO_QI_ZONES),
)


def test_the_end_of_a_zone_is_in_it():
    assert LUO_QI_ZONES(np.array([0.5, 10, 10.01, 20, 30, 30.01])).tolist() == [
        1,
        1,
        0.68,
        0.68,
        0.22,
        0,
    ]
    assert within(15)(np.array([15, 15.001])).tolist() == [1, 0]


def test_named_values_of_the_decays():
    at = np.array([20.0])
    assert Gaussian(20)(at)[0] == pytest.approx(0.6065306597126334)
    assert Exponential(20)(at)[0] == pytest.approx(0.36787944117144233)
    assert Power(2, scale=10)(at)[0] == pytest.approx(0.25)
    assert Power(2, scale=10, least=5)(np.array([0.1]))[0] == pytest.approx(4)


@given(decays, minutes)
def test_farther_never_counts_more(decay, at):
    weights = decay(np.sort(at))
    assert (np.diff(weights) <= 0).all()
    assert (weights >= 0).all()


@given(minutes, st.floats(1, 60), st.floats(0.01, 100))
def test_hours_count_like_minutes(at, scale, unit):
    for here, there in (
        (Gaussian(scale), Gaussian(scale * unit)),
        (Exponential(scale), Exponential(scale * unit)),
        (Power(1.5, scale, 1), Power(1.5, scale * unit, unit)),
    ):
        assert there(at * unit) == pytest.approx(here(at), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Step((20, 10), (1, 0.5)),
        lambda: Step((10, 20), (1,)),
        lambda: Step((), ()),
        lambda: Step((10,), (-1,)),
        lambda: within(-1),
        lambda: Gaussian(0),
        lambda: Exponential(float("inf")),
        lambda: Power(-2),
    ],
)
def test_settings_that_make_no_sense_are_refused(make):
    with pytest.raises(ValueError, match="impedance"):
        make()

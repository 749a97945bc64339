import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoder.confidence import Calibration, measure_reliability

probabilities = st.floats(0, 1)


def test_calibration_goes_straight_between_its_points():
    calibration = Calibration((0.0, 0.5, 1.0), (0.0, 0.8, 0.9))
    assert calibration.calibrate(0.25) == pytest.approx(0.4)
    assert calibration.calibrate(0.5) == 0.8
    assert calibration.calibrate(1.0) == 0.9
    assert calibration.calibrate(0.0) == 0.0


@given(one=probabilities, other=probabilities)
def test_calibration_of_the_project_keeps_order_and_bounds(geocoder, one, other):
    low, high = sorted((one, other))
    assert {"named", "guessed", "doubtful", "outside"} <= set(geocoder.calibrations)
    for calibration in geocoder.calibrations.values():
        assert 0 <= calibration.calibrate(low) <= calibration.calibrate(high) <= 1


@given(one=probabilities)
def test_what_may_be_no_name_is_never_sure(geocoder, one):
    assert geocoder.calibrations["doubtful"].calibrate(one) < 0.9


def test_reliability_is_measured_tenth_by_tenth():
    deciles = measure_reliability([i / 100 for i in range(100)], [i >= 50 for i in range(100)])
    assert [d.count for d in deciles] == [10] * 10
    assert [d.right for d in deciles] == [0.0] * 5 + [1.0] * 5
    assert deciles[0].mean == pytest.approx(0.045)
    assert deciles[9].error == pytest.approx(1 - 0.945)


@given(st.lists(st.tuples(probabilities, st.booleans()), max_size=40))
def test_every_answer_is_in_one_tenth(pairs):
    deciles = measure_reliability([p for p, _ in pairs], [r for _, r in pairs])
    assert sum(d.count for d in deciles) == len(pairs)
    assert all(d.low <= d.mean + 1e-9 and d.mean <= d.high + 1e-9 for d in deciles)

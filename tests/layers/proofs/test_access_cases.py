import numpy as np
import pytest

from layers.proofs.access_cases import DOCTORS, LONGEST, PEOPLE, SCENARIOS, reproduce
from tests.geo.access.test_pysal import pysal_access


def test_the_hospital_example_comes_out_as_published(data):
    cases = reproduce(data)
    assert [len(case.expected) for case in cases] == [3] * 4
    assert all(case.difference < 1e-9 for case in cases)
    gridlock, inbound, outbound, both = (np.array(case.computed) for case in cases)
    # what the example says of its own scenarios
    assert (np.sign(inbound - gridlock) == [1, 1, -1]).all()
    assert (np.sign(outbound - gridlock) == [-1, -1, 1]).all()
    assert (np.sign(both - gridlock) == [1, 1, -1]).all()


@pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")
def test_the_expected_values_are_those_of_pysal(data):
    for case, (_, minutes) in zip(reproduce(data), SCENARIOS.values(), strict=True):
        model = pysal_access(np.array(minutes, dtype=float), PEOPLE, DOCTORS)
        found = model.two_stage_fca(
            name="fca", max_cost=LONGEST, weight_fn=lambda t: 1 / t, normalize=False
        )
        assert found["fca_beds"].sort_index().tolist() == pytest.approx(case.expected, rel=1e-12)

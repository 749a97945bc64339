"""Three towns: 160 inhabitants beside a lighthouse, 40 half an hour away."""

import pytest

from layers.gaps.inequality import compare_groups
from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from tests.layers.gaps.asking import measure_gaps
from tests.layers.three_towns import BOULOGNE, matrix, three_towns


@pytest.fixture
def gaps(reference, tmp_path):
    catalogue = three_towns(reference)
    found = measure_gaps(
        Journeys(catalogue, matrix(tmp_path)), find_service(catalogue, "phares"), 20
    )
    found.homes["has_district"] = found.homes["code"] == BOULOGNE
    return found


def test_the_whole_is_weighted_by_inhabitants(gaps, reference):
    whole = compare_groups(gaps, reference).whole
    near, far = gaps.communes["minutes"].iloc[1:], gaps.communes["minutes"].iloc[0]
    people = gaps.communes["population"]
    assert (whole.name, whole.people, whole.beyond) == ("Pas-de-Calais", 200, 40)
    assert whole.share_beyond == 0.2
    assert whole.mean == pytest.approx((near @ people.iloc[1:] + 40 * far) / 200)
    assert whole.median < 20
    assert whole.d9_d1 > 1
    assert 0 < whole.gini < 1


def test_communes_with_a_quartier_prioritaire_stand_beside_the_others(gaps, reference):
    parts = {one.name: one for one in compare_groups(gaps, reference).districts}
    assert set(parts) == {"Communes qui ont un QPV", "Autres communes"}
    assert (parts["Communes qui ont un QPV"].people, parts["Autres communes"].people) == (40, 160)
    assert parts["Communes qui ont un QPV"].share_beyond == 1


def test_the_group_with_most_people_beyond_comes_first_then_the_farther(gaps, reference):
    groups = compare_groups(gaps, reference)
    assert groups.territories[0].name == "Boulonnais"
    assert groups.epcis[0].name == "CA du Boulonnais"
    for parts in (groups.territories, groups.epcis):
        assert [part.beyond for part in parts] == [40, 0, 0]
        assert parts[1].mean >= parts[2].mean
        assert {part.people for part in parts} == {40, 60, 100}
    assert {part.name for part in groups.territories} == {"Arrageois", "Boulonnais", "Calaisis"}

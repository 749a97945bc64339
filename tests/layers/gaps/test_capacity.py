"""Room: three towns by hand, then the laws over the département."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.gaps.capacity import measure_capacity
from layers.gaps.capacity_sentences import capacity_method, capacity_sentence
from layers.gaps.capacity_table import as_capacity_layer
from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from layers.gaps.publics import Public
from layers.gaps.question import GapError
from layers.gaps.sites import word_of
from tests.layers.gaps.asking import asked
from tests.layers.three_towns import ARRAS, BOULOGNE, CALAIS, matrix, plain, three_towns


@pytest.fixture
def share(reference, tmp_path):
    def measure(threshold, changes=(), **more):
        catalogue = three_towns(reference)
        service = find_service(catalogue, "phares")
        journeys = Journeys(catalogue, matrix(tmp_path))
        return measure_capacity(journeys, asked(service, threshold, changes, **more))

    return measure


def by_code(found, column):
    return dict(zip(found.communes["code"], found.communes[column], strict=True))


def test_a_lighthouse_is_shared_by_those_in_reach_the_far_ones_for_less(share):
    found = share(30)
    # Calais counts whole, Boulogne at 30 minutes for 0.22: 60 + 8.8 people for one lighthouse.
    assert by_code(found, "people_per_place") == pytest.approx(
        {ARRAS: 100, CALAIS: 68.8, BOULOGNE: 68.8 / 0.22}
    )
    assert by_code(found, "places") == pytest.approx(
        {ARRAS: 1, CALAIS: 60 / 68.8, BOULOGNE: 8.8 / 68.8}
    )
    assert (found.places, found.reached, found.without) == pytest.approx((2, 2, 0))
    assert found.mean == pytest.approx(100)
    assert found.communes["code"].tolist() == [BOULOGNE, ARRAS, CALAIS]


def test_who_is_out_of_reach_has_none_and_is_no_zero(share, reference):
    found = share(29)
    assert by_code(found, "people_per_place")[BOULOGNE] == np.inf
    assert found.without == 40
    told = plain(capacity_sentence(found, reference))
    assert told.startswith("En moyenne, un lieu pour 100 habitants ; 40 habitants (20,0 %) n’ont")
    rows = as_capacity_layer(found, three_towns(reference))
    assert {field.name for field in rows.fields} >= {"places", "people_per_place"}


def test_a_site_gives_the_mean_of_the_others(share):
    opened = share(30, [BOULOGNE])
    assert opened.places == pytest.approx(3)
    assert by_code(opened, "people_per_place")[BOULOGNE] < 68.8 / 0.22


def test_a_place_that_closes_gives_nothing_to_anybody(share):
    found = share(30, [f"-{word_of('phares', 'Phare 62193')}"])
    assert found.places == pytest.approx(1)
    assert by_code(found, "places") == pytest.approx({ARRAS: 1, CALAIS: 0, BOULOGNE: 0})
    assert found.without == 100
    assert [place.commune for place in found.gone] == ["Calais"]


def test_a_site_at_just_the_threshold_still_counts(share):
    found = share(30, [BOULOGNE])
    # Calais shares its own lighthouse with Boulogne, and that of Boulogne from 30 minutes off
    own, other = 60 + 0.22 * 40, 40 + 0.22 * 60
    assert by_code(found, "people_per_place") == pytest.approx(
        {ARRAS: 100, CALAIS: 1 / (1 / own + 0.22 / other), BOULOGNE: 1 / (0.22 / own + 1 / other)}
    )


def test_who_has_none_by_slow_trips_alone_is_told_in_the_bracket(share):
    found = share(30)
    # Boulogne is 27 minutes off by fast trips, 37.5 by slow ones
    assert by_code(found, "per_place_high")[BOULOGNE] == np.inf
    assert by_code(found, "per_place_low")[BOULOGNE] < np.inf
    assert found.without == 0


def test_several_services_or_the_second_choice_are_no_question(share):
    with pytest.raises(GapError, match="service par service"):
        share(30, rank=2)


def test_the_method_says_catchment_weights_and_pupils_in_french(catalogue, journeys):
    service = find_service(catalogue, "colleges_publics")
    found = measure_capacity(journeys, asked(service, 15, public=Public.UNDER_15))
    told = plain(capacity_method(found))
    assert "jusqu’à 5, chacun compte entier (1,00) ; jusqu’à 10, pour 0,68" in told
    assert "ses élèves de la rentrée 2022 en tiennent lieu" in told
    assert any("ne sont pas les collégiens" in remark for remark in found.remarks)
    pupils = service.rows(catalogue)["pupils"].sum()
    assert found.places == pupils
    assert found.communes["places"].sum() == pytest.approx(pupils)
    layer = as_capacity_layer(found, catalogue)
    rows = layer.load(catalogue.reference, catalogue.data)
    nothing = rows["people_per_place"].isna()
    assert nothing.sum() == (found.communes["places"] == 0).sum() > 0


@settings(max_examples=8, deadline=None)
@given(
    st.sampled_from(("france_services", "colleges_publics", "gares")),
    st.floats(2, 60),
    st.sampled_from((Public.EVERYBODY, Public.FROM_75, Public.DISTRICTS)),
)
def test_all_that_is_given_is_what_there_is(catalogue, journeys, service_id, threshold, public):
    service = find_service(catalogue, service_id)
    found = measure_capacity(journeys, asked(service, threshold, public=public))
    communes = found.communes
    assert communes["places"].sum() == pytest.approx(found.reached)
    assert found.reached <= found.places * (1 + 1e-9)
    by_epci = communes.groupby("epci_code")["places"].sum().sum()
    assert by_epci == pytest.approx(found.reached)
    assert (communes["per_place_low"] <= communes["people_per_place"]).all()
    assert (communes["people_per_place"] <= communes["per_place_high"]).all()
    assert (communes["people_per_place"] > 0).all()

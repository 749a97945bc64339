from dataclasses import replace

import pytest

from geo.travel.line import StraightLine
from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from layers.gaps.table import ROADS, SITUATIONS, as_layer
from tests.known_totals import ALL_PEOPLE
from tests.layers.gaps.asking import measure_gaps
from tests.layers.three_towns import ARRAS, BOULOGNE, MINUTES, matrix, three_towns


@pytest.fixture(scope="module")
def gaps(catalogue):
    return measure_gaps(
        Journeys(catalogue, StraightLine()), find_service(catalogue, "hopitaux"), 20
    )


def test_all_communes_are_rows_in_order_of_distance(catalogue, gaps):
    rows = as_layer(gaps, catalogue).load(catalogue.reference, catalogue.data)
    assert rows["rank"].tolist() == list(range(1, 888))
    assert rows["minutes"].is_monotonic_decreasing
    assert rows["population"].sum() == ALL_PEOPLE
    assert set(zip(rows["service"], rows["threshold"], rows["model"], strict=True)) == {
        ("Hôpitaux et cliniques", 20, "vol-d-oiseau")
    }
    beyond = rows["situation"].str.startswith("au-delà")
    assert (beyond == gaps.communes["beyond"]).all()
    assert set(rows["situation"]) == set(SITUATIONS)


def test_it_carries_its_sources_and_its_method(catalogue, gaps):
    layer = as_layer(gaps, catalogue)
    assert set(catalogue.layer("hopitaux").sources) < set(layer.sources)
    assert "à vol d’oiseau" in layer.remark
    assert ROADS not in layer.sources
    assert ROADS in as_layer(replace(gaps, model="routes"), catalogue).sources
    assert "de côté sur 78" in layer.remark


def test_out_of_reach_is_an_empty_cell(reference, tmp_path):
    catalogue = three_towns(reference)
    minutes = {pair: "" if pair[0] == BOULOGNE else time for pair, time in MINUTES.items()}
    model = matrix(tmp_path, minutes)
    gaps = measure_gaps(Journeys(catalogue, model), find_service(catalogue, "phares"), 20)
    rows = as_layer(gaps, catalogue).load(catalogue.reference, tmp_path).set_index("code")
    assert rows.loc[BOULOGNE, ["minutes", "nearest", "second"]].isna().all()
    assert rows.loc[BOULOGNE, "situation"] == "au-delà"
    assert rows.loc[ARRAS, "second_minutes"] == 90

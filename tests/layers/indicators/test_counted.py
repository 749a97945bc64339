"""Indicators: known totals, totals that conserve, and unknown kept apart from zero."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.indicators.additive import Summed
from layers.indicators.counted import INDICATORS, NO_CONTRACT, indicator
from layers.indicators.every import find_indicator
from layers.model.layer import LayerError
from tests.known_totals import FIT, ROWS

PARTITIONS = (Level.COMMUNE, Level.EPCI, Level.TERRITORY, Level.MDS)
TOTALS = [one.id for one in INDICATORS if one.kind == "total"]
SHARED = {"Arras", "Boulogne-sur-Mer", "Calais", "Hénin-Beaumont"}


def value(catalogue, indicator_id, place):
    return indicator(indicator_id).value(catalogue, Perimeter.parse(place))


def known(catalogue, indicator_id, place):
    """Return the number of what is known of a place, whole or in part."""
    return indicator(indicator_id).reading(catalogue, Perimeter.parse(place)).known


def test_the_totals_of_the_departement_are_the_known_ones(catalogue):
    assert known(catalogue, "fit", "departement:62") == FIT
    assert known(catalogue, "cout_total", "departement:62") == Decimal("15595862.61")
    assert known(catalogue, "operations", "departement:62") == 7
    assert value(catalogue, "colleges", "departement:62") == ROWS["colleges"]


@pytest.mark.parametrize("level", PARTITIONS)
@pytest.mark.parametrize("indicator_id", TOTALS)
def test_a_total_is_the_sum_of_its_parts(catalogue, indicator_id, level):
    one = indicator(indicator_id)
    perimeters = catalogue.reference.perimeters(level)
    parts = [one.reading(catalogue, perimeter).known for perimeter in perimeters]
    whole = one.reading(catalogue, DEPARTEMENT).known
    assert sum(part for part in parts if part is not None) == whole


AMOUNTS = st.decimals(0, 10**9, places=2)


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_any_amounts_conserve_at_every_level_that_divides_the_departement(catalogue, data):
    codes = st.sampled_from(sorted(catalogue.reference.communes))
    table = data.draw(st.dictionaries(codes, AMOUNTS, max_size=40))
    one = replace(indicator("fit"), count=Summed(lambda _: table))
    for level in PARTITIONS:
        places = catalogue.reference.perimeters(level)
        parts = [one.reading(catalogue, place).known for place in places]
        told = [part for part in parts if part is not None]
        assert sum(told, Decimal(0)) == sum(table.values(), Decimal(0))
    places = catalogue.reference.perimeters(Level.CANTON)
    cantons = [one.reading(catalogue, place).known for place in places]
    assert sum(c for c in cantons if c is not None) <= sum(table.values(), Decimal(0))


def test_zero_is_said_only_inside_the_perimeter_of_a_contract(catalogue):
    assert value(catalogue, "fit", "commune:62548") == 0, "Marck, in Grand Calais"
    assert value(catalogue, "fit", "commune:62041") is None, "Arras"
    assert value(catalogue, "fit", "epci:245900758") is None, "Flandre Lys"
    assert value(catalogue, "fit", "territoire:lens-henin") is None


def test_an_operation_counts_in_every_perimeter_that_contains_its_commune(catalogue):
    for place in ("commune:62193", "epci:200090751", "territoire:calaisis", "mds:calaisis"):
        assert known(catalogue, "fit", place) == Decimal(500_000)
    assert known(catalogue, "fit", "epci:200069037") == Decimal(660_836), "two town contracts"


def test_cantons_that_share_a_commune_are_unknown_where_it_adds_something(catalogue):
    population = indicator("population").values(catalogue, Level.CANTON)
    cut = {code for code, canton in catalogue.reference.cantons.items() if canton.shared_communes}
    names = {
        catalogue.reference.communes[code].name
        for canton in cut
        for code in catalogue.reference.cantons[canton].shared_communes
    }
    assert names == SHARED
    assert set(population.index[population.isna()]) == cut
    why = indicator("fit").reason(catalogue, Perimeter(Level.CANTON, "6218"))
    assert why.startswith("Le canton partage Calais")


def test_the_canton_of_a_whole_commune_has_its_operation(catalogue):
    assert known(catalogue, "fit", "canton:6225") == Decimal(200_000), "Fauquembergues, in Fruges"


def test_unknown_says_why_and_known_says_nothing(catalogue):
    fit = indicator("fit")
    assert fit.reason(catalogue, Perimeter.parse("epci:246200729")) == NO_CONTRACT
    assert fit.reason(catalogue, Perimeter.parse("epci:200090751")) == ""


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.id)
def test_values_are_floats_by_code_in_the_order_of_the_perimeters(catalogue, one):
    for level in one.levels:
        series = one.values(catalogue, level)
        assert series.dtype == "float64"
        assert series.index.tolist() == [p.code for p in catalogue.reference.perimeters(level)]
        assert (series.dropna() >= 0).all()


def test_a_rate_is_its_terms_divided(catalogue):
    rate = indicator("fit_par_habitant").values(catalogue, Level.EPCI)
    fit = indicator("fit").values(catalogue, Level.EPCI)
    people = indicator("population").values(catalogue, Level.EPCI)
    pd.testing.assert_series_equal(rate, (fit / people).rename(rate.name))


def test_values_are_written_in_french():
    assert indicator("fit").text(Decimal(500_000)) == "500\u202f000\u00a0€"
    assert indicator("fit_par_habitant").text(Decimal("5.0559")) == "5,06\u00a0€/hab."
    assert indicator("operations").text(1) == "1\u00a0opération"
    assert indicator("operations").text(None) == "non disponible"
    assert indicator("colleges").text(float("nan")) == "non disponible"


def test_every_indicator_says_what_it_is():
    for one in INDICATORS:
        assert one.meaning.endswith(".")
        assert one.sources
        assert one.vintage


def test_an_unknown_indicator_is_refused_with_the_list():
    with pytest.raises(LayerError, match=r"« bonheur » inconnu .*fit, fit_par_habitant"):
        indicator("bonheur")


def test_an_indicator_whose_layer_is_missing_says_so(reference, tmp_path):
    with pytest.raises(LayerError, match="fichier absent"):
        indicator("colleges").values(Catalogue(reference, tmp_path), Level.EPCI)


def test_headquarters_of_the_fire_service_are_no_fire_stations(catalogue):
    stations = find_indicator(catalogue, "centres_incendie")
    epcis = {"200072460": 7, "200033579": 1, "200018083": 1}
    for code, count in epcis.items():
        assert stations.value(catalogue, Perimeter(Level.EPCI, code)) == count
    assert stations.value(catalogue, DEPARTEMENT) == 47
    assert len(catalogue.load("sieges_incendie")) == 4

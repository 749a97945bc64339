"""Printed figures are drawn as printed, where they are printed, and nowhere else."""

import math
from decimal import Decimal

import pytest

from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.catalogue.layers import Catalogue
from layers.figures.loading import load_figures
from layers.indicators.counted import INDICATORS
from layers.indicators.every import list_indicators
from layers.indicators.further import FURTHER_INDICATORS
from layers.indicators.people import PEOPLE_INDICATORS
from layers.indicators.printed import printed_indicators
from tests.known_totals import ROWS


@pytest.fixture(scope="module")
def printed(catalogue):
    return {one.id: one for one in printed_indicators(catalogue)}


@pytest.fixture(scope="module")
def figures(catalogue):
    return load_figures(catalogue.data)


def test_a_figure_is_what_the_report_prints(catalogue, printed):
    """Lines 1750, 323 and 1632 of the report."""
    rsa = printed["chiffre_rsa_foyers"]
    assert rsa.levels == (Level.MDS,)
    assert rsa.value(catalogue, Perimeter.parse("mds:artois")) == 9278
    population = printed["chiffre_population"]
    assert population.levels == (Level.TERRITORY,)
    assert population.value(catalogue, Perimeter.parse("territoire:arrageois")) == 211_425
    agents = printed["chiffre_agents_mds"].value(catalogue, Perimeter.parse("mds:arrageois"))
    assert agents == 172


def test_no_figure_stands_for_a_place_that_it_is_not_printed_for(catalogue, printed, figures):
    for one in printed.values():
        for level in (Level.TERRITORY, Level.MDS, Level.EPCI, Level.CANTON):
            for place in catalogue.reference.perimeters(level):
                if one.value(catalogue, place) is not None:
                    assert figures.value(one.count.measure, place) is not None


def test_a_level_is_offered_only_where_most_of_its_places_have_the_figure(catalogue, printed):
    for one in printed.values():
        for level in one.levels:
            known = one.values(catalogue, level).notna()
            assert known.mean() > 0.5
    assert not any(Level.EPCI in one.levels for one in printed.values()), "4 of 20 have a booklet"


def test_the_figure_of_the_departement_is_its_own(catalogue, printed):
    apa = printed["chiffre_apa_beneficiaires"]
    parts = apa.values(catalogue, Level.MDS).sum()
    assert (apa.value(catalogue, DEPARTEMENT), parts) == (28_841, 28_818)


def test_a_slash_is_unknown_and_says_why(catalogue, printed):
    one, place = printed["chiffre_bourg_centre"], Perimeter.parse("territoire:arrageois")
    assert one.value(catalogue, place) is None
    assert "« / » imprimé" in one.reason(catalogue, place)


def test_reserves_footnotes_and_remarks_come_with_the_values(catalogue, printed):
    (note,) = printed["chiffre_population"].notes(catalogue, Level.TERRITORY)
    assert note == "Artois : imprimé « plus de 288 000 »."
    (note,) = printed["chiffre_rsa_foyers"].notes(catalogue, Level.MDS)
    assert note.startswith("Ternois : ")


def test_a_rate_is_the_figure_by_inhabitant(catalogue, printed):
    rate = printed["chiffre_rsa_foyers_par_habitant"]
    place = Perimeter.parse("mds:artois")
    people = sum(
        catalogue.reference.communes[code].population for code in catalogue.reference.members(place)
    )
    assert rate.value(catalogue, place) == Decimal(9278) * 1000 / people
    assert rate.unit == "foyers pour 1\u202f000 hab."
    assert "chiffre_communes_par_habitant" not in printed, "communes by inhabitant mean nothing"


def test_every_pair_is_a_total_and_its_rate(catalogue):
    everything = list_indicators(catalogue)
    for one in everything.values():
        if one.pair:
            other = everything[one.pair]
            assert {one.kind, other.kind} == {"total", "rate"}
            assert other.pair == one.id
            assert (other.levels, other.group) == (one.levels, one.group)


def test_every_indicator_of_the_map_says_what_it_is(catalogue):
    everything = list_indicators(catalogue)
    assert len(everything) == len({one.title for one in everything.values()})
    for one in everything.values():
        assert one.meaning.endswith(".")
        assert one.sources
        assert one.vintage
        assert one.group


def test_rates_of_services_and_money_have_their_terms_in_the_data(catalogue):
    further = {one.id: one for one in FURTHER_INDICATORS}
    counted = {one.id: one for one in INDICATORS}
    cost = counted["cout_total"].reading(catalogue, DEPARTEMENT).known
    fit = counted["fit"].reading(catalogue, DEPARTEMENT).known
    assert further["cout_par_euro"].reading(catalogue, DEPARTEMENT).known == cost / fit
    assert further["part_fit"].reading(catalogue, DEPARTEMENT).known == fit * 100 / cost
    assert further["qpv"].value(catalogue, DEPARTEMENT) == ROWS["qpv"]
    assert further["centres_incendie"].value(catalogue, DEPARTEMENT) == ROWS["centres_incendie"]
    share = further["part_fit"].values(catalogue, Level.COMMUNE)
    assert math.isnan(share["62548"]), "Marck has a contract and no operation: no share, not zero"
    assert "pas de sens" in further["part_fit"].reason(catalogue, Perimeter.parse("commune:62548"))


def test_without_its_figures_the_map_keeps_the_other_indicators(reference, tmp_path):
    assert [*list_indicators(Catalogue(reference, tmp_path))] == [
        one.id for one in (*INDICATORS, *FURTHER_INDICATORS, *PEOPLE_INDICATORS)
    ]

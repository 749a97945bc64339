"""Coverage: what of a perimeter is known, and that what is not known changes nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.classes import classify
from geo.perimeter import DEPARTEMENT, Level, Perimeter
from layers.indicators.additive import Summed
from layers.indicators.contributions import population
from layers.indicators.counted import indicator
from layers.indicators.coverage import coverage_of
from layers.indicators.states import State
from layers.sheets.district_figures import district_figures
from tests.known_totals import ALL_COMMUNES, FIT, ROWS


def coverage(catalogue, place):
    return coverage_of(catalogue, Perimeter.parse(place))


def test_the_departement_is_known_for_six_territories(catalogue):
    """6 contracts (000:9861); 20 EPCIs and the two communes that have one of their own."""
    known = coverage_of(catalogue, DEPARTEMENT)
    assert (known.known, known.territories, known.members) == (6, 22, ALL_COMMUNES)
    assert known.say() == (
        "territoires dont le contrat est connu : 6 sur 22, "
        "450\u202f756 habitants sur 1\u202f457\u202f905"
    )
    rate = indicator("fit_par_habitant").reading(catalogue, DEPARTEMENT)
    assert rate.state is State.PARTIAL
    assert rate.known == FIT / known.inhabitants


def test_saint_omer_is_known_for_two_communes(catalogue):
    known = coverage(catalogue, "epci:200069037")
    assert known.brief == "2\u00a0communes sur 53"
    assert known.say().startswith(
        "contrat connu pour 2\u00a0communes sur 53, 10\u202f530 habitants"
    )


@pytest.mark.parametrize(
    ("level", "partial"),
    [
        (Level.EPCI, {"200069037"}),
        (Level.TERRITORY, {"audomarois", "calaisis", "artois", "montreuillois-ternois"}),
    ],
)
def test_what_is_known_in_part_is_said_so_and_has_no_value(catalogue, level, partial):
    for one in ("fit", "fit_par_habitant", "cout_total", "operations"):
        found = indicator(one).readings(catalogue, level)
        assert {code for code, r in found.items() if r.state is State.PARTIAL} == partial
        values = indicator(one).values(catalogue, level)
        assert values[list(partial)].isna().all()


def test_medians_are_of_what_is_known_whole(catalogue):
    values = indicator("fit").values(catalogue, Level.EPCI).dropna()
    assert sorted(values) == [200_000, 255_000, 262_860, 500_000]


def rates(catalogue, table):
    one = replace(indicator("fit_par_habitant"), count=Summed(lambda _: table, population))
    return one.values(catalogue, Level.EPCI)


@settings(max_examples=20)
@given(data=st.data())
def test_communes_that_become_unknown_move_no_other_place(catalogue, data):
    """Whatever is not known of one EPCI, the others keep value, rank, class and median."""
    communes = catalogue.reference.communes
    epcis = sorted({commune.epci for commune in communes.values()})
    amounts = data.draw(st.lists(st.integers(0, 10**6), min_size=len(epcis), max_size=len(epcis)))
    per_epci = dict(zip(epcis, amounts, strict=True))
    whole = {code: per_epci[commune.epci] for code, commune in communes.items()}
    lost = data.draw(st.sampled_from(epcis))
    inside = [code for code, commune in communes.items() if commune.epci == lost]
    gone = data.draw(st.lists(st.sampled_from(inside), min_size=1, unique=True))
    without = {code: amount for code, amount in whole.items() if code not in gone}
    before = rates(catalogue, whole).drop(lost)
    after = rates(catalogue, without)
    assert after.isna()[lost]
    others = after.drop(lost)
    assert others.equals(before)
    assert others.rank().equals(before.rank())
    assert after.median() == before.median()
    left_out, never_there = classify(after), classify(before)
    assert left_out.bounds == never_there.bounds
    assert left_out.counts == never_there.counts
    assert left_out.missing == never_there.missing + 1


def test_districts_are_known_for_eighteen_of_sixty_four(catalogue):
    """Of the 19 that meet a contract, the one with communes on both sides is known in part."""
    figures = {one.id: one for one in district_figures(catalogue, "QN06209M")}
    assert figures["fit"].peers_text == f"18 sur {ROWS['qpv']}"
    assert figures["fit_par_habitant"].reading.state is State.WITHOUT_OBJECT
    assert figures["fit_par_habitant"].median is None

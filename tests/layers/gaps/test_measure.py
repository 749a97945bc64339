import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.travel.times import TravelError
from layers.gaps.journeys import Journeys
from layers.gaps.presets import find_service
from layers.gaps.question import GapError
from layers.gaps.sentences import gap_sentence, uncertainty_sentence, unreachable_sentence
from layers.gaps.tallies import Tally
from tests.known_totals import ALL_COMMUNES, ALL_PEOPLE
from tests.layers.gaps.asking import measure_gaps
from tests.layers.three_towns import (
    ARRAS,
    BOULOGNE,
    CALAIS,
    MINUTES,
    PEOPLE,
    matrix,
    plain,
    three_towns,
)


@pytest.fixture
def ask(reference, tmp_path):
    def measure(threshold, minutes=MINUTES, sites=(), **towns):
        catalogue = three_towns(reference, **towns)
        service = find_service(catalogue, "phares")
        journeys = Journeys(catalogue, matrix(tmp_path, minutes))
        return measure_gaps(journeys, service, threshold, sites)

    return measure


@pytest.mark.parametrize(
    ("threshold", "beyond", "surely", "possibly"),
    [
        (20, (1, 40), (1, 40), (1, 40)),
        (26.9, (1, 40), (1, 40), (1, 40)),
        (27, (1, 40), (0, 0), (1, 40)),
        (28, (1, 40), (0, 0), (1, 40)),
        (30, (0, 0), (0, 0), (1, 40)),
        (37.4, (0, 0), (0, 0), (1, 40)),
        (37.5, (0, 0), (0, 0), (0, 0)),
    ],
)
def test_boulogne_is_thirty_minutes_from_a_lighthouse(ask, threshold, beyond, surely, possibly):
    gap = ask(threshold).total
    assert gap.everyone == Tally(3, 200)
    assert (gap.beyond, gap.surely, gap.possibly) == (
        Tally(*beyond), Tally(*surely), Tally(*possibly),
    )  # fmt: skip
    assert gap.share_beyond == beyond[1] / 200
    assert gap.uncertain == Tally(possibly[0] - surely[0], possibly[1] - surely[1])


def test_the_farthest_comes_first_with_both_choices(ask):
    first = ask(20).communes.iloc[0]
    assert (first["code"], first["minutes_low"], first["minutes"]) == (BOULOGNE, 27, 30)
    assert (first["minutes_high"], first["second_minutes"]) == (37.5, 95)
    assert (first["nearest"], first["second_commune"]) == ("Phare 62193", "Arras")


def test_new_sites_serve_but_are_no_services_that_exist(ask):
    today, then = ask(20), ask(20, sites=(BOULOGNE,))
    assert (today.services, then.services) == (2, 2)
    assert (today.total.beyond.people, then.total.beyond.people) == (40, 0)
    assert then.sites == (BOULOGNE,)


def test_the_sentences_say_who_where_and_how_sure(ask, reference):
    assert plain(gap_sentence(ask(28), reference)) == (
        "1 commune et 40 habitants (20,0 % de la population) sont à plus de 28 minutes d’un lieu "
        "de la couche « Phares », dont 40 dans la CA du Boulonnais."
    )
    assert plain(uncertainty_sentence(ask(28))) == (
        "Avec des trajets rapides, ce n’en serait aucune ; avec des trajets lents, ce seraient "
        "1 commune et 40 habitants : le seuil est dans la fourchette des temps pour 1 commune et "
        "40 habitants."
    )
    assert plain(gap_sentence(ask(60), reference)).startswith("Aucune commune n’est à plus de 60")
    assert "n’y change rien" in uncertainty_sentence(ask(20))


def test_one_lighthouse_leaves_no_second_choice(ask):
    gaps = ask(20, lit=(CALAIS,))
    assert gaps.services == 1
    assert gaps.total.beyond == Tally(2, 140)
    assert gaps.communes["second"].tolist() == [None] * 3
    assert (gaps.communes["second_minutes"] == math.inf).all()


def test_a_town_where_nobody_lives_is_a_commune_without_people(ask, reference):
    gaps = ask(20, people=PEOPLE | {BOULOGNE: 0})
    assert gaps.total.beyond == Tally(1, 0)
    assert "dont" not in gap_sentence(gaps, reference)
    (boulonnais,) = [epci for epci in gaps.by_epci() if epci.name == "CA du Boulonnais"]
    assert math.isnan(boulonnais.gap.share_beyond)


def test_a_hole_in_the_matrix_is_out_of_reach_and_told(ask):
    no_way = {pair: time for pair, time in MINUTES.items() if pair[0] != BOULOGNE}
    gaps = ask(60, no_way | {(BOULOGNE, ARRAS): ""})
    assert gaps.total.unreachable == gaps.total.beyond == Tally(1, 40)
    assert plain(unreachable_sentence(gaps)).startswith(
        "1 commune et 40 habitants n’ont aucun lieu"
    )
    assert any("ne donne pas 1 des trajets" in remark for remark in gaps.remarks)


def test_no_service_in_reach_of_anybody_is_a_sentence(ask):
    with pytest.raises(GapError, match=r"Aucune commune n’a un lieu .* à portée"):
        ask(20, dict.fromkeys(MINUTES, ""))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({(ARRAS, CALAIS): "-3"}, r"ligne 3 : trouvé « 62041 ; 62193 ; -3 »"),
        ({(ARRAS, f"{CALAIS} "): "91"}, "chaque trajet une seule fois"),
        ({(ARRAS, CALAIS): "dix"}, "attendu un nombre de minutes"),
    ],
)
def test_a_wrong_matrix_is_a_sentence(ask, changed, told):
    with pytest.raises(TravelError, match=told):
        ask(20, MINUTES | changed)


@pytest.mark.parametrize("threshold", [0, -20, 240.1, 10_000, math.inf, math.nan])
def test_a_threshold_without_sense_is_a_sentence(ask, threshold):
    with pytest.raises(GapError, match=r"Seuil en minutes : trouvé .* au plus 240\."):
        ask(threshold)


@settings(max_examples=10)
@given(st.tuples(st.floats(0.5, 60), st.floats(0.5, 60)).map(sorted))
def test_a_longer_threshold_leaves_fewer_beyond(catalogue, journeys, thresholds):
    service = find_service(catalogue, "urgences")
    short, long = (measure_gaps(journeys, service, t) for t in thresholds)
    assert set(long.beyond["code"]) <= set(short.beyond["code"])
    for gaps in (short, long):
        gap, parts = gaps.total, [epci.gap for epci in gaps.by_epci()]
        assert gap.everyone == Tally(ALL_COMMUNES, ALL_PEOPLE)
        for name in ("everyone", "beyond", "surely", "possibly", "uncertain"):
            tallies = [getattr(part, name) for part in parts]
            assert sum(tally.communes for tally in tallies) == getattr(gap, name).communes
            assert sum(tally.people for tally in tallies) == getattr(gap, name).people
        homes = gaps.homes
        within = homes.loc[homes["minutes"] <= gaps.threshold, "people"].sum()
        assert within + gap.beyond.people == ALL_PEOPLE
        assert gap.surely.people <= gap.beyond.people <= gap.possibly.people


def test_every_epci_is_told_most_people_first(catalogue, journeys):
    gaps = measure_gaps(journeys, find_service(catalogue, "gares"), 15)
    people = [epci.gap.beyond.people for epci in gaps.by_epci()]
    assert len(people) == 20
    assert people == sorted(people, reverse=True)

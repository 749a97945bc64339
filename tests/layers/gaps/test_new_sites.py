import math

import pytest

from geo.siting.case import SitingError
from geo.travel.line import StraightLine
from layers.gaps.journeys import Journeys
from layers.gaps.new_sites import Covered, _farthest
from layers.gaps.presets import find_service
from layers.gaps.question import GapError
from layers.gaps.site_sentences import (
    named_sentence,
    new_sites_sentence,
    proof_sentence,
    range_sentence,
)
from tests.layers.gaps.asking import asked, measure_gaps, propose_sites
from tests.layers.three_towns import ARRAS, BOULOGNE, MINUTES, matrix, plain, three_towns


@pytest.fixture
def propose(reference, tmp_path):
    def solve(threshold, count, minutes=MINUTES, **towns):
        catalogue = three_towns(reference, **towns)
        service = find_service(catalogue, "phares")
        return propose_sites(
            Journeys(catalogue, matrix(tmp_path, minutes)), service, threshold, count
        )

    return solve


def test_a_lighthouse_in_boulogne_brings_its_forty_inhabitants(propose):
    found = propose(20, 1)
    assert [(site.site.word, site.gain) for site in found.sites] == [(BOULOGNE, 40)]
    assert (found.before, found.after) == (Covered(160, 160, 160), Covered(200, 200, 200))
    assert found.optimal
    assert found.gap == 0
    assert plain(named_sentence(found)) == "Boulogne-sur-Mer (CA du Boulonnais)."
    assert plain(new_sites_sentence(found)) == (
        "160 habitants sont à 20 minutes ou moins d’un lieu de la couche « Phares » (80,0 %) ; "
        "avec 1 site de plus, ils seraient 200 habitants (100,0 %), soit 40 de plus."
    )


def test_the_best_of_two_towns_comes_first(propose):
    found = propose(20, 2, lit=("62193",))
    assert [(site.site.word, site.gain) for site in found.sites] == [(ARRAS, 100), (BOULOGNE, 40)]
    assert propose(20, 1, lit=("62193",)).sites == found.sites[:1]


def test_the_range_goes_from_slow_to_fast_trips(propose):
    found = propose(28, 1)
    assert found.before == Covered(160, 160, 200)
    told = plain(range_sentence(found))
    assert told.endswith("de 160 à 200 ; avec des trajets rapides, de 200 à 200.")


def test_more_sites_than_are_of_use_are_not_filled_up(propose):
    found = propose(20, 3)
    assert len(found.sites) == 1
    assert "2 sites demandés ne rapprocheraient personne" in plain(proof_sentence(found))
    none = propose(40, 1)
    assert none.sites == ()
    assert "n’en rapprocherait d’autres" in new_sites_sentence(none)


def test_a_town_that_nothing_reaches_is_left_out(propose):
    cut = {pair: "" if BOULOGNE in pair else time for pair, time in MINUTES.items()}
    found = propose(20, 1, cut)
    assert (found.sites, found.after.central) == ((), 160)


def test_gains_add_up_and_the_rest_is_beyond(catalogue, journeys):
    service = find_service(catalogue, "colleges_publics")
    gaps = measure_gaps(journeys, service, 10)
    found = propose_sites(journeys, service, 10, 3)
    assert found.people - found.before.central == gaps.total.beyond.people
    gains = [site.gain for site in found.sites]
    assert gains == sorted(gains, reverse=True)
    assert found.before.central + sum(gains) == found.after.central
    assert found.after.least <= found.after.central <= found.after.most
    assert found.optimal
    assert found == propose_sites(journeys, service, 10, 3)


def test_one_site_more_never_covers_fewer(catalogue, journeys):
    service = find_service(catalogue, "urgences")
    one, two = (propose_sites(journeys, service, 20, k) for k in (1, 2))
    assert one.after.central <= two.after.central


@pytest.mark.parametrize("threshold", [0, 10_000, math.nan])
def test_a_threshold_without_sense_is_a_sentence(propose, threshold):
    with pytest.raises(GapError, match="Seuil en minutes : trouvé"):
        propose(threshold, 1)


def test_no_site_is_no_question(propose):
    with pytest.raises(SitingError, match="attendu 1 ou plus"):
        propose(20, 0)


def test_ways_that_help_nobody_may_be_left_out(catalogue, monkeypatch):
    service = find_service(catalogue, "colleges")
    of_all_ways = propose_sites(Journeys(catalogue, StraightLine()), service, 10, 2)
    monkeypatch.setattr("layers.gaps.journeys.FEW_PAIRS", 0)
    fewer = Journeys(catalogue, StraightLine())
    assert propose_sites(fewer, service, 10, 2) == of_all_ways
    pairs = len(fewer.homes) * len(fewer.halls)
    limit = _farthest(fewer, asked(service, 10))
    assert fewer.to_openings((service,), limit).central.nnz < pairs / 2

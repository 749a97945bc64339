"""Sites that open and close, second choice, baskets: by hand over three towns, by law over all."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.gaps.candidates import Choice
from layers.gaps.journeys import Journeys
from layers.gaps.new_sites import propose_sites
from layers.gaps.presets import find_service
from layers.gaps.question import GapError
from layers.gaps.scenarios import weigh
from layers.gaps.sentences import basket_sentence, closed_sentence, gap_sentence
from layers.gaps.services import ServiceError
from tests.layers.gaps.asking import asked, measure_gaps
from tests.layers.three_towns import ARRAS, BOULOGNE, CALAIS, MINUTES, matrix, plain, three_towns


@pytest.fixture
def towns(reference, tmp_path):
    catalogue = three_towns(reference)
    return Journeys(catalogue, matrix(tmp_path)), find_service(catalogue, "phares")


def word(towns, code):
    journeys, service = towns
    return next(one.word for one in journeys.places(service).values() if one.commune_code == code)


def test_a_place_that_closes_pushes_its_town_and_who_came_there(towns):
    journeys, service = towns
    found = weigh(journeys, asked(service, 40, [f"-{word(towns, CALAIS)}"]))
    # Calais (60) and Boulogne (40) now go to Arras: 90 and 95 minutes.
    assert (found.brought, found.pushed) == (0, 100)
    assert [(one.place.commune, one.loss) for one in found.closed] == [("Calais", 100)]
    assert found.gaps.total.beyond.people == 100
    assert found.gaps.services == 1
    assert found.farther == 100
    within_calais = journeys.to_services(service).central[1].data.min()
    assert found.added_farther == pytest.approx((60 * (90 - within_calais) + 40 * (95 - 30)) / 100)
    assert found.minutes_saved == pytest.approx(-found.added_farther / 2)
    assert "1 lieu supposé fermé : Phare 62193 (Calais)" in plain(closed_sentence(found.gaps))


def test_closing_all_is_a_sentence_and_a_stranger_is_no_place(towns):
    journeys, service = towns
    both = [f"-{word(towns, code)}" for code in (CALAIS, ARRAS)]
    with pytest.raises(ServiceError, match="tous les lieux sont supposés fermés"):
        measure_gaps(journeys, service, 20, both)
    with pytest.raises(ServiceError, match="Lieu « phares:rien » inconnu"):
        measure_gaps(journeys, service, 20, ["-phares:rien"])


def test_the_second_choice_is_asked_about(towns, reference):
    journeys, service = towns
    gaps = measure_gaps(journeys, service, 92, rank=2)
    # To the second lighthouse: Arras and Calais 90 minutes, Boulogne 95.
    assert gaps.total.beyond.people == 40
    assert gaps.communes["minutes"].tolist() == [95, 90, 90]
    assert "d’un deuxième lieu de la couche" in plain(gap_sentence(gaps, reference))
    opened = measure_gaps(journeys, service, 92, [BOULOGNE], rank=2)
    assert opened.total.beyond.people == 0


def test_a_basket_is_as_far_as_the_worst_of_its_services(catalogue, journeys):
    services = tuple(find_service(catalogue, one) for one in ("gares", "hopitaux"))
    each = [measure_gaps(journeys, one, 20).homes["minutes"].to_numpy() for one in services]
    both = measure_gaps(journeys, services, 20)
    assert both.homes["minutes"].to_numpy() == pytest.approx(np.maximum(*each))
    far = both.homes["people"][np.maximum(*each) > 20].sum()
    assert both.total.beyond.people == pytest.approx(far)
    assert "d’au moins un de ces services (une gare, un hôpital public ou privé)" in plain(
        gap_sentence(both, catalogue.reference)
    )
    assert "Panier de 2 services" in plain(basket_sentence(both))
    names = set(both.communes["nearest"])
    assert names & set(catalogue.load("gares")["name"])
    assert names & set(catalogue.load("hopitaux")["name"])


def test_closing_is_searched_again_as_if_it_had_never_been(catalogue, journeys):
    service = find_service(catalogue, "france_services")
    words = list(journeys.places(service))[:3]
    kept = journeys.to_services(service, tuple(words)).central
    dense = journeys.to_every(service).central.toarray()[:, 3:]
    two = np.sort(dense, axis=1)[:, :2]
    found = np.sort(np.where(kept.toarray() > 0, kept.toarray(), np.inf), axis=1)[:, :2]
    assert found == pytest.approx(two)
    assert kept[:, [0, 1, 2]].nnz == 0


CHANGES = ("62193", "62765", "gares:ACT", "-france_services:365", "-france_services:366")


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.sampled_from(CHANGES), unique=True, max_size=4),
    st.sampled_from((1, 2)),
    st.floats(4, 40),
)
def test_the_laws_of_scenarios(catalogue, journeys, changes, rank, threshold):
    service = find_service(catalogue, "france_services")
    now = measure_gaps(journeys, service, threshold, rank=rank)
    found = weigh(journeys, asked(service, threshold, changes, rank=rank))
    opened = measure_gaps(
        journeys, service, threshold, [one for one in changes if one[0] != "-"], rank=rank
    )
    closed = measure_gaps(
        journeys, service, threshold, [one for one in changes if one[0] == "-"], rank=rank
    )
    assert opened.total.beyond.people <= now.total.beyond.people <= closed.total.beyond.people
    change = found.pushed - found.brought
    assert found.gaps.total.beyond.people == pytest.approx(now.total.beyond.people + change, abs=2)
    steps = sum(one.loss for one in found.closed) - sum(one.gain for one in found.sites)
    assert steps == pytest.approx(change, abs=8)
    assert all(one.gain >= 0 for one in found.sites)
    assert all(one.loss >= 0 for one in found.closed)
    assert (found.gaps.homes["minutes"] > 0).all()


def test_best_sites_are_not_proposed_for_the_second_choice(towns):
    journeys, service = towns
    with pytest.raises(GapError, match="pour le service le plus proche"):
        propose_sites(journeys, asked(service, 20, rank=2), Choice(1))


def test_the_only_place_left_is_out_of_reach_of_some(reference, tmp_path):
    catalogue = three_towns(reference)
    cut = {
        pair: "" if ARRAS in pair and pair != (ARRAS, ARRAS) else t for pair, t in MINUTES.items()
    }
    journeys, service = (
        Journeys(catalogue, matrix(tmp_path, cut)),
        find_service(catalogue, "phares"),
    )
    found = weigh(journeys, asked(service, 40, [f"-{word((journeys, service), CALAIS)}"]))
    assert found.gaps.total.unreachable.people == 100
    assert (found.farther, found.pushed, found.added_farther) == (100, 100, math.inf)
    assert math.isfinite(found.minutes_saved)

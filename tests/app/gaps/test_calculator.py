import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from app.__main__ import main
from app.gaps.calculator import GapCalculator
from app.gaps.callbacks import read_asked
from app.gaps.compared import compared
from app.gaps.view import DEFAULT, MOST_SCENARIOS, GapView
from layers.gaps.publics import Public
from tests.known_totals import ALL_PEOPLE


@pytest.fixture(scope="module")
def desk(catalogue):
    return GapCalculator(catalogue)


def run(*words):
    return json.loads(CliRunner().invoke(main, list(words), prog_name="atlas62").stdout)


def test_the_page_and_the_commands_say_the_same(desk):
    answer = desk.answer(GapView("france_services", 15, proposed=3))
    asked = ("--service", "france_services", "--seuil-minutes", "15")
    gaps = run("ecarts", *asked, "--json")
    total = answer.shown.total
    assert (total.beyond.communes, total.beyond.people) == (
        gaps["communes_au_dela"],
        gaps["habitants_au_dela"],
    )
    assert total.uncertain.people == gaps["incertain"]["habitants"]
    found = run("implanter", *asked, "--sites", "3", "--json")
    assert [(s.site.word, s.gain) for s in answer.proposal.sites] == [
        (s["code"], s["gain_habitants"]) for s in found["sites"]
    ]
    assert answer.proposal.after.central == found["habitants_couverts"]


def test_opening_the_best_sites_gives_what_was_promised(desk):
    view = desk.adopt_proposal(GapView("france_services", 15, proposed=3))
    answer = desk.answer(view)
    (scenario,) = answer.scenarios
    found = answer.proposal
    assert scenario.brought == found.after.central - found.before.central
    assert scenario.gaps.total.beyond.people == found.people - found.after.central
    assert scenario.minutes_saved == pytest.approx(found.minutes_saved)
    assert [site.gain for site in scenario.sites] == [site.gain for site in found.sites]
    possibly = scenario.gaps.total.possibly.people
    assert found.people - possibly == found.after.least


def test_what_closing_does_is_compared_only_where_a_place_closes(desk):
    opened, closed = (
        dict(compared(desk.answer(GapView("gares", 20, scenarios=(sites,)))))
        for sites in (("62041",), ("-gares:ACT",))
    )
    assert set(closed) - set(opened) == {
        "Repoussés au-delà", "Éloignés du service", "Allongement moyen, pour eux (min)",
    }  # fmt: skip
    assert "Gain moyen, pour tous (min)" in opened
    assert closed["Éloignés du service"][0] == "–"
    assert closed["Éloignés du service"][1] not in {"–", "0"}


def test_a_proposal_takes_an_empty_scenario_or_makes_one(desk):
    asked = GapView("france_services", 15, proposed=1)
    first = desk.adopt_proposal(asked)
    assert len(first.scenarios) == 1
    assert desk.adopt_proposal(first) == first
    second = desk.adopt_proposal(replace(asked, scenarios=(("62193",),)))
    assert second.scenarios == (("62193",), *first.scenarios)
    assert second.active == 1
    full = replace(asked, scenarios=tuple((code,) for code in ("62193", "62160", "62041", "62119")))
    assert len(desk.adopt_proposal(full).scenarios) == MOST_SCENARIOS


def test_kilometres_and_minutes_are_two_measures_of_one_way(desk):
    minutes, km = (
        desk.answer(GapView("gares", 20, model)).shown for model in ("vol-d-oiseau", "distance")
    )
    assert (minutes.unit, km.unit) == ("minute", "kilomètre")
    both = minutes.communes.merge(km.communes, on="code", suffixes=("", "_km"))
    # nobody drives faster than on the open road, nor slower than in a dense town
    speed = both["minutes_km"] / both["minutes"] * 60
    assert speed.between(27.9, 65.1).all()


def test_the_target_leaves_other_communes_out(desk):
    answer = desk.answer(GapView("france_services", 15, public=Public.DISTRICTS))
    assert (answer.shown.total.everyone.communes, answer.shown.total.everyone.people) == (
        62,
        172024,
    )
    (districts,) = answer.inequality.districts
    assert districts.people == answer.shown.total.everyone.people
    assert districts.beyond == answer.shown.total.beyond.people


def test_groups_add_up_to_the_whole(desk):
    groups = desk.answer(GapView("gares", 20)).inequality
    for parts in (groups.districts, groups.territories, groups.epcis):
        assert sum(part.people for part in parts) == groups.whole.people == ALL_PEOPLE
        assert sum(part.beyond for part in parts) == groups.whole.beyond
        mean = sum(part.mean * part.people for part in parts) / groups.whole.people
        assert mean == pytest.approx(groups.whole.mean)
    assert [len(groups.territories), len(groups.epcis)] == [7, 20]


@pytest.mark.parametrize("asked", [None, 3, [], {"search": None}, {"adopt": True}, {"search": {}}])
def test_a_forged_request_is_the_usual_question(desk, asked):
    view, _ = read_asked(desk, asked)
    assert view.service == DEFAULT.service

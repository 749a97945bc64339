import pytest

from geo.geocoder.evidence import Weighing, compare_postcodes
from geo.geocoder.mentions import recognise
from geo.geocoder.text import normalise


@pytest.fixture(scope="module")
def rank(geocoder):
    def rank_text(text, context=frozenset()):
        words = normalise(text)
        weighing = Weighing(words, geocoder.gazetteer, geocoder.weights, context)
        return weighing.rank(recognise(words, geocoder.gazetteer))

    return rank_text


def test_probabilities_of_all_candidates_and_none_make_one(rank):
    for text in ("Lens", "62300 Lens", "12 rue de Lille", "", "62990", "Arras et Lens"):
        ranking = rank(text)
        total = ranking.none + sum(c.probability for c in ranking.candidates)
        assert total == pytest.approx(1)


def test_candidates_come_likeliest_first(rank):
    likely = [c.probability for c in rank("62190 Lillers, rue de Béthune").candidates]
    assert likely == sorted(likely, reverse=True)


def test_postcode_makes_candidates_of_its_communes(rank, reference):
    codes = {c.target.code for c in rank("62990").candidates}
    assert codes == {c.code for c in reference.by_postcode("62990")}


def test_evidence_is_named_by_what_speaks_for_the_place(rank):
    best = rank("12 rue Haute, 62300 Lens").candidates[0]
    assert {"exact", "cue_postcode", "postcode_same", "letters", "population_named"} == set(
        best.evidence
    )


def test_name_of_a_street_says_little(rank):
    candidates = {c.target.name: c for c in rank("12 rue d’Arras, 62300 Lens").candidates}
    assert candidates["Arras"].evidence["cue_street"] == 1
    assert "exact" not in candidates["Arras"].evidence
    assert candidates["Arras"].probability < 0.01


def test_area_that_holds_a_named_commune_stands_back(rank):
    ranking = rank("CC du Ternois, Saint-Pol-sur-Ternoise")
    area = next(c for c in ranking.candidates if str(c.target) == "epci:200069672")
    assert area.evidence["area_of_named"] == 1
    assert ranking.candidates[0].evidence["area_in"] == 1


def test_outside_is_likely_when_its_places_together_are(rank):
    best, likely = rank("Furnes (Belgique)").choose()
    assert best.target.where == "Belgique"
    assert likely > best.probability


def test_nothing_is_chosen_from_nothing(rank):
    assert rank("").choose() == (None, 1.0)


@pytest.mark.parametrize(
    ("code", "postcode", "near"),
    [
        ("62300", "62301", "near"),
        ("62030", "62300", "near"),
        ("6230", "62300", "near"),
        ("62322", "62300", "sector"),
        ("62980", "62300", "departement"),
        ("59300", "62300", "other"),
    ],
)
def test_postcodes_are_compared(code, postcode, near):
    assert compare_postcodes([(code, postcode)]) == near

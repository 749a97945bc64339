import pytest

from geo.geocoder.place import Place
from geo.geocoder.toponyms import Outside
from geo.geocoder.trial.texts import Kind, is_right, is_tried, make_labelled
from geo.precision import Precision
from geo.reference.records import Commune
from tests.known_totals import ALL_COMMUNES


@pytest.fixture(scope="module")
def labelled(geocoder):
    return {
        tried: list(make_labelled(geocoder.gazetteer, 600, 1, tried=tried))
        for tried in (True, False)
    }


def test_same_seed_gives_the_same_texts(geocoder, labelled):
    assert list(make_labelled(geocoder.gazetteer, 600, 1, tried=True)) == labelled[True]


def test_no_place_is_both_fitted_and_tried(labelled):
    for tried, cases in labelled.items():
        places = [
            case.place
            for case in cases
            if isinstance(case.place, Commune | Outside)
            and case.kind not in {Kind.HOMONYM, Kind.OPERATION}  # told apart by their own words
        ]
        assert places
        assert all(is_tried(place) == tried for place in places)


def test_every_kind_is_there(labelled):
    assert {case.kind for case in labelled[True]} == set(Kind)


def test_about_one_commune_in_three_is_tried(reference):
    tried = sum(is_tried(commune) for commune in reference.communes.values())
    assert 0.28 < tried / ALL_COMMUNES < 0.38


def test_answer_is_right_when_it_says_what_the_label_says(labelled, reference):
    lens = reference.commune("Lens")
    case = next(case for case in labelled[True] if case.kind is Kind.OUTSIDE)
    assert is_right(Place("", outside="Lille (Nord)"), case)
    assert not is_right(Place("", Precision.COMMUNE, commune_code=lens.code), case)
    nowhere = next(c for c in labelled[True] if c.kind is Kind.NOWHERE and c.place is None)
    assert is_right(Place(""), nowhere)
    assert not is_right(Place("", outside="Lille (Nord)"), nowhere)

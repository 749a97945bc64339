import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.perimeter import Level, Perimeter
from geo.reference.index import loosen, split_level


@pytest.fixture(scope="module")
def found(reference):
    return lambda text, limit=20: [str(p) for p in reference.find(text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("calais", "commune:62193"),
        ("Calaisis", "territoire:calaisis"),
        ("agglomération du Calaisis", "epci:200090751"),
        ("MDS du Calaisis", "mds:calaisis"),
        ("canton de Lens", "canton:6229"),
        ("lens", "commune:62498"),
        ("etaples", "commune:62318"),
        ("62193", "commune:62193"),
        ("62549", "commune:62447"),
        ("6229", "canton:6229"),
        ("200 090 751", "epci:200090751"),
        ("62", "departement:62"),
        ("pas de calais", "departement:62"),
        ("hesdin", "commune:62447"),
        ("Hénin-Liétard", "commune:62427"),
        ("st pol", "commune:62767"),
        ("gctm", "epci:200090751"),
        ("Béthun", "commune:62119"),
        ("Boulonais", "territoire:boulonnais"),
    ],
)
def test_best_answer_comes_first(found, text, first):
    assert found(text)[0] == first


def test_postcode_finds_its_communes(found, reference):
    codes = {f"commune:{c.code}" for c in reference.by_postcode("62990")}
    assert len(codes) > 10
    assert codes <= set(found("62990", 50))


def test_larger_place_comes_before_smaller_ones_of_the_same_beginning(found):
    assert found("saint-", 3) == ["commune:62765", "commune:62758", "commune:62753"]


def test_words_in_any_order_and_cut_short_find_the_place(found):
    assert "commune:62767" in found("ternoise pol")


def test_level_word_keeps_other_levels_out(reference):
    levels = {p.level for p in reference.find("communauté de communes du")}
    assert levels <= {Level.EPCI}


def test_nothing_is_found_for_nothing(found):
    assert found("") == []
    assert found(" -'!") == []
    assert found("xyzzyqwv") == []


@given(text=st.text(max_size=200))
def test_any_text_gets_places_that_exist_each_once(reference, text):
    answer = reference.find(text)
    assert len(answer) == len(set(answer)) <= 20
    assert all(reference.exists(p) for p in answer)


@pytest.mark.parametrize(
    ("text", "level", "rest"),
    [
        ("ca du boulonnais", Level.EPCI, "boulonnais"),
        ("communaute d agglomeration de la terre", Level.EPCI, "la terre"),
        ("calais", None, "calais"),
        ("cauchy a la tour", None, "cauchy a la tour"),
        ("ville de le portel", Level.COMMUNE, "le portel"),
    ],
)
def test_level_words_are_taken_off(text, level, rest):
    assert split_level(text) == (level, rest)


def test_loose_form_forgets_kind_articles_and_plurals():
    assert loosen("ca grand calais terres et mers") == loosen("grand calais terre mer")


def test_every_place_is_found_by_its_name(reference):
    for level in Level:
        for perimeter in reference.perimeters(level):
            names = [reference.name_of(p) for p in reference.find(reference.name_of(perimeter))]
            assert reference.name_of(perimeter) in names


def test_perimeters_of_the_answer_are_of_today(reference):
    assert Perimeter(Level.COMMUNE, "62549") not in reference.find("Marconne")
    assert reference.find("Marconne")[0] == Perimeter(Level.COMMUNE, "62447")

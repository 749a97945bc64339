import pytest
from rapidfuzz.distance import OSA

from geo.geocoder.likeness import SIMILAR, Likeness
from geo.geocoder.mentions import How
from geo.geocoder.misspellings import Misspellings
from geo.geocoder.stretches import read_stretches, shape
from geo.geocoder.text import normalise


@pytest.fixture(scope="module")
def match(geocoder):
    misspellings = Misspellings(geocoder.gazetteer)

    def match(text, context=frozenset()):
        words = normalise(text)
        return misspellings.match(words, [*read_stretches(words)], context)

    return match


@pytest.mark.parametrize(
    ("text", "spelling", "edits"),
    [
        ("Bétuhne", "bethune", 1),
        ("Béthnue", "bethune", 1),
        ("Ca1ais", "calais", 0),
        ("B0ulogne sur rner", "boulogne sur mer", 0),
        ("bou logne sur mer", "boulogne sur mer", 0),
        ("saintvenant", "saint venant", 0),
        ("6 rue Haute Albain st nazaire", "ablain saint nazaire", 1),
        ("Nes les", "nesles", 0),
        ("E ps", "eps", 0),
    ],
)
def test_misspelt_name_is_found_with_its_errors(match, text, spelling, edits):
    found = {m.entry.spelling: m for m in match(text) if m.how is How.MISSPELT and not m.cut}
    assert found[spelling].edits == edits


def test_name_of_three_letters_bears_no_error(match):
    assert "eps" not in {m.entry.spelling for m in match("Ebs") if m.how is How.MISSPELT}


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("Hénin-B.", "henin beaumont"),
        ("Hesdigneul", "hesdigneul les boulogne"),
        ("Bruay", "bruay la buissiere"),
        ("Noyelles God.", "noyelles godault"),
    ],
)
def test_shortened_name_is_found(match, text, spelling):
    assert spelling in {m.entry.spelling for m in match(text) if m.how is How.SHORTENED}


def test_common_word_alone_is_the_beginning_of_no_name(match):
    assert not [m for m in match("Saint") if m.how is How.SHORTENED]


def test_garbled_name_is_looked_for_among_those_of_the_postcode(match):
    found = {m.entry.spelling for m in match("62138 Dovri") if m.how is How.GARBLED}
    assert "douvrin" in found
    assert "dourges" not in found


def test_garbled_name_is_looked_for_among_those_of_the_context(match):
    context = frozenset({"62276"})
    assert "douvrin" in {m.entry.spelling for m in match("Dovri", context)}


def test_signs_of_one_look_have_one_shape():
    assert shape("rn0ntreu1l") == shape("montreuil")
    assert shape("lens") != shape("sens")


def test_stretches_begin_and_end_with_words_that_a_name_may_have():
    texts = [text for _, _, text in read_stretches(normalise("12 rue de Haute, Lens"))]
    assert "rue" not in texts
    assert "lens" in texts
    assert not any("haute" in text and "lens" in text for text in texts)


def test_long_text_is_read_at_its_end_only(match):
    assert len(list(read_stretches(normalise("mot " * 2_000)))) <= 60 * 7
    assert "lens" in {m.entry.spelling for m in match("mot " * 500 + "lenz")}


def test_what_is_like_a_spelling_does_not_depend_on_what_it_is_compared_beside():
    spellings = ["lens", "bethune", "saintpierrelezcalais", "le", "aire", "airesurlalys"]
    texts = ["lens", "len", "lenss", "betune", "saintpierelezcalais", "air", "airesurlys", "xyz"]
    together = Likeness(spellings).compare(texts)
    assert together == [*(Likeness(spellings).compare([text])[0] for text in texts)]
    for text, like in zip(texts, together, strict=True):
        whole = {n: OSA.normalized_similarity(text, each) for n, each in enumerate(spellings)}
        found = {n: likeness for n, likeness in whole.items() if likeness >= SIMILAR}
        assert {n for n, _ in like} == set(found)

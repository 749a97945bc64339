import pytest

from geo.geocoder.streets import Street, is_misread_way, read_street
from geo.names import normalise


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("78 rue Marcel-Lancino", Street("rue marcel lancino", "78")),
        ("78 r. Marcel Lancino", Street("rue marcel lancino", "78")),
        ("12 bis av. du Gal de Gaulle", Street("avenue general gaulle", "12")),
        ("place de l’Église", Street("place eglise", "")),
        ("Lieu-dit le Moulin", None),
        ("rue", None),
        ("", None),
    ],
)
def test_street_is_read_in_one_spelling(text, street):
    assert read_street(normalise(text).split()) == street


@pytest.mark.parametrize("word", ["riie", "ruc", "rfe", "avenuc", "p1ace", "routc"])
def test_way_misread_is_still_a_way(word):
    assert is_misread_way(word)


@pytest.mark.parametrize("word", ["lens", "arras", "mer", "calais"])
def test_other_word_is_no_way(word):
    assert not is_misread_way(word)

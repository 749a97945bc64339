import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoder.text import Gap, normalise


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("12 rue d’Arras, 62300 LENS", "12 rue d arras lens", ["62300"]),
        ("62 300 Lens", "lens", ["62300"]),
        ("LENS62300", "lens", ["62300"]),
        ("F-62000 Arras, France", "f arras", ["62000"]),
        ("62O0O Arras", "arras", ["62000"]),
        ("62ooo Arras", "arras", ["62000"]),
        ("6200 Arras", "arras", ["6200"]),
        ("BP 40512, 62022 ARRAS CEDEX 9", "arras", ["62022"]),
        ("CS 62100 Boulogne", "boulogne", []),
        ("N.D. de Lorette", "n d de lorette", []),
        ("Gde Résidence", "grande residence", []),
        ("Terre des Deux Caps", "terre des 2 caps", []),
        ("12345678 x", "12345678 x", []),
        ("Saint\u00adOmer", "saintomer", []),
    ],
)
def test_words_and_postcodes_are_told_apart(text, words, codes):
    found = normalise(text)
    assert (" ".join(found.words), found.codes) == (words, codes)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Nœux Mines", Gap.NONE),
        ("Nœux-Mines", Gap.NONE),
        ("Nœux/Mines", Gap.NONE),
        ("Nœux – Mines", Gap.DASH),
        ("Nœux - Mines", Gap.DASH),
        ("Nœux, Mines", Gap.SIGN),
        ("Nœux / Mines", Gap.SIGN),
        ("Nœux 62290 Mines", Gap.POSTCODE),
        ("Nœux, 62290, Mines", Gap.POSTCODE),
        ("Nœux cedex Mines", Gap.SIGN),
    ],
)
def test_what_parts_two_words_is_kept(text, gap):
    assert normalise(text).gaps[1] is gap


def test_words_to_look_up_have_neither_links_nor_plurals():
    assert normalise("Boulogne s/ Mer et les Attaques").bare == ["boulogne", "mer", "attaque"]


@given(st.text(max_size=300))
def test_every_gap_and_looked_up_word_has_its_place(text):
    found = normalise(text)
    assert len(found.gaps) == len(found.words) + 1
    assert all(0 <= place < len(found.words) for place in found.at)
    assert len(found.at) == len(found.bare)
    assert all(code.isdigit() and 4 <= len(code) <= 6 for code in found.codes)


@given(st.text(max_size=100))
def test_kind_and_number_of_spaces_say_nothing(text):
    assert normalise(f"\t{text.replace(' ', '   ')}\n") == normalise(text)

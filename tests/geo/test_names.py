import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import normalise, of_place, sort_key, unaccented, with_article

letters = st.text(st.characters(categories=["L", "Zs", "Pd", "Po"], max_codepoint=0x17F))


@pytest.mark.parametrize(
    ("name", "tncc", "expected"),
    [
        ("Attaques", "4", "Les Attaques"),
        ("Portel", "2", "Le Portel"),
        ("Touquet-Paris-Plage", "2", "Le Touquet-Paris-Plage"),
        ("Couture", "3", "La Couture"),
        ("Écluse", "5", "L'Écluse"),
        ("Arras", "1", "Arras"),
        ("Calais", "0", "Calais"),
    ],
)
def test_article_is_put_back(name, tncc, expected):
    assert with_article(name, tncc) == expected


def test_article_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="TNCC « 9 » inconnu pour « Calais »"):
        with_article("Calais", "9")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Pol-sur-Ternoise", "ST POL SUR TERNOISE"),
        ("Sainte-Cécile", "Ste Cécile"),
        ("Nœux-les-Mines", "Noeux les Mines"),
        ("Auchy-lès-Hesdin", "Auchy les Hesdin"),
        ("Fouquières-lez-Lens", "Fouquières-lès-Lens"),
        ("Hesdin-l'Abbé", "Hesdin l’Abbé"),
        ("Grand Calais Terres & Mers", "grand calais terres et mers"),
        ("CC des 7 Vallées", "CC des Sept Vallées"),
        ("La Terre des 2 Caps", "la terre des deux caps"),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), [("Lens", "Sens"), ("Saint-Omer", "Saint-Omer-Capelle")])
def test_different_names_stay_different(one, other):
    assert normalise(one) != normalise(other)


@given(letters)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(letters)
def test_case_and_composition_of_accents_never_matter(text):
    assert normalise(text.lower()) == normalise(text)
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@given(st.text())
def test_normalised_text_is_words_of_plain_letters_and_figures(text):
    assert all(word.isascii() and word.isalnum() for word in normalise(text).split())


def test_accents_and_ligatures_are_taken_off():
    assert unaccented("Œuf-en-Ternois, Étaples, Quœux") == "OEuf-en-Ternois, Etaples, Quoeux"


def test_french_order_knows_accents_and_signs():
    names = ["Zoteux", "Étaples", "Estrée", "Eu", "Le Portel", "Écourt", "L'Écluse", "Lens"]
    assert sorted(names, key=sort_key) == [
        "Écourt", "Estrée", "Étaples", "Eu", "L'Écluse", "Le Portel", "Lens", "Zoteux",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("Arras", "d’Arras"),
        ("Le Touquet", "du Touquet"),
        ("Les Attaques", "des Attaques"),
        ("Calais", "de Calais"),
        ("Hesdin-la-Forêt", "d’Hesdin-la-Forêt"),
        ("Harnes", "de Harnes"),
        ("Écourt-Saint-Quentin", "d’Écourt-Saint-Quentin"),
        ("La Couture", "de La Couture"),
    ],
)
def test_of_is_written_as_the_name_asks(name, after):
    assert of_place(name) == after

"""A search without scripts finds what the search box finds, and leads there."""

import pytest

from app.documents.found import Finder, address_of
from app.map.search_index import search_groups

ATTACK = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def finder(catalogue):
    return Finder(search_groups(catalogue))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bethune", "Béthune"),
        ("BÉTHUNE", "Béthune"),
        ("st omer", "Saint-Omer"),
        ("calais", "Calais"),
        ("betune", "Béthune"),
        ("hénin beaumont", "Hénin-Beaumont"),
        ("cc ternois", "CC du Ternois"),
        ("cd62", "Pas-de-Calais"),
        ("xqzwk", None),
        ("", None),
        ("   ", None),
    ],
)
def test_what_is_meant_comes_first(finder, text, first):
    found = finder.find(text)
    assert (found[0].label if found else None) == first


def test_an_acronym_finds_who_bears_it(finder):
    (found,) = finder.find("cabbalr")
    assert found.label.startswith("CA de Béthune-Bruay")


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("epci:200090751", "/?lieu=epci:200090751"),
        ("commune:62447#ancien/62549-3", "/?lieu=commune:62447"),
        ("commune:62193#colleges/0620009A", "/?lieu=commune:62193#point=colleges/0620009A"),
        ("commune:62193#operations/2023-534-x", "/operation/2023-534-x"),
        ('commune:1#a/"><x', "/?lieu=commune:1#point=a/%22%3E%3Cx"),
    ],
)
def test_each_entry_leads_to_what_it_is(value, address):
    assert address_of(value) == address


def test_the_page_says_what_it_found_and_what_it_did_not(read_page):
    page = read_page("/recherche?texte=calais")
    assert "Calais" in page.text
    assert "Communes" in page.text
    assert "Rien ne porte ce nom" in read_page("/recherche?texte=xqzwk").text
    assert "Rien" not in read_page("/recherche").text


def test_what_is_searched_stays_text(documents):
    answer = documents.get("/recherche", query_string={"texte": ATTACK * 20})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text

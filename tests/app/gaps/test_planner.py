"""« Qui, de plus de 75 ans et sans voiture, est à plus de 15 minutes d’une pharmacie ? »"""

import io
import re

import pypdfium2
import pytest

from app.gaps.address import parse_gap_view
from app.gaps.calculator import GapCalculator
from app.gaps.page import render_parts
from app.gaps.proposal import render_proposal
from app.map.atlas import Atlas
from app.parts.markup import text_of
from layers.gaps.publics import Public
from tests.layers.three_towns import plain

ASKED = "service=pharmacies&seuil=15&cible=75-plus,sans-voiture"


@pytest.fixture(scope="module")
def desk(catalogue):
    return GapCalculator(catalogue)


def test_the_crossing_is_said_to_be_unknown_and_the_rest_is_answered(catalogue, desk):
    view, remarks = parse_gap_view(ASKED, desk.words)
    assert view.public == Public.FROM_75
    assert any("n’est pas connu par commune" in remark for remark in remarks)
    shown, _, sheet = render_parts(Atlas(catalogue), desk, view)
    told = plain(" ".join(text_of(part) for part in sheet))
    assert "671 communes n’ont aucune pharmacie, et 23 077 personnes de 75 ans ou plus" in told
    assert "les deux publics se lisent l’un après l’autre, sans se croiser" in told
    assert "personnes de 75 ans ou plus" in plain(shown["said"])


@pytest.mark.parametrize(
    ("public", "people"),
    [("75-plus", "personnes de 75 ans ou plus"), ("sans-voiture", "ménages sans voiture")],
)
def test_each_public_has_its_note(client, public, people):
    answer = client.get(f"/ecarts/note.pdf?service=pharmacies&seuil=15&cible={public}")
    with pypdfium2.PdfDocument(io.BytesIO(answer.data)) as note:
        assert len(note) == 1
        text = plain(note[0].get_textpage().get_text_range())
    assert people in text
    assert "Ce qui est sûr : 671 communes" in text
    assert "sans se croiser" in text


def test_the_people_of_communes_without_a_pharmacy_are_those_of_the_tables(catalogue, desk):
    view, _ = parse_gap_view("service=pharmacies&seuil=15", desk.words)
    found = desk.answer(view).shown
    having = {code.split("-")[0] for code in found.question.services[0].rows(catalogue)["id"]}
    communes = catalogue.reference.communes.values()
    without = [commune for commune in communes if commune.code not in having]
    assert found.without.communes == len(without)
    assert found.without.people == sum(commune.population for commune in without)


@pytest.mark.parametrize(
    ("asked", "heading", "named"),
    [
        ("seuil=15&proposer=2&candidats=france_services&taille=2000", "1 site proposé", True),
        ("seuil=60&proposer=2", "Aucun site à proposer", False),
    ],
)
def test_sites_that_are_found_are_counted_and_named(desk, asked, heading, named):
    view, _ = parse_gap_view(f"service=colleges&cible=60-plus&{asked}", desk.words)
    head, *told = map(text_of, render_proposal(desk.answer(view).proposal))
    assert plain(head) == heading
    assert bool(re.fullmatch(r".+ \(C.+\)\.", plain(told[0]))) is named

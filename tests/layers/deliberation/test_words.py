"""Words parted at line ends, names of partners, lists and headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.deliberation.booklet.parties import find_parties, find_same, kind_of, likeness
from layers.deliberation.text.bullets import MOST_WORDS, read_items, shorten_quote
from layers.deliberation.text.headings import Mark, read_heading
from layers.deliberation.text.hyphens import Vocabulary
from layers.deliberation.text.source import split_lines

KNOWN = Vocabulary.of(split_lines("la base de canoë-kayak et l'aménagement du Pas-de-Calais\n"))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["l’aména-", "gement"], "l’aménagement"),
        (["Saint-Pol-sur-", "Ternoise"], "Saint-Pol-sur-Ternoise"),
        (["Aire-sur-", "la-Lys"], "Aire-sur-la-Lys"),
        (["Pihen-", "lès-Guînes"], "Pihen-lès-Guînes"),
        (["Hames-", "Boucres"], "Hames-Boucres"),
        (["PAS-DE-", "CALAIS"], "PAS-DE-CALAIS"),
        (["DEPARTE-", "MENT"], "DEPARTEMENT"),
        (["le canoë-", "kayak"], "le canoë-kayak"),
        (["2024-", "", "2030"], "2024-2030"),
        (["un contrat -", "de territoire"], "un contrat - de territoire"),
        (["aux", "", "élèves"], "aux élèves"),
        ([], ""),
    ],
)
def test_syllables_meet_and_compound_names_stay_whole(lines, joined):
    assert KNOWN.join_texts(lines) == joined


@given(st.lists(st.text(alphabet="abcAB-é ’", max_size=12), max_size=8))
def test_joining_loses_nothing_but_spaces_and_hyphens(texts):
    kept = [text.strip() for text in texts]
    letters = str.maketrans("", "", " -")
    assert KNOWN.join_texts(kept).translate(letters) == "".join(kept).translate(letters)


ARTICLE = (
    "avec les Communautés d’agglomération Grand Calais Terre & Mer et de Béthune-Bruay, Artois Lys "
    "Romane, les Communautés de communes des 7 Vallées, du Ternois, et les Communes "
    "d’Aire-sur-la-Lys et de Fauquembergues, les contrats de territoires"
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            ARTICLE,
            [
                "Communauté d’agglomération Grand Calais Terre & Mer",
                "Communauté d’agglomération de Béthune-Bruay, Artois Lys Romane",
                "Communauté de communes des 7 Vallées",
                "Communauté de communes du Ternois",
                "Commune d’Aire-sur-la-Lys",
                "Commune de Fauquembergues",
            ],
        ),
        ("les Communes de Lens, Liévin et Avion, les", ["de Lens", "de Liévin", "d’Avion"]),
        ("Pour la Communauté de Communes du Ternois, Le Président,", ["du Ternois"]),
        ("- Communauté d’agglomération des deux baies en Montreuillois ;", ["des deux baies en"]),
        ("le Syndicat mixte Canche et Authie et l’Association Les Amis", ["Canche et", "Les Amis"]),
        ("une assemblée sans partenaire", []),
    ],
)
def test_partners_that_a_sentence_names(text, names):
    found = find_parties(text)
    assert len(found) == len(names)
    assert all(name in party for name, party in zip(names, found, strict=True))


def test_one_partner_spelt_in_three_ways_and_two_that_differ():
    calais = "Communauté d’agglomération Grand Calais Terres & Mers"
    spellings = [
        "Communauté d’agglomération du Grand Calais Terre et Mer (GCTM)",
        "Grand Calais Terrs",
    ]
    assert all(find_same(spelling, [calais]) for spelling in spellings)
    assert find_same("Aire-sur-la-Lys", ["Commune d’Aire-sur-la-Lys"])
    assert not likeness("Commune de Saint-Omer", "Communauté de communes de Saint-Omer")
    assert kind_of("la Ville d’Arras") == "commune"
    assert kind_of("Arras") is None


@pytest.mark.parametrize(
    ("text", "mark", "lettered"),
    [
        ("Fiche opération n°12", Mark.FICHE, False),
        ("FICHE OPERATION N° 3 : Construction", Mark.FICHE, False),
        ("Fiche opération 3", Mark.PAGE_OF_FICHE, False),
        ("A – GENERAL", Mark.GENERAL, True),
        ("E - Plan de financement prévisionnel", Mark.PLAN, True),
        ("• plan de financement", Mark.PLAN, False),
        ("CONTRAT DE TERRITOIRE 2027-2030", Mark.COVER, False),
    ],
)
def test_headings(text, mark, lettered):
    heading = read_heading(text)
    assert (heading.mark, heading.lettered) == (mark, lettered)


def test_sentences_are_no_headings():
    assert read_heading("La fiche opération décrit le projet") is None
    assert read_heading("Le calendrier prévisionnel des travaux est arrêté") is None


def test_items_of_a_list_and_boxes_left_empty():
    lines = split_lines("Thèmes :\n☒ Développement\ndurable\n☐ Insertion\n\n☒ Culture\n\nFin.")
    items = read_items(lines)
    assert [(item.ticked, item.refused, " ".join(item.texts)) for item in items] == [
        (True, False, "Développement durable"),
        (False, True, "Insertion"),
        (True, False, "Culture"),
    ]


@given(st.text(max_size=400))
def test_quotations_are_short(text):
    assert len(shorten_quote(text).removesuffix(" …").split()) <= MOST_WORDS


@given(st.text(max_size=300))
def test_no_text_makes_them_fail(text):
    find_parties(text)
    read_heading(text)
    read_items(split_lines(text))

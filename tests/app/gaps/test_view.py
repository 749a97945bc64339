from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.gaps.address import format_gap_view, parse_gap_view
from app.gaps.calculator import GapCalculator
from app.gaps.view import DEFAULT, MOST_SCENARIOS, MOST_SITES, GapView, Measured
from app.view.viewport import MapView
from layers.gaps.publics import Public


@pytest.fixture(scope="module")
def words(catalogue):
    return GapCalculator(catalogue).words


VIEWS = (
    DEFAULT,
    GapView("france_services", 15),
    GapView("mairies", 7.5, "distance", Public.DISTRICTS),
    GapView("gares", 30, also=("hopitaux", "lycees"), rank=2, neighbours=("mairies",)),
    GapView("gares", 20, measured=Measured.ROOM, around="gares:ACT", candidates="mairies"),
    GapView("gares", 20, scenarios=(("62041", "-gares:ACT"), ("mairies:mairie-62001",))),
    GapView("gares", 30, scenarios=(("62041", "62193"), (), ("62160",)), active=2, proposed=4),
)


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_gives_the_view_that_wrote_it(words, view):
    assert parse_gap_view(format_gap_view(view), words) == (view, ())


def test_the_usual_question_needs_no_address(words):
    assert format_gap_view(DEFAULT) == ""
    assert parse_gap_view("service=centres_incendie", words)[0].threshold == 10


def test_sites_are_named_in_any_spelling_or_former_code(words):
    view, remarks = parse_gap_view("sites=arras,62447~62193", words)
    assert view.scenarios == (("62041", "62447"), ("62193",))
    assert remarks == ()
    former, remarks = parse_gap_view("sites=62549", words)
    assert former.scenarios == (("62447",),)
    assert "Hesdin-la-Forêt" in remarks[0]


def test_the_map_keeps_its_own_view(words):
    view, _ = parse_gap_view("vue=10.5,50.3,2.1", words)
    assert view == replace(DEFAULT, map_view=MapView(10.5, 50.3, 2.1))
    assert format_gap_view(view) == "?service=colleges_publics&vue=10.5,50.3000,2.1000"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("service=truc", "Service « truc » inconnu"),
        ("seuil=0", "trouvé 0, attendu plus de 0 et au plus 240"),
        ("seuil=0.001", "attendu plus de 0"),
        ("seuil=10000", "au plus 240 ; affiché : 15 minutes."),
        ("seuil=nan", "attendu plus de 0"),
        ("seuil=vite", "Seuil « vite » illisible"),
        ("modele=avion", "Modèle de trajet « avion » inconnu"),
        ("cible=chats", "Public « chats » inconnu"),
        ("cible=75-plus,sans-voiture", "n’est pas connu par commune"),
        ("taille=3", "Taille des communes : trouvé « 3 »"),
        ("sites=59350", "Nouveau site ignoré."),
        ("sites=-colleges:rien", "Lieu à fermer ignoré. Lieu « colleges:rien » inconnu"),
        ("sites=-gares:ACT", "n’est pas de ce service"),
        ("panier=gares,piscines", "Service « piscines » inconnu"),
        (
            "panier=" + "gares,mairies,hopitaux,urgences,lycees,pharmacies",
            "Panier de plus de 6 services",
        ),
        ("panier=gares&compter=places", "service par service"),
        ("compter=euros", "Compte « euros » inconnu"),
        ("rang=3", "Rang « 3 » inconnu"),
        ("voisins=belgique", "Couche « belgique » inconnue"),
        ("candidats=lune", "Couche « lune » inconnue"),
        ("autour=gares:XXX", "Bandes de trajet ignorées"),
        ("sites=" + "~".join(["62041"] * 9), "Plus de 4 scénarios"),
        ("proposer=99", "trouvé « 99 », attendu 1 à 5"),
        ("scenario=-1", "Scénario « -1 » inconnu"),
        ("vue=partout", "Vue de carte « partout » illisible"),
        ("<script>=1", "Paramètre d’adresse ignoré"),
        ("seuil=5&" + "a" * 10_000, "Adresse trop longue"),
    ],
)
def test_what_is_ignored_is_said(words, query, told):
    view, remarks = parse_gap_view(query, words)
    assert any(told in remark for remark in remarks), remarks
    assert view.service == DEFAULT.service
    assert view.measured == Measured.WAY


KEYS = (
    "service",
    "seuil",
    "modele",
    "cible",
    "sites",
    "scenario",
    "proposer",
    "taille",
    "vue",
    "panier",
    "rang",
    "compter",
    "voisins",
    "candidats",
    "autour",
    "autre",
)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.text(max_size=60)), max_size=8))
def test_any_address_gives_a_view_that_can_be_written_again(words, pairs):
    query = "&".join(f"{key}={text}" for key, text in pairs)
    view, remarks = parse_gap_view(query, words)
    assert len(view.scenarios) <= MOST_SCENARIOS
    assert all(len(sites) <= MOST_SITES for sites in view.scenarios)
    assert len(remarks) <= 4
    again, _ = parse_gap_view(format_gap_view(view), words)
    assert again == view

"""The workbench of a layer that a visitor brought, by forms alone."""

import re
from urllib.parse import unquote

import pytest

from app.server import create_app
from app.settings import Settings
from tests.app.data.visiting import bring, wait

LINES = "\n".join(
    f"Lieu {n};{2.70 + n / 1000:.4f};{50.40 + n / 5000:.4f};{n}" for n in range(1, 61)
)
CONTENT = f"Nom;lon;lat;Places\n{LINES}\n".encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory, catalogue):
    room = tmp_path_factory.mktemp("atelier")
    settings = Settings(cache=room / "cache", store=room / "atlas62.gpkg", adoption="oui")
    return create_app(settings, catalogue).server


@pytest.fixture(scope="module")
def made(server):
    visitor = server.test_client()
    address = bring(visitor, CONTENT, "Lieux.csv").headers["Location"]
    roles = {"role-0": "nom", "role-1": "longitude", "role-2": "latitude", "role-3": "nombre"}
    visitor.post(f"{address}/colonnes", data={"titre": "Lieux", "mesure-3": "total", **roles})
    wait(visitor, address)
    return visitor, f"{address}/atelier"


def text_of(answer):
    return answer.text.replace("\u00a0", " ").replace("\u202f", " ")


def do(visitor, address, faire, **data):
    return visitor.post(address, data={"faire": faire, **data})


def undo(visitor, address, times=1):
    """Press the button of the page so many times at once."""
    rank = re.search(r'name="rang" value="(\d+)"', visitor.get(address).text)[1]
    for _ in range(times):
        assert do(visitor, address, "annuler", rang=rank).status_code == 303


def test_a_long_list_comes_in_pages_searched_and_sorted(made):
    visitor, address = made
    first = text_of(visitor.get(address))
    assert "60 lignes sur 60, page 1 sur 2." in first
    assert "Lieu 50<" in first
    assert "Lieu 51<" not in first
    assert "Lieu 51<" in visitor.get(f"{address}?page=2").text
    found = text_of(visitor.get(f"{address}?colonne=places&test=au_moins&valeur=58"))
    assert "3 lignes sur 60" in found
    sorted_ = visitor.get(f"{address}?tri=places&sens=decroissant").text
    assert sorted_.index("Lieu 60<") < sorted_.index("Lieu 59<")


def test_a_row_is_corrected_moved_and_undone(made):
    visitor, address = made
    form = visitor.get(f"{address}?ligne=3").text
    cells = dict(re.findall(r'name="(case-\w+)" value="([^"]*)"', form))
    assert cells["case-places"] == "2"
    answer = do(visitor, address, "ligne", ligne="3", **{**cells, "case-places": "1 234,0"})
    assert answer.status_code == 303
    shown = text_of(visitor.get(address))
    assert "À la main : 1 ligne corrigée." in shown
    assert "Annuler la dernière modification (une ligne corrigée)" in shown
    sheet = visitor.get("/donnees/couches/lieux.csv").get_data().decode("utf-8-sig")
    assert "1234" in sheet
    assert do(visitor, address, "deplacer", ligne="3", longitude="2,8318", latitude="50,4289")
    points = visitor.get("/donnees/points/lieux.json").json["features"]
    assert [2.8318, 50.4289] in [one["geometry"]["coordinates"] for one in points]
    undo(visitor, address, times=2)
    assert "À la main : 1 ligne corrigée." in text_of(visitor.get(address))
    undo(visitor, address)
    assert "À la main" not in visitor.get(address).text
    assert (
        do(visitor, address, "ligne", ligne="3", **{"case-places": "beaucoup"}).status_code == 422
    )
    assert (
        do(visitor, address, "deplacer", ligne="3", longitude="0", latitude="0").status_code == 422
    )
    assert do(visitor, address, "ligne", ligne="999").status_code == 422


def test_a_filter_reaches_map_and_gaps_and_rows_go(made):
    visitor, address = made
    here = f"{address}?colonne=places&test=au_plus&valeur=10"
    assert "Ne garder qu’elles" in visitor.get(here).text
    data = {"colonne": "places", "test": "au_plus", "valeur": "10"}
    assert do(visitor, here, "filtrer", **data).status_code == 303
    assert len(visitor.get("/donnees/points/lieux.json").json["features"]) == 10
    assert "Filtrée" in visitor.get(address).text
    values = visitor.get("/choix/theme?indicateur=apport__lieux&niveau=departement")
    assert values.status_code == 200
    do(visitor, address, "retirer", retirer=["2", "3"])
    assert len(visitor.get("/donnees/points/lieux.json").json["features"]) == 8
    undo(visitor, address)
    do(visitor, address, "filtrer")
    assert len(visitor.get("/donnees/points/lieux.json").json["features"]) == 60
    nothing = {"colonne": "places", "test": "au_moins", "valeur": "1000"}
    refused = do(visitor, address, "filtrer", **nothing)
    assert refused.status_code == 422
    assert "Aucune ligne ne passe ce filtre" in refused.text
    assert do(visitor, address, "retirer_filtre").status_code == 422
    assert do(visitor, address, "formater").status_code == 422


def test_its_sign_and_words_show_on_the_map_and_in_what_is_adopted(server, made):
    visitor, address = made
    style = {"couleur": "#b0124b", "signe": "Z", "taille": "places", "etiquette": "nom"}
    do(visitor, address, "habiller", **style)
    first = visitor.get("/donnees/points/lieux.json").json["features"][0]["properties"]
    assert first["amount"] > 0
    assert first["label"].startswith("Lieu")
    words = {"titre": "Crèches <b>", "description": "Relevé de mai", "licence": "Libre"}
    do(visitor, address, "decrire", **words)
    page = visitor.get(address).text
    assert "Crèches &lt;b&gt;" in page
    visitor.post(address.replace("/atelier", "/adopter"))
    assert "Crèches &lt;b&gt;" in server.test_client().get("/donnees").text


def test_others_have_no_workbench_of_it(server, made):
    assert server.test_client().get(made[1]).status_code == 404


def test_addresses_that_no_page_gives_do_no_harm(made):
    visitor, address = made
    assert visitor.get(f"{address}?page=-4&ligne=zz").status_code == 200
    assert visitor.get(f"{address}?page=999999").status_code == 200
    assert visitor.get(f"{address}?tri=<script>").status_code == 422
    refused = visitor.get(f"{address}?colonne=places&test=au_moins&valeur=<i>")
    assert refused.status_code == 422
    assert "<i>" not in unquote(refused.text)

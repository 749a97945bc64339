"""Cases of real files: the commune of a row, under whatever heading it is written."""

import pytest

from layers.brought.problems import LEFT_OUT
from tests.app.imports.cases import texts, told, values


def test_03_postcode_and_town_in_one_cell(case):
    made = case("03-liste.csv")
    assert made.rows["commune_code"].tolist() == ["62193", "62498"]
    assert made.roles["CP Ville"] == "commune"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("62000 ARRAS", "62041"),
        ("ARRAS 62000", "62041"),
        ("62022 ARRAS CEDEX 9", "62041"),
        ("ARRAS CEDEX", "62041"),
        ("F-62100 Calais", "62193"),
        ("Calais (62)", "62193"),
        ("ville de Lens", "62498"),
        ("Touquet-Paris-Plage, Le", "62826"),
        ("PORTEL (LE)", "62667"),
        ("COMTE (LA)", "62232"),
        ("Lens (62300)", "62498"),
    ],
)
def test_03_a_cell_names_its_commune_under_any_heading(bring, cell, code):
    made = bring(texts("zig;zag", f"un;{cell}", "deux;Lens"))
    assert made.roles["zag"] == "commune"
    assert made.rows["commune_code"].tolist() == [code, "62498"]


def test_06_articles_behind_are_read(case):
    made = case("06-liste.csv")
    assert made.rows["commune_code"].tolist() == ["62826", "62667", "62232"]


def test_05_postcodes_under_the_heading_of_codes_give_way_to_the_names(case):
    made = case("05-liste.csv")
    assert made.rows["commune"].tolist() == ["Calais", "Lens"]
    assert told(made) == [(0, "Code INSEE", "62100 (2 lignes)")]


def test_05_a_code_of_another_commune_than_the_name_is_not_placed(bring):
    made = bring(texts("Nom;Code INSEE;Commune", "A;62498;Arras", "B;62041;Arras"))
    assert made.rows["nom"].tolist() == ["B"]
    assert (2, "Code INSEE", "62498, Arras") in told(made, LEFT_OUT)


def test_05_the_code_of_a_new_commune_and_the_name_of_an_old_one_agree(bring, reference):
    former = next(f for f in reference.former_communes if f.name != f.current)
    name = reference.communes[former.current].name
    made = bring(texts("Nom;Code INSEE;Commune", f"A;{former.code};{name}"))
    assert made.rows["commune_code"].tolist() == [former.current]


def test_several_codes_in_one_cell_are_told(bring):
    made = bring(texts("Nom;Code INSEE", "A;62193, 62498", "B;62041"))
    assert made.rows["commune_code"].tolist() == ["62193", "62041"]
    assert told(made) == [(2, "Code INSEE", "62193, 62498")]


def test_codes_of_communes_under_any_heading_are_no_numbers(bring):
    made = bring(texts("zig;zag", "a;62498", "b;62041"))
    assert made.roles["zag"] == "code_insee"
    assert values(made, "zag") == ["62498", "62041"]


def test_a_number_of_the_street_belongs_to_the_address_where_the_street_has_none(bring):
    made = bring(texts("Numéro;Voie;Ville", "3;rue Pasteur;Lens", "5;rue de la Gare;Arras"))
    assert made.roles["Numéro"] == "adresse"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("St-Pol s/ Ternoise", "62767"),
        ("Boulogne s/mer", "62160"),
        ("Boulogne/Mer", "62160"),
        ("CNE DE LENS", "62498"),
    ],
)
def test_06_names_are_read_as_offices_shorten_them(bring, cell, code):
    made = bring(texts("zag;Commune", f"a;{cell}", "b;Arras"))
    assert made.roles["Commune"] == "commune"
    assert made.rows["commune_code"].tolist() == [code, "62041"]


def test_03_the_town_beside_a_name_is_found_whatever_its_heading(bring):
    made = bring(texts("Nom;Lieu", "A;62022 ARRAS CEDEX", "B;62307 LENS CEDEX 7"))
    assert made.rows["commune"].tolist() == ["Arras", "Lens"]


def test_03_sentences_that_name_a_commune_are_addresses_where_nothing_else_says_where(bring):
    made = bring(texts("Opération", "Réfection 80 500 € Bapaume", "Une halle à Carvin"))
    assert made.roles == {"Opération": "adresse"}
    assert made.rows["commune"].tolist() == ["Bapaume", "Carvin"]


def test_06_a_heading_is_believed_where_most_communes_are_elsewhere(bring):
    rows = ("A;59270;Bailleul", "B;59000;Lille", "C;62580;Bailleul-Sir-Berthoult")
    made = bring(texts("Nom;CP;Ville", *rows))
    assert made.rows["commune"].tolist() == ["Bailleul-Sir-Berthoult"]
    assert [line for line, *_ in told(made, LEFT_OUT)] == [2, 3]


def test_06_yes_and_no_are_no_communes(bring):
    made = bring(texts("Ville nouvelle;Commune", "oui;Lens", "non;Arras", "oui;Calais"))
    assert made.roles["Ville nouvelle"] != "commune"


@pytest.mark.parametrize("said", ["14", "014", "14 - Calvados", "Calvados"])
def test_62_a_departement_of_elsewhere_outweighs_the_name_of_a_homonym(bring, said):
    ours = "Pas-de-Calais" if said == "Calvados" else said.replace("14", "62", 1)
    made = bring(texts("Nom;Département;Commune", f"A;{said};Saint-Omer", f"B;{ours};Saint-Omer"))
    assert made.roles["Département"] == "departement"
    assert values(made, "nom") == ["B"]
    assert [line for line, *_ in told(made, LEFT_OUT)] == [2]


def test_62_a_departement_that_is_a_service_is_none(bring):
    made = bring(texts("Département;Commune", "Voirie;Lens", "Culture;Arras"))
    assert made.roles["Département"] != "departement"
    assert len(made.rows) == 2


def test_several_communes_in_one_cell_are_told(bring):
    made = bring(texts("Nom;Communes", "A;Lens, Liévin, Avion", "B;Arras et Achicourt", "C;Calais"))
    assert made.rows["commune"].tolist() == ["Lens", "Arras", "Calais"]
    assert told(made) == [
        (2, "Communes", "Lens, Liévin, Avion"),
        (3, "Communes", "Arras et Achicourt"),
    ]

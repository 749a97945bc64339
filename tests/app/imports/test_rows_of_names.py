"""Cases of real files: which row holds the names of the columns."""

from decimal import Decimal

import pytest

from app.imports.formats.csv_table import read_csv
from app.imports.limits import BroughtFileError
from layers.brought.problems import NOT_READ, OUTSIDE
from tests.app.imports.cases import texts, told


def test_01_a_file_of_unix_keeps_its_ligatures_and_its_euros(case):
    made = case("01-liste.csv")
    assert made.table.encoding == "ISO-8859-15"
    assert made.rows["nom"].tolist() == ["Cercle du Cœur"]
    assert made.rows["commune"].tolist() == ["Nœux-les-Mines"]
    assert made.rows["montant"].tolist() == [Decimal("12.50")]


@pytest.mark.parametrize("name", ["02-liste.csv", "02-liste.xlsx"])
def test_02_labels_above_are_no_names_of_columns(case, name):
    made = case(name)
    assert list(made.table.frame) == ["Nom", "Adresse", "Ville"]
    assert made.rows["commune"].tolist() == ["Bapaume", "Bapaume"]
    assert [line for line, *_ in told(made, OUTSIDE)] == [1, 2]


def test_65_a_row_of_groups_above_is_told_and_the_names_are_found(case):
    made = case("65-classeur.xlsx")
    assert list(made.table.frame)[:3] == ["N°", "Nom", "Rue"]
    assert made.table.heading == 4
    assert len(made.rows) == 20
    assert (3, "", "Équipement | Localisation | Financement") in told(made, OUTSIDE)
    assert made.roles["N°"] == "texte"


HEADINGS = {
    "names known": (["Nom;Ville", "A;Lens", "B;Arras"], ["Nom", "Ville"], 1),
    "names unknown": (["Zig;Ville;Zag", "a;Lens;b", "c;Arras;d"], ["Zig", "Ville", "Zag"], 1),
    "labels as wide as the table": (
        ["Organisme;Ville de Lens", "Année;2024", "Nom;Commune", "A;Lens", "B;Arras"],
        ["Nom", "Commune"],
        3,
    ),
    "a missing name": (["nom;;ville", "a;b;Lens", "c;d;Arras"], ["nom", "Colonne 2", "ville"], 1),
    "two rows of names": (
        ["Nom;Adresse;;;Montant", ";Rue;CP;Ville;", "A;1 rue X;62300;Lens;5", "B;y;62000;Arras;6"],
        ["Nom", "Rue", "CP", "Ville", "Montant"],
        2,
    ),
    "a value that reads like a name": (["zig;zag", "un;Ville Lens", "b;c"], ["zig", "zag"], 1),
    "groups tell years apart": (
        ["Commune;Dépenses;;Recettes;", "Commune;2022;2023;2022;2023", "Lens;1;2;3;4"],
        ["Commune", "Dépenses – 2022", "Dépenses – 2023", "Recettes – 2022", "Recettes – 2023"],
        2,
    ),
    "years are names": (
        ["Commune;2022;2023", "Lens;1;2", "Arras;3;4"],
        ["Commune", "2022", "2023"],
        1,
    ),
    "no names": (
        ["Piscine;62300;Lens", "Stade;62000;Arras"],
        ["Colonne 1", "Colonne 2", "Colonne 3"],
        0,
    ),
}


@pytest.mark.parametrize(("lines", "names", "line"), HEADINGS.values(), ids=HEADINGS.keys())
def test_02_the_row_of_names_is_found_from_the_rows_below(lines, names, line):
    table = read_csv(texts(*lines), "liste.csv")
    assert list(table.frame) == names
    assert table.heading == line


def test_65_a_person_says_which_row_holds_the_names(bring):
    content = texts("Un;Ville", "Deux;Commune", "a;Lens")
    assert list(bring(content, heading=2).table.frame) == ["Deux", "Commune"]
    assert list(read_csv(content, "liste.csv", 0).frame) == ["Colonne 1", "Colonne 2"]
    with pytest.raises(BroughtFileError, match=r"la ligne 9 est vide.*1 : « Un \| Ville »"):
        bring(content, heading=9)


def test_02_a_row_wider_than_the_names_is_kept_and_told(bring):
    made = bring(texts("nom;ville", "a;Lens", "b;Arras;en plus"))
    assert made.table.frame["Colonne 3"].tolist() == [None, "en plus"]
    assert [p.line for p in made.problems] == [3]


def test_14_a_hidden_sheet_is_read_when_it_is_asked_for(case):
    made = case("14-classeur.xlsx")
    assert (made.table.part, made.table.hidden) == ("Lieux", ("Choix",))
    assert made.rows["nom"].tolist() == ["Crèche A", "Crèche B"]
    assert (0, "", "Choix (cachée)") in told(made, NOT_READ)
    assert case("14-classeur.xlsx", part="Choix").rows["nom"].tolist() == ["Arras", "Avion"]

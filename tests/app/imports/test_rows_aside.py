"""What stands below a table, or in it, and is no row of it."""

import pytest

from layers.brought.problems import NOT_READ, OUTSIDE, TO_CHECK
from tests.app.imports.cases import texts, told, values


@pytest.mark.parametrize(
    "note",
    [
        "Source : Insee, RP 2021",
        "Sources : DGFiP, Insee ;",
        "Source :;Insee",
        "Lecture : Lens compte 32 920 habitants",
        "* données provisoires",
        "(1) y compris Avion",
        "© Département du Pas-de-Calais",
        "Extrait le 3 mars 2024",
        "Champ : communes de Lens et d’Arras",
    ],
)
def test_a_note_below_the_table_is_no_row_and_is_told(bring, note):
    made = bring(texts("Commune;Places", "Lens;10", "Arras;12", "", note))
    assert values(made, "places") == [10, 12]
    ((line, _, found),) = told(made, OUTSIDE)
    assert (line, found.replace(" | ", ";")) == (5, note.rstrip(" ;"))


@pytest.mark.parametrize("row", ["Source bleue;Lens", "Notes et Cie;Arras", "Données;Lens"])
def test_a_place_that_is_called_like_a_note_is_a_row(bring, row):
    made = bring(texts("Nom;Commune", "A;Lens", row))
    assert len(made.rows) == 2


def test_names_that_are_repeated_on_the_next_page_are_told(bring):
    rows = ("Nom;Commune;Places", "A;Lens;10", "Nom;Commune;Places", "B;Arras;12")
    made = bring(texts(*rows))
    assert values(made, "places") == [10, 12]
    assert told(made, OUTSIDE) == [(3, "", "Nom | Commune | Places")]


def test_a_second_table_below_is_not_counted_under_the_names_of_the_first(bring):
    rows = ("Commune;Places", "Lens;10", "Arras;12", "Commune;Emplois", "Lens;3", "Arras;4")
    made = bring(texts(*rows))
    assert values(made, "places") == [10, 12]
    assert told(made, NOT_READ) == [(4, "", "Commune | Emplois")]


def test_a_row_that_holds_a_name_among_its_words_is_a_row(bring):
    made = bring(texts("Nom;Type;Commune", "A;École;Lens", "B;Commune;Arras", "Nom;École;Lens"))
    assert values(made, "type") == ["École", "Commune", "École"]


def test_rows_between_quotes_as_a_whole_are_parted(bring):
    made = bring(texts('"Nom;Commune"', '"A;Lens"', '"B;Arras"'))
    assert values(made, "nom") == ["A", "B"]
    made = bring(texts('"12 rue Pasteur, Lens"', '"3 rue Pasteur, Arras"'), name="autre.csv")
    assert len(made.rows.columns) == len(bring(texts("Adresse", "Lens"), "x.csv").rows.columns)


def test_month_first_is_read_where_other_rows_prove_it_and_told(bring):
    made = bring(texts("Commune;Date", "Lens;03/15/2024", "Arras;03/12/2024"))
    assert values(made, "date") == ["2024-03-15", "2024-03-12"]
    assert told(made) == [(0, "Date", "03/15/2024 (1 ligne)")]
    both = bring(texts("Commune;Date", "Lens;03/15/2024", "Arras;15/03/2024"), "b.csv")
    assert values(both, "date") == [None, "2024-03-15"]
    assert told(both, "à vérifier") == [(0, "Date", "03/15/2024 (1 ligne)")]


def test_parts_of_a_cent_are_told(bring):
    made = bring(texts("Commune;Prix", "Lens;12.345", "Arras;1.2"))
    assert told(made) == [(0, "Prix", "12.345 (1 ligne)")]


def test_an_epci_is_not_the_commune_of_its_name(bring):
    rows = ("Communauté Urbaine d Arras;12", "Lens;5", "Agglo de Lens;3", "Liévin;2", "Avion;1")
    made = bring(texts("Commune;Nb", *rows))
    assert values(made, "nb") == [5, 3, 2, 1]
    assert told(made, TO_CHECK) == [(4, "adresse", "Agglo de Lens")]


def test_a_heading_of_codes_is_believed_where_most_of_ours_are_known(bring):
    made = bring(texts("Code INSEE;Nb", "62 498;1", "62041.0;2", "2A004;3", "1001;4", "62999;5"))
    assert values(made, "nb") == [1, 2]

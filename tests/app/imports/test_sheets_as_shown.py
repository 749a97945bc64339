"""Workbooks as people see them: what is written in a cell, hidden, merged, or failed."""

import io
from datetime import time

import openpyxl
import pytest

from layers.brought.problems import EMPTIED, MENDED, TO_CHECK
from tests.app.imports.cases import told, values


def workbook(*rows, formats=None, change=lambda _: None):
    """Write rows as XLSX, with the format of each column that is named by its letter."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for letter, code in (formats or {}).items():
        for cell in sheet[letter][1:]:
            cell.number_format = code
    change(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("code", ["0%", "0.0%", "0.00 %", '0.0" "%', "[Red]0%;-0%"])
def test_a_share_that_is_shown_as_a_percentage_is_one(bring, code):
    rows = (("Commune", "Taux"), ("Lens", 0.274), ("Arras", 0.3))
    made = bring(workbook(*rows, formats={"B": code}), "classeur.xlsx")
    assert values(made, "taux") == [27.4, 30.0]
    assert next(f.unit for f in made.description.fields if f.name == "taux") == "%"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("00000", ["00123", "00045"]),
        ('0#" "##" "##', ["000123", "000045"]),
        ("0", [123, 45]),
        ("#,##0", [123, 45]),
        ("0.00", [123, 45]),
    ],
)
def test_zeros_that_the_sheet_shows_before_figures_are_kept(bring, code, shown):
    rows = (("Ville", "zag"), ("Lens", 123), ("Arras", 45))
    made = bring(workbook(*rows, formats={"B": code}), "classeur.xlsx")
    assert values(made, "zag") == shown


def test_hidden_rows_and_columns_are_read_and_named(bring):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.column_dimensions["H"].hidden = True

    rows = (("Nom", "Ville", "Note"), ("A", "Lens", "x"), ("B", "Arras", "y"))
    made = bring(workbook(*rows, change=hide), "classeur.xlsx")
    assert values(made, "nom") == ["A", "B"]
    assert told(made, TO_CHECK) == [
        (0, "", "colonnes masquées : Note"),
        (0, "", "lignes masquées : 3"),
    ]


def test_a_formula_that_failed_is_told_and_its_cell_is_empty(bring):
    rows = (("Ville", "Nombre"), ("Lens", "#N/A"), ("Arras", 2), ("Calais", "#DIV/0!"))
    made = bring(workbook(*rows), "classeur.xlsx")
    assert values(made, "nombre") == [None, 2, None]
    assert told(made, EMPTIED) == [(2, "Nombre", "#N/A"), (4, "Nombre", "#DIV/0!")]


def test_a_row_of_units_under_the_names_joins_them(bring):
    rows = (("Ville", "Surface", "Pop."), (None, "ha", "hab."), ("Lens", 1170, 3), ("Arras", 9, 4))
    made = bring(workbook(*rows), "classeur.xlsx")
    assert list(made.table.frame) == ["Ville", "Surface (ha)", "Pop. (hab.)"]
    assert values(made, "surface_ha") == [1170, 9]
    assert (2, "", "ha | hab.") in told(made, MENDED)


def test_words_over_figures_that_are_no_units_stay_a_row(bring):
    rows = (("Ville", "zag"), ("Lens", "sans"), ("Arras", 9), ("Calais", 4))
    assert len(bring(workbook(*rows), "classeur.xlsx").table.frame) == 3


def test_a_name_on_the_first_of_two_rows_is_kept_where_the_second_has_none(bring):
    rows = (
        ("Commune", "Population", None, "Logements", None),
        (None, "2015", "2021", "2015", "2021"),
        ("Lens", 1, 2, 3, 4),
        ("Arras", 5, 6, 7, 8),
    )
    made = bring(workbook(*rows), "classeur.xlsx")
    assert list(made.table.frame)[:2] == ["Commune", "Population – 2015"]


def test_an_hour_alone_stays_what_it_is(bring):
    rows = (("Ville", "Ouverture"), ("Lens", time(9, 30)), ("Arras", time(14)))
    assert values(bring(workbook(*rows), "classeur.xlsx"), "ouverture") == ["09:30:00", "14:00:00"]
